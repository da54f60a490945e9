//! `/properties/v2/{objectType}/properties`, `/properties/v1/{objectType}/properties` and `/companies/v2/properties`: definitions to be
//! read.

use axum::body::Body;
use http::Response;
use serde_json::{Value, json};

use super::{ok, show};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{ObjectType, Property};
use crate::hubspot::refusal::ApiError;

/// All definitions of a type, by name, as a bare list: 200.
pub(super) fn list(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    let properties = call.setup.catalog.properties(object_type).into_iter();
    let shown = properties.map(|property| shown(call, object_type, property));
    Ok(ok(&Value::Array(shown.collect())))
}

/// The older form: flags beside each other, `deleted` for `archived`, instants as milliseconds.
fn shown(call: &Call<'_>, object_type: &ObjectType, property: &Property) -> Value {
    let details = property.details.as_deref();
    let at = |stamp: Option<crate::clock::Timestamp>| stamp.unwrap_or(call.portal.opened_at).0;
    let modern = show::shown(call, object_type, property);
    let options: Vec<Value> = (modern["options"].as_array().into_iter().flatten())
        .map(|option| {
            let mut option = option.clone();
            option["readOnly"] = json!(false);
            option
        })
        .collect();
    json!({
        "name": property.name,
        "label": property.label,
        "description": modern["description"],
        "groupName": modern["groupName"],
        "type": modern["type"],
        "fieldType": property.field_type,
        "options": options,
        "displayOrder": modern["displayOrder"],
        "calculated": modern["calculated"],
        "externalOptions": modern["externalOptions"],
        "referencedObjectType": modern.get("referencedObjectType"),
        "hidden": modern["hidden"],
        "formField": modern["formField"],
        "hubspotDefined": property.standard,
        "readOnlyValue": property.read_only,
        "readOnlyDefinition": property.standard,
        "mutableDefinitionNotDeletable": false,
        "deleted": false,
        "hasUniqueValue": property.unique,
        "createdAt": at(details.map(|details| details.created.at)),
        "updatedAt": at(details.map(|details| details.updated.at)),
        "createdUserId": modern.get("createdUserId"),
        "updatedUserId": modern.get("updatedUserId"),
    })
}
