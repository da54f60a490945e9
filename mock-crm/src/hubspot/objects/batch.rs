//! `POST objects/{objectType}/batch/{create,read,update,upsert,archive}`
//!
//! Invalid values fail the whole batch, before anything is written. Conflicts and records that are not there fail single
//! items, with 207, where HubSpot can tell the client which: by `objectWriteTraceId`, or by the id.

mod answer;
mod create;
mod read;
mod update;
mod upsert;

use std::collections::HashSet;

use axum::body::Body;
use http::Response;
use serde_json::{Value, json};

use super::accept::{Problem, Unique};
use super::wire::{self, Batch, Input};
use super::{remove, write};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::refusal::ApiError;
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

pub(super) use create::create;
pub(super) use read::read;
pub(super) use update::update;
pub(super) use upsert::upsert;

/// Inputs of one batch at most.
const LARGEST: usize = 100;

/// Reads a batch: at least one input, and not too many.
fn batch<'a>(call: &Call<'a>) -> Result<Batch<'a>, ApiError> {
    let batch: Batch<'a> = wire::json(call.body)?;
    match batch.inputs.len() {
        0 => Err(ApiError::Invalid(
            "Batch input provided should have at least one object.".to_owned(),
        )),
        // The text of this one is not known.
        number if number > LARGEST => Err(ApiError::Invalid(format!(
            "Batch input provided has {number} objects; at most {LARGEST} are allowed."
        ))),
        _ => Ok(batch),
    }
}

/// All inputs checked by `check`, or all property problems of all of them in one refusal.
fn check_all<'a, T>(
    inputs: Vec<Input<'a>>,
    mut check: impl FnMut(Input<'a>) -> Result<T, ApiError>,
) -> Result<Vec<T>, ApiError> {
    let mut checked = Vec::with_capacity(inputs.len());
    let mut problems: Vec<Problem> = Vec::new();
    for input in inputs {
        match check(input) {
            Ok(one) => checked.push(one),
            Err(ApiError::InvalidProperties(more)) => problems.extend(more),
            Err(other) => return Err(other),
        }
    }
    match problems.is_empty() {
        true => Ok(checked),
        false => Err(ApiError::InvalidProperties(problems)),
    }
}

fn id_of(call: &Call<'_>, input: &Input<'_>) -> Result<String, ApiError> {
    let id = input.id.as_ref().map(|id| id.0.to_string());
    id.ok_or_else(|| ApiError::missing_fields(call.body, &["id"]))
}

/// Refuses inputs that are about the same record.
fn refuse_duplicates<'i>(ids: impl Iterator<Item = &'i str>) -> Result<(), ApiError> {
    let (mut seen, mut told) = (HashSet::new(), HashSet::new());
    let twice: Vec<String> = ids
        .filter(|id| !seen.insert(*id) && told.insert(*id))
        .map(str::to_owned)
        .collect();
    match twice.is_empty() {
        true => Ok(()),
        false => Err(ApiError::DuplicateIds(twice)),
    }
}

/// What a batch answers for ids that lead to no record: one item for all of them.
fn missing(object_type: &ObjectType, ids: &[String], trace_ids: &[String]) -> Option<Value> {
    if ids.is_empty() {
        return None;
    }
    let message = format!(
        "Could not get some {} objects, they may be deleted or not exist. Check that ids are valid.",
        object_type.upper()
    );
    let mut context = json!({ "ids": ids });
    if !trace_ids.is_empty() {
        context["objectWriteTraceId"] = json!(trace_ids);
    }
    Some(json!({
        "status": "error", "category": "OBJECT_NOT_FOUND", "message": message, "context": context,
    }))
}

/// `batch/archive`: 204, whether or not the records are there.
pub(super) fn archive(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let batch = batch(call)?;
    let ids: Result<Vec<String>, ApiError> = batch
        .inputs
        .iter()
        .map(|input| id_of(call, input))
        .collect();
    let (ids, writer) = (ids?, call.writer("batch"));
    let mut store = call.portal.tenant().write();
    for id in &ids {
        remove::archive_one(call, &mut store, object_type, id, &writer);
    }
    Ok(remove::no_content())
}

/// Refuses a batch in which a unique value is another record's, or is given to two records.
fn refuse_conflicts<'i>(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    values: impl Iterator<Item = (&'i [Unique<'i>], Option<Serial>)>,
) -> Result<(), ApiError> {
    let mut given = HashSet::new();
    for (unique, target) in values {
        let holder = write::conflict(store, object_type, unique, target);
        let holder = holder.map(|(unique, holder)| (unique, Some(holder)));
        let twice = || {
            unique
                .iter()
                .find(|unique| !given.insert(unique.key))
                .map(|unique| (unique, None))
        };
        if let Some(conflict) = holder.or_else(twice) {
            let target = target.unwrap_or_else(|| store.next_serial());
            return Err(write::taken(call, object_type, conflict, target));
        }
    }
    Ok(())
}

/// Whether a client can tell items apart: every input has a trace id, and no two the same.
fn traced<'i>(mut trace_ids: impl Iterator<Item = Option<&'i str>>) -> bool {
    let mut seen = HashSet::new();
    trace_ids.all(|trace_id| trace_id.is_some_and(|trace_id| seen.insert(trace_id)))
}
