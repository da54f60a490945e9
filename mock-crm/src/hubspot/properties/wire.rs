//! What clients send about definitions.

use serde::Deserialize;

use crate::hubspot::objects::wire;
use crate::hubspot::refusal::ApiError;

/// A definition to make, or what is to change of one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SentProperty {
    pub(crate) name: Option<String>,
    pub(crate) label: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) field_type: Option<String>,
    pub(crate) group_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) options: Option<Vec<SentOption>>,
    pub(crate) display_order: Option<i32>,
    pub(crate) has_unique_value: Option<bool>,
    pub(crate) hidden: Option<bool>,
    pub(crate) form_field: Option<bool>,
    pub(crate) external_options: Option<bool>,
    pub(crate) referenced_object_type: Option<String>,
    pub(crate) calculation_formula: Option<String>,
    pub(crate) data_sensitivity: Option<String>,
    pub(crate) show_currency_symbol: Option<bool>,
    pub(crate) number_display_hint: Option<String>,
    pub(crate) currency_property_name: Option<String>,
}

/// An option of an enumeration.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SentOption {
    pub(crate) label: String,
    pub(crate) value: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) display_order: Option<i32>,
    #[serde(default)]
    pub(crate) hidden: Option<bool>,
}

/// A property group to make, or what is to change of one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SentGroup {
    pub(super) name: Option<String>,
    pub(super) label: Option<String>,
    pub(super) display_order: Option<i32>,
}

/// The body of a batch.
#[derive(Debug, Deserialize)]
pub(super) struct Batch<T> {
    pub(super) inputs: Vec<T>,
    /// Reads only.
    #[serde(default)]
    pub(super) archived: bool,
}

/// A definition that is meant by its name.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

impl SentProperty {
    /// Refuses a definition that leaves out what has to be there.
    pub(super) fn complete(&self, body: &[u8]) -> Result<(), ApiError> {
        let fields = [
            ("fieldType", self.field_type.is_some()),
            ("groupName", self.group_name.is_some()),
            ("label", self.label.is_some()),
            ("name", self.name.is_some()),
            ("type", self.kind.is_some()),
        ];
        all_there(body, &fields)
    }

    /// The same for a property of a new object type, which may leave out its group.
    pub(crate) fn complete_in_schema(&self, body: &[u8]) -> Result<(), ApiError> {
        let fields = [
            ("fieldType", self.field_type.is_some()),
            ("label", self.label.is_some()),
            ("name", self.name.is_some()),
            ("type", self.kind.is_some()),
        ];
        all_there(body, &fields)
    }
}

impl SentGroup {
    pub(super) fn complete(&self, body: &[u8]) -> Result<(), ApiError> {
        let fields = [
            ("label", self.label.is_some()),
            ("name", self.name.is_some()),
        ];
        all_there(body, &fields)
    }
}

/// Reads a batch: at least one input, and not more than 100.
pub(super) fn batch<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<Batch<T>, ApiError> {
    let batch: Batch<T> = wire::json(body)?;
    match batch.inputs.len() {
        0 => Err(ApiError::Invalid(
            "Batch input provided should have at least one object.".to_owned(),
        )),
        // The text of this one is not known.
        number if number > 100 => Err(ApiError::Invalid(format!(
            "Batch input provided has {number} objects; at most 100 are allowed."
        ))),
        _ => Ok(batch),
    }
}

/// Refuses a body that lacks fields, all of them at once: the place that HubSpot names is where the body ends.
pub(crate) fn all_there(body: &[u8], fields: &[(&str, bool)]) -> Result<(), ApiError> {
    let missing = fields.iter().filter(|(_, there)| !there);
    let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let body = body.trim_ascii_end();
    let last_line = body.rsplit(|byte| *byte == b'\n').next();
    Err(ApiError::InvalidJson {
        line: 1 + body.iter().filter(|byte| **byte == b'\n').count(),
        column: last_line.map_or(0, <[u8]>::len),
        problem: format!(
            ". Some required fields were not set: [{}]",
            missing.join(", ")
        ),
    })
}
