use super::cause::{Cause, LikelyCause, blame, likely_cause};
use super::judge::Settings;
use super::observation::{Observation, Subject};
use super::outside::CREATOR;
use super::recorded::{Value, values};
use super::verdict::{Field, Judgement, Verdict};
use crate::rules::{Body, Edition, RowId, expectations, row};

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
    if [&first, &second].contains(&&Value::Hidden) {
        return judged.not_observable(CREATOR);
    }
    // Two that are both missing are not alike: nothing was recorded.
    if first.is(&second) && first != Value::Missing {
        return judged;
    }
    Verdict {
        judgement: Judgement::Failed,
        blamed: blame(field, other, observation),
        cause: Some(why_they_differ(field, one, other, observation)),
        ..judged
    }
}

/// What is wrong with the one of the two that is not as its own rows say; the later one first.
fn why_they_differ(
    field: Field,
    one: &Subject,
    other: &Subject,
    observation: &Observation,
) -> LikelyCause {
    let wrong = |subject: &&Subject| {
        let recorded = subject.recorded(field, observation);
        let rows = expectations(&subject.situation, Edition::Newer);
        let spoken = rows.iter().filter_map(|(_, expected)| match field {
            Field::CreatedBy => expected.created_by.as_ref(),
            _ => expected.owner.as_ref(),
        });
        let mut spoken = spoken.map(|expected| values(expected, subject, field));
        spoken.any(|allowed| !allowed.iter().any(|value| value.is(&recorded)))
    };
    let cause = [other, one].into_iter().find(wrong).and_then(|subject| {
        let recorded = subject.recorded(field, observation);
        let cause = likely_cause(field, &recorded, subject, observation)?;
        let text = format!("{}: {}", subject.name, cause.text);
        Some(cause.id.told(text))
    });
    cause.unwrap_or_else(|| {
        Cause::PushesDiffer.told(format!(
            "{} and {} differ in nothing but how they were pushed",
            one.name, other.name
        ))
    })
}
