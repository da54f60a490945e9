//! `batch/update`

use axum::body::Body;
use http::{Response, StatusCode};

use super::answer::Answer;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::objects::accept::Accepted;
use crate::hubspot::objects::show::Extras;
use crate::hubspot::objects::{find, update as single, write};
use crate::hubspot::refusal::ApiError;
use crate::tenant::Hosted;

/// An input, checked.
struct Update<'a, 'p> {
    id: String,
    id_property: Option<String>,
    trace_id: Option<String>,
    accepted: Accepted<'a, 'p>,
}

/// 200, or 207 where records are missing.
pub(in crate::hubspot::objects) fn update(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let inputs = super::check_all(super::batch(call)?.inputs, |mut input| {
        Ok(Update {
            id: super::id_of(call, &input)?,
            id_property: input.id_property.take(),
            trace_id: input.object_write_trace_id.take(),
            accepted: single::check(call, object_type, input)?,
        })
    })?;
    super::refuse_duplicates(inputs.iter().map(|input| input.id.as_str()))?;

    let mut answer = Answer::new(call);
    let (mut missing, mut missing_traces) = (Vec::new(), Vec::new());
    let mut changes = Vec::new();
    let mut store = call.portal.tenant().write();
    for input in inputs {
        let by = find::id_property(call.setup, object_type, input.id_property.as_deref())?;
        match find::record(call.portal, &store, object_type, by, &input.id) {
            Some(serial) => changes.push((serial, input)),
            None => {
                missing_traces.extend(input.trace_id);
                missing.push(input.id);
            }
        }
    }
    let values = changes
        .iter()
        .map(|(serial, input)| (&*input.accepted.unique, Some(*serial)));
    super::refuse_conflicts(call, &store, object_type, values)?;

    let (at, writer) = (call.portal.now(), call.writer("batch"));
    for (serial, input) in changes {
        write::change(
            call,
            &mut store,
            (serial, object_type),
            &input.accepted,
            at,
            &writer,
        );
        let extras = Extras {
            trace_id: input.trace_id.as_deref(),
            ..Extras::default()
        };
        let json = single::shown(call, &store, serial, &input.accepted, &extras);
        json.into_iter().for_each(|json| answer.result(json));
    }
    answer
        .errors
        .extend(super::missing(object_type, &missing, &missing_traces));
    Ok(answer.into_response(StatusCode::OK))
}
