//! `/engagements/v1/engagements`: another door to tasks, calls, emails, notes and meetings.
//!
//! The records are those of `objects/{objectType}`: the same checks, the same owner and creator, the same place in the
//! store. Only the words are others: an owner is a number in `ownerId`, and what v3 has as properties is `metadata`.

mod associate;
mod kind;
mod list;
mod metadata;
mod show;
mod wire;
mod write;

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Map, Value};

use crate::hubspot::call::Call;
use crate::hubspot::catalog::{Family, ObjectType};
use crate::hubspot::facts::Opened;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::route::EngagementEndpoint;
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// Under this name a record keeps what only engagements have. No property can be called so.
const KEPT: &str = "!engagement";

/// Answers a call under `engagements`.
pub(crate) fn answer(
    call: &Call<'_>,
    endpoint: EngagementEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    use EngagementEndpoint as E;
    match endpoint {
        E::Create => write::create(call),
        E::Read(id) => read(call, id),
        E::Update(id) => write::update(call, id),
        E::Delete(id) => write::delete(call, id),
        E::Paged => list::paged(call),
        E::RecentlyModified => list::recently_modified(call),
        E::ModifiedAfter => list::modified_after(call),
        E::Associated { object_type, id } => list::associated(call, object_type, id),
    }
}

/// `GET engagements/{id}`: 200.
fn read(call: &Call<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    let store = call.portal.tenant().read();
    let (serial, _) = find(call, &store, id)?;
    shown(call, &store, serial)
}

fn shown(call: &Call<'_>, store: &Store, serial: Serial) -> Result<Response<Body>, ApiError> {
    let engagement = show::engagement(call, store, serial).ok_or(ApiError::NotFound)?;
    Ok(ok(&engagement))
}

fn ok(body: &Value) -> Response<Body> {
    json_response(StatusCode::OK, body.to_string().into_bytes())
}

/// The activity with this id, of whatever type it is.
fn find<'a>(
    call: &Call<'a>,
    store: &Store,
    id: &str,
) -> Result<(Serial, &'a ObjectType), ApiError> {
    let serial = call.portal.serial(id).ok_or(ApiError::NotFound)?;
    let record = store.get(serial).filter(|record| !record.deleted);
    let object_type = record.and_then(|record| call.setup.type_of(record.object));
    let activity = object_type.filter(|found| found.family == Family::Activity);
    activity
        .map(|found| (serial, found))
        .ok_or(ApiError::NotFound)
}

/// What only engagements have of a record.
fn kept(call: &Call<'_>, store: &Store, serial: Serial) -> Map<String, Value> {
    let opened = store.get(serial).map(|record| Opened::new(serial, record));
    let facts = opened
        .as_ref()
        .and_then(|opened| opened.facts((call.portal, call.setup), store));
    facts.map(|facts| show::kept(&facts)).unwrap_or_default()
}
