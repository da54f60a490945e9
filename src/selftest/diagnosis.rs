//! Whether the likely cause that a failure names is the right one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Client, Kind, Recording, Tested};
use crate::observe::{Cause, Judgement};

/// What the failures of one faulty client say is behind them.
///
/// Counted are the verdicts by the rows that the client breaks which are not as expected, in every scenario that failed. Each
/// names one cause, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// The causes that are right, by what the client does.
    pub expected: Vec<Cause>,
    /// How often each cause was named.
    pub named: BTreeMap<Cause, usize>,
    /// Verdicts that name none.
    pub unnamed: usize,
    /// Verdicts that name a right one.
    pub right: usize,
    /// Whether the cause that most of them name is a right one. Of two that are named equally often, both have to be.
    pub most_right: bool,
}

/// How often the likely cause is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Faulty clients with a failure to explain.
    pub clients: usize,
    /// Those of them of which most failures name a right cause.
    pub clients_right: usize,
    /// Failures of these clients, by the rows that they break.
    pub failures: usize,
    /// Those of them that name a right cause.
    pub failures_right: usize,
}

impl Diagnosis {
    /// By what is kept of the client's run. `None` of a client that is not faulty.
    pub fn of(recording: &Recording, client: &Client) -> Option<Self> {
        if client.kind != Kind::Faulty {
            return None;
        }
        let mut found = Self {
            expected: client.causes.clone(),
            ..Self::default()
        };
        let failed = recording.scenes.iter().filter(|scene| scene.failed());
        let marks = failed.flat_map(|scene| &scene.red);
        let told = marks.filter(|mark| {
            let broken = mark.row.is_some_and(|row| client.breaks.contains(&row));
            broken && mark.judgement != Judgement::Error
        });
        for mark in told {
            match mark.cause {
                Some(cause) => *found.named.entry(cause).or_default() += 1,
                None => found.unnamed += 1,
            }
        }
        let right = found
            .named
            .iter()
            .filter(|(cause, _)| found.is_right(**cause));
        found.right = right.map(|(_, count)| count).sum();
        found.most_right = found.judge();
        Some(found)
    }

    fn is_right(&self, cause: Cause) -> bool {
        self.expected.contains(&cause)
    }

    fn judge(&self) -> bool {
        let most = self.named.values().max().copied().unwrap_or_default();
        let named = |(_, count): &(&Cause, &usize)| **count == most;
        most > self.unnamed
            && self
                .named
                .iter()
                .filter(named)
                .all(|(cause, _)| self.is_right(*cause))
    }

    /// `named other_record_written 3, right would be owner_not_sent`
    pub fn told(&self) -> String {
        let named = self.named.iter();
        let named: Vec<String> = named
            .map(|(cause, count)| format!("{cause} {count}"))
            .collect();
        let right: Vec<String> = self.expected.iter().map(ToString::to_string).collect();
        let none = match self.unnamed {
            0 => String::new(),
            count => format!(", none {count}"),
        };
        format!(
            "named {}{none}; right would be {}",
            named.join(", "),
            right.join(" or ")
        )
    }

    /// Verdicts that want an explanation.
    pub fn failures(&self) -> usize {
        self.unnamed + self.named.values().sum::<usize>()
    }
}

impl Share {
    /// Over these clients.
    pub fn of<'a>(clients: impl Iterator<Item = &'a Tested>) -> Self {
        let found = clients.filter_map(|tested| tested.diagnosis.as_ref());
        let found = found.filter(|diagnosis| diagnosis.failures() > 0);
        found.fold(Self::default(), |share, diagnosis| Self {
            clients: share.clients + 1,
            clients_right: share.clients_right + usize::from(diagnosis.most_right),
            failures: share.failures + diagnosis.failures(),
            failures_right: share.failures_right + diagnosis.right,
        })
    }

    /// Hundredths of the clients, rounded down.
    pub fn percent_of_clients(&self) -> usize {
        percent(self.clients_right, self.clients)
    }

    /// Hundredths of the failures, rounded down.
    pub fn percent_of_failures(&self) -> usize {
        percent(self.failures_right, self.failures)
    }
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or_default()
}
