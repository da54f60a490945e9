//! What one row demands of everything in a history, in a feature's words.

use super::story::Story;
use super::{Claims, History};
use crate::explore::cell::spoken;
use crate::explore::phrase::{Said, recorded};
use crate::observe::{Field, Observation, Subject, Value, values};
use crate::rules::{Edition, Expected, Joint, RowId, expectations};

/// Tag and Thens of the row, for what has been observed. `None` where somebody is in it whom features have no name for.
pub(super) fn of_row(history: &History, row: RowId, seen: &Observation) -> Option<Claims> {
    let tags = vec![format!("@{row}")];
    if row.invariant() {
        return Some((tags, vec![invariant(row)?.to_owned()]));
    }
    let story = Story::of(history);
    let mut steps = Vec::new();
    for (subject, pushed) in seen.subjects.iter().zip(&story.subjects) {
        let rows = expectations(&subject.situation, Edition::Newer);
        let expected = rows.into_iter().filter(|(id, _)| *id == row);
        let called = story.called_subject(*pushed);
        for (_, expected) in expected {
            steps.extend(of_subject(subject, &expected, &called, seen)?);
        }
    }
    (!steps.is_empty()).then_some((tags, steps))
}

fn of_subject(
    subject: &Subject,
    expected: &Expected,
    called: &str,
    seen: &Observation,
) -> Option<Vec<String>> {
    let crm = subject.key.crm;
    let mut steps: Vec<String> = Vec::new();
    for field in [Field::Owner, Field::CreatedBy, Field::ApolloOwner] {
        let Some(expectation) = spoken(expected, field) else {
            continue;
        };
        let said = values(expectation, subject, field);
        let said: Option<Vec<Said>> = said.iter().map(|value| say(value, seen)).collect();
        let step = recorded(crm, field, &said?, Some(called));
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    if expected.joint == Some(Joint::OwnerIsCreator) {
        steps.push(format!(
            "{crm} records the same person as Owner and as Created By of {called}"
        ));
    }
    Some(steps)
}

fn say(value: &Value, seen: &Observation) -> Option<Said> {
    match value {
        Value::User(principal) => seen.called.get(&principal.id).cloned().map(Said::Person),
        Value::Blank => Some(Said::Nobody),
        Value::Refused => Some(Said::Refused),
        Value::Missing | Value::Hidden => None,
    }
}

/// The Then of an invariant.
fn invariant(row: RowId) -> Option<&'static str> {
    Some(match row.to_string().as_str() {
        "N1" => "nobody but the pusher, team sync and the most permitted is Owner or Created By",
        "N2" => "what was reported is so",
        "N3" => "each push has made one record",
        "N4" => "Created By has not changed",
        "N5" => "the push has left Apollo's owner alone",
        "N6" => "no other credential has written",
        "N7" => "no built-in user is Owner or Created By",
        "N8" => "every owner id that was sent is an owner's",
        _ => return None,
    })
}
