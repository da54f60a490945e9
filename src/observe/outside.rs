//! A CRM that is seen through its public API alone: what nobody can see there, said as such and never passed.

use super::observation::{Observation, Subject};
use super::verdict::{Field, Judgement, Shown, Verdict};
use crate::rules::{Crm, Row, RowId, row};

/// How a report calls it, wherever it stands.
const NOT_OBSERVABLE: &str = "not observable";

impl Verdict {
    /// The same, where nobody could look.
    pub(crate) fn not_observable(self, why: &str) -> Self {
        Self {
            judgement: Judgement::NotObservable,
            recorded: Shown {
                name: format!("{NOT_OBSERVABLE}: {why}"),
                part: NOT_OBSERVABLE.to_owned(),
            },
            readings: Vec::new(),
            blamed: None,
            cause: None,
            ..self
        }
    }
}

impl Observation {
    /// Whether only the public API of the CRM was looked at: neither requests, nor credentials, nor a ledger.
    pub(super) fn is_from_outside(&self, crm: Crm) -> bool {
        self.public_api_only.contains(&crm)
    }

    /// Whether the creator of the subject's record is hidden, though the record is there.
    pub(super) fn hides_creator(&self, subject: &Subject) -> bool {
        let record = subject.record(self);
        record.is_some_and(|record| record.now.created_by.is_none())
    }
}

/// Why the creator is hidden.
pub(super) const CREATOR: &str = "the API shows no user as the creator of what an app has made";

/// Why it is not known who wrote, and what was sent.
const REQUESTS: &str = "the API shows no requests, and so neither credentials nor what was sent";

/// An invariant that speaks of what is hidden, too, holds as far as it can be seen, which is not all of it.
pub(super) fn as_far_as_seen(
    verdict: Verdict,
    subject: &Subject,
    observation: &Observation,
) -> Verdict {
    let about = |numbers: &[u8]| {
        let mut ids = numbers.iter().map(|number| RowId::n(*number));
        ids.any(|id| verdict.row == Some(id))
    };
    if verdict.judgement != Judgement::Passed {
        verdict
    } else if about(&[1, 7]) && observation.hides_creator(subject) {
        verdict.not_observable(CREATOR)
    } else if about(&[8]) && observation.is_from_outside(subject.key.crm) {
        verdict.not_observable(REQUESTS)
    } else {
        verdict
    }
}

/// The invariants about what is not to be seen from outside at all: the creator's constancy, and whose credential wrote.
pub(super) fn hidden_invariants<'a>(
    subject: &'a Subject,
    observation: &'a Observation,
) -> impl Iterator<Item = Verdict> + 'a {
    let outside =
        observation.is_from_outside(subject.key.crm) && subject.record(observation).is_some();
    let hidden = [
        (4, observation.hides_creator(subject), CREATOR),
        (6, true, REQUESTS),
    ];
    let hidden = hidden
        .into_iter()
        .filter(move |(_, hides, _)| outside && *hides);
    hidden.map(move |(number, _, why)| {
        let id = RowId::n(number);
        Verdict {
            row: Some(id),
            crm: Some(subject.key.crm),
            expected: row(id)
                .map(|row| Shown::plain(row.title))
                .into_iter()
                .collect(),
            sentences: row(id).map(Row::sentences).unwrap_or_default(),
            ..Verdict::on(&subject.name, Field::Invariant)
        }
        .not_observable(why)
    })
}

/// What is left of the frame where a CRM is seen from outside: one verdict for each such CRM in which something was recorded.
pub(super) fn hidden_frame(observation: &Observation) -> impl Iterator<Item = Verdict> + '_ {
    let written = |crm: &&Crm| observation.creates.iter().any(|create| create.crm == **crm);
    let seen = observation.public_api_only.iter().filter(written);
    seen.map(|crm| {
        Verdict {
            crm: Some(*crm),
            expected: vec![Shown::plain("nothing else, whatever it is called")],
            ..Verdict::on("", Field::NothingElse)
        }
        .not_observable(
            "only records with the prefix of the run are looked for, and none after the scenario has ended",
        )
    })
}
