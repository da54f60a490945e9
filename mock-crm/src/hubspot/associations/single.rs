//! Connections of one record: `objects/{from}/{id}/associations/…`

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::batch::{Answer, default_results};
use super::page::{Page, wire_id};
use super::problem::Problem;
use super::{
    NewLink, Types, connect as connect_in, link, living, way_between, way_named, ways, wire,
};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::AssociationType;
use crate::hubspot::objects::{self, no_content};
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::route::{ObjectEndpoint, Records};
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// What one page holds at most.
const LARGEST_PAGE: usize = 500;

/// `GET objects/{from}/{id}/associations/{to}`: 200, the connected records by id, each with the kinds of connection.
pub(super) fn list(
    call: &Call<'_>,
    types: Types<'_>,
    id: &str,
) -> Result<Response<Body>, ApiError> {
    let limit = call.limit(LARGEST_PAGE, LARGEST_PAGE)?;
    let first = match call.query.get("after") {
        None | Some("") => Serial(0),
        Some(after) => call
            .portal
            .serial(after)
            .ok_or_else(|| ApiError::Invalid(format!("{after} is not a valid value of after")))?,
    };
    let store = call.portal.tenant().read();
    let from = living(call, &store, types.0, id).ok_or(ApiError::NotFound)?;
    let mut body = json!({ "results": [] });
    if let Some(unlabeled) = ways(call).unlabeled(types.0.key, types.1.key) {
        let page = Page::of(&store, unlabeled, from, (first, limit));
        body["results"] = page.items(call, call.version, (&store, unlabeled)).into();
        if let Some(paging) = page.paging(call, call.version, types) {
            body["paging"] = paging;
        }
    }
    Ok(answer(StatusCode::OK, &body))
}

fn answer(status: StatusCode, body: &Value) -> Response<Body> {
    json_response(status, body.to_string().into_bytes())
}

/// `PUT objects/{from}/{id}/associations/{to}/{toId}`: 201. Labels of the portal that are not named go.
pub(super) fn connect(
    call: &Call<'_>,
    types: Types<'_>,
    records: Records<'_>,
) -> Result<Response<Body>, ApiError> {
    let specs = wire::specs(call)?;
    let mut store = call.portal.tenant().write();
    let ends = ends(call, &store, types, records)?;
    let named = named(call, types, &specs)?;
    store.together(|store| link::set(store, ways(call), ends, &named));
    let labels: Vec<&str> = named
        .iter()
        .filter_map(|way| way.label.as_deref())
        .collect();
    let body = pair(call, types, ends, &labels);
    Ok(answer(StatusCode::CREATED, &body))
}

/// Two connected records, as answers to a change name them.
pub(super) fn pair(
    call: &Call<'_>,
    (from_type, to_type): Types<'_>,
    (from, to): (Serial, Serial),
    labels: &[&str],
) -> Value {
    json!({
        "fromObjectTypeId": from_type.type_id,
        "fromObjectId": wire_id(call, from),
        "toObjectTypeId": to_type.type_id,
        "toObjectId": wire_id(call, to),
        "labels": labels,
    })
}

/// `PUT objects/{from}/{id}/associations/default/{to}/{toId}`: 200.
pub(super) fn connect_default(
    call: &Call<'_>,
    types: Types<'_>,
    records: Records<'_>,
) -> Result<Response<Body>, ApiError> {
    let mut store = call.portal.tenant().write();
    let ends = ends(call, &store, types, records)?;
    let way = unlabeled(call, types)?;
    make(call, &mut store, way, ends);
    let mut answer = Answer::new(call);
    answer.results = default_results((records.id, records.to_id), way);
    Ok(answer.into_response(StatusCode::OK))
}

/// `PUT /crm/v3/objects/{from}/{id}/associations/{to}/{toId}/{name}`: 200, the record.
pub(super) fn connect_named(
    call: &Call<'_>,
    types: Types<'_>,
    (records, name): (Records<'_>, &str),
) -> Result<Response<Body>, ApiError> {
    let mut store = call.portal.tenant().write();
    let ends = ends(call, &store, types, records)?;
    let way = named_way(call, types, name)?;
    make(call, &mut store, way, ends);
    drop(store);
    objects::answer(call, types.0, ObjectEndpoint::Read(records.id))
}

/// `DELETE objects/{from}/{id}/associations/{to}/{toId}`: 204, nothing connects them any more.
pub(super) fn disconnect(
    call: &Call<'_>,
    types: Types<'_>,
    records: Records<'_>,
) -> Result<Response<Body>, ApiError> {
    let way = unlabeled(call, types)?;
    undo(call, types, (records, way))
}

/// `DELETE /crm/v3/objects/{from}/{id}/associations/{to}/{toId}/{name}`: 204.
pub(super) fn disconnect_named(
    call: &Call<'_>,
    types: Types<'_>,
    (records, name): (Records<'_>, &str),
) -> Result<Response<Body>, ApiError> {
    let way = named_way(call, types, name)?;
    undo(call, types, (records, way))
}

fn undo(
    call: &Call<'_>,
    types: Types<'_>,
    (records, way): (Records<'_>, &AssociationType),
) -> Result<Response<Body>, ApiError> {
    let mut store = call.portal.tenant().write();
    let ends = ends(call, &store, types, records)?;
    store.together(|store| link::disconnect(store, ways(call), way, ends));
    Ok(no_content())
}

fn make(call: &Call<'_>, store: &mut Store, way: &AssociationType, (from, to): (Serial, Serial)) {
    let new = NewLink::new(ways(call), way, to);
    store.together(|store| connect_in(store, from, new.as_slice()));
}

/// Both records of a path.
fn ends(
    call: &Call<'_>,
    store: &Store,
    types: Types<'_>,
    records: Records<'_>,
) -> Result<(Serial, Serial), ApiError> {
    let from = living(call, store, types.0, records.id).ok_or(ApiError::NotFound)?;
    let to = living(call, store, types.1, records.to_id).ok_or(ApiError::NotFound)?;
    match from == to {
        true => Err(ApiError::Invalid(
            Problem::Itself(records.id.to_owned()).message(),
        )),
        false => Ok((from, to)),
    }
}

fn unlabeled<'a>(call: &Call<'a>, types: Types<'_>) -> Result<&'a AssociationType, ApiError> {
    let found = ways(call).unlabeled(types.0.key, types.1.key);
    found.ok_or_else(|| invalid_type("default", types))
}

fn named_way<'a>(
    call: &Call<'a>,
    types: Types<'_>,
    name: &str,
) -> Result<&'a AssociationType, ApiError> {
    way_named(call, types, name).ok_or_else(|| invalid_type(name, types))
}

fn invalid_type(name: &str, (from, to): Types<'_>) -> ApiError {
    ApiError::InvalidAssociationType {
        name: name.to_owned(),
        from: from.name.to_string(),
        to: to.name.to_string(),
    }
}

/// The ways that a body names, or all that are none.
fn named<'a>(
    call: &Call<'a>,
    types: Types<'_>,
    specs: &[wire::AssociationSpec],
) -> Result<Vec<&'a AssociationType>, ApiError> {
    if specs.is_empty() {
        return Err(ApiError::Invalid("no association type is named".to_owned()));
    }
    let mut wrong = Vec::new();
    let mut named = Vec::new();
    for spec in specs {
        match way_between(call, types, spec) {
            Some(way) => named.push(way),
            None => wrong.push(spec.to_string()),
        }
    }
    match wrong.is_empty() {
        true => Ok(named),
        false => Err(ApiError::InvalidAssociationSpecs(wrong)),
    }
}
