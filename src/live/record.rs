//! Records as a public API shows them.

use serde_json::Value;

use super::prefix::Whose;

/// A record that bears a prefix.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The vendor's word: `Contact`, `companies`.
    pub object: String,
    /// The CRM's id.
    pub id: String,
    /// Its fields, by the vendor's names.
    pub fields: Value,
    /// The owner id; `None`: blank.
    pub owner: Option<String>,
    /// The user id of the creator; `None`: the API does not show it.
    pub created_by: Option<String>,
    /// The user id of whoever changed it last; `None`: the API does not show it.
    pub modified_by: Option<String>,
    /// Whether it has been deleted.
    pub deleted: bool,
}

impl Found {
    /// The first of its values that bears a prefix which is meant.
    pub fn bears(&self, whose: &Whose) -> Option<&str> {
        let fields = self.fields.as_object()?;
        let texts = fields.values().filter_map(Value::as_str);
        texts.into_iter().find(|text| whose.bears(text))
    }
}

/// An owner or creator who is nobody of the target file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// As the CRM calls them.
    pub name: String,
    /// Whether it is a queue.
    pub queue: bool,
}

/// The text of a field, unless it is empty.
pub(super) fn text(fields: &Value, field: &str) -> Option<String> {
    let text = fields[field].as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned)
}
