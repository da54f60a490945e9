//! What a create hands to the store.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ObjectKey;
use crate::clock::Timestamp;

/// Who writes, through which door, in which request: the part of a ledger row that is the same for a whole request.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Writer {
    /// The id of the token, never its text.
    pub token: Arc<str>,
    /// The vendor's id of the app that the token was issued to.
    pub app: Option<Arc<str>>,
    /// The vendor's id of the user the token acts as.
    pub user: Arc<str>,
    /// The API family the record came in by: `rest`, `collections`, `single`, `batch`, …
    pub api: Cow<'static, str>,
    /// The number of the request in the HTTP journal.
    pub request: u64,
}

/// A record to create, with what the ledger has to say about it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Creation {
    /// What it is a record of.
    pub object: ObjectKey,
    /// The instant the create happened.
    pub at: Timestamp,
    /// `CreatedDate` where the audit-fields permission set another one.
    pub created_at: Option<Timestamp>,
    /// The user id of the creator.
    pub created_by: Arc<str>,
    /// Why: `token`, `audit_field`, `job_creator`, `auto_associate_by_domain`, `merge`.
    pub created_by_reason: Cow<'static, str>,
    /// The owner as the request named it, if it did.
    pub owner_requested: Option<Arc<str>>,
    /// The effective owner.
    pub owner: Option<Arc<str>>,
    /// The user behind the owner id, where there is one: the ids differ in HubSpot, and a queue is no user.
    pub owner_user: Option<Arc<str>>,
    /// Why: `requested`, `requested_archived`, `caller_default`, `assignment_rule`, `default_owner`, `merge`, `blank`.
    pub owner_reason: Cow<'static, str>,
    /// [`unique_key`]s under which the record can be looked up.
    pub unique: Vec<u64>,
    /// The body, see [`Record::body`].
    #[serde(with = "body_as_text")]
    pub body: Vec<u8>,
}

/// A body is JSON text already, so the log keeps it as a string instead of a list of numbers.
mod body_as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(body))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        String::deserialize(deserializer).map(String::into_bytes)
    }
}
