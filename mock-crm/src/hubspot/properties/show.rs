//! Definitions on the wire.

use serde_json::{Map, Value, json};

use crate::clock::Timestamp;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{
    ArchivedProperty, Details, Group, Kind, ObjectType, Property, Source,
};

/// A definition, as every version from v3 on has it.
pub(crate) fn shown(call: &Call<'_>, object_type: &ObjectType, property: &Property) -> Value {
    let details = property.details.as_deref();
    let mut definition = json!({
        "name": property.name,
        "label": property.label,
        "type": property.kind.name(),
        "fieldType": property.field_type,
        "description": details.map_or("", |details| &details.description),
        "groupName": group(object_type, property),
        "options": options(property),
        "displayOrder": details.and_then(|details| details.display_order).unwrap_or(-1),
        "calculated": calculated(property),
        "externalOptions": external(property),
        "hasUniqueValue": property.unique,
        "hidden": details.is_some_and(|details| details.hidden),
        "hubspotDefined": property.standard,
        "modificationMetadata": modification(property),
        "formField": details.map_or(!property.read_only, |details| details.form_field),
        "dataSensitivity": "non_sensitive",
        "archived": false,
    });
    if let Some(definition) = definition.as_object_mut() {
        add_stamps(call, definition, details);
        add_details(definition, property);
    }
    definition
}

/// A definition that is out of use.
pub(super) fn archived(
    call: &Call<'_>,
    object_type: &ObjectType,
    archived: &ArchivedProperty,
) -> Value {
    let mut definition = shown(call, object_type, &archived.property);
    definition["archived"] = json!(true);
    definition["archivedAt"] = json!(iso(archived.at));
    definition
}

/// A property group.
pub(super) fn group_shown(group: &Group) -> Value {
    json!({
        "name": group.name, "label": group.label, "displayOrder": group.display_order, "archived": group.archived,
    })
}

/// Whether HubSpot works the value out.
pub(super) fn calculated(property: &Property) -> bool {
    matches!(property.source, Source::Derived(_)) && property.read_only
}

/// Whether the options are the portal's owners.
pub(super) fn external(property: &Property) -> bool {
    property.kind == Kind::Owner
}

/// The name of the group.
pub(super) fn group(object_type: &ObjectType, property: &Property) -> String {
    let named = property
        .details
        .as_ref()
        .map(|details| details.group.clone());
    named.unwrap_or_else(|| object_type.first_group())
}

/// ISO 8601.
pub(crate) fn iso(at: Timestamp) -> String {
    at.iso().to_string()
}

fn options(property: &Property) -> Vec<Value> {
    let option = |(place, option): (i32, &crate::hubspot::catalog::Choice)| {
        let mut shown = json!({
            "label": option.label,
            "value": option.value,
            "displayOrder": option.display_order.unwrap_or(place),
            "hidden": option.hidden,
        });
        if !option.description.is_empty() {
            shown["description"] = json!(option.description);
        }
        shown
    };
    (0..).zip(&property.options).map(option).collect()
}

fn modification(property: &Property) -> Value {
    let mut metadata = json!({
        "archivable": !property.standard,
        "readOnlyDefinition": property.standard,
        "readOnlyValue": property.read_only,
    });
    if property.kind.name() == "enumeration" {
        metadata["readOnlyOptions"] = json!(property.standard);
    }
    metadata
}

fn add_stamps(call: &Call<'_>, definition: &mut Map<String, Value>, details: Option<&Details>) {
    let stamps = [
        ("created", details.map(|details| &details.created)),
        ("updated", details.map(|details| &details.updated)),
    ];
    for (what, stamp) in stamps {
        let at = stamp.map_or(call.portal.opened_at, |stamp| stamp.at);
        definition.insert(format!("{what}At"), json!(iso(at)));
        let user = stamp.map(|stamp| &stamp.user);
        if let Some(user) = user.filter(|user| !user.is_empty()) {
            definition.insert(format!("{what}UserId"), json!(user));
        }
    }
}

fn add_details(definition: &mut Map<String, Value>, property: &Property) {
    if external(property) {
        definition.insert("referencedObjectType".to_owned(), json!("OWNER"));
    }
    let Some(details) = property.details.as_deref() else {
        return;
    };
    let mut add = |name: &str, value: Option<Value>| {
        let value = value.map(|value| (name.to_owned(), value));
        definition.extend(value);
    };
    add(
        "showCurrencySymbol",
        details.show_currency_symbol.map(Value::from),
    );
    add(
        "numberDisplayHint",
        details.number_display_hint.clone().map(Value::from),
    );
    add(
        "currencyPropertyName",
        details.currency_property_name.clone().map(Value::from),
    );
}
