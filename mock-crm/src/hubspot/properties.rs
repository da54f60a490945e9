//! `/crm/v3/properties/{objectType}`: definitions, to be read.

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::admission::any_scope;
use super::call::Call;
use super::catalog::{Kind, ObjectType, Property, Source};
use super::refusal::{ApiError, json_response};
use super::route::PropertyEndpoint;

/// Answers a call under `properties`.
pub(super) fn answer(
    call: &Call<'_>,
    object_type: &ObjectType,
    endpoint: PropertyEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    match endpoint {
        PropertyEndpoint::List => list(call, object_type),
        PropertyEndpoint::Read(name) => one(call, object_type, name),
    }
}

/// All definitions of a type, by name: 200, never paged.
fn list(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    may_read(call, object_type)?;
    let all = call.setup.catalog.properties(object_type);
    let all = if call.query.flag("archived") {
        Vec::new()
    } else {
        all
    };
    let results: Vec<Value> = all
        .into_iter()
        .map(|property| shown(call, object_type, property))
        .collect();
    Ok(json_response(
        StatusCode::OK,
        json!({ "results": results }).to_string().into_bytes(),
    ))
}

/// One definition: 200, or 404.
fn one(call: &Call<'_>, object_type: &ObjectType, name: &str) -> Result<Response<Body>, ApiError> {
    may_read(call, object_type)?;
    let property = call
        .setup
        .catalog
        .property(object_type, name)
        .ok_or(ApiError::NotFound)?;
    let body = shown(call, object_type, property).to_string();
    Ok(json_response(StatusCode::OK, body.into_bytes()))
}

fn may_read(call: &Call<'_>, object_type: &ObjectType) -> Result<(), ApiError> {
    let scope = object_type.scope;
    let schemas = ["crm.schemas.", scope, ".read"].concat();
    let read = ["crm.objects.", scope, ".read"].concat();
    let write = ["crm.objects.", scope, ".write"].concat();
    any_scope(call, &[&schemas, &read, &write])
}

fn shown(call: &Call<'_>, object_type: &ObjectType, property: &Property) -> Value {
    let group = format!("{}information", object_type.singular);
    let options: Vec<Value> = (0..)
        .zip(&property.options)
        .map(|(order, option): (u32, _)| {
            json!({
                "label": option.label, "value": option.value, "displayOrder": order, "hidden": false,
            })
        })
        .collect();
    let mut definition = json!({
        "createdAt": call.portal.opened_at.iso().to_string(),
        "updatedAt": call.portal.opened_at.iso().to_string(),
        "name": property.name,
        "label": property.label,
        "type": property.kind.name(),
        "fieldType": property.field_type,
        "description": "",
        "groupName": group,
        "options": options,
        "displayOrder": -1,
        "calculated": matches!(property.source, Source::Derived(_)) && property.read_only,
        "externalOptions": property.kind == Kind::Owner,
        "hasUniqueValue": property.unique,
        "hidden": false,
        "hubspotDefined": property.standard,
        "modificationMetadata": {
            "archivable": !property.standard,
            "readOnlyDefinition": property.standard,
            "readOnlyValue": property.read_only,
        },
        "formField": !property.read_only,
        "dataSensitivity": "non_sensitive",
        "archived": false,
    });
    if property.kind == Kind::Owner {
        definition["referencedObjectType"] = json!("OWNER");
    }
    definition
}
