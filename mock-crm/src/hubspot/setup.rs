//! What of a portal can change while it is open, beside its records: its people and its definitions.
//!
//! Whoever reads takes a snapshot and keeps it to the end of the call, so nobody waits and no call sees half of a change.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use super::catalog::{Catalog, Group, LabelChange, NewType, ObjectType, Property, Schema};
use super::people::{NewPerson, People, UserSettings};
use super::webhooks::AppWebhooks;
use crate::clock::Timestamp;
use crate::store::ObjectKey;

/// The people and the definitions of a portal at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    pub(crate) people: People,
    pub(crate) catalog: Catalog,
    /// By app id.
    pub(crate) webhooks: BTreeMap<String, AppWebhooks>,
}

/// A change of the setup, in the form in which the durable log keeps it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SetupChange {
    /// Somebody was deactivated, which archives the owner, or taken back.
    Active {
        /// The place among the people.
        person: usize,
        active: bool,
        at: Timestamp,
    },
    /// A user was added.
    UserAdded(Box<NewPerson>),
    /// Name, role or teams of a user were set.
    UserSettings {
        /// The place among the people.
        person: usize,
        settings: UserSettings,
        at: Timestamp,
    },
    /// A property was made or changed.
    Property {
        object: ObjectKey,
        property: Box<Property>,
    },
    /// A property was taken out of use.
    PropertyArchived {
        object: ObjectKey,
        name: String,
        at: Timestamp,
    },
    /// A property group was made, changed or taken out of use.
    Group { object: ObjectKey, group: Group },
    /// A custom object type was made.
    Type(Box<NewType>),
    /// A custom object type was changed or taken out of use.
    Schema {
        object: ObjectKey,
        required: Vec<String>,
        schema: Box<Schema>,
    },
    /// All of these at once.
    Several(Vec<SetupChange>),
    /// The portal's own association labels.
    AssociationLabel(LabelChange),
    /// The webhooks of an app became these.
    Webhooks { app: String, webhooks: AppWebhooks },
}

impl Setup {
    /// The type of a record that is in the store.
    pub(crate) fn type_of(&self, key: ObjectKey) -> Option<&ObjectType> {
        self.catalog.by_key(key)
    }

    /// Does what was found to be possible, now or before a restart.
    pub(super) fn apply(&mut self, change: &SetupChange) {
        match change {
            SetupChange::Active { person, active, at } => {
                if let Some(person) = self.people.get_mut(*person) {
                    person.set_active(*active, *at);
                }
            }
            SetupChange::UserAdded(new) => {
                // The numbers were free.
                let _ = self.people.add((**new).clone());
            }
            SetupChange::UserSettings {
                person,
                settings,
                at,
            } => {
                if let Some(person) = self.people.get_mut(*person) {
                    person.set_settings(settings, *at);
                }
            }
            SetupChange::Property { object, property } => {
                self.catalog.put_property(*object, (**property).clone());
            }
            SetupChange::PropertyArchived { object, name, at } => {
                self.catalog.archive_property(*object, name, *at);
            }
            SetupChange::Group { object, group } => {
                self.catalog.put_group(*object, group.clone());
            }
            SetupChange::Type(new) => self.catalog.make_type(new),
            SetupChange::Schema {
                object,
                required,
                schema,
            } => self.catalog.put_schema(*object, required, schema),
            SetupChange::Several(changes) => changes.iter().for_each(|change| self.apply(change)),
            SetupChange::AssociationLabel(change) => self.catalog.associations.change(change),
            SetupChange::Webhooks { app, webhooks } => {
                self.webhooks.insert(app.clone(), webhooks.clone());
            }
        }
    }
}

/// The setup of a portal as it is now. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct CurrentSetup(Arc<RwLock<Arc<Setup>>>);

impl CurrentSetup {
    pub(super) fn now(&self) -> Arc<Setup> {
        self.0.read().clone()
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Setup)) {
        let mut current = self.0.write();
        change(Arc::make_mut(&mut current));
    }
}
