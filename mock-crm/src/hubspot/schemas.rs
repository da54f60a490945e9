//! `/crm-object-schemas/v3/schemas`: object types. Custom ones are made, changed and archived; a new one works at once.

mod define;
mod show;
mod wire;

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::admission::any_scope;
use super::call::Call;
use super::catalog::{Lookup, ObjectType};
use super::objects::{no_content, wire::json as read_json};
use super::refusal::{ApiError, json_response};
use super::route::SchemaEndpoint;
use super::setup::{Setup, SetupChange};
use crate::store::Store;
use wire::SentSchema;

/// Answers a call under `schemas`.
pub(super) fn answer(
    call: &Call<'_>,
    endpoint: SchemaEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    match endpoint {
        SchemaEndpoint::List => list(call),
        SchemaEndpoint::Read(name) => one(call, name),
        SchemaEndpoint::Create => create(call),
        SchemaEndpoint::Update(name) => update(call, name),
        SchemaEndpoint::Archive(name) => archive(call, name),
    }
}

/// The custom types: 200, never paged. `archived=true` lists those out of use.
fn list(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    any_scope(
        call,
        &["crm.schemas.custom.read", "crm.schemas.custom.write"],
    )?;
    let archived = call.query.flag("archived");
    let types = call.setup.catalog.custom_types().iter();
    let types = types.filter(|own| own.archived() == archived);
    let results: Vec<Value> = types
        .map(|own| show::shown(call, call.setup, own))
        .collect();
    Ok(answered(StatusCode::OK, &json!({ "results": results })))
}

/// One type, HubSpot's own among them: 200, or 404.
fn one(call: &Call<'_>, name: &str) -> Result<Response<Body>, ApiError> {
    let object_type = find(call.setup, name);
    let scope = object_type.as_ref().map_or("custom", |found| found.scope);
    let area = |right: &str| ["crm.schemas.", scope, ".", right].concat();
    any_scope(call, &[&area("read"), &area("write")])?;
    let shown = show::shown(call, call.setup, object_type?);
    Ok(answered(StatusCode::OK, &shown))
}

/// Makes a custom type: 201, or 409 where the name is taken.
fn create(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    may_write(call)?;
    let sent: SentSchema = read_json(call.body)?;
    sent.complete(call.body)?;
    let mut name = String::new();
    let setup = call.portal.change_setup(|setup| {
        let new = define::new(call, setup, &sent)?;
        name.clone_from(&new.name);
        Ok::<_, ApiError>(SetupChange::Type(Box::new(new)))
    })?;
    let shown = show::shown(call, &setup, find(&setup, &name)?);
    Ok(answered(StatusCode::CREATED, &shown))
}

/// Changes a custom type: 200.
fn update(call: &Call<'_>, name: &str) -> Result<Response<Body>, ApiError> {
    may_write(call)?;
    let sent: SentSchema = read_json(call.body)?;
    let setup = call.portal.change_setup(|setup| {
        let object_type = own(setup, name)?;
        define::changed(call, setup, object_type, &sent)
    })?;
    let shown = show::definition(call, &setup, own(&setup, name)?);
    Ok(answered(StatusCode::OK, &shown))
}

/// Takes a custom type out of use: 204, or 400 while it has records. With `archived=true` its name is free again, which
/// is possible later, too.
fn archive(call: &Call<'_>, name: &str) -> Result<Response<Body>, ApiError> {
    may_write(call)?;
    let purged = call.query.flag("archived");
    let at = call.portal.now();
    call.portal.change_setup_and_records(|setup, store| {
        let object_type = match own(setup, name) {
            Err(ApiError::NotFound) if purged => archived_type(setup, name)?,
            found => found?,
        };
        without_records(store, object_type)?;
        let mut schema = define::schema(call, object_type);
        schema.archived_at = schema.archived_at.or(Some(at));
        schema.purged = purged;
        Ok::<_, ApiError>(define::change(object_type, schema))
    })?;
    Ok(no_content())
}

fn may_write(call: &Call<'_>) -> Result<(), ApiError> {
    any_scope(call, &["crm.schemas.custom.write"])
}

fn find<'a>(setup: &'a Setup, name: &str) -> Result<&'a ObjectType, ApiError> {
    match setup.catalog.lookup(name) {
        Lookup::Known(object_type) => Ok(object_type),
        Lookup::NotSimulated => Err(ApiError::NotSimulated(format!("the schema of {name}"))),
        Lookup::Unknown => Err(ApiError::NotFound),
    }
}

/// A type that the portal may change. The text of the refusal is not known.
fn own<'a>(setup: &'a Setup, name: &str) -> Result<&'a ObjectType, ApiError> {
    match find(setup, name)? {
        found if found.custom() => Ok(found),
        _ => Err(ApiError::Invalid(format!(
            "{name} is an object type of HubSpot's own: it can be neither changed nor archived"
        ))),
    }
}

fn archived_type<'a>(setup: &'a Setup, name: &str) -> Result<&'a ObjectType, ApiError> {
    let mut types = setup.catalog.custom_types().iter();
    let found = types.find(|own| own.archived() && !own.purged() && own.called(name));
    found.ok_or(ApiError::NotFound)
}

/// The text of the refusal is not known; that there is one, HubSpot's guide says.
fn without_records(store: &Store, object_type: &ObjectType) -> Result<(), ApiError> {
    match store
        .scan(object_type.key)
        .any(|(_, record)| !record.deleted)
    {
        true => Err(ApiError::Invalid(format!(
            "Object type {} can't be archived while it has records",
            object_type.type_id
        ))),
        false => Ok(()),
    }
}

fn answered(status: StatusCode, body: &Value) -> Response<Body> {
    json_response(status, body.to_string().into_bytes())
}
