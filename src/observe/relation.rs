use super::cause::{Cause, blame};
use super::judge::Settings;
use super::observation::{Observation, Subject};
use super::recorded::Value;
use super::verdict::{Field, Judgement, Verdict};
use crate::rules::{Body, RowId, row};

/// Judges a relation (R25, H10): two subjects that differ in one aspect have the same Owner and Created By.
///
/// Empty where the row is no relation, does not hold for the first subject's CRM, or the edition does not speak.
pub fn judge_same(
    id: RowId,
    one: &Subject,
    other: &Subject,
    observation: &Observation,
    settings: Settings,
) -> Vec<Verdict> {
    let Some(Body::Relation(relation)) = row(id).map(|row| &row.body) else {
        return vec![];
    };
    let spoken = relation
        .expectation
        .in_edition(settings.edition, one.key.crm);
    let Some(expectation) = spoken.filter(|_| relation.condition.holds(&one.situation)) else {
        return vec![];
    };
    let fields = [Field::Owner, Field::CreatedBy].into_iter().map(|field| {
        let verdict = compare(field, one, other, observation);
        let inferred = expectation.status == crate::rules::Status::Inferred && !settings.strict;
        let judgement = match verdict.judgement {
            Judgement::Failed if inferred => Judgement::Warning,
            judgement => judgement,
        };
        Verdict {
            judgement,
            row: Some(id),
            level: Some(expectation.status),
            sentences: expectation.grounds.of(settings.edition).to_vec(),
            ..verdict
        }
    });
    fields.collect()
}

fn compare(field: Field, one: &Subject, other: &Subject, observation: &Observation) -> Verdict {
    let (first, second) = (
        one.recorded(field, observation),
        other.recorded(field, observation),
    );
    let judged = Verdict {
        crm: Some(other.key.crm),
        expected: vec![first.shown(&one.cast)],
        recorded: second.shown(&other.cast),
        ..Verdict::on(&other.name, field)
    };
    // Two that are both missing are not alike: nothing was recorded.
    if first.is(&second) && first != Value::Missing {
        return judged;
    }
    Verdict {
        judgement: Judgement::Failed,
        blamed: blame(field, other, observation),
        cause: Some(Cause::PushesDiffer.told(format!(
            "{} and {} differ in nothing but how they were pushed",
            one.name, other.name
        ))),
        ..judged
    }
}
