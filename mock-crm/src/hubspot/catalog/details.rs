//! What a definition says that no value of a record depends on.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// Everything about a portal's own property beyond what writing and reading its values needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Details {
    pub(crate) description: String,
    /// The property group, by name.
    pub(crate) group: String,
    /// -1: after all others.
    pub(crate) display_order: Option<i32>,
    pub(crate) hidden: bool,
    pub(crate) form_field: bool,
    pub(crate) show_currency_symbol: Option<bool>,
    pub(crate) number_display_hint: Option<String>,
    pub(crate) currency_property_name: Option<String>,
    pub(crate) created: Stamp,
    pub(crate) updated: Stamp,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Stamp {
    pub(crate) at: Timestamp,
    /// The user id.
    pub(crate) user: String,
}

/// A property group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) label: String,
    /// -1: after all others.
    pub(crate) display_order: i32,
    #[serde(default)]
    pub(crate) archived: bool,
}

impl Details {
    /// Those of a definition that says nothing beyond its group.
    pub(crate) fn new(group: String, made: Stamp) -> Self {
        Self {
            description: String::new(),
            group,
            display_order: None,
            hidden: false,
            form_field: false,
            show_currency_symbol: None,
            number_display_hint: None,
            currency_property_name: None,
            created: made.clone(),
            updated: made,
        }
    }
}
