//! The words that Apollo's documents use, one enum each.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An Apollo user. Opaque: whoever adds the user chooses it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct UserId(pub String);

/// A saved contact or account. Opaque: Apollo chooses it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct RecordId(pub String);

/// A logged e-mail, task or call. Opaque: Apollo chooses it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct ActivityId(pub String);

/// Where records are pushed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Crm {
    /// Salesforce.
    Salesforce,
    /// HubSpot.
    Hubspot,
}

/// What a saved record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A person.
    Contact,
    /// A company.
    Account,
}

/// How a record came into Apollo: the rows of the table (A21, B7). Both editions' names are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Typed in.
    Manual,
    /// Imported from a file.
    Csv,
    /// Saved by the Chrome extension in Gmail.
    Gmail,
    /// Saved by the Chrome extension in LinkedIn.
    Linkedin,
    /// Saved from prospecting; the older edition says "search".
    #[serde(alias = "search")]
    Prospecting,
    /// Saved by job change enrichment; the older edition says "job change trigger".
    #[serde(
        alias = "job change trigger",
        alias = "job change enrichment",
        alias = "job_change"
    )]
    Jobchange,
}

/// One record at a time by hand, or many at once through the push settings (A5, A6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The push button of one record.
    Single,
    /// Everything selected, in batches.
    Bulk,
}

/// What a contact becomes in the CRM. An account is always pushed as an account.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum PushedAs {
    /// A contact.
    #[default]
    Contact,
    /// A Salesforce Lead.
    Lead,
}

/// The activities that both editions name (A17, B2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ActivityKind {
    /// An e-mail.
    Email,
    /// A task.
    Task,
    /// A call.
    Call,
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Crm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Crm::Salesforce => "Salesforce",
            Crm::Hubspot => "HubSpot",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Contact => "contact",
            Kind::Account => "account",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Source) {
        let source: Source = serde_json::from_value(word.into()).unwrap();
        assert_eq!(source, expected);
    }

    #[test]
    fn sources_are_understood_in_the_words_of_both_editions() {
        check("prospecting", Source::Prospecting);
        check("search", Source::Prospecting);
        check("jobchange", Source::Jobchange);
        check("job change trigger", Source::Jobchange);
        check("job change enrichment", Source::Jobchange);
    }
}
