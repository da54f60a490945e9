//! What a change hands to the store.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// A change of a record. What is `None` stays.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Change {
    /// The instant of the change.
    pub at: Timestamp,
    /// The user id of the writer.
    pub modified_by: Arc<str>,
    /// The new body.
    #[serde(with = "optional_body_as_text")]
    pub body: Option<Vec<u8>>,
    /// The new owner; `Some(None)` clears it.
    pub owner: Option<NewOwner>,
    /// Into the recycle bin, or out of it.
    pub deleted: Option<bool>,
    /// Unique keys that no longer lead here.
    pub unique_removed: Vec<u64>,
    /// Unique keys that now do.
    pub unique_added: Vec<u64>,
}

/// The owner that a change sets.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NewOwner {
    /// The owner's id; `None` clears it.
    pub owner: Option<Arc<str>>,
    /// The user behind it.
    pub owner_user: Option<Arc<str>>,
    /// Why: as in [`Creation::owner_reason`].
    pub reason: Cow<'static, str>,
}

mod optional_body_as_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        body: &Option<Vec<u8>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        body.as_deref()
            .map(String::from_utf8_lossy)
            .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Vec<u8>>, D::Error> {
        Option::<String>::deserialize(deserializer).map(|body| body.map(String::into_bytes))
    }
}
