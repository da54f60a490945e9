//! Webhooks that were sent or tried, and what came of it.

use axum::extract::{Path, State};
use axum::routing::get;
use http::Method;
use serde::Serialize;

use super::Shared;
use super::error::ControlError;
use super::operation::{Operation, path};
use crate::hubspot::webhooks::Delivery;
use crate::serve::Vendor;

pub(super) fn operations() -> Vec<Operation> {
    vec![Operation {
        method: Method::GET,
        path: "/orgs/{org}/webhooks",
        summary: "Webhooks of a portal's apps: what was sent, every attempt, and what was answered. The newest 1000.",
        parameters: vec![path("org", "The id of the portal.")],
        body: None,
        status: 200,
        answer: Some("Webhooks"),
        handler: get(list),
    }]
}

#[derive(Serialize)]
struct Webhooks {
    webhooks: Vec<Delivery>,
}

async fn list(
    State(control): State<Shared>,
    Path(org): Path<String>,
) -> Result<axum::Json<Webhooks>, ControlError> {
    let portal = control.crms.hubspot.directory().tenant(&org);
    let portal = portal.ok_or(ControlError::UnknownOrg(org))?;
    Ok(axum::Json(Webhooks {
        webhooks: portal.deliveries(),
    }))
}
