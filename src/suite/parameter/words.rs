//! From words to what they mean, one by one.

use std::fmt;
use std::str::FromStr;

use super::{
    Activity, Crm, Field, Kind, LoginState, Mode, NotAWord, Rank, Record, Source, Which, Who, Whom,
};
use crate::rules;
use crate::suite::people::Person;

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
            "the third" => Which::Nth(2),
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
            Which::Nth(1) => write!(f, "the second {}", self.kind),
            Which::Nth(_) => write!(f, "the third {}", self.kind),
            Which::Of(person) => write!(f, "{person}'s {}", self.kind),
        }
    }
}
