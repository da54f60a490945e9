//! `DELETE objects/{objectType}/{id}`

use axum::body::Body;
use http::{Response, StatusCode};

use super::find::{self, IdProperty};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::spec::DeleteMissingPolicy;
use crate::hubspot::stored::Values;
use crate::store::{Change, Serial, Store, Writer};
use crate::tenant::Hosted;

/// Archives one record: 204, and by default also where there is none.
pub(super) fn archive(
    call: &Call<'_>,
    object_type: &ObjectType,
    id: &str,
) -> Result<Response<Body>, ApiError> {
    let mut store = call.portal.tenant().write();
    let found = archive_one(call, &mut store, object_type, id, &call.writer("single"));
    match (found, call.portal.switches.delete_missing_policy) {
        (false, DeleteMissingPolicy::NotFound) => Err(ApiError::NotFound),
        _ => Ok(no_content()),
    }
}

/// 204.
pub(crate) fn no_content() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// Archives the record, if it is there. Its unique values are free again, so a record that is made anew is a new one.
pub(super) fn archive_one(
    call: &Call<'_>,
    store: &mut Store,
    object_type: &ObjectType,
    id: &str,
    writer: &Writer,
) -> bool {
    let by_id = IdProperty::RecordId;
    let Some(serial) = find::record(call.portal, store, object_type, by_id, id) else {
        return false;
    };
    let change = Change {
        at: call.portal.now(),
        modified_by: call.user().clone(),
        body: None,
        owner: None,
        deleted: Some(true),
        unique_removed: lookup_keys(call, store, object_type, serial),
        unique_added: Vec::new(),
    };
    store.change(serial, change, writer).is_some()
}

pub(super) fn lookup_keys(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    serial: Serial,
) -> Vec<u64> {
    let record = store.get(serial);
    let keys = record.map(|record| find::keys_of(call, object_type, &Values::parse(&record.body)));
    keys.unwrap_or_default()
}
