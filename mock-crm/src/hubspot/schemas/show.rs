//! Object types on the wire.

use serde_json::{Map, Value, json};

use crate::clock::Timestamp;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{ObjectType, Schema};
use crate::hubspot::properties::show::{iso, shown as property_shown};
use crate::hubspot::setup::Setup;

/// A type with its properties and associations.
pub(super) fn shown(call: &Call<'_>, setup: &Setup, object_type: &ObjectType) -> Value {
    let mut shown = definition(call, setup, object_type);
    let properties = setup.catalog.properties(object_type).into_iter();
    let properties = properties.map(|property| property_shown(call, object_type, property));
    shown["properties"] = properties.collect();
    shown["associations"] = associations(setup, object_type);
    shown
}

/// A type alone, as a change answers it.
pub(super) fn definition(call: &Call<'_>, setup: &Setup, object_type: &ObjectType) -> Value {
    let schema = object_type.schema.as_deref();
    let empty = Vec::new();
    let list = |pick: fn(&Schema) -> &Vec<String>| schema.map_or(&empty, pick).clone();
    let mut searchable: Vec<&str> = object_type.searched().collect();
    searchable.sort_unstable();
    let mut shown = json!({
        "id": object_type.type_id,
        "objectTypeId": object_type.type_id,
        "fullyQualifiedName": qualified(setup, object_type),
        "name": name(object_type),
        "labels": labels(object_type),
        "requiredProperties": object_type.required,
        "searchableProperties": searchable,
        "secondaryDisplayProperties": list(|schema| &schema.secondary_display),
        "allowsSensitiveProperties": schema.is_some_and(|schema| schema.allows_sensitive),
        "archived": object_type.archived(),
        "restorable": true,
        "metaType": if object_type.custom() { "PORTAL_SPECIFIC" } else { "HUBSPOT" },
        "portalId": call.portal.hub_id,
    });
    if let Some(shown) = shown.as_object_mut() {
        add_facts(call, shown, object_type);
    }
    shown
}

fn add_facts(call: &Call<'_>, shown: &mut Map<String, Value>, object_type: &ObjectType) {
    let schema = object_type.schema.as_deref();
    let at = |stamp: Option<Timestamp>| iso(stamp.unwrap_or(call.portal.opened_at));
    let stamps = [
        ("created", schema.map(|schema| &schema.created)),
        ("updated", schema.map(|schema| &schema.updated)),
    ];
    let mut add = |name: String, value: Option<Value>| {
        shown.extend(value.map(|value| (name, value)));
    };
    for (what, stamp) in stamps {
        add(
            format!("{what}At"),
            Some(at(stamp.map(|stamp| stamp.at)).into()),
        );
        let user = stamp.and_then(|stamp| stamp.user.parse::<u32>().ok());
        add(format!("{what}ByUserId"), user.map(Value::from));
    }
    let Some(schema) = schema else { return };
    add(
        "description".to_owned(),
        schema.description.clone().map(Value::from),
    );
    let primary = schema.primary_display.clone();
    add(
        "primaryDisplayProperty".to_owned(),
        primary.map(Value::from),
    );
}

/// `p62515_car`; `CONTACT` of HubSpot's own.
fn qualified(setup: &Setup, object_type: &ObjectType) -> String {
    match object_type.custom() {
        true => [&*setup.catalog.qualifier, &*object_type.singular].concat(),
        false => object_type.upper(),
    }
}

fn name(object_type: &ObjectType) -> String {
    match object_type.custom() {
        true => object_type.singular.to_string(),
        false => object_type.upper(),
    }
}

fn labels(object_type: &ObjectType) -> Value {
    let given = object_type.schema.as_ref().map(|schema| &schema.labels);
    let (singular, plural) = given.cloned().unwrap_or_default();
    let titled = |name: &str| {
        let mut name = name.to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        name
    };
    json!({
        "singular": singular.unwrap_or_else(|| titled(&object_type.singular)),
        "plural": plural.unwrap_or_else(|| titled(&object_type.name)),
    })
}

/// The connections that were asked for when the type was made: without a label, in both directions.
fn associations(setup: &Setup, object_type: &ObjectType) -> Value {
    let schema = object_type.schema.as_deref();
    let associated = schema.into_iter().flat_map(|schema| &schema.associated);
    let others = associated.filter_map(|type_id| setup.catalog.find(type_id));
    let ways = others.flat_map(|other| [(object_type, other), (other, object_type)]);
    let at = schema.map(|schema| iso(schema.created.at));
    let shown = |(from, to): (&ObjectType, &ObjectType)| {
        let way = setup.catalog.associations.unlabeled(from.key, to.key)?;
        Some(json!({
            "id": way.id.number().to_string(),
            "fromObjectTypeId": from.type_id,
            "toObjectTypeId": to.type_id,
            "name": way.name,
            "createdAt": at,
            "updatedAt": at,
        }))
    };
    ways.filter_map(shown).collect()
}
