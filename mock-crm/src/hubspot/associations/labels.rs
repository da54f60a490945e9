//! Association types as clients see them, and labels, which are the portal's own: `associations/{from}/{to}/labels`

use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::page::described;
use super::{Types, ways};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{Family, LabelChange, ObjectType, TypeId};
use crate::hubspot::objects::no_content;
use crate::hubspot::objects::wire;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::setup::{Setup, SetupChange};

/// The body of a create.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewLabel {
    name: String,
    label: String,
    #[serde(default)]
    inverse_label: Option<String>,
}

/// The body of an update.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renamed {
    #[serde(deserialize_with = "wire::number")]
    association_type_id: u32,
    label: String,
    #[serde(default)]
    inverse_label: Option<String>,
}

fn answer(results: Vec<Value>) -> Response<Body> {
    let body = json!({ "results": results }).to_string().into_bytes();
    json_response(StatusCode::OK, body)
}

/// `GET /crm/v3/associations/{from}/{to}/types`: 200, with the names that v3 knows the types by.
pub(super) fn types(call: &Call<'_>, (from, to): Types<'_>) -> Result<Response<Body>, ApiError> {
    let between = ways(call).between(from.key, to.key);
    let results = between.map(|way| json!({ "id": way.id.number().to_string(), "name": way.name }));
    Ok(answer(results.collect()))
}

/// `GET labels`: 200, every type in this direction.
pub(super) fn list(call: &Call<'_>, (from, to): Types<'_>) -> Result<Response<Body>, ApiError> {
    let between = ways(call).between(from.key, to.key);
    Ok(answer(between.map(described).collect()))
}

/// `POST labels`: 200, the types that the label consists of.
pub(super) fn create(call: &Call<'_>, types: Types<'_>) -> Result<Response<Body>, ApiError> {
    let new: NewLabel = wire::json(call.body)?;
    refuse_unlabelable(types)?;
    check_name(&new.name)?;
    let (from, to) = (types.0.key, types.1.key);
    let setup = call.portal.change_setup(|setup| {
        refuse_taken(setup, types, &new.name)?;
        Ok::<_, ApiError>(SetupChange::AssociationLabel(LabelChange::Added {
            from,
            to,
            name: new.name.clone(),
            label: new.label.clone(),
            inverse_label: new.inverse_label.clone(),
        }))
    })?;
    let made = &setup.catalog.associations;
    let back = (from != to).then(|| made.between(to, from));
    let made = made.between(from, to).chain(back.into_iter().flatten());
    let results = made.filter(|way| way.name == new.name).map(described);
    Ok(answer(results.collect()))
}

/// `PUT labels`: 204.
pub(super) fn rename(call: &Call<'_>, types: Types<'_>) -> Result<Response<Body>, ApiError> {
    let Renamed {
        association_type_id,
        label,
        inverse_label,
    } = wire::json(call.body)?;
    change(call, types, association_type_id, |number| {
        LabelChange::Renamed {
            number,
            label,
            inverse_label,
        }
    })
}

/// `DELETE labels/{id}`: 204. Records stay connected without it.
pub(super) fn delete(
    call: &Call<'_>,
    types: Types<'_>,
    id: &str,
) -> Result<Response<Body>, ApiError> {
    let number = id.parse().map_err(|_| ApiError::NotFound)?;
    change(call, types, number, |number| LabelChange::Deleted {
        number,
    })
}

fn change(
    call: &Call<'_>,
    (from, to): Types<'_>,
    number: u32,
    change: impl FnOnce(u32) -> LabelChange,
) -> Result<Response<Body>, ApiError> {
    call.portal.change_setup(|setup| {
        let way = setup.catalog.associations.get(TypeId::UserDefined(number));
        let own = way.filter(|way| way.label.is_some() && (way.from, way.to) == (from.key, to.key));
        own.ok_or(ApiError::NotFound)?;
        Ok::<_, ApiError>(SetupChange::AssociationLabel(change(number)))
    })?;
    Ok(no_content())
}

/// HubSpot has labels between contacts, companies, deals, tickets and custom objects.
fn refuse_unlabelable((from, to): Types<'_>) -> Result<(), ApiError> {
    let without = |one: &&ObjectType| one.family != Family::Crm || one.name == "leads";
    match [from, to].into_iter().find(without) {
        None => Ok(()),
        Some(one) => Err(ApiError::Invalid(format!(
            "{} do not support association labels",
            one.name
        ))),
    }
}

/// A name is an internal one: HubSpot documents that it has no hyphens and does not start with a digit.
fn check_name(name: &str) -> Result<(), ApiError> {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    match plain && name.starts_with(|first: char| !first.is_ascii_digit()) {
        true => Ok(()),
        false => Err(ApiError::Invalid(format!(
            "{name} is not a valid name of an association type"
        ))),
    }
}

fn refuse_taken(setup: &Setup, (from, to): Types<'_>, name: &str) -> Result<(), ApiError> {
    let types = &setup.catalog.associations;
    let mut both = types
        .between(from.key, to.key)
        .chain(types.between(to.key, from.key));
    match both.any(|way| way.name == name) {
        false => Ok(()),
        true => Err(ApiError::Invalid(format!(
            "an association type named {name} exists already"
        ))),
    }
}
