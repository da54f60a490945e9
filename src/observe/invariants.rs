//! N1 to N8, on every subject of every scenario. A broken one is always a failure.
//!
//! An invariant passes only where something was recorded that could have broken it; else there is no verdict.

mod credential;
mod owner_id;

use super::cause::{self, LikelyCause, blame};
use super::observation::{Observation, Principal, PrincipalKind, Reported, Subject};
use super::outside::{as_far_as_seen, hidden_invariants};
use super::verdict::{Blame, Field, Judgement, Shown, Verdict};
use crate::rules::{Crm, RowId, permitted_principals, row};

/// The invariants that the scenario gives evidence for.
pub fn judge_invariants(observation: &Observation) -> Vec<Verdict> {
    let checks: [fn(&Subject, &Observation) -> Option<Finding>; 8] = [
        permitted,
        truthful,
        one_record,
        creator_kept,
        apollo_owner_kept,
        credential::right_credential,
        no_built_in,
        owner_id::right_owner_id,
    ];
    let of_subject = |subject| {
        let findings = (1..)
            .zip(checks)
            .filter_map(move |(number, check)| Some((number, check(subject, observation)?)));
        findings
            .map(move |(number, finding)| finding.verdict(RowId::n(number), subject, observation))
            .map(move |verdict| as_far_as_seen(verdict, subject, observation))
            .chain(hidden_invariants(subject, observation))
    };
    observation.subjects.iter().flat_map(of_subject).collect()
}

/// What one invariant found: kept, or what broke it and which request.
struct Finding {
    broken: Option<String>,
    request: Option<Blame>,
    cause: Option<LikelyCause>,
}

impl Finding {
    fn of(broken: Option<String>) -> Option<Self> {
        Some(Self {
            broken,
            request: None,
            cause: None,
        })
    }

    /// With what is behind it, should it be broken.
    fn since(self, cause: impl FnOnce() -> Option<LikelyCause>) -> Option<Self> {
        let cause = self.broken.as_ref().and_then(|_| cause());
        Some(Self { cause, ..self })
    }

    fn verdict(self, id: RowId, subject: &Subject, observation: &Observation) -> Verdict {
        let row = row(id);
        let kept = Verdict {
            row: Some(id),
            crm: Some(subject.key.crm),
            expected: row.map(|row| Shown::plain(row.title)).into_iter().collect(),
            sentences: row.map(|row| row.sentences()).unwrap_or_default(),
            reported: id == RowId::n(5),
            ..Verdict::on(&subject.name, Field::Invariant)
        };
        match self.broken {
            None => Verdict {
                recorded: Shown::plain("kept"),
                ..kept
            },
            Some(broken) => Verdict {
                judgement: Judgement::Failed,
                recorded: Shown::plain(broken),
                blamed: self
                    .request
                    .or_else(|| blame(Field::Owner, subject, observation)),
                cause: self.cause,
                ..kept
            },
        }
    }
}

/// N1
fn permitted(subject: &Subject, observation: &Observation) -> Option<Finding> {
    let now = &subject.record(observation)?.now;
    let roles = permitted_principals(&subject.situation);
    let before = subject
        .before
        .iter()
        .flat_map(|before| [&before.owner, &before.created_by])
        .flatten();
    let people: Vec<_> = roles
        .iter()
        .filter_map(|role| subject.cast.get(role))
        .flatten()
        .chain(before)
        .collect();
    let outsider = |found: &Principal| !people.iter().any(|one| one.is(found));
    let fields = [("Owner", &now.owner), ("Created By", &now.created_by)];
    let blank = |field| field == "Owner" && subject.key.crm == Crm::Salesforce;
    let wrong = fields.into_iter().find(|(field, found)| {
        let found = found.as_ref();
        found.map_or_else(|| blank(*field), outsider)
    });
    let said = wrong.map(|(field, found)| {
        let name = found.as_ref().map_or("blank", |found| &found.name);
        format!("{field} is {name}")
    });
    Finding::of(said)?.since(|| {
        let (field, found) = wrong?;
        cause::outsider(field == "Owner", found.as_ref(), subject, observation)
    })
}

/// N2
fn truthful(subject: &Subject, observation: &Observation) -> Option<Finding> {
    let record = subject.record(observation);
    let changed = subject.phone.is_some();
    let broken = match subject.reported.as_ref()? {
        Reported::Pushed if record.is_none() => {
            Some("success was reported, and there is no record".to_owned())
        }
        Reported::Pushed
            if changed && record.is_some_and(|record| record.phone != subject.phone) =>
        {
            Some("success was reported, and the value that was changed has not arrived".to_owned())
        }
        Reported::Refused { .. } if record.is_some() && subject.before.is_none() => {
            Some("a refusal was reported, and the record is there".to_owned())
        }
        _ => None,
    };
    Finding::of(broken)?.since(|| Some(cause::untruth(subject, observation)))
}

/// N3: two subjects with one key are two pushes, and may make two records.
fn one_record(subject: &Subject, observation: &Observation) -> Option<Finding> {
    let records = subject.records(observation).count();
    let pushes = observation
        .subjects
        .iter()
        .filter(|other| other.key == subject.key)
        .count();
    if records == 0 {
        return None;
    }
    Finding::of((records > pushes).then(|| {
        format!(
            "{records} records for {pushes} push{}",
            if pushes == 1 { "" } else { "es" }
        )
    }))?
    .since(|| Some(cause::doubled(subject, observation)))
}

/// N4
fn creator_kept(subject: &Subject, observation: &Observation) -> Option<Finding> {
    let now = subject.record(observation)?.now.created_by.as_ref()?;
    let ledger = subject
        .create(observation)
        .and_then(|create| create.created_by.as_ref());
    let before = subject
        .before
        .as_ref()
        .and_then(|before| before.created_by.as_ref());
    let first = before.or(ledger)?;
    let moved = [before, ledger]
        .into_iter()
        .flatten()
        .any(|then| !then.is(now));
    Finding::of(moved.then(|| format!("Created By was {} and is {}", first.name, now.name)))?
        .since(|| cause::creator_moved(subject, observation))
}

/// N5
fn apollo_owner_kept(subject: &Subject, observation: &Observation) -> Option<Finding> {
    if subject.situation.event == crate::rules::Event::CreateUnderAssignmentRules {
        return None;
    }
    let (before, after) = (
        subject.apollo_owner.before_push.as_ref()?,
        &subject.apollo_owner.after_push,
    );
    let kept = after.as_ref().is_some_and(|after| after.is(before));
    if kept && !observation.recorded_anything() {
        return None;
    }
    let now = after.as_ref().map_or("nobody", |after| &after.name);
    Finding::of((!kept).then(|| format!("Apollo's owner was {} and is {now}", before.name)))?
        .since(|| Some(cause::apollo_owner(subject, observation)))
}

/// N7
fn no_built_in(subject: &Subject, observation: &Observation) -> Option<Finding> {
    let now = &subject.record(observation)?.now;
    let found = [&now.owner, &now.created_by]
        .into_iter()
        .flatten()
        .find(|who| who.kind == PrincipalKind::BuiltIn);
    Finding::of(found.map(|who| format!("{} is no user of this team", who.name)))?.since(|| {
        let in_owner = now.owner.as_ref() == found;
        cause::outsider(in_owner, found, subject, observation)
    })
}
