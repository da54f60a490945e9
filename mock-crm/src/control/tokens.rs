//! Tokens by their ids: issuing one, and ending it before its time.

use axum::extract::{Path, State};
use axum::routing::{get, post};
use http::{Method, StatusCode};
use serde::{Deserialize, Serialize};

use super::Shared;
use super::error::ControlError;
use super::extract::Json;
use super::operation::{Operation, path};
use crate::crms::{Crms, TokenDescription};
use crate::identity::End;

pub(super) fn operations() -> Vec<Operation> {
    let org = path("org", "The id of the org or portal.");
    let token = path("token", "Its id: `t17`.");
    let ending = |path, summary, end| Operation {
        method: Method::POST,
        path,
        summary,
        parameters: vec![token],
        body: None,
        status: 204,
        answer: None,
        handler: post(async move |state, path| ended(state, path, end).await),
    };
    vec![
        Operation {
            method: Method::GET,
            path: "/orgs/{org}/tokens",
            summary: "The tokens of an org or portal, without their texts.",
            parameters: vec![org],
            body: None,
            status: 200,
            answer: Some("Tokens"),
            handler: get(list),
        },
        Operation {
            method: Method::POST,
            path: "/orgs/{org}/tokens",
            summary: "Issues an access token and a refresh token to a user.",
            parameters: vec![org],
            body: Some("Issue"),
            status: 201,
            answer: Some("Issued"),
            handler: post(issue),
        },
        ending(
            "/tokens/{token}/expire",
            "Ends a token as if its time were over.",
            End::Expired,
        ),
        ending(
            "/tokens/{token}/revoke",
            "Takes a token away.",
            End::Revoked,
        ),
    ]
}

#[derive(Serialize)]
struct Tokens {
    tokens: Vec<TokenDescription>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issue {
    /// As the specification names the user.
    user: String,
    /// Left out: that of the first app.
    #[serde(default)]
    client_id: Option<String>,
}

async fn list(
    State(control): State<Shared>,
    Path(org): Path<String>,
) -> Result<axum::Json<Tokens>, ControlError> {
    let hosted = control.crms.hosted(None, Some(&org));
    let tenant = hosted
        .first()
        .ok_or(ControlError::UnknownOrg(org))?
        .tenant();
    Ok(axum::Json(Tokens {
        tokens: control.crms.tokens(&tenant.id),
    }))
}

async fn issue(
    State(control): State<Shared>,
    Path(org): Path<String>,
    Json(issue): Json<Issue>,
) -> Result<(StatusCode, axum::Json<crate::crms::IssuedTokens>), ControlError> {
    let known = !control.crms.hosted(None, Some(&org)).is_empty();
    if !known {
        return Err(ControlError::UnknownOrg(org));
    }
    control
        .crms
        .issue(&org, &issue.user, issue.client_id.as_deref())
        .map(|issued| (StatusCode::CREATED, axum::Json(issued)))
        .map_err(ControlError::Body)
}

async fn ended(
    State(control): State<Shared>,
    Path(token): Path<String>,
    end: End,
) -> Result<StatusCode, ControlError> {
    match Crms::end_token(&control.crms, &token, end) {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ControlError::UnknownToken(token)),
    }
}
