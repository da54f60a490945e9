use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::UnknownWord;

/// Which of the two documents decides.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// The current article, sentences A1 to A25: Salesforce and HubSpot.
    #[default]
    Newer,
    /// The article it replaced, sentences B1 to B9: Salesforce alone.
    Older,
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Newer => "newer",
            Self::Older => "older",
        })
    }
}

impl FromStr for Edition {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word.trim().to_ascii_lowercase().as_str() {
            "newer" => Ok(Self::Newer),
            "older" => Ok(Self::Older),
            _ => Err(UnknownWord {
                word: word.to_owned(),
                wanted: "edition",
                known: "newer, older",
            }),
        }
    }
}

/// One sentence of a document: `A17` is the seventeenth of the newer one, `B4` the fourth of the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SentenceId {
    edition: Edition,
    number: u8,
}

impl SentenceId {
    /// Sentence `A{number}` of the newer document.
    pub const fn a(number: u8) -> Self {
        Self {
            edition: Edition::Newer,
            number,
        }
    }

    /// Sentence `B{number}` of the older document.
    pub const fn b(number: u8) -> Self {
        Self {
            edition: Edition::Older,
            number,
        }
    }

    /// The document that the sentence stands in.
    pub const fn edition(self) -> Edition {
        self.edition
    }
}

impl fmt::Display for SentenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.edition {
            Edition::Newer => 'A',
            Edition::Older => 'B',
        };
        f.pad(&format!("{letter}{}", self.number))
    }
}

impl FromStr for SentenceId {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let unknown = || UnknownWord {
            word: word.to_owned(),
            wanted: "sentence",
            known: "A1 to A25, B1 to B9",
        };
        let make = match word.chars().next() {
            Some('A') => Self::a,
            Some('B') => Self::b,
            _ => return Err(unknown()),
        };
        let id = make(word[1..].parse().map_err(|_| unknown())?);
        super::sentence(id)
            .map(|sentence| sentence.id)
            .ok_or_else(unknown)
    }
}

impl TryFrom<String> for SentenceId {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, UnknownWord> {
        word.parse()
    }
}

impl From<SentenceId> for String {
    fn from(id: SentenceId) -> Self {
        id.to_string()
    }
}
