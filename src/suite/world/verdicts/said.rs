//! Verdicts on what a feature says and no row speaks of.

use crate::observe::{
    Cause, Field, Judgement, Observation, Ownership, Principal, RecordSeen, Shown, Subject, Verdict,
};
use crate::rules::{Crm, SentenceId};
use crate::suite::world::{Claim, World};

impl World {
    /// A12 and A13 advise a login that is made for the integration. Not following advice is no failure.
    pub(super) fn advice(&self) -> Vec<Verdict> {
        let advised = Crm::ALL.into_iter().filter(|crm| self.advised(*crm));
        let warning = |crm: Crm| Verdict {
            judgement: Judgement::Warning,
            crm: Some(crm),
            cause: Some(Cause::AdviceNotFollowed.told(format!(
                "team sync to {crm} runs on the login of a person: if that person leaves, it stops"
            ))),
            ..said(
                "",
                true,
                "a dedicated integration user",
                "",
                vec![SentenceId::a(12), SentenceId::a(13)],
                false,
            )
        };
        advised
            .map(warning)
            .map(|verdict| Verdict {
                recorded: Shown::plain("a person's own login"),
                ..verdict
            })
            .collect()
    }

    /// Only scenarios about the advice give it: elsewhere the login is a part of the fixture.
    pub(super) fn advised(&self, crm: Crm) -> bool {
        let about = self
            .claims
            .iter()
            .any(|claimed| matches!(claimed.claim, Claim::Advice(of) if of == crm));
        let user = self.side(crm).team_sync_user();
        about && user.is_some_and(|user| !user.made_for_integration())
    }
}

/// A verdict on something that no row speaks of.
pub(super) fn said(
    subject: &str,
    holds: bool,
    expected: &str,
    otherwise: &str,
    sentences: Vec<SentenceId>,
    reported: bool,
) -> Verdict {
    Verdict {
        judgement: if holds {
            Judgement::Passed
        } else {
            Judgement::Failed
        },
        row: None,
        line: None,
        crm: None,
        subject: subject.to_owned(),
        field: Field::NothingElse,
        level: None,
        expected: vec![Shown::plain(expected)],
        recorded: Shown::plain(if holds { expected } else { otherwise }),
        readings: Vec::new(),
        blamed: None,
        cause: None,
        sentences,
        reported,
    }
}

pub(super) fn nothing_created(observation: &Observation, crm: Crm) -> Verdict {
    let created = observation
        .creates
        .iter()
        .filter(|create| create.crm == crm)
        .count();
    let found = format!("{created} created");
    Verdict {
        crm: Some(crm),
        ..said(
            "",
            created == 0,
            "nothing created",
            &found,
            Vec::new(),
            false,
        )
    }
}

/// Whose credential has changed a record last. A value that has not arrived was changed by nobody, which is right where the
/// system under test `refused`, as it may.
pub(super) fn changed_by(
    subject: &Subject,
    people: &[Principal],
    phone: Option<&str>,
    refused: bool,
    observation: &Observation,
) -> Verdict {
    let mut records = observation.records.iter();
    let record = records.find(|record| record.key == subject.key);
    let changed = record.filter(|record| phone.is_some() && record.phone.as_deref() == phone);
    let last = changed.and_then(|record| record.modified_by.as_ref());
    let holds = match last {
        Some(last) => people.iter().any(|one| one.is(last)),
        None => refused,
    };
    let names: Vec<&str> = people.iter().map(|one| one.name.as_str()).collect();
    let found = last.map_or("nobody", |last| last.name.as_str());
    let hidden = changed.is_some_and(|record| record.modified_by.is_none());
    let verdict = Verdict {
        crm: Some(subject.key.crm),
        expected: vec![Shown::plain(format!(
            "changed last by {}",
            names.join(" or ")
        ))],
        recorded: Shown::plain(format!("changed last by {found}")),
        ..said(&subject.name, holds, "", "", Vec::new(), false)
    };
    match hidden {
        true => verdict.not_observable("the API shows no user behind what an app has changed"),
        false => verdict,
    }
}

/// Whether an org or portal that was left has been left alone. Nothing to say where nothing was made in its successor either.
pub(in crate::suite::world) fn untouched(
    crm: Crm,
    writes: usize,
    observation: &Observation,
) -> Option<Verdict> {
    let made = observation.creates.iter().any(|create| create.crm == crm);
    (made || writes > 0).then(|| Verdict {
        crm: Some(crm),
        ..said(
            "",
            writes == 0,
            "nothing more is written where the team was before",
            &format!("{writes} writes where the team was before"),
            Vec::new(),
            false,
        )
    })
}

/// What a report grouped by Owner or Created By would show.
pub(super) fn report(
    observation: &Observation,
    crm: Crm,
    field: Field,
    counts: &[(Principal, usize)],
) -> Verdict {
    let of = |now: &Ownership| match field {
        Field::CreatedBy => now.created_by.clone(),
        _ => now.owner.clone(),
    };
    let mut here = observation
        .records
        .iter()
        .filter(|record| record.key.crm == crm && !record.deleted);
    let mut groups: Vec<(String, usize)> = Vec::new();
    for name in here
        .clone()
        .map(|record| of(&record.now).map_or_else(|| "nobody".to_owned(), |who| who.name))
    {
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => groups.push((name, 1)),
        }
    }
    let mut expected: Vec<(String, usize)> = counts
        .iter()
        .map(|(who, count)| (who.name.clone(), *count))
        .collect();
    groups.sort();
    expected.sort();
    let line = |groups: &[(String, usize)]| {
        let parts: Vec<String> = groups
            .iter()
            .map(|(name, count)| format!("{name}: {count}"))
            .collect();
        parts.join(", ")
    };
    let verdict = Verdict {
        crm: Some(crm),
        field,
        ..said(
            "a report",
            groups == expected,
            &line(&expected),
            &line(&groups),
            vec![SentenceId::a(10), SentenceId::a(11)],
            false,
        )
    };
    let shown = |record: &RecordSeen| field != Field::CreatedBy || record.now.created_by.is_some();
    match here.all(shown) {
        true => verdict,
        false => {
            verdict.not_observable("the API shows no user as the creator of what an app has made")
        }
    }
}
