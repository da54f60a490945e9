//! `batch/read`

use std::collections::HashSet;

use axum::body::Body;
use http::{Response, StatusCode};

use super::answer::Answer;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Opened;
use crate::hubspot::objects::find;
use crate::hubspot::objects::show::{self, Extras, Selection};
use crate::hubspot::refusal::ApiError;
use crate::tenant::Hosted;

/// 200, or 207 where records are missing. A record that is named twice is answered once.
pub(in crate::hubspot::objects) fn read(
    call: &Call<'_>,
    object_type: &ObjectType,
) -> Result<Response<Body>, ApiError> {
    let batch = super::batch(call)?;
    let names: Vec<&str> = batch.properties.iter().map(String::as_str).collect();
    let history: Vec<&str> = batch
        .properties_with_history
        .iter()
        .map(String::as_str)
        .collect();
    let selection = Selection::new(object_type, &names, &history);
    let id_property = find::id_property(call.setup, object_type, batch.id_property.as_deref())?;

    let mut answer = Answer::new(call);
    let mut not_found = Vec::new();
    let mut seen = HashSet::new();
    let store = call.portal.tenant().read();
    for input in &batch.inputs {
        let id = super::id_of(call, input)?;
        let serial = find::record(call.portal, &store, object_type, id_property, &id);
        let opened = serial.and_then(|serial| Some(Opened::new(serial, store.get(serial)?)));
        match opened {
            None => not_found.push(id),
            Some(opened) if seen.insert(opened.serial) => {
                let facts = opened.facts((call.portal, call.setup), &store);
                let json =
                    facts.map(|facts| show::selected(&facts, &selection, &Extras::default()));
                json.into_iter().for_each(|json| answer.result(json));
            }
            Some(_) => {}
        }
    }
    answer
        .errors
        .extend(super::missing(object_type, &not_found, &[]));
    Ok(answer.into_response(StatusCode::OK))
}
