//! `POST properties/{objectType}/batch/{create,read,archive}`

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::wire::{self, Named, SentProperty};
use super::{define, not_taken, own, put, show, unused};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{ObjectType, Property};
use crate::hubspot::objects::no_content;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::setup::SetupChange;

/// Makes definitions: 201. One that can't be fails all; a name that is taken fails its item only, with 207.
pub(super) fn create(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let batch = wire::batch::<SentProperty>(call.body)?;
    let mut new: Vec<Property> = Vec::with_capacity(batch.inputs.len());
    for sent in &batch.inputs {
        sent.complete(call.body)?;
        new.push(define::new(call, sent, object_type.first_group())?);
    }
    let (mut made, mut errors) = (Vec::new(), Vec::new());
    call.portal.change_setup(|setup| {
        let mut unique = setup.catalog.unique_properties(object_type.key);
        for property in &new {
            define::fits(setup, object_type, property)?;
            let twice = made
                .iter()
                .any(|other: &&Property| other.name == property.name);
            match not_taken(setup, object_type, property) {
                Ok(()) if !twice => made.push(property),
                Ok(()) => errors.push(taken_twice(property)),
                Err(taken) => errors.push(item(taken, &property.name)),
            }
        }
        unique += made.iter().filter(|property| property.unique).count();
        define::not_too_many_unique(unique)?;
        let changes = made
            .iter()
            .map(|property| put(object_type, (*property).clone()));
        Ok::<_, ApiError>(SetupChange::Several(changes.collect()))
    })?;
    let results = made
        .iter()
        .map(|property| show::shown(call, object_type, property));
    Ok(answer(call, StatusCode::CREATED, results.collect(), errors))
}

/// 200, or 207 where definitions are missing.
pub(super) fn read(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    let batch = wire::batch::<Named>(call.body)?;
    let catalog = &call.setup.catalog;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for Named { name } in &batch.inputs {
        let found = match batch.archived {
            true => catalog
                .archived_properties(object_type.key)
                .find(|archived| archived.property.name == *name)
                .map(|archived| show::archived(call, object_type, archived)),
            false => (catalog.property(object_type, name))
                .map(|property| show::shown(call, object_type, property)),
        };
        match found {
            Some(found) => results.push(found),
            None => errors.push(item(ApiError::NotFound, name)),
        }
    }
    Ok(answer(call, StatusCode::OK, results, errors))
}

/// Takes definitions out of use: 204. One of HubSpot's own among them fails all; names that mean nothing mean nothing.
pub(super) fn archive(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let batch = wire::batch::<Named>(call.body)?;
    let at = call.portal.now();
    call.portal.change_setup(|setup| {
        let mut changes = Vec::new();
        for Named { name } in &batch.inputs {
            match own(setup, object_type, name) {
                Ok(_) => unused(object_type, name)?,
                Err(ApiError::NotFound) => continue,
                Err(refused) => return Err(refused),
            }
            let (object, name) = (object_type.key, name.clone());
            changes.push(SetupChange::PropertyArchived { object, name, at });
        }
        Ok(SetupChange::Several(changes))
    })?;
    Ok(no_content())
}

fn taken_twice(property: &Property) -> Value {
    let message = format!("A property named '{}' already exists.", property.name);
    let sub_category = Some("Properties.PROPERTY_WITH_NAME_EXISTS");
    item(
        ApiError::AlreadyExists {
            message,
            sub_category,
        },
        &property.name,
    )
}

fn item(error: ApiError, name: &str) -> Value {
    error.into_item(json!({ "name": [name] }))
}

fn answer(
    call: &Call<'_>,
    success: StatusCode,
    mut results: Vec<Value>,
    errors: Vec<Value>,
) -> Response<Body> {
    call.portal.shuffle(&mut results);
    let now = show::iso(call.portal.now());
    let mut body = json!({
        "status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now,
    });
    let status = match errors.is_empty() {
        true => success,
        false => {
            body["numErrors"] = json!(errors.len());
            body["errors"] = Value::Array(errors);
            StatusCode::MULTI_STATUS
        }
    };
    json_response(status, body.to_string().into_bytes())
}
