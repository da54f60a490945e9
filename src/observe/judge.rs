use super::cause::{Cause, blame, likely_cause};
use super::observation::{Observation, Subject};
use super::outside::CREATOR;
use super::recorded::{Accepted, Value, accepted};
use super::verdict::{Field, Judgement, Shown, Verdict};
use super::{judge_frame, judge_invariants};
use crate::rules::{Edition, Expectation, Expected, Joint, Outcome, RowId, Status, expectations};

/// By which document, and how strictly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The document that decides.
    pub edition: Edition,
    /// Whether inferred rows fail, and ambiguous ones are narrowed to the recommended reading.
    pub strict: bool,
}

/// Everything: the rows of every subject, the invariants, and that nothing else happened.
pub fn judge(observation: &Observation, settings: Settings) -> Vec<Verdict> {
    let rows = observation
        .subjects
        .iter()
        .flat_map(|subject| judge_subject(subject, observation, settings));
    rows.chain(judge_invariants(observation))
        .chain(judge_frame(observation))
        .collect()
}

/// One subject, by every row that speaks of its situation.
pub fn judge_subject(
    subject: &Subject,
    observation: &Observation,
    settings: Settings,
) -> Vec<Verdict> {
    let rows = expectations(&subject.situation, settings.edition);
    rows.iter()
        .flat_map(|(row, expected)| by_row(*row, expected, subject, observation, settings))
        .collect()
}

fn by_row(
    row: RowId,
    expected: &Expected,
    subject: &Subject,
    observation: &Observation,
    settings: Settings,
) -> Vec<Verdict> {
    let case = Case {
        row,
        subject,
        observation,
        settings,
    };
    let fields = [
        (Field::ApolloOwner, &expected.apollo_owner),
        (Field::Owner, &expected.owner),
        (Field::CreatedBy, &expected.created_by),
    ];
    let spoken = fields
        .into_iter()
        .filter_map(|(field, expectation)| Some((field, expectation.as_ref()?)));
    let mut verdicts: Vec<_> = spoken
        .map(|(field, expectation)| case.field(field, expectation))
        // What only the system says shows nothing where no CRM recorded a push.
        .filter(|verdict| !verdict.unproved(observation))
        .collect();
    if let (Some(Joint::OwnerIsCreator), Some(owner)) = (expected.joint, &expected.owner) {
        verdicts.extend(case.one_person(owner));
    }
    verdicts
}

/// One row on one subject.
pub(super) struct Case<'a> {
    pub(super) row: RowId,
    pub(super) subject: &'a Subject,
    pub(super) observation: &'a Observation,
    pub(super) settings: Settings,
}

impl Case<'_> {
    /// Whether what was recorded is on the list.
    pub(super) fn field(&self, field: Field, expectation: &Expectation) -> Verdict {
        let recorded = self.subject.recorded(field, self.observation);
        let accepted = accepted(expectation, self.subject, field, self.settings.strict);
        let matches: Vec<_> = accepted
            .iter()
            .filter(|one| one.value.is(&recorded))
            .collect();
        let mut verdict = Verdict {
            expected: accepted.iter().map(|one| one.shown.clone()).collect(),
            recorded: self.shown(&recorded, &matches, field),
            readings: readings(&accepted, &matches),
            ..self.verdict(field, expectation)
        };
        // Where no record is accepted, one that is there is wrong whoever made it.
        let a_record = |one: &Accepted| one.value != Value::Refused;
        if recorded == Value::Hidden && accepted.iter().any(a_record) {
            return verdict.not_observable(CREATOR);
        }
        if accepted.is_empty() && self.nothing_to_keep(field, expectation) {
            self.break_it(&mut verdict, &recorded);
            verdict.expected = vec![Shown::plain("unchanged")];
            let why = "an earlier push has left no record that could stay as it was";
            verdict.cause = verdict
                .cause
                .or_else(|| Some(Cause::NothingWritten.told(why)));
        } else if accepted.is_empty() {
            verdict.judgement = Judgement::Error;
            verdict.cause = Some(
                Cause::PartNotPlayed.told("the fixture has nobody in a part that the row names"),
            );
        } else if matches.is_empty() {
            self.break_it(&mut verdict, &recorded);
        }
        verdict
    }

    /// Owner and Created By are one person, whichever.
    fn one_person(&self, owner: &Expectation) -> Option<Verdict> {
        let expected = vec![Shown::plain("one and the same")];
        let (owned, created) = match (
            self.subject.recorded(Field::Owner, self.observation),
            self.subject.recorded(Field::CreatedBy, self.observation),
        ) {
            (Value::User(owned), Value::User(created)) => (owned, created),
            (_, Value::Hidden) => {
                let verdict = self.verdict(Field::OwnerIsCreator, owner);
                return Some(
                    Verdict {
                        expected,
                        ..verdict
                    }
                    .not_observable(CREATOR),
                );
            }
            _ => return None,
        };
        let mut verdict = Verdict {
            expected,
            recorded: Shown::plain(format!("{} and {}", owned.name, created.name)),
            ..self.verdict(Field::OwnerIsCreator, owner)
        };
        if !owned.is(&created) {
            self.break_it(&mut verdict, &Value::User(owned));
        }
        Some(verdict)
    }

    fn verdict(&self, field: Field, expectation: &Expectation) -> Verdict {
        Verdict {
            row: Some(self.row),
            crm: Some(self.subject.key.crm),
            level: Some(expectation.status),
            sentences: expectation.grounds.of(self.settings.edition).to_vec(),
            reported: field == Field::ApolloOwner,
            ..Verdict::on(&self.subject.name, field)
        }
    }

    /// Whether something has to stay as it was that an earlier push should have made, and has not.
    fn nothing_to_keep(&self, field: Field, expectation: &Expectation) -> bool {
        field != Field::ApolloOwner
            && self.subject.before.is_none()
            && expectation.allows(Outcome::Unchanged)
    }

    fn break_it(&self, verdict: &mut Verdict, recorded: &Value) {
        verdict.judgement = match verdict.level {
            Some(Status::Inferred) if !self.settings.strict => Judgement::Warning,
            _ => Judgement::Failed,
        };
        verdict.blamed = blame(verdict.field, self.subject, self.observation);
        verdict.cause = likely_cause(verdict.field, recorded, self.subject, self.observation);
    }

    /// A match is shown in the part that the row names; one person may play several.
    fn shown(&self, recorded: &Value, matches: &[&Accepted], field: Field) -> Shown {
        let in_cast = || recorded.shown(self.subject.cast_for(field));
        matches
            .first()
            .map_or_else(in_cast, |one| one.shown.clone())
    }
}

/// The readings that fit, where at least one other on the list does not.
fn readings(accepted: &[Accepted], matches: &[&Accepted]) -> Vec<crate::rules::ReadingId> {
    let telling = accepted.len() == 1 || matches.len() < accepted.len();
    matches
        .iter()
        .filter(|_| telling)
        .filter_map(|one| one.reading)
        .collect()
}
