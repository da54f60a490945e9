use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::UnknownWord;

/// How a contact or account came to be in Apollo. Both documents' words are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Made by hand.
    Manual,
    /// From a CSV upload.
    Csv,
    /// From the Chrome extension in Gmail.
    Gmail,
    /// From the Chrome extension in LinkedIn.
    Linkedin,
    /// From prospecting; the older document says Search.
    Prospecting,
    /// From job change enrichment; the older document says Job Change trigger.
    #[serde(rename = "jobchange")]
    JobChange,
}

impl Source {
    /// All six, in the order of the documents' table.
    pub const ALL: [Self; 6] = [
        Self::Manual,
        Self::Csv,
        Self::Gmail,
        Self::Linkedin,
        Self::Prospecting,
        Self::JobChange,
    ];
    /// The left column of the table (A21, B7): the personal account is the creator.
    pub const PERSONAL_COLUMN: &'static [Self] = &[Self::Manual, Self::Csv, Self::Gmail];
    /// The right column of the table (A21, B7): the team sync user is the creator.
    pub const TEAM_COLUMN: &'static [Self] = &[Self::Linkedin, Self::Prospecting, Self::JobChange];

    /// Whether the table files the source under team sync credentials.
    pub fn in_team_column(self) -> bool {
        Self::TEAM_COLUMN.contains(&self)
    }

    /// The word of the driver protocol.
    pub fn protocol_word(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Csv => "csv",
            Self::Gmail => "gmail",
            Self::Linkedin => "linkedin",
            Self::Prospecting => "prospecting",
            Self::JobChange => "jobchange",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Manual => "made by hand",
            Self::Csv => "CSV upload",
            Self::Gmail => "Chrome extension in Gmail",
            Self::Linkedin => "Chrome extension in LinkedIn",
            Self::Prospecting => "prospecting",
            Self::JobChange => "job change enrichment",
        })
    }
}

impl FromStr for Source {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let plain = word.trim().to_ascii_lowercase().replace(['_', '-'], " ");
        match plain.as_str() {
            "manual" | "manually" | "hand" | "made by hand" => Ok(Self::Manual),
            "csv" | "csv upload" | "csv import" => Ok(Self::Csv),
            "gmail" | "chrome extension in gmail" => Ok(Self::Gmail),
            "linkedin" | "chrome extension in linkedin" => Ok(Self::Linkedin),
            "prospecting" | "search" => Ok(Self::Prospecting),
            "jobchange" | "job change" | "job change enrichment" | "job change trigger" => {
                Ok(Self::JobChange)
            }
            _ => Err(UnknownWord {
                word: word.to_owned(),
                wanted: "source",
                known: "manual, csv, gmail, linkedin, prospecting or search, jobchange (job change enrichment or trigger)",
            }),
        }
    }
}
