//! `batch/create`

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::json;

use super::answer::Answer;
use crate::hubspot::associations::{self, NewLink};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::objects::create::facts;
use crate::hubspot::objects::show::{self, Extras};
use crate::hubspot::objects::write::{self, NewRecord};
use crate::hubspot::refusal::ApiError;
use crate::store::Store;
use crate::tenant::Hosted;

/// An input, checked.
struct Create<'a, 'p> {
    trace_id: Option<String>,
    new: NewRecord<'a, 'p>,
}

/// 201. Where a unique value is taken: 207 if every input has a trace id of its own, else a refusal of the whole batch.
pub(in crate::hubspot::objects) fn create(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let inputs = super::check_all(super::batch(call)?.inputs, |mut input| {
        Ok(Create {
            trace_id: input.object_write_trace_id.take(),
            new: write::check_new(call, object_type, input)?,
        })
    })?;
    let associations = inputs.iter().map(|input| &*input.new.associations);
    let several = write::several_writes(call, object_type, associations);
    write::together(call, several, || put_all(call, object_type, &inputs))
}

fn put_all(
    call: &Call<'_>,
    object_type: &ObjectType,
    inputs: &[Create<'_, '_>],
) -> Result<Response<Body>, ApiError> {
    let mut store = call.portal.tenant().write();
    let links = links(call, &store, object_type, inputs)?;
    if !super::traced(inputs.iter().map(|input| input.trace_id.as_deref())) {
        let values = inputs
            .iter()
            .map(|input| (&*input.new.accepted.unique, None));
        super::refuse_conflicts(call, &store, object_type, values)?;
    }

    let mut answer = Answer::new(call);
    let (at, writer) = (call.portal.now(), call.writer("batch"));
    for (input, links) in inputs.iter().zip(&links) {
        let unique = &input.new.accepted.unique;
        let trace_id = input.trace_id.as_deref();
        if let Some((unique, holder)) = write::conflict(&store, object_type, unique, None) {
            let next = store.next_serial();
            let refusal = write::taken(call, object_type, (unique, Some(holder)), next);
            let existing = call.portal.record_ids.id(holder).to_string();
            let context = json!({ "objectWriteTraceId": [trace_id], "existingId": [existing] });
            answer.errors.push(refusal.into_item(context));
            continue;
        }
        let new = &input.new;
        let serial = write::put_down(call, &mut store, object_type, new, (links, at), &writer)?;
        let facts = facts(call, object_type, new, (serial, at));
        let extras = Extras {
            trace_id,
            ..Extras::default()
        };
        answer.result(show::created(&facts, &extras));
    }
    Ok(answer.into_response(StatusCode::CREATED))
}

fn links(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    inputs: &[Create<'_, '_>],
) -> Result<Vec<Vec<NewLink>>, ApiError> {
    let resolve = |input: &Create<'_, '_>| {
        associations::resolve(call, store, object_type, &input.new.associations)
    };
    inputs.iter().map(resolve).collect()
}
