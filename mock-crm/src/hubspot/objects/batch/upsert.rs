//! `batch/upsert`

use std::borrow::Cow;

use axum::body::Body;
use http::{Response, StatusCode};

use super::answer::Answer;
use crate::clock::Timestamp;
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::objects::accept::{Accepted, Purpose};
use crate::hubspot::objects::create::facts;
use crate::hubspot::objects::find::{self, IdProperty};
use crate::hubspot::objects::show::{self, Extras};
use crate::hubspot::objects::wire::{Input, SentProperties};
use crate::hubspot::objects::write::{self, NewRecord};
use crate::hubspot::objects::{accept, update};
use crate::hubspot::refusal::ApiError;
use crate::store::{Serial, Store, Writer};
use crate::tenant::Hosted;

/// An input, checked as a change; it may turn out to be a create.
struct Upsert<'a, 'p> {
    id: String,
    property: String,
    trace_id: Option<String>,
    accepted: Accepted<'a, 'p>,
}

/// 200; each result says whether it is `new`. The creator of a record that was there stays.
pub(in crate::hubspot::objects) fn upsert(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let inputs = super::check_all(super::batch(call)?.inputs, |input| {
        check(call, object_type, input)
    })?;
    super::refuse_duplicates(inputs.iter().map(|input| input.id.as_str()))?;

    let several = write::several_writes(call, object_type, std::iter::empty());
    write::together(call, several, || write_all(call, object_type, inputs))
}

fn write_all(
    call: &Call<'_>,
    object_type: &ObjectType,
    inputs: Vec<Upsert<'_, '_>>,
) -> Result<Response<Body>, ApiError> {
    let mut store = call.portal.tenant().write();
    let targets: Vec<Option<Serial>> = inputs
        .iter()
        .map(|input| target(call, &store, object_type, input))
        .collect();
    let values = inputs.iter().zip(&targets);
    let values = values.map(|(input, target)| (&*input.accepted.unique, *target));
    super::refuse_conflicts(call, &store, object_type, values)?;
    for (input, _) in inputs
        .iter()
        .zip(&targets)
        .filter(|(_, target)| target.is_none())
    {
        write::required(object_type, &input.accepted)?;
        associations::required(object_type)?;
    }

    let mut answer = Answer::new(call);
    let (at, writer) = (call.portal.now(), call.writer("upsert"));
    for (input, target) in inputs.into_iter().zip(targets) {
        let json = write_one(
            call,
            &mut store,
            (object_type, target),
            input,
            (at, &writer),
        )?;
        json.into_iter().for_each(|json| answer.result(json));
    }
    Ok(answer.into_response(StatusCode::OK))
}

/// The value that the record is found by is written, too.
fn check<'a, 'p>(
    call: &Call<'p>,
    object_type: &ObjectType,
    mut input: Input<'a>,
) -> Result<Upsert<'a, 'p>, ApiError> {
    let id = super::id_of(call, &input)?;
    let name = input.id_property.take();
    let property = match find::id_property(call.setup, object_type, name.as_deref())? {
        IdProperty::Unique(name) => name.to_owned(),
        IdProperty::RecordId => {
            let problem = "An upsert needs an idProperty that is a unique identifier property";
            return Err(ApiError::Invalid(problem.to_owned()));
        }
    };
    let mut sent = input
        .properties
        .map(|SentProperties(sent)| sent)
        .unwrap_or_default();
    if !sent.iter().any(|(name, _)| *name == property) {
        sent.push((Cow::Owned(property.clone()), Cow::Owned(id.clone())));
    }
    let accepted = accept::properties(
        (call.portal, call.setup),
        object_type,
        Purpose::Change,
        sent,
    );
    Ok(Upsert {
        id,
        property,
        trace_id: input.object_write_trace_id,
        accepted: accepted.map_err(ApiError::InvalidProperties)?,
    })
}

fn target(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    input: &Upsert<'_, '_>,
) -> Option<Serial> {
    let by = IdProperty::Unique(&input.property);
    find::record(call.portal, store, object_type, by, &input.id)
}

fn write_one(
    call: &Call<'_>,
    store: &mut Store,
    (object_type, target): (&ObjectType, Option<Serial>),
    input: Upsert<'_, '_>,
    (at, writer): (Timestamp, &Writer),
) -> Result<Option<Vec<u8>>, ApiError> {
    let extras = Extras {
        trace_id: input.trace_id.as_deref(),
        new: Some(target.is_none()),
        ..Extras::default()
    };
    if let Some(serial) = target {
        write::change(
            call,
            store,
            (serial, object_type),
            &input.accepted,
            at,
            writer,
        );
        return Ok(update::shown(call, store, serial, &input.accepted, &extras));
    }
    let new = NewRecord {
        accepted: input.accepted.without_clears(call.setup, object_type),
        associations: Vec::new(),
    };
    let serial = write::put_down(call, store, object_type, &new, (&[], at), writer)?;
    let facts = facts(call, object_type, &new, (serial, at));
    Ok(Some(show::created(&facts, &extras)))
}
