//! `GET /requests`: what was sent and answered, with secrets blanked out.

use axum::Json;
use axum::extract::{Path, State};
use axum::routing::get;
use http::Method;

use super::Shared;
use super::creates::check;
use super::error::ControlError;
use super::extract::Query;
use super::operation::{AFTER, CRM, LIMIT, ORG, Operation, TOKEN, path};
use crate::crms::{RequestLookup, RequestQuery, Requests};
use crate::journal::ExchangeEntry;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation {
            method: Method::GET,
            path: "/requests",
            summary: "HTTP exchanges that are kept, and how many were dropped.",
            parameters: vec![CRM, ORG, TOKEN, AFTER, LIMIT],
            body: None,
            status: 200,
            answer: Some("Requests"),
            handler: get(list),
        },
        Operation {
            method: Method::GET,
            path: "/requests/{request}",
            summary: "One HTTP exchange; 410 where it is not kept any more.",
            parameters: vec![path(
                "request",
                "Its id, as a row of a create has it: `q88`.",
            )],
            body: None,
            status: 200,
            answer: Some("Request"),
            handler: get(one),
        },
    ]
}

async fn list(
    State(control): State<Shared>,
    Query(query): Query<RequestQuery>,
) -> Result<Json<Requests>, ControlError> {
    check(&control.crms, query.org.as_deref(), query.limit)?;
    Ok(Json(control.crms.requests(&query)))
}

async fn one(
    State(control): State<Shared>,
    Path(request): Path<String>,
) -> Result<Json<ExchangeEntry>, ControlError> {
    let number = request
        .strip_prefix('q')
        .and_then(|number| number.parse().ok());
    match number.map(|number| control.crms.request(number)) {
        Some(RequestLookup::Kept(entry)) => Ok(Json(*entry)),
        Some(RequestLookup::Gone) => Err(ControlError::DroppedRequest(request)),
        Some(RequestLookup::Unknown) | None => Err(ControlError::UnknownRequest(request)),
    }
}
