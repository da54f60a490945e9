//! `GET objects/{objectType}`

use axum::body::Body;
use http::{Response, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{find, read};
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::stored::push_json;
use crate::store::Serial;
use crate::tenant::Hosted;

/// A page of records, by id: 200. `limit` is 10 unless given, at most 100, and 50 with history.
pub(super) fn list(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    let largest = if call.query.get("propertiesWithHistory").is_some() {
        50
    } else {
        100
    };
    let limit = call.limit(10, largest)?;
    let after = match call.query.get("after") {
        None | Some("") => Serial(0),
        Some(after) => call.portal.serial(after).ok_or_else(|| bad_after(after))?,
    };
    let archived = call.query.flag("archived");
    associations::refuse_unknown(call)?;
    let selection = read::selection(call, object_type);

    let store = call.portal.tenant().read();
    let records = store.scan_from(object_type.key, after);
    let wanted = records.filter(|(_, record)| {
        let seen = !archived || find::in_recycle_bin(record);
        record.deleted == archived && seen
    });
    let mut page: Vec<Serial> = wanted.map(|(serial, _)| serial).take(limit + 1).collect();
    let next = (page.len() > limit).then(|| page.pop()).flatten();
    let records = page
        .iter()
        .filter_map(|serial| read::one(call, &store, *serial, &selection));
    let next = next.map(|next| call.portal.record_ids.id(next).to_string());
    Ok(json_response(
        StatusCode::OK,
        page_json(call, object_type, records, next),
    ))
}

fn bad_after(after: &str) -> ApiError {
    ApiError::Invalid(format!("{after} is not a valid value of after"))
}

fn page_json(
    call: &Call<'_>,
    object_type: &ObjectType,
    records: impl Iterator<Item = Vec<u8>>,
    next: Option<String>,
) -> Vec<u8> {
    let mut out = b"{\"results\":[".to_vec();
    for (index, record) in records.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(&record);
    }
    out.push(b']');
    if let Some(next) = next {
        let query = call.query.pairs().filter(|(name, _)| *name != "after");
        let query = query.fold(String::new(), |query, (name, value)| {
            query + &encoded(name) + "=" + &encoded(value) + "&"
        });
        let root = "https://api.hubapi.com/crm/v3/objects/";
        let link = format!("{root}{}?{query}after={next}", object_type.name);
        out.extend_from_slice(b",\"paging\":{\"next\":{\"after\":\"");
        out.extend_from_slice(next.as_bytes());
        out.extend_from_slice(b"\",\"link\":");
        push_json(&mut out, &link);
        out.extend_from_slice(b"}}");
    }
    out.push(b'}');
    out
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
