//! What clients send about engagements.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::hubspot::objects::wire::{Id, Target};

/// The body of a create or an update.
#[derive(Debug, Deserialize)]
pub(super) struct Body<'a> {
    #[serde(borrow, default)]
    pub(super) engagement: Option<Engagement<'a>>,
    /// `contactIds` and others.
    #[serde(borrow, default)]
    pub(super) associations: Option<BTreeMap<String, Vec<Id<'a>>>>,
    #[serde(borrow, default)]
    pub(super) attachments: Option<Vec<Target<'a>>>,
    #[serde(default)]
    pub(super) metadata: Option<Map<String, Value>>,
}

/// What all types have.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Engagement<'a> {
    #[serde(default, rename = "type")]
    pub(super) kind: Option<String>,
    /// An owner id. An update with `null` clears it.
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) owner_id: Option<Id<'a>>,
    /// Milliseconds since 1970.
    #[serde(borrow, default)]
    pub(super) timestamp: Option<Id<'a>>,
    #[serde(default)]
    pub(super) active: Option<bool>,
    #[serde(default)]
    pub(super) uid: Option<String>,
}

/// Tells `null` from nothing.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Id<'de>>, D::Error> {
    Id::deserialize(deserializer).map(Some)
}
