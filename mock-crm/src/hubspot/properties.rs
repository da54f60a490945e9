//! `/crm/v3/properties/{objectType}`: definitions of properties, and the groups that they are in.
//!
//! A definition that was made works at once, in writes and in searches, and is in the durable log.

mod batch;
pub(super) mod define;
mod groups;
mod legacy;
pub(super) mod show;
pub(super) mod wire;

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use super::admission::any_scope;
use super::call::Call;
use super::catalog::{ObjectType, Property};
use super::objects::{no_content, wire::json as read_json};
use super::refusal::{ApiError, json_response};
use super::route::PropertyEndpoint;
use super::setup::{Setup, SetupChange};
use wire::SentProperty;

/// Answers a call under `properties`.
pub(super) fn answer(
    call: &Call<'_>,
    object_type: &ObjectType,
    endpoint: PropertyEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    use PropertyEndpoint as P;
    match endpoint {
        P::List | P::Read(_) | P::BatchRead | P::Groups | P::Group(_) | P::Legacy => {
            may_read(call, object_type)?;
        }
        _ => may_write(call, object_type)?,
    }
    match endpoint {
        P::List => list(call, object_type),
        P::Read(name) => one(call, object_type, name),
        P::Create => create(call, object_type),
        P::Update(name) => update(call, object_type, name),
        P::Archive(name) => archive(call, object_type, name),
        P::BatchCreate => batch::create(call, object_type),
        P::BatchRead => batch::read(call, object_type),
        P::BatchArchive => batch::archive(call, object_type),
        P::Groups => groups::list(call, object_type),
        P::Group(name) => groups::one(call, object_type, name),
        P::CreateGroup => groups::create(call, object_type),
        P::UpdateGroup(name) => groups::update(call, object_type, name),
        P::ArchiveGroup(name) => groups::archive(call, object_type, name),
        P::Legacy => legacy::list(call, object_type),
    }
}

/// All definitions of a type, by name: 200, never paged. `archived=true` lists those out of use.
fn list(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    let catalog = &call.setup.catalog;
    let results: Vec<Value> = match call.query.flag("archived") {
        true => catalog
            .archived_properties(object_type.key)
            .map(|archived| show::archived(call, object_type, archived))
            .collect(),
        false => (catalog.properties(object_type).into_iter())
            .map(|property| show::shown(call, object_type, property))
            .collect(),
    };
    Ok(ok(&json!({ "results": results })))
}

/// One definition: 200, or 404.
fn one(call: &Call<'_>, object_type: &ObjectType, name: &str) -> Result<Response<Body>, ApiError> {
    let catalog = &call.setup.catalog;
    let shown = match call.query.flag("archived") {
        true => catalog
            .archived_properties(object_type.key)
            .find(|archived| archived.property.name == name)
            .map(|archived| show::archived(call, object_type, archived)),
        false => (catalog.property(object_type, name))
            .map(|property| show::shown(call, object_type, property)),
    };
    shown.map(|shown| ok(&shown)).ok_or(ApiError::NotFound)
}

/// Makes a definition: 201, or 409 where the name is taken.
fn create(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    let sent: SentProperty = read_json(call.body)?;
    sent.complete(call.body)?;
    let property = define::new(call, &sent, object_type.first_group())?;
    let setup = call.portal.change_setup(|setup| {
        not_taken(setup, object_type, &property)?;
        define::fits(setup, object_type, &property)?;
        let unique = setup.catalog.unique_properties(object_type.key);
        define::not_too_many_unique(unique + usize::from(property.unique))?;
        Ok::<_, ApiError>(put(object_type, property.clone()))
    })?;
    let shown = changed(call, &setup, object_type, &property.name);
    let mut response = json_response(StatusCode::CREATED, shown.into_bytes());
    locate(
        &mut response,
        &format!("{}/{}", object_type.name, property.name),
    );
    Ok(response)
}

/// Changes a definition of the portal's own: 200.
fn update(
    call: &Call<'_>,
    object_type: &ObjectType,
    name: &str,
) -> Result<Response<Body>, ApiError> {
    let sent: SentProperty = read_json(call.body)?;
    let setup = call.portal.change_setup(|setup| {
        let before = own(setup, object_type, name)?;
        let property = define::changed(call, before, (&sent, object_type.first_group()))?;
        define::fits(setup, object_type, &property)?;
        Ok::<_, ApiError>(put(object_type, property))
    })?;
    let shown = changed(call, &setup, object_type, name);
    Ok(json_response(StatusCode::OK, shown.into_bytes()))
}

/// Takes a definition of the portal's own out of use: 204. Records keep its values, and nobody sees them.
fn archive(
    call: &Call<'_>,
    object_type: &ObjectType,
    name: &str,
) -> Result<Response<Body>, ApiError> {
    let at = call.portal.now();
    call.portal.change_setup(|setup| {
        own(setup, object_type, name)?;
        unused(object_type, name)?;
        let (object, name) = (object_type.key, name.to_owned());
        Ok::<_, ApiError>(SetupChange::PropertyArchived { object, name, at })
    })?;
    Ok(no_content())
}

fn put(object_type: &ObjectType, property: Property) -> SetupChange {
    SetupChange::Property {
        object: object_type.key,
        property: Box::new(property),
    }
}

fn not_taken(setup: &Setup, object_type: &ObjectType, property: &Property) -> Result<(), ApiError> {
    match setup.catalog.property(object_type, &property.name) {
        None => Ok(()),
        Some(_) => Err(ApiError::AlreadyExists {
            message: format!("A property named '{}' already exists.", property.name),
            sub_category: Some("Properties.PROPERTY_WITH_NAME_EXISTS"),
        }),
    }
}

/// A definition that the portal may change: not one of HubSpot's own. The text of the refusal is not known.
fn own<'a>(
    setup: &'a Setup,
    object_type: &'a ObjectType,
    name: &str,
) -> Result<&'a Property, ApiError> {
    let property = setup.catalog.property(object_type, name);
    match property.ok_or(ApiError::NotFound)? {
        property if property.standard => Err(ApiError::Invalid(format!(
            "Property '{name}' has a read only definition: it can be neither changed nor archived"
        ))),
        property => Ok(property),
    }
}

/// A property that every record of its type has to have can't go. The text is not known.
fn unused(object_type: &ObjectType, name: &str) -> Result<(), ApiError> {
    match object_type.required.iter().any(|required| required == name) {
        true => Err(ApiError::Invalid(format!(
            "Property '{name}' is a required property of its object type: it can't be archived"
        ))),
        false => Ok(()),
    }
}

fn changed(call: &Call<'_>, setup: &Setup, object_type: &ObjectType, name: &str) -> String {
    let property = setup.catalog.property(object_type, name);
    let shown = property.map(|property| show::shown(call, object_type, property));
    shown.unwrap_or_default().to_string()
}

fn ok(body: &Value) -> Response<Body> {
    json_response(StatusCode::OK, body.to_string().into_bytes())
}

/// Where what was made can be read. That the header is there is recorded; whether it names the host is not known.
fn locate(response: &mut Response<Body>, path: &str) {
    let url = format!("https://api.hubapi.com/crm/v3/properties/{path}");
    if let Ok(url) = HeaderValue::from_str(&url) {
        response.headers_mut().insert(header::LOCATION, url);
    }
}

/// Refuses a token that can see neither records nor definitions of the type.
pub(super) fn may_read(call: &Call<'_>, object_type: &ObjectType) -> Result<(), ApiError> {
    let [schemas, objects] = ["schemas", "objects"].map(|area| scope(area, object_type, "read"));
    let [schemas_write, objects_write] =
        ["schemas", "objects"].map(|area| scope(area, object_type, "write"));
    any_scope(call, &[&schemas, &objects, &objects_write, &schemas_write])
}

fn may_write(call: &Call<'_>, object_type: &ObjectType) -> Result<(), ApiError> {
    let [schemas, objects] = ["schemas", "objects"].map(|area| scope(area, object_type, "write"));
    any_scope(call, &[&schemas, &objects])
}

fn scope(area: &str, object_type: &ObjectType, right: &str) -> String {
    ["crm.", area, ".", object_type.scope, ".", right].concat()
}
