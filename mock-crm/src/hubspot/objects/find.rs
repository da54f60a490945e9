//! Which record an id means.

use super::accept::Unique;
use super::write::company;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::portal::Portal;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::setup::Setup;
use crate::hubspot::stored::{ERASED, MERGED_INTO, Values};
use crate::store::{Record, Serial, Store};

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

/// The record that is not archived and has this id, or is what the one with this id was merged into.
pub(super) fn record(
    portal: &Portal,
    store: &Store,
    object_type: &ObjectType,
    id_property: IdProperty<'_>,
    id: &str,
) -> Option<Serial> {
    match id_property {
        IdProperty::RecordId => {
            let serial = merged_into(store, portal.serial(id)?)?;
            let record = store.get(serial)?;
            (record.object == object_type.key && !record.deleted).then_some(serial)
        }
        IdProperty::Unique(name) => {
            by_unique(store, object_type, &Unique::new(object_type, name, id))
        }
    }
}

/// What became of a record: itself, unless it was merged.
fn merged_into(store: &Store, serial: Serial) -> Option<Serial> {
    let mut now = serial;
    loop {
        let record = store.get(now)?;
        if !record.deleted {
            return Some(now);
        }
        let values = Values::parse(&record.body);
        match values.get(MERGED_INTO) {
            // A record is merged into one that is there then, so this comes to an end.
            Some(target) => now = Serial(target.parse().ok()?),
            None => return Some(now),
        }
    }
}

/// Whether an archived record can be seen: not one that was merged, or whose contents were deleted for good.
pub(super) fn in_recycle_bin(record: &Record) -> bool {
    let values = Values::parse(&record.body);
    record.deleted && !values.has(MERGED_INTO) && !values.has(ERASED)
}

/// The record that has this value.
pub(super) fn by_unique(
    store: &Store,
    object_type: &ObjectType,
    unique: &Unique<'_>,
) -> Option<Serial> {
    let wanted = (&*unique.name, &*unique.value);
    let mut serials = store.find_unique(unique.key).iter().copied();
    serials.find(|serial| has_value(store, object_type, *serial, wanted))
}

/// Whether a record is there and a property of it has this value. The e-mail addresses of a contact are one property here.
pub(super) fn has_value(
    store: &Store,
    object_type: &ObjectType,
    serial: Serial,
    (name, wanted): (&str, &str),
) -> bool {
    let Some(record) = store.get(serial) else {
        return false;
    };
    if record.deleted || record.object != object_type.key {
        return false;
    }
    let values = Values::parse(&record.body);
    let same = |value: &str| value.to_lowercase() == wanted.to_lowercase();
    let mut others = values.get("hs_additional_emails").into_iter();
    values.get(name).is_some_and(same)
        || (name == "email" && others.any(|emails| emails.split(';').any(same)))
}

/// Where the store finds a record with these values.
pub(super) fn keys_of(call: &Call<'_>, object_type: &ObjectType, values: &Values<'_>) -> Vec<u64> {
    let mut keys = Vec::new();
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        let property = call.setup.catalog.property(object_type, name);
        if property.is_some_and(|property| property.unique) {
            keys.push(Unique::new(object_type, name, value).key);
        } else if name == "domain" {
            keys.extend(company::domain_key(call.portal, object_type, value));
        } else if name == "hs_additional_emails" {
            let emails = value.split(';');
            keys.extend(emails.map(|email| Unique::new(object_type, "email", email).key));
        }
    }
    keys
}
