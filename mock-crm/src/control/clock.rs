//! `/clock`: what time it is, and moving a clock that stands still.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::routing::{get, post};
use http::Method;
use serde::{Deserialize, Serialize};

use super::Shared;
use super::error::ControlError;
use super::extract::{Json, Query};
use super::operation::{ORG, Operation};
use crate::clock::Clock;
use crate::crms::Crms;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation {
            method: Method::GET,
            path: "/clock",
            summary: "The time of the server, or of one org or portal.",
            parameters: vec![ORG],
            body: None,
            status: 200,
            answer: Some("Clock"),
            handler: get(read),
        },
        Operation {
            method: Method::POST,
            path: "/clock/advance",
            summary: "Moves a fixed clock forward.",
            parameters: vec![],
            body: Some("Advance"),
            status: 200,
            answer: Some("Clock"),
            handler: post(advance),
        },
    ]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    org: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    milliseconds: u64,
    #[serde(default)]
    org: Option<String>,
}

#[derive(Serialize)]
struct Reading {
    now: String,
    fixed: bool,
}

impl Reading {
    fn of(clock: &Clock) -> axum::Json<Self> {
        axum::Json(Self {
            now: clock.now().iso().to_string(),
            fixed: matches!(clock, Clock::Fixed(_)),
        })
    }
}

async fn read(
    State(control): State<Shared>,
    Query(which): Query<Which>,
) -> Result<axum::Json<Reading>, ControlError> {
    Ok(Reading::of(&*clock(&control.crms, which.org)?))
}

async fn advance(
    State(control): State<Shared>,
    Json(advance): Json<Advance>,
) -> Result<axum::Json<Reading>, ControlError> {
    let clock = clock(&control.crms, advance.org)?;
    match clock.advance(Duration::from_millis(advance.milliseconds)) {
        true => Ok(Reading::of(&clock)),
        false => Err(ControlError::RealClock),
    }
}

fn clock(crms: &Crms, org: Option<String>) -> Result<Arc<Clock>, ControlError> {
    let Some(org) = org else {
        return Ok(crms.server.clock.clone());
    };
    let hosted = crms.hosted(None, Some(&org));
    let hosted = hosted.first().ok_or(ControlError::UnknownOrg(org))?;
    Ok(hosted.tenant().clock.clone())
}
