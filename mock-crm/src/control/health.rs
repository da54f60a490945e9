//! How the server is, and the description of its control API.

use axum::Json;
use axum::extract::State;
use axum::routing::get;
use http::{Method, StatusCode};
use serde::Serialize;

use super::operation::Operation;
use super::{Shared, openapi};

/// Paths that answer without a token: they say nothing of what was created.
pub(super) const OPEN: [&str; 2] = ["/health", "/openapi.json"];

pub(super) fn operations() -> Vec<Operation> {
    let read = |path, summary, answer, handler| Operation {
        method: Method::GET,
        path,
        summary,
        parameters: vec![],
        body: None,
        status: 200,
        answer: Some(answer),
        handler,
    };
    vec![
        read(
            "/panics",
            "Handlers of the mock that panicked: bugs of the mock, never a vendor's answer.",
            "Panics",
            get(panics),
        ),
        read(
            "/health",
            "Whether the server answers and can keep what it acknowledges; 503 where it can't.",
            "Health",
            get(health),
        ),
        read(
            "/openapi.json",
            "This document.",
            "OpenApi",
            get(async || Json(openapi::document())),
        ),
    ]
}

#[derive(Serialize)]
struct Panics {
    panics: Vec<Panicked>,
}

#[derive(Serialize)]
struct Panicked {
    request: String,
    message: String,
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    panics: usize,
    durable: bool,
    write_failure: Option<String>,
}

async fn panics(State(control): State<Shared>) -> Json<Panics> {
    let panics = control.crms.server.panics().into_iter();
    let panics = panics.map(|panic| Panicked {
        request: crate::journal::request_id(panic.request),
        message: panic.message,
    });
    Json(Panics {
        panics: panics.collect(),
    })
}

async fn health(State(control): State<Shared>) -> (StatusCode, Json<Health>) {
    let server = &control.crms.server;
    let failure = server.write_failure();
    let (code, status) = match failure {
        None => (StatusCode::OK, "ok"),
        Some(_) => (StatusCode::SERVICE_UNAVAILABLE, "failing"),
    };
    let health = Health {
        status,
        version: env!("CARGO_PKG_VERSION"),
        panics: server.panics().len(),
        durable: server.log.is_some(),
        write_failure: failure.map(|failure| failure.to_string()),
    };
    (code, Json(health))
}
