//! What many records are connected with.

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::LARGEST_READ;
use super::answer::Answer;
use crate::hubspot::associations::page::Page;
use crate::hubspot::associations::problem::Problem;
use crate::hubspot::associations::wire::{self, Asked};
use crate::hubspot::associations::{Types, living, ways};
use crate::hubspot::call::Call;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::route::Version;
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// `batch/read`: 200, or 207 where records are connected with nothing.
pub(in crate::hubspot::associations) fn read(
    call: &Call<'_>,
    types: Types<'_>,
) -> Result<Response<Body>, ApiError> {
    let inputs: Vec<Asked<'_>> = wire::inputs(call, LARGEST_READ)?;
    let store = call.portal.tenant().read();
    let mut answer = Answer::new(call);
    for input in &inputs {
        answer.add(one(call, &store, types, input).map(|result| vec![result]));
    }
    Ok(answer.into_response(StatusCode::OK))
}

/// Recorded: a record that is not there is one that is connected with nothing.
fn one(
    call: &Call<'_>,
    store: &Store,
    types: Types<'_>,
    input: &Asked<'_>,
) -> Result<Value, Problem> {
    let id = &*input.id.0;
    if id.parse::<u64>().is_err() {
        return Err(Problem::InvalidId(id.to_owned()));
    }
    let first = match input.after.as_ref().map(|after| &*after.0) {
        None | Some("") => Serial(0),
        Some(after) => {
            let serial = call.portal.serial(after);
            serial.ok_or_else(|| Problem::InvalidId(after.to_owned()))?
        }
    };
    let nothing = || Problem::not_associated(id, types);
    let from = living(call, store, types.0, id).ok_or_else(nothing)?;
    let unlabeled = ways(call).unlabeled(types.0.key, types.1.key);
    let unlabeled = unlabeled.ok_or_else(nothing)?;
    let page = Page::of(store, unlabeled, from, (first, page_length(call.version)));
    if page.is_empty() {
        return Err(nothing());
    }
    let items = page.items(call, call.version, (store, unlabeled));
    let mut result = json!({ "from": { "id": id }, "to": items });
    if let Some(paging) = page.paging(call, call.version, types) {
        result["paging"] = paging;
    }
    Ok(result)
}

/// Connections of one record in one answer: 100 are recorded for v3, those of v4 are not documented.
fn page_length(version: Version) -> usize {
    match version {
        Version::One | Version::Three => 100,
        Version::Four | Version::Dated => 500,
    }
}
