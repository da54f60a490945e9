//! Pages of engagements.

use axum::body::Body;
use http::Response;
use serde_json::{Value, json};

use super::{kind, ok, show};
use crate::clock::Timestamp;
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::refusal::ApiError;
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// HubSpot tells recent changes of these days only, and so many at most.
const RECENT_MILLISECONDS: i64 = 30 * 24 * 60 * 60 * 1000;
const RECENT: usize = 10_000;

/// `GET engagements/paged`: 200, all by id. `offset` is an id, as in recorded answers.
pub(super) fn paged(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    let limit = number(call, "limit", 100)?.clamp(1, 250);
    let first = first(call)?;
    let store = call.portal.tenant().read();
    let mut page: Vec<Serial> = Vec::new();
    for object_type in kind::object_types(call) {
        let living = store
            .scan_from(object_type.key, first)
            .filter(|(_, record)| !record.deleted);
        page.extend(living.map(|(serial, _)| serial).take(limit + 1));
    }
    Ok(by_id(call, &store, page, limit))
}

/// `GET engagements/associated/{objectType}/{id}/paged`: 200, those that are about a record.
pub(super) fn associated(
    call: &Call<'_>,
    object_type: &str,
    id: &str,
) -> Result<Response<Body>, ApiError> {
    let limit = number(call, "limit", 100)?.clamp(1, 100);
    let first = first(call)?;
    // v1 writes `CONTACT`.
    let from = call.object_type(&object_type.to_lowercase())?;
    let store = call.portal.tenant().read();
    let serial = call.portal.serial(id).filter(|serial| {
        let record = store.get(*serial);
        record.is_some_and(|record| record.object == from.key && !record.deleted)
    });
    let serial = serial.ok_or(ApiError::NotFound)?;
    let page = kind::object_types(call)
        .flat_map(|to| associations::others(call, &store, (serial, from, to)))
        .filter(|other| *other >= first)
        .collect();
    Ok(by_id(call, &store, page, limit))
}

fn by_id(call: &Call<'_>, store: &Store, mut page: Vec<Serial>, limit: usize) -> Response<Body> {
    page.sort();
    let more = page.len() > limit;
    page.truncate(limit);
    let offset = page.last().map(|last| call.portal.record_ids.id(*last) + 1);
    ok(&json!({
        "results": shown(call, store, &page),
        "hasMore": more,
        "offset": offset.unwrap_or(0),
    }))
}

/// `GET engagements/recent/modified`: 200, the newest change first; `since` is an instant, `offset` a number of them.
pub(super) fn recently_modified(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    let count = number(call, "count", 20)?.clamp(1, 100);
    let offset = number(call, "offset", 0)?;
    let oldest = call.portal.now().0.saturating_sub(RECENT_MILLISECONDS);
    let since = number(call, "since", 0i64)?.max(oldest);
    let store = call.portal.tenant().read();
    let mut found = changed(call, &store, |at| at.0 >= since);
    found.sort_by(|one, other| other.cmp(one));
    found.truncate(RECENT);
    let page = found.iter().skip(offset).take(count);
    let page: Vec<Serial> = page.map(|(_, serial)| *serial).collect();
    let next = offset.saturating_add(page.len());
    Ok(ok(&json!({
        "results": shown(call, &store, &page),
        "hasMore": next < found.len(),
        "offset": next,
        "total": found.len(),
    })))
}

/// `GET engagements/modified/after`: 200, the oldest change first; `after` is an instant, or what the last page told.
pub(super) fn modified_after(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    let limit = number(call, "limit", 100)?.clamp(1, 1000);
    let after = call.query.get("after").unwrap_or("0");
    let after = cursor(call, after).ok_or_else(|| invalid("after", after))?;
    let store = call.portal.tenant().read();
    let mut found = changed(call, &store, |at| at >= after.0);
    found.retain(|change| *change > after);
    found.sort();
    let more = found.len() > limit;
    found.truncate(limit);
    let page: Vec<Serial> = found.iter().map(|(_, serial)| *serial).collect();
    let next = found.last().map(|(at, serial)| {
        let id = call.portal.record_ids.id(*serial);
        format!("{}-{id}", at.0)
    });
    Ok(ok(&json!({
        "results": shown(call, &store, &page), "hasMore": more, "after": next,
    })))
}

/// The place after which a page starts: an instant, or an instant and the record of that instant that was told last.
fn cursor(call: &Call<'_>, text: &str) -> Option<(Timestamp, Serial)> {
    match text.split_once('-') {
        Some((at, id)) => Some((Timestamp(at.parse().ok()?), call.portal.serial(id)?)),
        None => Some((Timestamp(text.parse().ok()?), Serial(u32::MAX))),
    }
}

/// The engagements whose last change `wanted` says.
fn changed(
    call: &Call<'_>,
    store: &Store,
    wanted: impl Fn(Timestamp) -> bool,
) -> Vec<(Timestamp, Serial)> {
    let mut found = Vec::new();
    for object_type in kind::object_types(call) {
        let living = store
            .scan(object_type.key)
            .filter(|(_, record)| !record.deleted && wanted(record.modified_at));
        found.extend(living.map(|(serial, record)| (record.modified_at, serial)));
    }
    found
}

fn shown(call: &Call<'_>, store: &Store, page: &[Serial]) -> Vec<Value> {
    let one = |serial: &Serial| show::engagement(call, store, *serial);
    page.iter().filter_map(one).collect()
}

/// Where a page by id starts.
fn first(call: &Call<'_>) -> Result<Serial, ApiError> {
    let offset = number(call, "offset", 0u64)?;
    let start = call.portal.record_ids.id(Serial(0));
    Ok(match offset.checked_sub(start) {
        None => Serial(0),
        Some(place) => Serial(u32::try_from(place).unwrap_or(u32::MAX)),
    })
}

fn number<T: std::str::FromStr>(call: &Call<'_>, name: &str, usual: T) -> Result<T, ApiError> {
    match call.query.get(name) {
        None | Some("") => Ok(usual),
        Some(text) => text.parse().map_err(|_| invalid(name, text)),
    }
}

fn invalid(name: &str, text: &str) -> ApiError {
    ApiError::Invalid(format!("{text} is not a valid value of {name}"))
}
