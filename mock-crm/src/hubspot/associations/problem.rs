//! Why one input of a batch failed: an item of `errors` in a 207.

use serde_json::{Value, json};

use super::Types;

/// Recorded from batches of v3, v4 and 2026-03.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// No id, or, which no recording shows, the id of no record.
    InvalidId(String),
    Itself(String),
    InvalidType {
        named: String,
        from: String,
        to: String,
    },
    NotAssociated {
        id: String,
        from: String,
        to: String,
    },
}

impl Problem {
    pub(super) fn invalid_type(named: impl Into<String>, (from, to): Types<'_>) -> Self {
        Self::InvalidType {
            named: named.into(),
            from: from.name.to_string(),
            to: to.name.to_string(),
        }
    }

    pub(super) fn not_associated(id: impl Into<String>, (from, to): Types<'_>) -> Self {
        Self::NotAssociated {
            id: id.into(),
            from: from.singular.to_string(),
            to: to.singular.to_string(),
        }
    }

    /// For people.
    pub(super) fn message(&self) -> String {
        match self {
            Self::InvalidId(id) => format!("{id} is not a valid ID"),
            Self::Itself(id) => format!("Object {id} cannot be associated to itself ({id})"),
            Self::InvalidType { named, from, to } => {
                format!("{named} is not a valid association type between {from} and {to}")
            }
            Self::NotAssociated { id, from, to } => {
                format!("No {to} is associated with {from} {id}.")
            }
        }
    }

    pub(super) fn item(&self) -> Value {
        let mut item = json!({
            "status": "error", "category": self.category(), "message": self.message(),
        });
        if let Some(sub_category) = self.sub_category() {
            item["subCategory"] = json!(sub_category);
        }
        if let Some(context) = self.context() {
            item["context"] = context;
        }
        item
    }

    fn category(&self) -> &'static str {
        match self {
            Self::NotAssociated { .. } => "OBJECT_NOT_FOUND",
            Self::InvalidId(_) | Self::Itself(_) | Self::InvalidType { .. } => "VALIDATION_ERROR",
        }
    }

    fn sub_category(&self) -> Option<&'static str> {
        match self {
            Self::InvalidId(_) => Some("crm.associations.INVALID_IDENTIFIER"),
            // Not known.
            Self::Itself(_) => None,
            Self::InvalidType { .. } => Some("crm.associations.INVALID_ASSOCIATION_TYPE"),
            Self::NotAssociated { .. } => Some("crm.associations.NO_ASSOCIATIONS_FOUND"),
        }
    }

    fn context(&self) -> Option<Value> {
        match self {
            Self::InvalidId(_) | Self::Itself(_) => None,
            Self::InvalidType { named, from, to } => Some(json!({
                "type": [named], "fromObjectType": [from], "toObjectType": [to],
            })),
            Self::NotAssociated { id, from, to } => Some(json!({
                "fromObjectId": [id], "fromObjectType": [from], "toObjectType": [to],
            })),
        }
    }
}
