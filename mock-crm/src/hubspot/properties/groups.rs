//! `properties/{objectType}/groups`

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::wire::SentGroup;
use super::{define, locate, ok, show};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{Group, ObjectType};
use crate::hubspot::objects::{no_content, wire::json as read_json};
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::setup::{Setup, SetupChange};

/// All groups of a type: 200, never paged.
pub(super) fn list(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    let archived = call.query.flag("archived");
    let groups = call.setup.catalog.groups(object_type).into_iter();
    let groups = groups.filter(|group| group.archived == archived);
    let results: Vec<Value> = groups.map(|group| show::group_shown(&group)).collect();
    Ok(ok(&json!({ "results": results })))
}

/// One group: 200, or 404.
pub(super) fn one(
    call: &Call<'_>,
    object_type: &ObjectType,
    name: &str,
) -> Result<Response<Body>, ApiError> {
    let group = living(call.setup, object_type, name)?;
    Ok(ok(&show::group_shown(&group)))
}

/// Makes a group: 201, or 409 where the name is taken.
pub(super) fn create(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let sent: SentGroup = read_json(call.body)?;
    sent.complete(call.body)?;
    let name = sent.name.unwrap_or_default();
    define::plain_name("Property group", &name)?;
    let group = Group {
        label: sent.label.unwrap_or_default(),
        display_order: sent.display_order.unwrap_or(-1),
        archived: false,
        name,
    };
    call.portal
        .change_setup(|setup| match living(setup, object_type, &group.name) {
            // The sub-category of this one is not known.
            Ok(_) => Err(ApiError::AlreadyExists {
                message: format!("A property group named '{}' already exists.", group.name),
                sub_category: None,
            }),
            Err(_) => Ok(put(object_type, group.clone())),
        })?;
    let body = show::group_shown(&group).to_string();
    let mut response = json_response(StatusCode::CREATED, body.into_bytes());
    locate(
        &mut response,
        &format!("{}/groups/{}", object_type.name, group.name),
    );
    Ok(response)
}

/// Changes label and order of a group of the portal's own: 200.
pub(super) fn update(
    call: &Call<'_>,
    object_type: &ObjectType,
    name: &str,
) -> Result<Response<Body>, ApiError> {
    let sent: SentGroup = read_json(call.body)?;
    let setup = call.portal.change_setup(|setup| {
        let mut group = own(setup, object_type, name)?;
        group.label = sent.label.unwrap_or(group.label);
        group.display_order = sent.display_order.unwrap_or(group.display_order);
        Ok::<_, ApiError>(put(object_type, group))
    })?;
    Ok(ok(&show::group_shown(&living(&setup, object_type, name)?)))
}

/// Takes a group of the portal's own out of use: 204. One that has properties stays, which no source settles.
pub(super) fn archive(
    call: &Call<'_>,
    object_type: &ObjectType,
    name: &str,
) -> Result<Response<Body>, ApiError> {
    call.portal.change_setup(|setup| {
        let mut group = own(setup, object_type, name)?;
        let mut properties = setup.catalog.properties(object_type).into_iter();
        if properties.any(|property| show::group(object_type, property) == name) {
            let text = format!("Property group '{name}' has properties: it can't be archived");
            return Err(ApiError::Invalid(text));
        }
        group.archived = true;
        Ok(put(object_type, group))
    })?;
    Ok(no_content())
}

fn put(object_type: &ObjectType, group: Group) -> SetupChange {
    SetupChange::Group {
        object: object_type.key,
        group,
    }
}

fn living(setup: &Setup, object_type: &ObjectType, name: &str) -> Result<Group, ApiError> {
    let mut groups = setup.catalog.groups(object_type).into_iter();
    let found = groups.find(|group| group.name == name && !group.archived);
    found.ok_or(ApiError::NotFound)
}

fn own(setup: &Setup, object_type: &ObjectType, name: &str) -> Result<Group, ApiError> {
    let group = living(setup, object_type, name)?;
    match setup.catalog.own_group(object_type.key, name) {
        true => Ok(group),
        false => Err(ApiError::Invalid(format!(
            "Property group '{name}' is HubSpot's own: it can be neither changed nor archived"
        ))),
    }
}
