//! What is behind a broken invariant, and behind what happened beside the scenario.

use super::evidence::Evidence;
use super::{Cause, LikelyCause, absent, creator, owner};
use crate::observe::observation::{Observation, Principal, Reported, Subject, WriteRequest};

/// N1: a person in a field who has no say.
pub(in crate::observe) fn outsider(
    in_owner: bool,
    who: Option<&Principal>,
    subject: &Subject,
    observation: &Observation,
) -> Option<LikelyCause> {
    let evidence = Evidence::of(subject, observation);
    match who {
        None => Some(owner::why_blank(&evidence)),
        Some(who) if in_owner => owner::why(&evidence, who),
        Some(who) => Some(creator::why(&evidence, who)),
    }
}

/// N2: what was reported is not so.
pub(in crate::observe) fn untruth(subject: &Subject, observation: &Observation) -> LikelyCause {
    let evidence = Evidence::of(subject, observation);
    let there = subject.record(observation).is_some();
    if subject.reported != Some(Reported::Pushed) {
        return refused_and_there(&evidence);
    }
    if !there {
        return absent::why_missing(&evidence);
    }
    match evidence.tries.last() {
        Some(last) if last.taken() => Cause::ValuesNotSent.told(format!(
            "{} went through, and the value that was changed did not come with it",
            last.line()
        )),
        Some(last) => Cause::SuccessWithoutRecord.told(format!(
            "the CRM answered {} to the last attempt, and success was reported",
            last.answer()
        )),
        None => Cause::ValuesNotSent.told("no request to write the record was made"),
    }
}

fn refused_and_there(evidence: &Evidence<'_>) -> LikelyCause {
    if let Some(mixed) = absent::mixed_up(evidence) {
        return mixed;
    }
    if let Some(made) = evidence
        .making()
        .filter(|made| made.taken() && made.subjects.len() > 1)
    {
        return Cause::AnswersMixedUp.told(format!(
            "request {} made it, together with {} others, and a refusal was told of it: the answers of a batch stand in no order",
            made.id,
            made.subjects.len() - 1
        ));
    }
    let made = evidence.making().map_or(u64::MAX, |made| made.number);
    let in_the_way = |write: &&&WriteRequest| {
        write.conflict() || ((400..429).contains(&write.status) && write.number > made)
    };
    let conflict = evidence.tries.iter().rfind(in_the_way);
    let lost = evidence.tries.iter().find(|write| unanswered(write));
    match (conflict, lost) {
        (Some(conflict), _) => Cause::ConflictTakenForRefusal.told(format!(
            "the CRM answered {}: it has the record already, from an attempt before, and this was taken for a refusal",
            conflict.answer()
        )),
        (None, Some(lost)) => Cause::LostAnswerTakenForRefusal.told(format!(
            "the answer to {} got lost, which was taken for a refusal; the record was made",
            lost.line()
        )),
        (None, None) => {
            Cause::RefusalWithRecord.told("a refusal was reported, and the record was written")
        }
    }
}

/// Whether nobody can tell from the answer what became of it.
fn unanswered(write: &WriteRequest) -> bool {
    write.status == 0 || write.status >= 500
}

/// N3: more records than pushes.
pub(in crate::observe) fn doubled(subject: &Subject, observation: &Observation) -> LikelyCause {
    let evidence = Evidence::of(subject, observation);
    let lost = evidence.tries.iter().find(|write| unanswered(write));
    let deleted = subject.records(observation).any(|record| record.deleted);
    match lost {
        Some(lost) => Cause::SentAgainBlindly.told(format!(
            "the answer to {} got lost, and the record was created once more: nothing in the request says that it is the same",
            lost.line()
        )),
        None if deleted => {
            Cause::DeletedAndMadeAnew.told("the record was deleted, and made anew")
        }
        None => Cause::MadeAgain.told(format!(
            "{} has the record already; it was not found, and created once more",
            subject.key.crm
        )),
    }
}

/// N4: Created By is another one than before.
pub(in crate::observe) fn creator_moved(
    subject: &Subject,
    observation: &Observation,
) -> Option<LikelyCause> {
    let evidence = Evidence::of(subject, observation);
    let now = subject.record(observation)?.now.created_by.as_ref()?;
    creator::made_anew(&evidence, now)
}

/// N5: Apollo's owner.
pub(in crate::observe) fn apollo_owner(
    subject: &Subject,
    observation: &Observation,
) -> LikelyCause {
    owner::in_apollo(&Evidence::of(subject, observation))
}

/// N6: the credential of somebody wrote who must not.
pub(in crate::observe) fn credential(
    write: &WriteRequest,
    subject: &Subject,
    observation: &Observation,
) -> LikelyCause {
    match &write.credential {
        Some(whose) => creator::why(&Evidence::at(subject, observation, write), whose),
        None => Cause::SomebodyElsesCredential
            .told(format!("{} carried nobody's credential", write.line())),
    }
}

/// Beside the scenario: a record that nobody asked for.
pub(in crate::observe) fn extra(
    crm: crate::rules::Crm,
    record: &str,
    observation: &Observation,
) -> LikelyCause {
    let found = observation.records.iter();
    let mut found = found.filter(|seen| seen.key.crm == crm && seen.id == record);
    let value = found.next().map(|seen| &seen.key.value);
    let mut subjects = observation.subjects.iter();
    let meant = subjects.find(|subject| Some(&subject.key.value) == value);
    match meant {
        Some(subject) if subject.key.crm != crm => Cause::WrittenElsewhere.told(format!(
            "{} was pushed to {}, and stands in {crm}, too",
            subject.name, subject.key.crm
        )),
        _ => Cause::OtherRecordWritten
            .told("what was written is no record of the scenario: look at its e-mail address, name or subject"),
    }
}
