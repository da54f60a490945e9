//! E-mails, tasks and calls.

use super::{ActivityId, ActivityKind, ApolloError, RecordId, UserId};
use serde::{Deserialize, Serialize};

/// What somebody did, before it is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewActivity {
    /// E-mail, task or call.
    pub kind: ActivityKind,
    /// Who did it; none for an automatic one.
    pub user: Option<UserId>,
    /// The contact or account that it is about.
    pub about: RecordId,
    /// What was done, and when.
    pub details: Details,
}

/// What was done, and when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// One line.
    pub subject: String,
    /// When, ISO 8601 with a time and a zone.
    pub at: String,
    /// The text of it, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// A logged activity.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Apollo's id.
    pub id: ActivityId,
    /// The id that a CRM stores, by which the activity is found again when an answer got lost.
    pub external_id: String,
    /// E-mail, task or call.
    pub kind: ActivityKind,
    /// Who did it; none for an automatic one.
    pub user: Option<UserId>,
    /// The contact or account that it is about.
    pub about: RecordId,
    /// What was done, and when.
    pub details: Details,
}

impl Details {
    /// Only the shape: whether there is a 30th of February is for the CRM to say.
    pub(super) fn check_instant(&self) -> Result<(), ApolloError> {
        let digits_as_zero = |character: char| {
            if character.is_ascii_digit() {
                '0'
            } else {
                character
            }
        };
        let shape: String = self.at.chars().map(digits_as_zero).collect();
        let zone = shape
            .strip_prefix("0000-00-00T00:00:00")
            .map(|rest| rest.trim_start_matches(['.', '0']));
        match zone {
            Some("Z" | "+00:00" | "-00:00") => Ok(()),
            _ => Err(ApolloError::NotAnInstant(self.at.clone())),
        }
    }
}

impl Activity {
    pub(super) fn new(id: ActivityId, external_id: String, new: NewActivity) -> Self {
        Activity {
            id,
            external_id,
            kind: new.kind,
            user: new.user,
            about: new.about,
            details: new.details,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(at: &str, accepted: bool) {
        let details = Details {
            subject: String::new(),
            at: at.into(),
            body: None,
        };
        assert_eq!(details.check_instant().is_ok(), accepted, "{at}");
    }

    #[test]
    fn a_time_has_a_date_and_a_zone() {
        check("2026-01-01T09:00:00Z", true);
        check("2026-01-01T09:00:00.250Z", true);
        check("2026-01-01T09:00:00+02:00", true);
        check("2026-01-01T09:00:00", false);
        check("2026-01-01", false);
        check("tomorrow", false);
    }
}
