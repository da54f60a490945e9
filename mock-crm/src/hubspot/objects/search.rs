//! `POST objects/{objectType}/search`

mod candidates;
mod check;
mod filter;
mod order;
mod request;
mod subject;
mod value;
mod words;

use axum::body::Body;
use http::{Response, StatusCode};

use super::show::{self, Extras, Selection};
use super::wire;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Opened;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::store::{Record, Serial, Store};
use crate::tenant::Hosted;
use check::Seen;
use filter::Filters;
use order::Order;
use request::Request;
use words::Words;

/// HubSpot's words where a search names what is not there, or compares with what can't be compared.
fn problem() -> ApiError {
    ApiError::Invalid("There was a problem with the request.".to_owned())
}

/// A search that makes sense.
struct Search<'s> {
    filters: Filters<'s>,
    order: Order<'s>,
    words: Words<'s>,
}

/// A page of the records that match: 200 with their number. Archived records are never among them, and new ones only
/// after the portal's search lag. A change of a record that can be found is found at once.
pub(super) fn search(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let request: Request<'_> = wire::json(call.body)?;
    let (limit, offset) = request.page()?;
    let search = Search {
        filters: Filters::new(call, object_type, &request.filter_groups)?,
        order: Order::new(call, object_type, &request.sorts)?,
        words: Words::new(call, object_type, request.query.as_deref())?,
    };
    let names = request.properties.as_deref().unwrap_or_default();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let selection = Selection::new(object_type, &names, &[]);

    let store = call.portal.tenant().read();
    let found = search.run(call, &store, object_type);
    let shown = found.iter().skip(offset).take(limit);
    let results = shown.filter_map(|serial| {
        let opened = Opened::new(*serial, store.get(*serial)?);
        let facts = opened.facts((call.portal, call.setup), &store)?;
        Some(show::selected(&facts, &selection, &Extras::default()))
    });
    let next = (offset + limit < found.len()).then_some(offset + limit);
    Ok(json_response(
        StatusCode::OK,
        answer(found.len(), results, next),
    ))
}

impl Search<'_> {
    /// The records that match, in order.
    fn run(&self, call: &Call<'_>, store: &Store, object_type: &ObjectType) -> Vec<Serial> {
        let lag = i64::try_from(call.portal.switches.search_lag_milliseconds).unwrap_or(i64::MAX);
        let indexed_until = call.portal.now().0.saturating_sub(lag);
        let searched = |record: &Record| {
            record.object == object_type.key
                && !record.deleted
                && record.created_at.0 <= indexed_until
        };
        let mut found = Vec::new();
        self.filters
            .candidates(call, store, object_type, |serial, record| {
                if searched(record) {
                    let seen = Seen::new(call, store, (serial, record));
                    found.extend(self.matching(&seen));
                }
            });
        self.order.sort(found)
    }

    /// What a record is sorted by, if it matches.
    fn matching<'r>(&self, seen: &Seen<'r, '_>) -> Option<(order::Key, Serial)> {
        let matches = self.filters.match_(seen) && self.words.match_(seen);
        matches.then(|| (self.order.key(seen), seen.serial))
    }
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
