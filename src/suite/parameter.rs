//! The words that steps are made of: one type a thing. What a word means is written here once.

use std::fmt;
use std::str::FromStr;

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
    regex = "(?:the|the first|the second|Dana's|Lee's|Kim's) (?:contact|account|lead|e-mail|task|call)"
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

impl FromStr for Crm {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        named(word, "CRM", rules::Crm::ALL).map(Self)
    }
}

impl FromStr for Field {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        named(
            word,
            "field",
            [
                crate::observe::Field::Owner,
                crate::observe::Field::CreatedBy,
            ],
        )
        .map(Self)
    }
}

impl FromStr for Kind {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        named(word, "kind of record", rules::Kind::RECORDS.iter().copied()).map(Self)
    }
}

impl FromStr for Activity {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        let all = rules::Kind::ACTIVITIES
            .iter()
            .chain(rules::Kind::MORE_ACTIVITIES);
        named(word, "activity", all.copied()).map(Self)
    }
}

fn named<T: fmt::Display>(
    word: &str,
    wanted: &'static str,
    all: impl IntoIterator<Item = T>,
) -> Result<T, NotAWord> {
    all.into_iter()
        .find(|one| one.to_string() == word)
        .ok_or_else(|| NotAWord(word.to_owned(), wanted))
}

impl FromStr for Source {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        let known = match word {
            "by hand" => "manual",
            "from the extension in Gmail" => "gmail",
            "from the extension in LinkedIn" => "linkedin",
            other => other.trim_start_matches("from ").trim_start_matches("a "),
        };
        known
            .parse()
            .map(Self)
            .map_err(|_| NotAWord(word.to_owned(), "source"))
    }
}

impl FromStr for Mode {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        match word {
            "on its own" => Ok(Self(rules::Mode::Single)),
            "in bulk" => Ok(Self(rules::Mode::Bulk)),
            _ => Err(NotAWord(word.to_owned(), "way to push")),
        }
    }
}

impl FromStr for LoginState {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        match word {
            "needs a refresh" => Ok(Self(rules::Personal::Refreshable)),
            "has been revoked" => Ok(Self(rules::Personal::Revoked)),
            "belongs to a deactivated user" => Ok(Self(rules::Personal::Inactive)),
            _ => Err(NotAWord(word.to_owned(), "state of a login")),
        }
    }
}

impl FromStr for Rank {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        match word {
            "least" => Ok(Self(false)),
            "most" => Ok(Self(true)),
            _ => Err(NotAWord(word.to_owned(), "end of the ranking")),
        }
    }
}

impl FromStr for Who {
    type Err = NotAWord;

    fn from_str(word: &str) -> Result<Self, NotAWord> {
        named(word, "person", Person::ALL).map(Self)
    }
}

impl FromStr for Whom {
    type Err = NotAWord;

    fn from_str(words: &str) -> Result<Self, NotAWord> {
        let one = |word: &str| match word {
            "nobody" => Ok(None),
            person => person.parse::<Who>().map(|who| Some(who.0)),
        };
        words
            .split(" or ")
            .map(one)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl FromStr for Record {
    type Err = NotAWord;

    fn from_str(words: &str) -> Result<Self, NotAWord> {
        let wrong = || NotAWord(words.to_owned(), "record");
        let (which, kind) = words.rsplit_once(' ').ok_or_else(wrong)?;
        let which = match which {
            "the" => Which::Only,
            "the first" => Which::Nth(0),
            "the second" => Which::Nth(1),
            whose => Which::Of(whose.trim_end_matches("'s").parse::<Who>()?.0),
        };
        let kind = kind
            .parse::<Kind>()
            .map(|kind| kind.0)
            .or_else(|_| kind.parse::<Activity>().map(|kind| kind.0));
        Ok(Self {
            kind: kind.map_err(|_| wrong())?,
            which,
        })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.which {
            Which::Only => write!(f, "the {}", self.kind),
            Which::Nth(0) => write!(f, "the first {}", self.kind),
            Which::Nth(_) => write!(f, "the second {}", self.kind),
            Which::Of(person) => write!(f, "{person}'s {}", self.kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_a_parameter_is_understood() {
        for (name, choices) in choices() {
            for choice in choices {
                let understood = match name {
                    "crm" => choice.parse::<Crm>().is_ok(),
                    "field" => choice.parse::<Field>().is_ok(),
                    "kind" => choice.parse::<Kind>().is_ok(),
                    "source" => choice.parse::<Source>().is_ok(),
                    "mode" => choice.parse::<Mode>().is_ok(),
                    "state" => choice.parse::<LoginState>().is_ok(),
                    "activity" => choice.parse::<Activity>().is_ok(),
                    "rank" => choice.parse::<Rank>().is_ok(),
                    "person" => choice.parse::<Who>().is_ok(),
                    "record" => choice.parse::<Record>().is_ok(),
                    // Described, not listed.
                    _ => true,
                };
                assert!(understood, "{name}: {choice}");
            }
        }
    }

    #[test]
    fn everybody_of_the_cast_can_be_named_alone_and_in_a_list() {
        for person in Person::ALL {
            let words = format!("Dana or {person} or nobody");
            assert_eq!(
                words.parse::<Whom>().unwrap().0,
                [Some(Person::Dana), Some(person), None]
            );
            assert!(
                Who::REGEX.split('|').any(|word| word == person.to_string()),
                "{person}"
            );
            assert!(Whom::REGEX.contains(&person.to_string()), "{person}");
        }
    }
}
