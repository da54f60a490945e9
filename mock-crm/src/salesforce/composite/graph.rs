//! `/composite/graph`: several composites, of which each is done as a whole or not at all.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;

use super::chain::{Chain, Resources, Wanted};
use super::subrequest::Inner;
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::rest::{Outer, Payload};
use crate::salesforce::{answer, body};

/// Sub-requests of a call, and graphs. REST guide, "Composite Graph Limits"; the texts past them are unverified.
const NODES: usize = 500;
const GRAPHS: usize = 75;

/// The version that brought the resource. REST guide, "Composite Graph".
const SINCE: u8 = 50;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Graphs {
    graphs: Vec<Graph>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Graph {
    graph_id: String,
    composite_request: Vec<Wanted>,
}

/// `POST /composite/graph`
pub(super) async fn graph(
    State(inner): State<Inner>,
    outer: Outer,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    if outer.caller.version.major < SINCE {
        return Err(ApiError::NotFound.into());
    }
    let Graphs { graphs } = body::typed(&body)?;
    let nodes: usize = graphs
        .iter()
        .map(|graph| graph.composite_request.len())
        .sum();
    for (found, limit) in [(nodes, NODES), (graphs.len(), GRAPHS)] {
        if found > limit {
            return Err(ApiError::TooManySubrequests { limit }.into());
        }
    }
    // Every graph is checked before any is run.
    let chains = graphs.into_iter().map(|graph| {
        let chain = Chain::new(&inner, &outer, Resources::Graph, graph.composite_request)?;
        Ok((graph.graph_id, chain))
    });
    let chains = chains.collect::<Result<Vec<_>, ApiError>>()?;
    let answers = chains.iter().map(|(id, chain)| answer_one(id, chain));
    let answers = answers.collect::<Result<Vec<_>, ApiError>>()?;
    let json = [&b"{\"graphs\":["[..], &answers.join(&b','), b"]}"].concat();
    Ok(answer::json(StatusCode::OK, json))
}

/// `{"graphId":"1","graphResponse":{"compositeResponse":[…]},"isSuccessful":true}`
fn answer_one(id: &str, chain: &Chain<'_>) -> Result<Vec<u8>, ApiError> {
    let (done, successful) = chain.run_all_or_none()?;
    let mut json = br#"{"graphId":"#.to_vec();
    answer::push_text(&mut json, id);
    json.extend_from_slice(br#","graphResponse":"#);
    json.extend_from_slice(&chain.body(&done));
    json.extend_from_slice(format!(r#","isSuccessful":{successful}}}"#).as_bytes());
    Ok(json)
}
