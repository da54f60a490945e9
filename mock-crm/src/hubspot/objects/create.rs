//! `POST objects/{objectType}`

use axum::body::Body;
use http::{Response, StatusCode};

use super::show::{self, Extras};
use super::wire::{self, Input};
use super::write;
use crate::clock::Timestamp;
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Facts;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::store::Serial;
use crate::tenant::Hosted;

/// Creates one record: 201.
pub(super) fn create(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let input: Input<'_> = wire::json(call.body)?;
    let new = write::check_new(call, object_type, input)?;
    let at = call.portal.now();
    let associations = std::iter::once(&*new.associations);
    let several = write::several_writes(call, object_type, associations);
    let serial = write::together(call, several, || put(call, object_type, &new, at))?;

    let facts = facts(call, object_type, &new, (serial, at));
    Ok(json_response(
        StatusCode::CREATED,
        show::created(&facts, &Extras::default()),
    ))
}

fn put(
    call: &Call<'_>,
    object_type: &ObjectType,
    new: &write::NewRecord<'_, '_>,
    at: Timestamp,
) -> Result<Serial, ApiError> {
    let mut store = call.portal.tenant().write();
    let links = associations::resolve(call, &store, object_type, &new.associations)?;
    if let Some((unique, holder)) = write::conflict(&store, object_type, &new.accepted.unique, None)
    {
        let next = store.next_serial();
        let taken = (unique, Some(holder));
        return Err(write::taken(call, object_type, taken, next));
    }
    let writer = call.writer("single");
    write::put_down(call, &mut store, object_type, new, (&links, at), &writer)
}

/// What is known of a record that was created just now, without reading it back.
pub(super) fn facts<'a>(
    call: &'a Call<'_>,
    object_type: &'a ObjectType,
    new: &'a write::NewRecord<'a, 'a>,
    (serial, at): (Serial, Timestamp),
) -> Facts<'a> {
    Facts {
        portal: call.portal,
        setup: call.setup,
        object_type,
        id: call.portal.record_ids.id(serial).to_string(),
        created: at,
        created_at: at.iso().to_string(),
        modified_at: None,
        archived: false,
        owner: new.accepted.owner_id(),
        created_by: call.user(),
        origin: call.origin(),
        values: &new.accepted.values,
        place: None,
    }
}
