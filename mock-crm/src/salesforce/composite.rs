//! `/composite`: several requests in one call, which later ones may refer to, as one user.
//!
//! Sub-requests go through the router that answers requests from outside, so that they mean the same in here. What
//! differs is what [`super::rest::Within`] carries: the session and the number of the call they are in, and the door that the ledger
//! names.

mod batch;
mod chain;
mod graph;
mod reference;
mod subrequest;
mod tree;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::error::{ApiError, Refused};
use super::rest::{Caller, Outer, Payload};
use super::routes::only;
use super::{Salesforce, answer, body};
use chain::{Chain, Resources, Wanted};
use subrequest::Inner;

/// Sub-requests of a call. REST guide, "Composite".
const LIMIT: usize = 25;

/// Queries and collections among them.
const HEAVY_LIMIT: usize = 5;

/// The routes of the family, but for collections, which can be sub-requests themselves. `inner` answers those.
pub(super) fn routes(salesforce: &Arc<Salesforce>, inner: Router) -> Router<Arc<Salesforce>> {
    let base = "/services/data/{version}/composite";
    Router::new()
        .route(base, only("HEAD,GET,POST", get(resources).post(composite)))
        .route(&format!("{base}/batch"), only("POST", post(batch::batch)))
        .route(&format!("{base}/graph"), only("POST", post(graph::graph)))
        .route(
            &format!("{base}/tree/{{object}}"),
            only("POST", post(tree::tree)),
        )
        .with_state(Inner {
            salesforce: salesforce.clone(),
            router: inner,
        })
}

/// `GET /composite`
async fn resources(caller: Caller) -> Response<Body> {
    let base = caller.version.base();
    let url = |name: &str| format!("{base}/composite/{name}");
    let resources = json!({
        "tree": url("tree"),
        "batch": url("batch"),
        "sobjects": url("sobjects"),
        "graph": url("graph"),
    });
    answer::json(StatusCode::OK, answer::to_json(&resources))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Composite {
    #[serde(default)]
    all_or_none: bool,
    /// Whether alike sub-requests may be done together, which changes their speed; here, nothing.
    #[serde(rename = "collateSubrequests")]
    _collate: Option<bool>,
    composite_request: Vec<Wanted>,
}

/// `POST /composite`
async fn composite(
    State(inner): State<Inner>,
    outer: Outer,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let composite: Composite = body::typed(&body)?;
    let wanted = composite.composite_request;
    if wanted.len() > LIMIT {
        return Err(ApiError::TooManySubrequests { limit: LIMIT }.into());
    }
    if wanted.iter().filter(|wanted| wanted.heavy()).count() > HEAVY_LIMIT {
        return Err(ApiError::TooManyQueries { limit: HEAVY_LIMIT }.into());
    }
    let chain = Chain::new(&inner, &outer, Resources::Composite, wanted)?;
    let done = match composite.all_or_none {
        true => chain.run_all_or_none()?.0,
        false => chain.run().await,
    };
    Ok(answer::json(StatusCode::OK, chain.body(&done)))
}
