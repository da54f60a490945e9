//! N6: whose credential wrote.

use std::collections::BTreeSet;

use super::Finding;
use crate::observe::cause;
use crate::observe::{Blame, Observation, Phase, Subject, WriteRequest};
use crate::rules::{Personal, Role, Team, allowed_credentials, allowed_updaters};

/// N6
pub(super) fn right_credential(subject: &Subject, observation: &Observation) -> Option<Finding> {
    let writes: Vec<_> = writes_of(subject, observation).collect();
    if writes.is_empty() {
        return None;
    }
    let foreign = writes
        .into_iter()
        .find(|write| !may_write(subject, observation, write));
    Some(Finding {
        broken: foreign.map(|write| {
            format!(
                "written with {}'s credential",
                Blame::from(write).credential
            )
        }),
        request: foreign.map(Blame::from),
        cause: foreign.map(|write| cause::credential(write, subject, observation)),
    })
}

/// The writes that are judged with the subject: those that made or touched it, and every attempt that came to nothing.
///
/// An update's scene was set in another situation, so that only what came after counts.
fn writes_of<'a>(
    subject: &'a Subject,
    observation: &'a Observation,
) -> impl Iterator<Item = &'a WriteRequest> {
    let create = subject
        .create(observation)
        .map(|create| create.request.as_str());
    let record = subject.record(observation).map(|record| &record.id);
    let here = observation
        .writes
        .iter()
        .filter(|write| write.crm == subject.key.crm);
    // A write that was not let in was made with nobody's credential.
    let let_in = here.filter(|write| write.status != 401);
    let_in.filter(move |write| {
        let touched = record.is_some_and(|record| write.records.contains(record));
        if subject.situation.event.updates() {
            return touched && subject.judges(write);
        }
        let made = create == Some(write.id.as_str());
        let wrote =
            made || (touched && subject.requests.is_none_or(|own| write.number > own.after));
        (write.status < 400 && wrote) || (write.status >= 400 && subject.tried(write))
    })
}

impl Subject {
    /// Whether the write belongs to the subject's situation: not to the scene, and not to an earlier push of the record.
    fn judges(&self, write: &WriteRequest) -> bool {
        self.requests
            .map_or(write.phase == Phase::When, |own| write.number > own.after)
    }

    /// Whether the write is an attempt of the subject's own push, and not a part of the scene.
    fn tried(&self, write: &WriteRequest) -> bool {
        let own = self.requests;
        write.phase == Phase::When
            && own.is_none_or(|own| (own.after + 1..=own.until).contains(&write.number))
    }
}

/// The logins of the push that have ended, as no client can know before the CRM has looked at them: one that is busy does not,
/// and an answer that gets lost says nothing. Nothing is written with them.
fn ended_logins(subject: &Subject) -> BTreeSet<Role> {
    let situation = &subject.situation;
    let you = matches!(situation.personal, Personal::Revoked | Personal::Inactive);
    let team_sync = situation.team == Team::Broken;
    let ended = [(you, Role::You), (team_sync, Role::TeamSync)].into_iter();
    ended
        .filter_map(|(ended, role)| ended.then_some(role))
        .collect()
}

/// An attempt may have been any subject's; a write that came through is this one's.
fn may_write(subject: &Subject, observation: &Observation, write: &WriteRequest) -> bool {
    let Some(whose) = &write.credential else {
        return false;
    };
    let plays = |subject: &Subject, roles: BTreeSet<Role>| {
        roles.iter().any(|role| subject.plays(whose, *role))
    };
    let here = || {
        observation
            .subjects
            .iter()
            .filter(|other| other.key.crm == write.crm)
    };
    let unanswered = !(200..400).contains(&write.status);
    if unanswered && here().any(|other| plays(other, ended_logins(other))) {
        return true;
    }
    let create = subject
        .create(observation)
        .is_some_and(|create| create.request == write.id);
    match write.status {
        ..=399 if create => plays(subject, allowed_credentials(&subject.situation)),
        ..=399 => plays(subject, allowed_updaters(&subject.situation)),
        _ => here().any(|other| plays(other, allowed_updaters(&other.situation))),
    }
}
