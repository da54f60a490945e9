//! `/orgs`: opening and closing orgs and portals.

use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use http::{Method, StatusCode};
use serde::{Deserialize, Serialize};

use super::Shared;
use super::error::ControlError;
use super::extract::Json;
use super::operation::{Operation, path};
use crate::crms::{OrgDescription, PortalDescription};
use crate::hubspot::PortalSpec;
use crate::salesforce::OrgSpec;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation {
            method: Method::GET,
            path: "/orgs",
            summary: "The orgs and portals that are open, with their users and tokens.",
            parameters: vec![],
            body: None,
            status: 200,
            answer: Some("Orgs"),
            handler: get(list),
        },
        Operation {
            method: Method::POST,
            path: "/orgs",
            summary: "Opens an org or portal, from what a seed file has for one.",
            parameters: vec![],
            body: Some("Opening"),
            status: 201,
            answer: Some("Opened"),
            handler: post(open),
        },
        Operation {
            method: Method::DELETE,
            path: "/orgs/{org}",
            summary: "Closes an org or portal. Its records, ledger and exchanges are gone; its tokens stay known as finished.",
            parameters: vec![path("org", "The id of the org or portal.")],
            body: None,
            status: 204,
            answer: None,
            handler: delete(close),
        },
    ]
}

#[derive(Serialize)]
struct Orgs {
    salesforce: Vec<OrgDescription>,
    hubspot: Vec<PortalDescription>,
}

/// One of the two, under the name that a seed file has for it.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Opening {
    Salesforce(Box<OrgSpec>),
    Hubspot(Box<PortalSpec>),
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Opened {
    Salesforce(OrgDescription),
    Hubspot(PortalDescription),
}

async fn list(State(control): State<Shared>) -> axum::Json<Orgs> {
    axum::Json(Orgs {
        salesforce: control.crms.orgs(),
        hubspot: control.crms.portals(),
    })
}

async fn open(
    State(control): State<Shared>,
    Json(opening): Json<Opening>,
) -> Result<(StatusCode, axum::Json<Opened>), ControlError> {
    let crms = &control.crms;
    let opened = match opening {
        Opening::Salesforce(spec) => {
            let org = crms
                .salesforce
                .open(*spec, None)
                .map_err(|error| ControlError::Body(error.to_string()))?;
            Opened::Salesforce(crms.describe_org(&org))
        }
        Opening::Hubspot(spec) => {
            let portal = crms
                .hubspot
                .open(*spec, None)
                .map_err(|error| ControlError::Body(format!("{error}; {}", error.hint)))?;
            Opened::Hubspot(crms.describe_portal(&portal))
        }
    };
    Ok((StatusCode::CREATED, axum::Json(opened)))
}

async fn close(
    State(control): State<Shared>,
    Path(org): Path<String>,
) -> Result<StatusCode, ControlError> {
    match control.crms.close(&org) {
        Some(()) => Ok(StatusCode::NO_CONTENT),
        None => Err(ControlError::UnknownOrg(org)),
    }
}
