//! The reference client as a driver that answers by HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use crm_conformance::sut::Reference;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

use crate::cli::Failure;
use crate::cli::output;

/// A message is longer only by mistake.
const LONGEST: usize = 64 << 20;

/// Answers until the process is ended.
pub(super) async fn listen(client: Reference, address: SocketAddr) -> Result<(), Failure> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Failure::usage(format!("could not listen on {address}: {error}")))?;
    let bound = listener
        .local_addr()
        .map_err(|error| Failure::harness(format!("could not listen on {address}: {error}")))?;
    output::print(|to| writeln!(to, "http://{bound}"))?;
    axum::serve(listener, app(client))
        .await
        .map_err(|error| Failure::harness(format!("the driver broke: {error}")))
}

fn app(client: Reference) -> Router {
    Router::new()
        .route("/", post(answer))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(Arc::new(Mutex::new(client)))
}

/// `POST /`: one message, and its answer.
async fn answer(State(client): State<Arc<Mutex<Reference>>>, message: String) -> Response {
    let answer = client.lock().await.handle(&message).await;
    let json = [(CONTENT_TYPE, "application/json")];
    (json, Body::from(answer)).into_response()
}
