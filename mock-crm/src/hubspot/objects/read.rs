//! `GET objects/{objectType}/{id}`

use axum::body::Body;
use http::{Response, StatusCode};

use super::find::{self, IdProperty};
use super::show::{self, Extras, Selection};
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Opened;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// Reads one record: 200, or 404. With `archived=true`, archived ones only.
pub(super) fn read(
    call: &Call<'_>,
    object_type: &ObjectType,
    id: &str,
) -> Result<Response<Body>, ApiError> {
    let id_property = find::id_property(call.setup, object_type, call.query.get("idProperty"))?;
    associations::refuse_unknown(call)?;
    let store = call.portal.tenant().read();
    let serial = match call.query.flag("archived") {
        true => archived(call, &store, object_type, (id_property, id)),
        false => find::record(call.portal, &store, object_type, id_property, id),
    };
    let json = serial.and_then(|serial| one(call, &store, serial, &selection(call, object_type)));
    json.map(|json| json_response(StatusCode::OK, json))
        .ok_or(ApiError::NotFound)
}

/// What the query of a read names.
pub(super) fn selection(call: &Call<'_>, object_type: &ObjectType) -> Selection {
    let properties = call.query.list("properties");
    Selection::new(
        object_type,
        &properties,
        &call.query.list("propertiesWithHistory"),
    )
}

/// A record with what the query names.
pub(super) fn one(
    call: &Call<'_>,
    store: &Store,
    serial: Serial,
    selection: &Selection,
) -> Option<Vec<u8>> {
    let opened = Opened::new(serial, store.get(serial)?);
    let facts = opened.facts((call.portal, call.setup), store)?;
    let extras = Extras {
        associations: associations::shown(call, store, serial, &call.query.list("associations")),
        ..Extras::default()
    };
    Some(show::selected(&facts, selection, &extras))
}

fn archived(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    (id_property, id): (IdProperty<'_>, &str),
) -> Option<Serial> {
    let IdProperty::RecordId = id_property else {
        // An archived record gives its unique values free.
        return None;
    };
    let serial = call.portal.serial(id)?;
    let record = store.get(serial)?;
    (record.object == object_type.key && find::in_recycle_bin(record)).then_some(serial)
}
