//! E-mails, tasks and calls.

use super::{ActivityId, ActivityKind, RecordId, UserId};
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
