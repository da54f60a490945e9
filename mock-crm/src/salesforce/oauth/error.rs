//! Refusals of the OAuth endpoints. Texts: help page "OAuth Authorization Flow Errors".

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use crate::salesforce::answer;

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum OAuthError {
    #[error("authentication failure")]
    AuthenticationFailure,
    #[error("expired access/refresh token")]
    ExpiredToken,
    #[error("expired authorization code")]
    ExpiredCode,
    #[error("invalid authorization code")]
    InvalidCode,
    #[error("invalid code verifier")]
    InvalidVerifier,
    #[error("inactive user")]
    InactiveUser,
    #[error("invalid client credentials")]
    InvalidSecret,
    #[error("client identifier invalid")]
    InvalidClientId,
    #[error("redirect_uri must match configuration")]
    RedirectMismatch,
    #[error("grant type not supported")]
    UnsupportedGrantType,
    #[error("missing required parameter: {0}")]
    MissingParameter(&'static str),
    #[error("mock-crm does not simulate the grant type {0}")]
    NotSimulated(String),
}

impl OAuthError {
    fn status_and_code(&self) -> (StatusCode, &'static str) {
        let code = match self {
            Self::AuthenticationFailure
            | Self::ExpiredToken
            | Self::ExpiredCode
            | Self::InvalidCode
            | Self::InvalidVerifier
            | Self::InactiveUser => "invalid_grant",
            Self::InvalidSecret => "invalid_client",
            Self::InvalidClientId => "invalid_client_id",
            Self::RedirectMismatch => "redirect_uri_mismatch",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::MissingParameter(_) => "invalid_request",
            Self::NotSimulated(_) => return (StatusCode::NOT_IMPLEMENTED, "not_simulated"),
        };
        (StatusCode::BAD_REQUEST, code)
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response<Body> {
        let (status, code) = self.status_and_code();
        let body = json!({ "error": code, "error_description": self.to_string() });
        answer::json(status, answer::to_json(&body))
    }
}
