use super::judge::{Case, Settings};
use super::observation::Observation;
use super::outside::CREATOR;
use super::recorded::{Value, values};
use super::verdict::{Field, Judgement, Verdict};
use crate::rules::{Edition, Expectation, Expected, RowId, expectations};

/// What a Then of a feature says of a record.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// The subject's name.
    pub subject: &'a str,
    /// Apollo's owner, Owner or Created By.
    pub field: Field,
    /// Every value that the words accept.
    pub said: Vec<Value>,
}

/// A feature whose words do not fit the rule table: an error of the feature, not a verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsDiffer {
    /// The words name a record that the scenario does not have.
    #[error("no record called '{0}' in this scenario")]
    NoSuchSubject(String),
    /// The words and the cell name different values.
    #[error("{field} by {row}: the feature says {words}, the rule table {table}")]
    FromCell {
        /// The tagged row.
        row: RowId,
        /// What is asserted.
        field: Field,
        /// What the feature accepts.
        words: String,
        /// What the table accepts.
        table: String,
    },
}

/// Judges a feature's words. Status and sentences come from the tagged rows that speak of the field.
///
/// With no such row, the words alone decide, and the verdict has neither row nor level. With one whose edition is silent there is no
/// verdict.
pub fn judge_words(
    words: &Words<'_>,
    tags: &[RowId],
    observation: &Observation,
    settings: Settings,
) -> Result<Vec<Verdict>, WordsDiffer> {
    let subject = observation.subject(words.subject);
    let subject = subject.ok_or_else(|| WordsDiffer::NoSuchSubject(words.subject.to_owned()))?;
    let mut tagged = expectations(&subject.situation, Edition::Newer);
    tagged.retain(|(row, expected)| tags.contains(row) && spoken(expected, words.field).is_some());
    if tagged.is_empty() {
        return Ok(vec![by_words_alone(words, subject, observation)]);
    }
    let mut verdicts = vec![];
    for (row, expected) in tagged {
        let Some(expectation) = spoken(&expected, words.field) else {
            continue;
        };
        same_as_cell(row, words, subject, expectation)?;
        let case = Case {
            row,
            subject,
            observation,
            settings,
        };
        let in_edition = expectation.in_edition(settings.edition, subject.key.crm);
        verdicts.extend(in_edition.map(|expectation| {
            case.field(words.field, &expectation)
                .or_unproved(observation)
        }));
    }
    Ok(verdicts)
}

fn spoken(expected: &Expected, field: Field) -> Option<&Expectation> {
    match field {
        Field::ApolloOwner => expected.apollo_owner.as_ref(),
        Field::Owner => expected.owner.as_ref(),
        Field::CreatedBy => expected.created_by.as_ref(),
        _ => None,
    }
}

fn same_as_cell(
    row: RowId,
    words: &Words<'_>,
    subject: &super::Subject,
    cell: &Expectation,
) -> Result<(), WordsDiffer> {
    let table = values(cell, subject, words.field);
    // What has to stay as it was, and can't be seen, can't be compared with words.
    if table.contains(&Value::Hidden) {
        return Ok(());
    }
    let within = |some: &[Value], all: &[Value]| {
        some.iter().all(|one| all.iter().any(|other| other.is(one)))
    };
    if within(&words.said, &table) && within(&table, &words.said) {
        return Ok(());
    }
    let names = |values: &[Value]| {
        let names: Vec<_> = values
            .iter()
            .map(|value| value.shown(subject.cast_for(words.field)).to_string())
            .collect();
        if names.is_empty() {
            "nobody".to_owned()
        } else {
            names.join(" or ")
        }
    };
    Err(WordsDiffer::FromCell {
        row,
        field: words.field,
        words: names(&words.said),
        table: names(&table),
    })
}

fn by_words_alone(
    words: &Words<'_>,
    subject: &super::Subject,
    observation: &Observation,
) -> Verdict {
    let recorded = subject.recorded(words.field, observation);
    let cast = subject.cast_for(words.field);
    let verdict = Verdict {
        crm: Some(subject.key.crm),
        expected: words.said.iter().map(|value| value.shown(cast)).collect(),
        recorded: recorded.shown(cast),
        reported: words.field == Field::ApolloOwner,
        ..Verdict::on(words.subject, words.field)
    };
    let a_record = |value: &Value| *value != Value::Refused;
    if recorded == Value::Hidden && words.said.iter().any(a_record) {
        return verdict.not_observable(CREATOR);
    }
    // "Missing" among the words would let a scenario pass in which nothing happened.
    if recorded != Value::Missing && words.said.iter().any(|value| value.is(&recorded)) {
        return verdict.or_unproved(observation);
    }
    Verdict {
        judgement: Judgement::Failed,
        blamed: super::cause::blame(words.field, subject, observation),
        cause: super::cause::likely_cause(words.field, &recorded, subject, observation),
        ..verdict
    }
}
