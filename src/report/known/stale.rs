//! Whether entries of the list are still needed.

use serde::Serialize;

use super::{KnownFailure, KnownFailures};
use crate::observe::{Field, Judgement};
use crate::report::{Ended, RunReport, ScenarioReport};
use crate::rules::{Crm, RowId};

/// What a run found of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownStanding<'a> {
    /// The entry.
    pub entry: &'a KnownFailure,
    /// Verdicts that it speaks of and that were reached, failed or not.
    pub judged: usize,
    /// Those that failed.
    pub failing: Vec<KnownVerdict<'a>>,
    /// Why it can't stay as it is; `None` where it can, or where this run does not tell.
    pub stale: Option<Stale>,
}

/// A verdict that fails and is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownVerdict<'a> {
    /// The scenario's title.
    pub scenario: &'a str,
    /// Where it stands.
    pub location: &'a str,
    /// The row.
    pub row: Option<RowId>,
    /// The CRM.
    pub crm: Option<Crm>,
    /// What is judged.
    pub field: Field,
    /// The record that it is about.
    pub subject: &'a str,
}

/// Why an entry can't stay in the list as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// Its date has passed.
    Expired,
    /// All that it speaks of passed.
    PassesAgain,
    /// A whole run judged nothing that it speaks of.
    FitsNothing,
}

impl RunReport {
    /// What became of each entry of the list.
    ///
    /// Only a whole run tells that an entry passes again or fits nothing: what a shard or a filter has left out may fail. A date
    /// that has passed counts wherever something was judged that the entry speaks of.
    pub fn known_standings(&self) -> Vec<KnownStanding<'_>> {
        let listed = self.known_failures.iter();
        listed
            .flat_map(|known| {
                known
                    .entries
                    .iter()
                    .map(|entry| self.standing_of(known, entry))
            })
            .collect()
    }

    /// The entries that can't stay as they are.
    pub fn stale_entries(&self) -> Vec<(&KnownFailure, Stale)> {
        let standings = self.known_standings().into_iter();
        standings
            .filter_map(|standing| Some((standing.entry, standing.stale?)))
            .collect()
    }

    /// Whether every scenario was run to its end, and none was left out.
    fn ran_everything(&self) -> bool {
        let left_out = |one: &ScenarioReport| matches!(one.ended, Ended::NotRunHere { .. });
        self.selection.whole() && self.complete() && !self.scenarios.iter().any(left_out)
    }

    fn standing_of<'a>(
        &'a self,
        known: &KnownFailures,
        entry: &'a KnownFailure,
    ) -> KnownStanding<'a> {
        let fitting = || {
            self.verdicts()
                .filter(|(scenario, verdict)| entry.fits(scenario, verdict))
        };
        let judged: Vec<_> = fitting().filter(|(_, v)| reached(v.judgement)).collect();
        let failing = judged.iter().filter(|(_, verdict)| verdict.broken());
        let failing = failing.map(|(scenario, verdict)| KnownVerdict {
            scenario: &scenario.name,
            location: &scenario.location,
            row: verdict.row,
            crm: verdict.crm,
            field: verdict.field,
            subject: &verdict.subject,
        });
        // A live CRM may leave scenarios out, and may not show all.
        let hidden = fitting().any(|(_, v)| v.judgement == Judgement::NotObservable);
        let whole = self.ran_everything() && !hidden;
        // A warning is no pass: what the row asks for is still not kept.
        let all_pass = judged.iter().all(|(_, v)| v.judgement == Judgement::Passed);
        let past = known.today > entry.expires && (whole || !judged.is_empty());
        let stale = if past {
            Some(Stale::Expired)
        } else if !whole {
            None
        } else if judged.is_empty() {
            Some(Stale::FitsNothing)
        } else {
            all_pass.then_some(Stale::PassesAgain)
        };
        KnownStanding {
            entry,
            judged: judged.len(),
            failing: failing.collect(),
            stale,
        }
    }
}

impl Stale {
    /// What is wrong with an entry, and what to do about it.
    pub fn says(self, entry: &KnownFailure) -> String {
        match self {
            Self::Expired => format!(
                "was accepted until {}, and that day has passed: mend what it lists, or decide anew and set another date",
                entry.expires
            ),
            Self::PassesAgain => "passes again: take the entry out of the list".to_owned(),
            Self::FitsNothing => {
                "fits nothing that was judged: take the entry out of the list, or mend what it names"
                    .to_owned()
            }
        }
    }
}

impl RunReport {
    /// A line for each entry that can't stay as it is: `known-failures.yaml:12: R05 Owner passes again: take the entry …`
    pub fn stale_lines(&self) -> Vec<String> {
        let file = self.known_failures.as_ref().map_or("", |known| &known.file);
        let line = |(entry, stale): (&KnownFailure, Stale)| {
            format!("{file}:{}: {entry} {}", entry.line, stale.says(entry))
        };
        self.stale_entries().into_iter().map(line).collect()
    }
}

/// Whether a verdict says that what it is about is kept, or that it is not.
fn reached(judgement: Judgement) -> bool {
    matches!(
        judgement,
        Judgement::Passed | Judgement::Warning | Judgement::Failed
    )
}
