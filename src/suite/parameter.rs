//! The words that steps are made of: one type a thing. What a word means is written here once.

mod words;

use cucumber::Parameter;

use super::people::Person;
use crate::rules;

/// A word that a parameter doesn't know. The expression of a step lets none through.
#[derive(Debug, thiserror::Error)]
#[error("'{0}' is no {1}")]
pub struct NotAWord(String, &'static str);

/// Salesforce or HubSpot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "crm", regex = "Salesforce|HubSpot")]
pub struct Crm(pub rules::Crm);

/// Owner or Created By.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "field", regex = "Owner|Created By")]
pub struct Field(pub crate::observe::Field);

/// What is saved and pushed. A lead is a contact that is pushed as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "kind", regex = "contact|account|lead")]
pub struct Kind(pub rules::Kind);

/// How a record came into Apollo, in the words of either edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "source",
    regex = "by hand|from a CSV upload|from the extension in Gmail|from the extension in LinkedIn|from prospecting|from search|from job change enrichment|from a job change trigger"
)]
pub struct Source(pub rules::Source);

/// One record at a time, or as a part of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "mode", regex = "on its own|in bulk")]
pub struct Mode(pub rules::Mode);

/// The state of a linked login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "state",
    regex = "needs a refresh|has been revoked|belongs to a deactivated user"
)]
pub struct LoginState(pub rules::Personal);

/// Something that somebody did about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "activity", regex = "e-mail|task|call|note|meeting")]
pub struct Activity(pub rules::Kind);

/// Which end of the ranking comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "rank", regex = "least|most")]
pub struct Rank(pub bool);

/// A person of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "person",
    regex = "Dana's second user|Dana|Lee|Kim|the integration user|the new integration user|the most permitted user|the other most permitted user|the least permitted user|the Apollo admin|the assignment rule's user"
)]
pub struct Who(pub Person);

/// Everybody whom an assertion accepts: one person, several joined by "or", or nobody.
#[derive(Clone, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "whom",
    regex = "(?:nobody|Dana's second user|Dana|Lee|Kim|the integration user|the new integration user|the most permitted user|the other most permitted user|the least permitted user|the Apollo admin|the assignment rule's user)(?: or (?:nobody|Dana's second user|Dana|Lee|Kim|the integration user|the new integration user|the most permitted user|the other most permitted user|the least permitted user|the Apollo admin|the assignment rule's user))*"
)]
pub struct Whom(pub Vec<Option<Person>>);

/// A record of the scenario: the only one of its kind, the first or second, or somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "record",
    regex = "(?:the|the first|the second|the third|Dana's|Lee's|Kim's) (?:contact|account|lead|e-mail|task|call)"
)]
pub struct Record {
    /// What it is.
    pub kind: rules::Kind,
    /// Which of its kind.
    pub which: Which,
}

/// Which one of several records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// There is only one.
    Only,
    /// In the order in which they were saved, from 0.
    Nth(usize),
    /// Saved by this person.
    Of(Person),
}

/// The words of each parameter by its name, for lists and hints.
pub fn choices() -> Vec<(&'static str, Vec<String>)> {
    let alternatives = |regex: &str| regex.split('|').map(str::to_owned).collect();
    vec![
        (Crm::NAME, alternatives(Crm::REGEX)),
        (Field::NAME, alternatives(Field::REGEX)),
        (Kind::NAME, alternatives(Kind::REGEX)),
        (Source::NAME, alternatives(Source::REGEX)),
        (Mode::NAME, alternatives(Mode::REGEX)),
        (LoginState::NAME, alternatives(LoginState::REGEX)),
        (Activity::NAME, alternatives(Activity::REGEX)),
        (Rank::NAME, alternatives(Rank::REGEX)),
        (Who::NAME, alternatives(Who::REGEX)),
        (
            Whom::NAME,
            vec![
                "a person".into(),
                "several joined by 'or'".into(),
                "nobody".into(),
            ],
        ),
        (
            Record::NAME,
            [
                "the contact",
                "the second contact",
                "Dana's contact",
                "the account",
                "the lead",
            ]
            .map(str::to_owned)
            .to_vec(),
        ),
    ]
}

#[cfg(test)]
mod tests;
