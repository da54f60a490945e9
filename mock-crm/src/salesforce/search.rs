//! `/search` and `/parameterizedSearch`.

mod parameters;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use serde::Deserialize;

use super::error::{ApiError, Refused};
use super::rest::{Caller, Payload, QueryString};
use super::routes::only;
use super::soql::{Below, Renderer, SoqlError};
use super::sosl::{self, Search};
use super::{Salesforce, answer};
use crate::tenant::Hosted;
use parameters::Parameters;

/// The routes of the two.
pub(super) fn routes() -> Router<Arc<Salesforce>> {
    Router::new()
        .route(
            "/services/data/{version}/search",
            only("HEAD,GET", get(search)),
        )
        .route(
            "/services/data/{version}/parameterizedSearch",
            only("HEAD,GET,POST", get(by_parameters).post(by_body)),
        )
}

/// `?q=FIND{…}`
#[derive(Debug, Deserialize)]
struct Options {
    q: Option<String>,
}

/// `GET /search?q=`
async fn search(
    caller: Caller,
    QueryString(options): QueryString<Options>,
) -> Result<Response<Body>, Refused> {
    let text = options.q.ok_or_else(no_search)?;
    let store = caller.org().tenant().read();
    let scope = caller.scope(&store, false);
    let search = sosl::bind(&text, scope).map_err(|error| error.in_search(&text))?;
    drop(store);
    Ok(found(&caller, &search))
}

/// `GET /parameterizedSearch?q=`
async fn by_parameters(
    caller: Caller,
    QueryString(pairs): QueryString<Vec<(String, String)>>,
) -> Result<Response<Body>, Refused> {
    parameterized(&caller, &Parameters::of_pairs(pairs)?)
}

/// `POST /parameterizedSearch`
async fn by_body(caller: Caller, body: Payload) -> Result<Response<Body>, Refused> {
    parameterized(&caller, &Parameters::of_body(&body)?)
}

fn parameterized(caller: &Caller, parameters: &Parameters) -> Result<Response<Body>, Refused> {
    let term = parameters.q.as_deref().ok_or_else(no_search)?;
    let clauses = parameters.clauses();
    let in_search = |error: SoqlError| error.in_search(&clauses);
    let term = sosl::Term::read(term).map_err(in_search)?;
    let store = caller.org().tenant().read();
    let scope = caller.scope(&store, false);
    let search = sosl::bind_term(term, &clauses, 0, scope).map_err(in_search)?;
    drop(store);
    Ok(found(caller, &search))
}

fn no_search() -> ApiError {
    ApiError::MalformedSearch {
        message: "A search string has to be specified".to_owned(),
    }
}

fn found(caller: &Caller, search: &Search) -> Response<Body> {
    let store = caller.org().tenant().read();
    let base = caller.version.base();
    let renderer = Renderer {
        scope: caller.scope(&store, false),
        base: &base,
        page: usize::MAX,
        // A search has no sub-queries, so nothing is left to be read later.
        keep: &|_| String::new(),
    };
    let mut json = br#"{"searchRecords":["#.to_vec();
    let start = json.len();
    for (plan, serials) in search.run(renderer.scope) {
        for serial in serials {
            if json.len() > start {
                json.push(b',');
            }
            renderer.record(&mut json, plan, &Below::default(), serial);
        }
    }
    json.extend_from_slice(b"]}");
    answer::json(StatusCode::OK, json)
}
