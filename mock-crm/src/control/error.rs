//! What the control API answers when it can't do what it is asked.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

/// Every refusal: `{"error":{"code":…,"message":…,"hint":…}}`.
#[derive(Debug, thiserror::Error)]
pub(super) enum ControlError {
    #[error("the request has no valid token")]
    NoToken,
    #[error("there is nothing at this path")]
    NoSuchPath,
    #[error("this path does not take this method")]
    NoSuchMethod,
    #[error("{0}")]
    Query(String),
    #[error("{0}")]
    Body(String),
    #[error("limit has to be 1 to {0}")]
    Limit(usize),
    #[error("the newest rows first can't be followed live")]
    LiveOrder,
    #[error("no org or portal {0} is open")]
    UnknownOrg(String),
    #[error("there was no request {0}")]
    UnknownRequest(String),
    #[error("request {0} is not kept any more, or not answered yet")]
    DroppedRequest(String),
    #[error("no open org or portal has a token {0}")]
    UnknownToken(String),
    #[error("there is no fault {0}")]
    UnknownFault(String),
    #[error("the clock can't be moved, since it is the machine's")]
    RealClock,
    #[error("{0}")]
    NotWritten(String),
}

impl ControlError {
    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NoToken => (StatusCode::UNAUTHORIZED, "no_token"),
            Self::NoSuchPath => (StatusCode::NOT_FOUND, "no_such_path"),
            Self::NoSuchMethod => (StatusCode::METHOD_NOT_ALLOWED, "no_such_method"),
            Self::Query(_) | Self::Limit(_) => (StatusCode::BAD_REQUEST, "bad_query"),
            Self::LiveOrder => (StatusCode::BAD_REQUEST, "bad_query"),
            Self::Body(_) => (StatusCode::BAD_REQUEST, "bad_body"),
            Self::UnknownOrg(_) => (StatusCode::NOT_FOUND, "unknown_org"),
            Self::UnknownRequest(_) => (StatusCode::NOT_FOUND, "unknown_request"),
            Self::DroppedRequest(_) => (StatusCode::GONE, "dropped_request"),
            Self::UnknownToken(_) => (StatusCode::NOT_FOUND, "unknown_token"),
            Self::UnknownFault(_) => (StatusCode::NOT_FOUND, "unknown_fault"),
            Self::RealClock => (StatusCode::CONFLICT, "real_clock"),
            Self::NotWritten(_) => (StatusCode::SERVICE_UNAVAILABLE, "not_written"),
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NoToken => {
                "send `Authorization: Bearer …` with the control token that mock-crm printed when it started"
            }
            Self::NoSuchPath | Self::NoSuchMethod | Self::Query(_) | Self::Body(_) => {
                "GET /openapi.json describes every path, parameter and body"
            }
            Self::Limit(_) => "ask again with after=<last_sequence> for more",
            Self::LiveOrder => "leave order out, or ask without Accept: text/event-stream",
            Self::UnknownOrg(_) => "GET /orgs lists those that are open",
            Self::UnknownRequest(_) => "GET /requests lists those that are kept",
            Self::DroppedRequest(_) => {
                "each org and portal keeps its newest 1000 exchanges and 8 MiB of bodies, until it is closed"
            }
            Self::UnknownToken(_) => "GET /orgs/{org}/tokens lists those of one",
            Self::UnknownFault(_) => "GET /faults lists those that are set",
            Self::RealClock => {
                "start mock-crm with --clock, or open the org with a clock of its own"
            }
            Self::NotWritten(_) => "free space for the data directory and start mock-crm again",
        }
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        let error = json!({ "code": code, "message": self.to_string(), "hint": self.hint() });
        (status, Json(json!({ "error": error }))).into_response()
    }
}
