//! Which record an id means.

use super::accept::Unique;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Opened;
use crate::hubspot::portal::Portal;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::setup::Setup;
use crate::store::{Serial, Store};

/// How records are addressed: by record id, or by the property of this name.
#[derive(Clone, Copy, Debug)]
pub(super) enum IdProperty<'a> {
    RecordId,
    Unique(&'a str),
}

/// What an `idProperty` means; refuses a property that is not unique.
pub(super) fn id_property<'a>(
    setup: &Setup,
    object_type: &ObjectType,
    name: Option<&'a str>,
) -> Result<IdProperty<'a>, ApiError> {
    match name {
        None | Some("" | "hs_object_id" | "id") => Ok(IdProperty::RecordId),
        Some(name) => match setup.catalog.property(object_type, name) {
            Some(property) if property.unique => Ok(IdProperty::Unique(name)),
            _ => Err(ApiError::Invalid(format!(
                "Property {name} of {} is not a unique identifier property",
                object_type.upper()
            ))),
        },
    }
}

/// The record that is not archived and has this id.
pub(super) fn record(
    portal: &Portal,
    store: &Store,
    object_type: &ObjectType,
    id_property: IdProperty<'_>,
    id: &str,
) -> Option<Serial> {
    match id_property {
        IdProperty::RecordId => {
            let serial = portal.serial(id)?;
            let record = store.get(serial)?;
            (record.object == object_type.key && !record.deleted).then_some(serial)
        }
        IdProperty::Unique(name) => {
            by_unique(store, object_type, &Unique::new(object_type, name, id))
        }
    }
}

/// The record that has this value.
pub(super) fn by_unique(
    store: &Store,
    object_type: &ObjectType,
    unique: &Unique<'_>,
) -> Option<Serial> {
    let has_it = |serial: &Serial| {
        let Some(record) = store.get(*serial) else {
            return false;
        };
        let opened = Opened::new(*serial, record);
        let value = opened.values.get(&unique.name).unwrap_or_default();
        record.object == object_type.key
            && !record.deleted
            && value.to_lowercase() == unique.value.to_lowercase()
    };
    store.find_unique(unique.key).iter().copied().find(has_it)
}
