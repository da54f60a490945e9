//! `/faults`: what a test wants to go wrong.

use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use http::{Method, StatusCode};
use serde::Serialize;

use super::Shared;
use super::error::ControlError;
use super::extract::Json;
use super::operation::{Operation, path};
use crate::faults::{Action, Armed, Fault};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation {
            method: Method::GET,
            path: "/faults",
            summary: "The faults that are set, and how many calls each was played to.",
            parameters: vec![],
            body: None,
            status: 200,
            answer: Some("Faults"),
            handler: get(list),
        },
        Operation {
            method: Method::POST,
            path: "/faults",
            summary: "Sets a fault.",
            parameters: vec![],
            body: Some("Fault"),
            status: 201,
            answer: Some("ArmedFault"),
            handler: post(add),
        },
        Operation {
            method: Method::DELETE,
            path: "/faults/{fault}",
            summary: "Takes a fault away, and says how many calls it was played to.",
            parameters: vec![path("fault", "Its id: `f1`.")],
            body: None,
            status: 200,
            answer: Some("ArmedFault"),
            handler: delete(remove),
        },
    ]
}

#[derive(Serialize)]
struct ArmedFault {
    id: String,
    hits: u32,
    fault: Fault,
}

#[derive(Serialize)]
struct Faults {
    faults: Vec<ArmedFault>,
}

impl ArmedFault {
    fn new(armed: &Armed) -> Self {
        Self {
            id: armed.id.to_string(),
            hits: armed.hits(),
            fault: armed.fault.clone(),
        }
    }
}

async fn list(State(control): State<Shared>) -> axum::Json<Faults> {
    let faults = control.crms.server.faults.all();
    axum::Json(Faults {
        faults: faults.iter().map(|armed| ArmedFault::new(armed)).collect(),
    })
}

async fn add(
    State(control): State<Shared>,
    Json(fault): Json<Fault>,
) -> Result<(StatusCode, axum::Json<ArmedFault>), ControlError> {
    if let Some(problem) = problem(&fault.action) {
        return Err(ControlError::Body(problem));
    }
    let id = control.crms.server.faults.add(fault.clone());
    let armed = ArmedFault {
        id: id.to_string(),
        hits: 0,
        fault,
    };
    Ok((StatusCode::CREATED, axum::Json(armed)))
}

fn problem(action: &Action) -> Option<String> {
    match action {
        Action::Answer { status, .. } if !(200..=599).contains(status) => Some(format!(
            "the status of an answer is 200 to 599, not {status}"
        )),
        Action::Refuse(refusal) | Action::RefuseAfter(refusal) => refusal.problem(),
        _ => None,
    }
}

async fn remove(
    State(control): State<Shared>,
    Path(fault): Path<String>,
) -> Result<axum::Json<ArmedFault>, ControlError> {
    match control.crms.server.faults.remove(&fault) {
        Some(armed) => Ok(axum::Json(ArmedFault::new(&armed))),
        None => Err(ControlError::UnknownFault(fault)),
    }
}
