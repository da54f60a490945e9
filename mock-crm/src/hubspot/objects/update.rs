//! `PATCH objects/{objectType}/{id}`

use axum::body::Body;
use http::{Response, StatusCode};

use super::accept::{self, Accepted, Purpose};
use super::show::{self, Extras};
use super::wire::{self, Input};
use super::{find, write};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Opened;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// Changes one record: 200. The creator and the source stay what they were.
pub(super) fn update(
    call: &Call<'_>,
    object_type: &ObjectType,
    id: &str,
) -> Result<Response<Body>, ApiError> {
    let input: Input<'_> = wire::json(call.body)?;
    let id_property = find::id_property(call.setup, object_type, call.query.get("idProperty"))?;
    let accepted = check(call, object_type, input)?;
    let at = call.portal.now();

    let mut store = call.portal.tenant().write();
    let serial = find::record(call.portal, &store, object_type, id_property, id);
    let serial = serial.ok_or(ApiError::NotFound)?;
    let conflict = write::conflict(&store, object_type, &accepted.unique, Some(serial));
    if let Some((unique, holder)) = conflict {
        return Err(write::taken(
            call,
            object_type,
            (unique, Some(holder)),
            serial,
        ));
    }
    let writer = call.writer("single");
    write::change(
        call,
        &mut store,
        (serial, object_type),
        &accepted,
        at,
        &writer,
    );
    let json = shown(call, &store, serial, &accepted, &Extras::default());
    json.map(|json| json_response(StatusCode::OK, json))
        .ok_or(ApiError::NotFound)
}

/// Checks the input of a change.
pub(super) fn check<'a, 'p>(
    call: &Call<'p>,
    object_type: &ObjectType,
    input: Input<'a>,
) -> Result<Accepted<'a, 'p>, ApiError> {
    let sent = input
        .properties
        .map(|properties| properties.0)
        .unwrap_or_default();
    if sent.is_empty() {
        return Err(ApiError::NothingToUpdate);
    }
    accept::properties(
        (call.portal, call.setup),
        object_type,
        Purpose::Change,
        sent,
    )
    .map_err(ApiError::InvalidProperties)
}

/// The record after the change.
pub(super) fn shown(
    call: &Call<'_>,
    store: &Store,
    serial: Serial,
    accepted: &Accepted<'_, '_>,
    extras: &Extras<'_>,
) -> Option<Vec<u8>> {
    let opened = Opened::new(serial, store.get(serial)?);
    let facts = opened.facts((call.portal, call.setup), store)?;
    Some(show::updated(&facts, accepted, extras))
}
