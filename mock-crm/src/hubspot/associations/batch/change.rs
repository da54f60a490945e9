//! Connecting and disconnecting pairs of records.

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::LARGEST_CHANGE;
use super::answer::{Answer, default_results};
use crate::hubspot::associations::problem::Problem;
use crate::hubspot::associations::wire::{self, AssociationSpec, NamedPair, OneToMany, Pair};
use crate::hubspot::associations::{Types, link, living, single, way_between, way_named, ways};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::AssociationType;
use crate::hubspot::objects::no_content;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::route::Version;
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// `batch/create` of v4 and later: 201.
pub(in crate::hubspot::associations) fn create(
    call: &Call<'_>,
    types: Types<'_>,
) -> Result<Response<Body>, ApiError> {
    let inputs: Vec<Pair<'_>> = wire::inputs(call, LARGEST_CHANGE)?;
    let answer = each(call, &inputs, |store, input| {
        let ends = ends(call, store, types, (&input.from.id.0, &input.to.id.0))?;
        let named = named(call, types, &input.types)?;
        link::set(store, ways(call), ends, &named);
        let labels: Vec<&str> = named
            .iter()
            .filter_map(|way| way.label.as_deref())
            .collect();
        Ok(vec![single::pair(call, types, ends, &labels)])
    });
    Ok(answer.into_response(StatusCode::CREATED))
}

/// `batch/associate/default`: 200, both directions of each.
pub(in crate::hubspot::associations) fn create_default(
    call: &Call<'_>,
    types: Types<'_>,
) -> Result<Response<Body>, ApiError> {
    let inputs: Vec<Pair<'_>> = wire::inputs(call, LARGEST_CHANGE)?;
    let answer = each(call, &inputs, |store, input| {
        let (from, to) = (&*input.from.id.0, &*input.to.id.0);
        let ends = ends(call, store, types, (from, to))?;
        let way = unlabeled(call, types)?;
        link::set(store, ways(call), ends, &[way]);
        Ok(default_results((from, to), way))
    });
    Ok(answer.into_response(StatusCode::OK))
}

/// `batch/create` of v3: 201. The recorded `status` is `COMPLETE`; in one public fixture it is `PENDING`.
pub(in crate::hubspot::associations) fn create_named(
    call: &Call<'_>,
    types: Types<'_>,
) -> Result<Response<Body>, ApiError> {
    let inputs: Vec<NamedPair<'_>> = wire::inputs(call, LARGEST_CHANGE)?;
    let answer = each(call, &inputs, |store, input| {
        let (from, to, name) = (&*input.from.id.0, &*input.to.id.0, &*input.name.0);
        let ends = ends(call, store, types, (from, to))?;
        let way = way_named(call, types, name);
        let way = way.ok_or_else(|| Problem::invalid_type(name, types))?;
        link::set(store, ways(call), ends, &[way]);
        let result = json!({ "from": { "id": from }, "to": { "id": to }, "type": way.name });
        Ok(vec![result])
    });
    Ok(answer.into_response(StatusCode::CREATED))
}

/// `batch/archive` of v4 and later: 204, or 200 with an empty batch in the dated ones.
pub(in crate::hubspot::associations) fn archive(
    call: &Call<'_>,
    types: Types<'_>,
) -> Result<Response<Body>, ApiError> {
    let inputs: Vec<OneToMany<'_>> = wire::inputs(call, LARGEST_CHANGE)?;
    let pairs: Vec<(&str, &str)> = inputs
        .iter()
        .flat_map(|input| input.to.iter().map(|to| (&*input.from.id.0, &*to.id.0)))
        .collect();
    let answer = each(call, &pairs, |store, pair| {
        let way = unlabeled(call, types)?;
        let ends = ends(call, store, types, *pair)?;
        link::disconnect(store, ways(call), way, ends);
        Ok(Vec::new())
    });
    Ok(match (call.version, answer.complete()) {
        (Version::Dated, _) | (_, false) => answer.into_response(StatusCode::OK),
        (_, true) => no_content(),
    })
}

/// `batch/labels/archive`: 204. Without the way that has no label, there is none.
pub(in crate::hubspot::associations) fn archive_labels(
    call: &Call<'_>,
    types: Types<'_>,
) -> Result<Response<Body>, ApiError> {
    let inputs: Vec<Pair<'_>> = wire::inputs(call, LARGEST_CHANGE)?;
    let answer = each(call, &inputs, |store, input| {
        let ends = ends(call, store, types, (&input.from.id.0, &input.to.id.0))?;
        for way in named(call, types, &input.types)? {
            link::disconnect(store, ways(call), way, ends);
        }
        Ok(Vec::new())
    });
    Ok(done(answer))
}

/// `batch/archive` of v3: 204.
pub(in crate::hubspot::associations) fn archive_named(
    call: &Call<'_>,
    types: Types<'_>,
) -> Result<Response<Body>, ApiError> {
    let inputs: Vec<NamedPair<'_>> = wire::inputs(call, LARGEST_CHANGE)?;
    let answer = each(call, &inputs, |store, input| {
        let ends = ends(call, store, types, (&input.from.id.0, &input.to.id.0))?;
        let way = way_named(call, types, &input.name.0);
        let way = way.ok_or_else(|| Problem::invalid_type(&*input.name.0, types))?;
        link::disconnect(store, ways(call), way, ends);
        Ok(Vec::new())
    });
    Ok(done(answer))
}

fn done(answer: Answer<'_>) -> Response<Body> {
    match answer.complete() {
        true => no_content(),
        false => answer.into_response(StatusCode::OK),
    }
}

/// Does all inputs that can be done, as one entry of the log.
fn each<'a, T>(
    call: &'a Call<'a>,
    inputs: &[T],
    one: impl Fn(&mut Store, &T) -> Result<Vec<Value>, Problem>,
) -> Answer<'a> {
    let mut answer = Answer::new(call);
    let mut store = call.portal.tenant().write();
    store.together(|store| {
        for input in inputs {
            answer.add(one(store, input));
        }
    });
    answer
}

fn ends(
    call: &Call<'_>,
    store: &Store,
    (from_type, to_type): Types<'_>,
    (from_id, to_id): (&str, &str),
) -> Result<(Serial, Serial), Problem> {
    let invalid = |id: &str| Problem::InvalidId(id.to_owned());
    let from = living(call, store, from_type, from_id).ok_or_else(|| invalid(from_id))?;
    let to = living(call, store, to_type, to_id).ok_or_else(|| invalid(to_id))?;
    match from == to {
        true => Err(Problem::Itself(from_id.to_owned())),
        false => Ok((from, to)),
    }
}

fn unlabeled<'a>(call: &Call<'a>, types: Types<'_>) -> Result<&'a AssociationType, Problem> {
    let found = ways(call).unlabeled(types.0.key, types.1.key);
    found.ok_or_else(|| Problem::invalid_type("default", types))
}

fn named<'a>(
    call: &Call<'a>,
    types: Types<'_>,
    specs: &[AssociationSpec],
) -> Result<Vec<&'a AssociationType>, Problem> {
    if specs.is_empty() {
        return Err(Problem::invalid_type("none", types));
    }
    let way = |spec: &AssociationSpec| {
        let way = way_between(call, types, spec);
        way.ok_or_else(|| Problem::invalid_type(spec.to_string(), types))
    };
    specs.iter().map(way).collect()
}
