//! `POST objects/{objectType}/search`

mod filter;
mod order;

use std::borrow::Cow;

use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;

use super::show::{self, Extras, Selection};
use super::wire::{self, Id};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::{Facts, Opened};
use crate::hubspot::refusal::{ApiError, json_response};
use crate::store::{Serial, Store};
use crate::tenant::Hosted;
use filter::{Filters, Group};
use order::Order;

/// Past this many results HubSpot does not page.
const LAST_RESULT: usize = 10_000;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(default)]
    filter_groups: Vec<Group>,
    #[serde(default)]
    sorts: Vec<Order>,
    #[serde(default)]
    query: Option<String>,
    #[serde(default)]
    properties: Option<Vec<String>>,
    #[serde(default)]
    limit: Option<usize>,
    /// A number or a string.
    #[serde(borrow, default)]
    after: Option<Id<'a>>,
}

/// A page of the records that match: 200 with their number. Archived records are never among them, and new ones only
/// after the portal's search lag.
pub(super) fn search(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let request: Request<'_> = wire::json(call.body)?;
    let (limit, offset) = page(&request)?;
    let filters = Filters::new(call.setup, object_type, request.filter_groups)?;
    let order = order::check(call.setup, object_type, request.sorts)?;
    let query = query_words(request.query.as_deref())?;
    let names = request.properties.unwrap_or_default();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let selection = Selection::new(object_type, &names, &[]);

    let store = call.portal.tenant().read();
    let lag = i64::try_from(call.portal.switches.search_lag_milliseconds).unwrap_or(i64::MAX);
    let indexed_until = call.portal.now().0.saturating_sub(lag);
    let candidates = filters.candidates(&store, object_type);
    let opened: Vec<Opened<'_>> = candidates
        .into_iter()
        .filter_map(|serial| Some(Opened::new(serial, store.get(serial)?)))
        .filter(|opened| !opened.record.deleted && opened.record.object == object_type.key)
        .filter(|opened| opened.record.created_at.0 <= indexed_until)
        .collect();
    let facts = opened
        .iter()
        .filter_map(|opened| opened.facts((call.portal, call.setup), &store));
    let mut found: Vec<Facts<'_>> = facts
        .filter(|facts| filters.match_(facts) && matches_query(facts, &query))
        .collect();
    order::sort(&mut found, order.as_ref());
    let total = found.len();
    let shown = found.iter().skip(offset).take(limit);
    let results = shown.map(|facts| show::selected(facts, &selection, &Extras::default()));
    let next = (offset + limit < total).then_some(offset + limit);
    Ok(json_response(StatusCode::OK, answer(total, results, next)))
}

fn page(request: &Request<'_>) -> Result<(usize, usize), ApiError> {
    let limit = request.limit.unwrap_or(10);
    if limit == 0 || limit > 200 {
        return Err(ApiError::Invalid(format!(
            "{limit} is not a valid limit: it has to be a number from 1 to 200"
        )));
    }
    let after = request
        .after
        .as_ref()
        .map_or(Cow::Borrowed("0"), |Id(after)| after.clone());
    let offset = match &*after {
        "" => 0,
        text => text
            .parse()
            .map_err(|_| ApiError::Invalid(format!("{text} is not a valid value of after")))?,
    };
    if offset > LAST_RESULT || offset + limit > LAST_RESULT {
        return Err(ApiError::Invalid(format!(
            "A search can page through {LAST_RESULT} results at most."
        )));
    }
    Ok((limit, offset))
}

fn query_words(query: Option<&str>) -> Result<Vec<String>, ApiError> {
    let query = query.unwrap_or_default();
    if query.chars().count() > 3000 {
        return Err(ApiError::Invalid(
            "A query can have 3000 characters at most.".to_owned(),
        ));
    }
    Ok(query.split_whitespace().map(str::to_lowercase).collect())
}

/// Every word starts a word of one of the type's searchable properties.
fn matches_query(facts: &Facts<'_>, words: &[String]) -> bool {
    let texts = || {
        facts
            .object_type
            .searchable
            .iter()
            .filter_map(|name| facts.named(name))
    };
    let found = |word: &String| {
        texts().any(|text| {
            let text = text.to_lowercase();
            text.starts_with(word)
                || filter::tokens(&text).any(|token| token.starts_with(word.as_str()))
        })
    };
    words.iter().all(found)
}

fn answer(total: usize, results: impl Iterator<Item = Vec<u8>>, next: Option<usize>) -> Vec<u8> {
    let mut out = format!("{{\"total\":{total},\"results\":[").into_bytes();
    for (index, result) in results.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(&result);
    }
    out.push(b']');
    if let Some(next) = next {
        out.extend_from_slice(
            format!(",\"paging\":{{\"next\":{{\"after\":\"{next}\"}}}}").as_bytes(),
        );
    }
    out.push(b'}');
    out
}

/// All records of a type.
fn everything(store: &Store, object_type: &ObjectType) -> Vec<Serial> {
    store
        .scan(object_type.key)
        .map(|(serial, _)| serial)
        .collect()
}
