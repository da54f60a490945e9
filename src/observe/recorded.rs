use serde::{Deserialize, Serialize};

use super::observation::{
    Cast, Create, Observation, OwnerChange, Principal, RecordSeen, Reported, Subject,
};
use super::verdict::{Field, Shown};
use crate::rules::{Expectation, Outcome, ReadingId, Role};

/// What was recorded for a field, or may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// This one.
    User(Principal),
    /// Nobody.
    Blank,
    /// No record, and the system under test said that it refused.
    Refused,
    /// No record, and no word of a refusal. Never expected.
    Missing,
    /// There is a record, and its CRM does not show this. Never expected.
    Hidden,
}

/// A value that is accepted, with the reading behind it.
#[derive(Clone, Debug)]
pub(super) struct Accepted {
    pub(super) value: Value,
    pub(super) reading: Option<ReadingId>,
    pub(super) shown: Shown,
}

impl Value {
    /// Whether both are the same.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::User(one), Self::User(other)) => one.is(other),
            _ => self == other,
        }
    }

    /// As a report shows it, with the part that the cast gives it.
    pub(super) fn shown(&self, cast: &Cast) -> Shown {
        match self {
            Self::User(principal) => Shown {
                name: principal.name.clone(),
                part: part(principal, cast),
            },
            Self::Blank => Shown::plain("blank"),
            Self::Refused => Shown::plain("refused"),
            Self::Missing => Shown::plain("no record"),
            Self::Hidden => Shown::plain("not observable"),
        }
    }
}

fn part(principal: &Principal, cast: &Cast) -> String {
    let plays = cast
        .iter()
        .find(|(_, players)| players.iter().any(|player| player.is(principal)));
    plays.map_or_else(
        || "plays no part here".to_owned(),
        |(role, _)| role.to_string(),
    )
}

/// Everything the expectation accepts, as values of this subject. Under strict only what is recommended.
pub(super) fn accepted(
    expectation: &Expectation,
    subject: &Subject,
    field: Field,
    strict: bool,
) -> Vec<Accepted> {
    let values = expectation
        .accepted(strict)
        .into_iter()
        .flat_map(|allowed| {
            let values = resolve(allowed.outcome, subject, field);
            values
                .into_iter()
                .map(move |value| (value, allowed.reading, allowed.outcome))
        });
    values
        .map(|(value, reading, outcome)| {
            let named = value.shown(&Cast::new()).name;
            Accepted {
                value,
                reading,
                shown: Shown {
                    name: named,
                    part: outcome.to_string(),
                },
            }
        })
        .collect()
}

/// Every value that the expectation accepts of this subject, under whatever strictness.
pub fn values(expectation: &Expectation, subject: &Subject, field: Field) -> Vec<Value> {
    accepted(expectation, subject, field, false)
        .into_iter()
        .map(|one| one.value)
        .collect()
}

fn resolve(outcome: Outcome, subject: &Subject, field: Field) -> Vec<Value> {
    match outcome {
        Outcome::Blank => vec![Value::Blank],
        Outcome::Refused => vec![Value::Refused],
        Outcome::User(role) => {
            let players = subject.cast_for(field).get(&role);
            players
                .into_iter()
                .flatten()
                .cloned()
                .map(Value::User)
                .collect()
        }
        Outcome::Unchanged => subject.value_before(field).into_iter().collect(),
    }
}

fn owner(found: &Option<Principal>) -> Value {
    found.clone().map_or(Value::Blank, Value::User)
}

/// Every record has a creator; not every CRM shows it.
fn creator(found: &Option<Principal>) -> Value {
    found.clone().map_or(Value::Hidden, Value::User)
}

impl Subject {
    /// The cast that a field's roles are looked up in.
    pub(super) fn cast_for(&self, field: Field) -> &Cast {
        if field == Field::ApolloOwner {
            &self.apollo_cast
        } else {
            &self.cast
        }
    }

    fn value_before(&self, field: Field) -> Option<Value> {
        match field {
            Field::ApolloOwner => self.apollo_owner.before_push.clone().map(Value::User),
            Field::CreatedBy => self
                .before
                .as_ref()
                .map(|before| creator(&before.created_by)),
            _ => self.before.as_ref().map(|before| owner(&before.owner)),
        }
    }

    /// What was recorded for the field.
    pub(super) fn recorded(&self, field: Field, observation: &Observation) -> Value {
        if field == Field::ApolloOwner {
            let told = self
                .apollo_owner
                .after_push
                .as_ref()
                .or(self.apollo_owner.created.as_ref());
            return owner(&told.cloned());
        }
        let Some(record) = self.record(observation) else {
            return if self.refused() {
                Value::Refused
            } else {
                Value::Missing
            };
        };
        match field {
            Field::CreatedBy => creator(&record.now.created_by),
            _ => owner(&record.now.owner),
        }
    }

    /// The records found by the subject's key, deleted ones too.
    pub(super) fn records<'a>(
        &'a self,
        observation: &'a Observation,
    ) -> impl Iterator<Item = &'a RecordSeen> {
        observation
            .records
            .iter()
            .filter(|record| record.key == self.key)
    }

    /// The record found by the subject's key. Of several, the first; N3 fails then.
    pub(super) fn record<'a>(&'a self, observation: &'a Observation) -> Option<&'a RecordSeen> {
        self.records(observation).find(|record| !record.deleted)
    }

    /// The ledger row of the subject's record.
    pub(super) fn create<'a>(&'a self, observation: &'a Observation) -> Option<&'a Create> {
        let record = self.record(observation)?;
        observation
            .creates
            .iter()
            .find(|create| create.crm == self.key.crm && create.record == record.id)
    }

    /// The last change of ownership of the subject's record.
    pub(super) fn last_change<'a>(
        &'a self,
        observation: &'a Observation,
    ) -> Option<&'a OwnerChange> {
        let record = self.record(observation)?;
        let changes = observation
            .changes
            .iter()
            .filter(|change| change.crm == self.key.crm);
        changes
            .filter(|change| change.record == record.id)
            .max_by_key(|change| change.sequence)
    }

    /// Whether somebody plays a part for it in its CRM.
    pub(super) fn plays(&self, principal: &Principal, role: Role) -> bool {
        self.cast
            .get(&role)
            .is_some_and(|players| players.iter().any(|player| player.is(principal)))
    }

    pub(super) fn refused(&self) -> bool {
        matches!(self.reported, Some(Reported::Refused { .. }))
    }
}
