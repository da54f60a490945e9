//! What clients send about object types.

use serde::Deserialize;

use crate::hubspot::properties::wire::{SentProperty, all_there};
use crate::hubspot::refusal::ApiError;

/// A type to make, or what is to change of one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SentSchema {
    pub(super) name: Option<String>,
    pub(super) labels: Option<SentLabels>,
    pub(super) description: Option<String>,
    /// A change only: takes the description away.
    pub(super) clear_description: Option<bool>,
    pub(super) primary_display_property: Option<String>,
    pub(super) secondary_display_properties: Option<Vec<String>>,
    pub(super) searchable_properties: Option<Vec<String>>,
    pub(super) required_properties: Option<Vec<String>>,
    pub(super) allows_sensitive_properties: Option<bool>,
    /// A new type only.
    pub(super) properties: Option<Vec<SentProperty>>,
    /// A new type only.
    pub(super) associated_objects: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentLabels {
    pub(super) singular: Option<String>,
    pub(super) plural: Option<String>,
}

impl SentSchema {
    /// Refuses a new type that leaves out what has to be there. Which lists may be left out, no source says: those that
    /// can be empty may.
    pub(super) fn complete(&self, body: &[u8]) -> Result<(), ApiError> {
        let fields = [
            ("labels", self.labels.is_some()),
            ("name", self.name.is_some()),
            ("properties", self.properties.is_some()),
        ];
        all_there(body, &fields)
    }
}
