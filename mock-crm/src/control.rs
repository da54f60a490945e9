//! The control API: what was created and why, what was sent, and what a test may do to the mock.
//!
//! It has a listener of its own, so that it is never mixed with a vendor's routes, and asks for a token. Every operation
//! is one entry of a table, from which both the router and the OpenAPI document are made.

mod changes;
mod clock;
mod creates;
mod error;
mod extract;
mod faults;
mod health;
mod live;
mod openapi;
mod operation;
mod orgs;
mod requests;
mod tokens;
mod webhooks;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http::header;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;

use crate::crms::Crms;
use crate::serve::Listener;
use error::ControlError;
use operation::Operation;

/// What the handlers share.
#[derive(Debug)]
pub struct Control {
    crms: Crms,
    token: String,
}

type Shared = Arc<Control>;

/// Listens for control requests that carry `token`.
///
/// # Errors
/// Where the address can't be listened on.
pub async fn bind(address: SocketAddr, crms: Crms, token: &str) -> std::io::Result<Listener> {
    let router = router(crms, token);
    Listener::bind(address, move |stream| connection(stream, router.clone())).await
}

/// The control API without a socket.
pub fn router(crms: Crms, token: &str) -> Router {
    let control = Arc::new(Control {
        crms,
        token: token.to_owned(),
    });
    let mut router = Router::new();
    for operation in operations() {
        router = router.route(operation.path, operation.handler);
    }
    router
        .fallback(async || ControlError::NoSuchPath)
        .method_not_allowed_fallback(async || ControlError::NoSuchMethod)
        .layer(middleware::from_fn_with_state(control.clone(), guard))
        .with_state(control)
}

/// Every operation there is, in the order of the OpenAPI document.
fn operations() -> Vec<Operation> {
    [
        creates::operations(),
        changes::operations(),
        requests::operations(),
        orgs::operations(),
        tokens::operations(),
        webhooks::operations(),
        faults::operations(),
        clock::operations(),
        health::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Asks for the token, and lets no answer out that says more than the disk knows.
async fn guard(State(control): State<Shared>, request: Request, next: Next) -> Response {
    if health::OPEN.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if token != Some(&control.token) {
        return ControlError::NoToken.into_response();
    }
    let answer = next.run(request).await;
    match control.crms.server.written().await {
        Ok(()) => answer,
        Err(failure) => ControlError::NotWritten(failure.to_string()).into_response(),
    }
}

async fn connection(stream: TcpStream, router: Router) {
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "control connection ended");
    }
}
