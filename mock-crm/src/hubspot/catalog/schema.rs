//! Custom object types: what their definition says beyond their properties.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::details::Stamp;
use super::{Catalog, FIRST_CUSTOM, Family, ObjectType, Property};
use crate::clock::Timestamp;
use crate::store::ObjectKey;

/// What the definition of a custom type says that no value of a record depends on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Schema {
    /// The singular and the plural for people.
    pub(crate) labels: (Option<String>, Option<String>),
    pub(crate) description: Option<String>,
    pub(crate) primary_display: Option<String>,
    pub(crate) secondary_display: Vec<String>,
    /// What `query` of a search looks into.
    pub(crate) searchable: Vec<String>,
    /// The types that it was to be associated with, by type id.
    pub(crate) associated: Vec<String>,
    pub(crate) allows_sensitive: bool,
    pub(crate) created: Stamp,
    pub(crate) updated: Stamp,
    /// No records can be made or read any more.
    pub(crate) archived_at: Option<Timestamp>,
    /// Archived, and the name is free again.
    pub(crate) purged: bool,
}

/// A custom type to be.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct NewType {
    pub(crate) name: String,
    pub(crate) required: Vec<String>,
    pub(crate) schema: Schema,
    pub(crate) properties: Vec<Property>,
}

impl ObjectType {
    /// Whether a portal made it.
    pub(crate) fn custom(&self) -> bool {
        self.key.0 >= FIRST_CUSTOM
    }

    /// Whether it is out of use.
    pub(crate) fn archived(&self) -> bool {
        let schema = self.schema.as_ref();
        schema.is_some_and(|schema| schema.archived_at.is_some())
    }

    /// The names of the properties that `query` of a search looks into.
    pub(crate) fn searched(&self) -> impl Iterator<Item = &str> {
        let own = self.schema.iter().flat_map(|schema| &schema.searchable);
        let own = own.map(String::as_str);
        self.searchable.iter().copied().chain(own)
    }

    /// Whether its name is free again.
    pub(crate) fn purged(&self) -> bool {
        self.schema.as_ref().is_some_and(|schema| schema.purged)
    }
}

impl Catalog {
    /// The custom types, those out of use among them, in the order in which they were made.
    pub(crate) fn custom_types(&self) -> &[ObjectType] {
        &self.custom_types
    }

    /// Whether every custom type has a property of this name.
    pub(crate) fn shared_property(&self, name: &str) -> bool {
        let shared = super::shared::properties(Family::Crm);
        shared.iter().any(|property| property.name == name)
    }

    /// Adds a type with its properties. Its name is free, as was found before.
    pub(crate) fn make_type(&mut self, new: &NewType) {
        let name = new.name.clone();
        let mut made = ObjectType::new(name.clone(), name, "2-0", Family::Crm, Vec::new());
        made.scope = "custom";
        made.required = texts(&new.required);
        made.schema = Some(Box::new(new.schema.clone()));
        if !self.add_type(made) {
            return;
        }
        let Some(object) = self.custom_types.last().map(|made| made.key) else {
            return;
        };
        for property in &new.properties {
            self.put_property(object, property.clone());
        }
    }

    /// Gives a custom type another definition.
    pub(crate) fn put_schema(&mut self, object: ObjectKey, required: &[String], schema: &Schema) {
        let found = self.custom_types.iter_mut().find(|own| own.key == object);
        if let Some(found) = found {
            found.required = texts(required);
            found.schema = Some(Box::new(schema.clone()));
        }
    }
}

fn texts(names: &[String]) -> Vec<Cow<'static, str>> {
    names.iter().cloned().map(Cow::Owned).collect()
}
