//! Why there is no record: what was tried, what the CRM said to it, and what the system under test made of that.

use super::evidence::Evidence;
use super::owner::{alike, field, wrong_id};
use super::{Cause, LikelyCause};
use crate::observe::observation::{Reported, Subject, WriteRequest};
use crate::rules::{Crm, Personal, Role, Team};

/// Rows that a request takes: of a collection in Salesforce, of a batch in HubSpot.
fn limit(crm: Crm) -> usize {
    match crm {
        Crm::Salesforce => 200,
        Crm::Hubspot => 100,
    }
}

/// The system under test says that it refused.
pub(super) fn why_refused(evidence: &Evidence<'_>) -> LikelyCause {
    let Some(last) = evidence.tries.last() else {
        return never_tried(evidence);
    };
    if let Some(cause) = refused_for_its_contents(evidence, last) {
        return cause;
    }
    let answer = last.answer();
    let refreshable = evidence.subject.situation.personal == Personal::Refreshable;
    if last.status == 401 && refreshable {
        Cause::TokenNotRefreshed.told(format!(
            "the CRM answered {answer}: the access token had run out, and no refreshed one was used"
        ))
    } else if last.status == 0 {
        Cause::LostAnswerTakenForRefusal.told(format!(
            "{} got no answer, and was taken for refused; nobody looked whether it was done",
            last.line()
        ))
    } else if last.conflict() {
        Cause::ConflictTakenForRefusal.told(format!(
            "the CRM answered {answer}: it has the record already, which was taken for a refusal"
        ))
    } else if last.locked() {
        Cause::LockedRowGivenUp.told(format!(
            "the CRM answered {answer}: the row was locked for a moment, and nobody tried again"
        ))
    } else if last.busy() {
        Cause::BusyTakenForRefusal.told(format!(
            "the CRM answered {answer}: it was busy, which was taken for a refusal"
        ))
    } else {
        Cause::CrmRefused.told(format!(
            "a refusal was reported; the CRM answered {answer} to the last attempt, {}",
            last.line()
        ))
    }
}

/// What in the request made the CRM refuse it.
fn refused_for_its_contents(evidence: &Evidence<'_>, last: &WriteRequest) -> Option<LikelyCause> {
    let answer = last.answer();
    let rows = last.subjects.len();
    let most = limit(last.crm);
    let in_vain = last.status >= 400 || last.error.is_some();
    if !in_vain {
        return None;
    }
    if rows > most {
        return Some(Cause::BatchTooLarge.told(format!(
            "{rows} records stood in one request, and {} takes {most}: it answered {answer}",
            last.crm
        )));
    }
    if last.error.as_deref() == Some("INACTIVE_OWNER_OR_USER") {
        return Some(Cause::UnusableUserMadeOwner.told(format!(
            "a deactivated user was named as owner: the CRM answered {answer}"
        )));
    }
    let ids = last.owners_sent.iter().map(|sent| sent.id.as_str());
    let misspelt = ids.filter_map(|id| Some((id, alike(evidence, id)?))).next();
    if let Some((id, right)) = misspelt {
        return Some(Cause::OwnerIdInOtherCase.told(format!(
            "the owner id that was sent, {id}, has the letters of {}'s in other capitals: the CRM answered {answer}",
            right.name
        )));
    }
    if let Some(wrong) = wrong_id(last) {
        return Some(wrong);
    }
    if let Some(sent) = last
        .people_elsewhere
        .iter()
        .find(|sent| sent.field == "CreatedById")
    {
        return Some(Cause::CreatedBySent.told(format!(
            "{} was sent as {}, and the CRM answered {answer}: Created By follows from the credential",
            sent.name, sent.field
        )));
    }
    if let Some(sent) = last.people_elsewhere.first()
        && last.owners_sent.is_empty()
    {
        return Some(Cause::OwnerInOtherField.told(format!(
            "{} was sent as {}, and the CRM answered {answer}: the owner belongs in {}",
            sent.name,
            sent.field,
            field(last.crm)
        )));
    }
    (rows > 1 && spoilt_by_another(evidence, last)).then(|| {
        Cause::BatchSpoiltByOneRow.told(format!(
            "the CRM answered {answer} to a request with {rows} records, and the good ones were given up with the bad"
        ))
    })
}

/// Whether the refusal is another record's, so that this one could have been sent without it.
fn spoilt_by_another(evidence: &Evidence<'_>, last: &WriteRequest) -> bool {
    let retryable = last.locked() || last.busy() || last.status == 0;
    let in_it = |subject: &Subject| last.subjects.contains(&subject.name);
    !retryable && evidence.pushed_along().any(in_it)
}

fn never_tried(evidence: &Evidence<'_>) -> LikelyCause {
    let subject = evidence.subject;
    let reason = match &subject.reported {
        Some(Reported::Refused { reason }) => reason.as_str(),
        _ => "without a reason",
    };
    let situation = &subject.situation;
    match situation.personal {
        Personal::Refreshable => {
            return Cause::TokenNotRefreshed.told(format!(
                "refused ({reason}) since the access token had run out; a refresh would have brought another"
            ));
        }
        Personal::Linked => {
            let you = evidence.names(Role::You);
            return at_hand(reason, you, "personal");
        }
        _ => {}
    }
    if Team::USABLE.contains(&situation.team) {
        return at_hand(reason, evidence.names(Role::TeamSync), "team sync's");
    }
    at_hand(
        reason,
        evidence.names(Role::Highest),
        "the most permitted user's",
    )
}

fn at_hand(reason: &str, name: Option<String>, whose: &str) -> LikelyCause {
    let name = name.map_or_else(String::new, |name| format!(", {name}"));
    Cause::RefusedWithCredential.told(format!(
        "refused ({reason}) without an attempt, although a credential is at hand: {whose}{name}"
    ))
}

/// There is no record, and nobody said so.
pub(super) fn why_missing(evidence: &Evidence<'_>) -> LikelyCause {
    let subject = evidence.subject;
    let here = |write: &&WriteRequest| write.crm == subject.key.crm;
    let success = subject.reported == Some(Reported::Pushed);
    if let Some(left) = evidence.observation.left.iter().find(here) {
        return Cause::WrittenElsewhere.told(format!(
            "{} went to the {} that the team was in before",
            left.line(),
            place(subject.key.crm)
        ));
    }
    if let Some(other) = as_something_else(evidence) {
        return other;
    }
    if let Some(taken) = overwritten(evidence) {
        return taken;
    }
    let Some(last) = evidence.tries.last() else {
        return nothing_tried(evidence, success);
    };
    if !success {
        return Cause::CrmRefused.told(format!(
            "the CRM answered {} to the last attempt, {}",
            last.answer(),
            last.line()
        ));
    }
    if let Some(mixed) = mixed_up(evidence) {
        return mixed;
    }
    if last.taken() && last.error.is_none() {
        return Cause::OtherRecordWritten.told(
            "success was reported, and what was written is not this record: look at its e-mail address, name or subject",
        );
    }
    Cause::SuccessWithoutRecord.told(format!(
        "success was reported, although the CRM answered {} to the last attempt, {}",
        last.answer(),
        last.line()
    ))
}

fn nothing_tried(evidence: &Evidence<'_>, success: bool) -> LikelyCause {
    let crm = evidence.subject.key.crm;
    let written = |other: &&Subject| other.create(evidence.observation).is_some();
    let along = evidence.pushed_along().filter(written).count();
    if along > 0 {
        return Cause::RowsNeverSent.told(format!(
            "no request names this record, though {along} others of the same push were written"
        ));
    }
    match success {
        true => Cause::SuccessWithoutRecord.told(format!(
            "success was reported, but no request to write it reached {crm}"
        )),
        false => Cause::NothingWritten.told(format!("no request to write it reached {crm}")),
    }
}

/// A record that is found by the same, in the other CRM or as another object, and that no push was about.
fn as_something_else(evidence: &Evidence<'_>) -> Option<LikelyCause> {
    let key = &evidence.subject.key;
    let subjects = &evidence.observation.subjects;
    let mut records = evidence.observation.records.iter();
    let found = records.find(|record| {
        record.key.value == key.value && subjects.iter().all(|other| other.key != record.key)
    })?;
    let object = &found.key.object;
    Some(if found.key.crm == key.crm {
        Cause::OtherRecordWritten.told(format!(
            "it was written as {object}, and not as {}",
            key.object
        ))
    } else {
        Cause::WrittenElsewhere.told(format!(
            "it stands in {} as {object}, where nobody pushed it",
            found.key.crm
        ))
    })
}

/// A request made the record, and a later one wrote another person over it.
fn overwritten(evidence: &Evidence<'_>) -> Option<LikelyCause> {
    let observation = evidence.observation;
    let twin = |other: &&Subject| {
        let one = evidence.subject.key.value.split(" (").next();
        other.key != evidence.subject.key
            && other.key.crm == evidence.subject.key.crm
            && other.key.value.split(" (").next() == one
    };
    let other = observation.subjects.iter().find(twin)?;
    let record = other.record(observation)?;
    let mut writes = observation.writes.iter();
    let touched = writes.rfind(|write| write.taken() && write.records.contains(&record.id))?;
    Some(Cause::TakenForAnother.told(format!(
        "request {} wrote {} over this record, which has the same address",
        touched.id, other.name
    )))
}

/// A batch in which somebody was told the answer of somebody else.
pub(super) fn mixed_up(evidence: &Evidence<'_>) -> Option<LikelyCause> {
    let subject = evidence.subject;
    let wrongly = |other: &&Subject| {
        let there = other.record(evidence.observation).is_some();
        match &other.reported {
            Some(Reported::Pushed) => !there,
            Some(Reported::Refused { .. }) => there && other.before.is_none(),
            None => false,
        }
    };
    let opposite = |other: &&Subject| {
        (other.reported == Some(Reported::Pushed)) != (subject.reported == Some(Reported::Pushed))
    };
    let other = evidence.pushed_along().filter(wrongly).find(opposite)?;
    Some(Cause::AnswersMixedUp.told(format!(
        "what was told of this record is so of {}, and the other way round: the answers of a batch stand in no order",
        other.name
    )))
}

fn place(crm: Crm) -> &'static str {
    match crm {
        Crm::Salesforce => "org",
        Crm::Hubspot => "portal",
    }
}
