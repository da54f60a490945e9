//! That nothing happened which the scenario does not speak of, in either CRM.

use super::cause::{self, Cause};
use super::observation::{Observation, WriteRequest};
use super::outside::hidden_frame;
use super::verdict::{Blame, Field, Judgement, Shown, Verdict};

/// The frame of the scenario: what was made or changed besides its subjects, writes that came late, panics of the mock.
///
/// One passed verdict if there is nothing of the sort and something was recorded at all.
pub fn judge_frame(observation: &Observation) -> Vec<Verdict> {
    let mut verdicts: Vec<_> = extra_records(observation)
        .chain(extra_writes(observation))
        .chain(observation.late_writes.iter().map(late))
        .collect();
    verdicts.extend(observation.mock_panics.iter().map(|panic| panicked(panic)));
    if verdicts.is_empty() && observation.recorded_anything() {
        verdicts.push(frame());
    }
    verdicts.extend(hidden_frame(observation));
    verdicts
}

fn frame() -> Verdict {
    Verdict {
        expected: vec![Shown::plain("nothing else")],
        recorded: Shown::plain("nothing else"),
        ..Verdict::on("", Field::NothingElse)
    }
}

fn broken(found: String, write: Option<&WriteRequest>) -> Verdict {
    Verdict {
        judgement: Judgement::Failed,
        crm: write.map(|write| write.crm),
        recorded: Shown::plain(found),
        blamed: write.map(Blame::from),
        ..frame()
    }
}

/// Creates of records that no subject is found by.
fn extra_records(observation: &Observation) -> impl Iterator<Item = Verdict> {
    let extra = observation
        .creates
        .iter()
        .filter(|create| !observation.speaks_of(create.crm, &create.record));
    extra.map(|create| {
        let found = format!(
            "{} {} {} was made, too",
            create.crm, create.object, create.record
        );
        Verdict {
            cause: Some(cause::extra(create.crm, &create.record, observation)),
            crm: Some(create.crm),
            ..broken(found, observation.write(create.crm, &create.request))
        }
    })
}

/// Writes that changed a record of nobody's concern. Those that made one are told by the ledger already.
fn extra_writes(observation: &Observation) -> impl Iterator<Item = Verdict> {
    let done = observation.writes.iter().filter(|write| write.status < 400);
    let unspoken = |write: &WriteRequest, record: &str| {
        let here = |crm| crm == write.crm;
        let made = observation
            .creates
            .iter()
            .any(|create| here(create.crm) && create.record == record);
        !made && !observation.speaks_of(write.crm, record)
    };
    let extra = done.filter_map(move |write| {
        let record = write
            .records
            .iter()
            .find(|record| unspoken(write, record))?;
        Some((write, record))
    });
    extra.map(|(write, record)| {
        broken(
            format!("{} record {record} was written, too", write.crm),
            Some(write),
        )
    })
}

fn late(write: &WriteRequest) -> Verdict {
    let found = "a write arrived after the scenario had ended";
    Verdict {
        cause: Some(Cause::WrittenLate.told(format!(
            "{} {} came when the push had long been reported",
            write.method, write.path
        ))),
        ..broken(found.to_owned(), Some(write))
    }
}

fn panicked(panic: &str) -> Verdict {
    Verdict {
        judgement: Judgement::Error,
        recorded: Shown::plain("the mock panicked"),
        cause: Some(Cause::MockPanicked.told(panic)),
        ..frame()
    }
}

impl Observation {
    fn speaks_of(&self, crm: crate::rules::Crm, id: &str) -> bool {
        let seen = self
            .records
            .iter()
            .filter(|record| record.key.crm == crm && record.id == id);
        seen.into_iter().any(|record| {
            self.subjects
                .iter()
                .any(|subject| subject.key == record.key)
        })
    }
}
