//! Refusals of the OAuth endpoints: one variant per text, one table of codes.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use crate::salesforce::answer;

/// One refusal.
///
/// Source: help page "OAuth 2.0 Authorization Errors" for codes and texts; what is known otherwise is said beside it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum OAuthError {
    /// Wrong password, unknown user, deactivated user.
    #[error("authentication failure")]
    AuthenticationFailure,
    /// A sync that many use stops for good at exactly this text.
    #[error("expired access/refresh token")]
    ExpiredToken,
    /// Also the answer to an assertion whose time is over: question 282513 of salesforce.stackexchange.com quotes it.
    #[error("expired authorization code")]
    ExpiredCode,
    #[error("invalid authorization code")]
    InvalidCode,
    #[error("code challenge required")]
    CodeChallengeRequired,
    #[error("invalid code verifier")]
    InvalidVerifier,
    #[error("inactive user")]
    InactiveUser,
    #[error("invalid assertion")]
    InvalidAssertion,
    #[error("audience is invalid")]
    InvalidAudience,
    /// Clients print a hint of their own at this text.
    #[error("user hasn't approved this consumer")]
    NotApproved,
    /// From clients' sources.
    #[error("no client credentials user enabled")]
    NoRunAsUser,
    /// Unverified: from general knowledge.
    #[error("request not supported on this domain")]
    WrongDomain,
    #[error("invalid client credentials")]
    InvalidSecret,
    #[error("client identifier invalid")]
    InvalidClientId,
    #[error("redirect_uri must match configuration")]
    RedirectMismatch,
    #[error("grant type not supported")]
    UnsupportedGrantType,
    #[error("response type not supported")]
    UnsupportedResponseType,
    /// Unverified text.
    #[error("the requested scope is not allowed")]
    InvalidScope,
    #[error("end-user denied authorization")]
    Denied,
    #[error("invalid token")]
    InvalidToken,
    #[error("missing required parameter: {0}")]
    MissingParameter(&'static str),
    #[error("mock-crm does not simulate {0}")]
    NotSimulated(String),
}

impl OAuthError {
    /// What clients branch on. Statuses: 400 but where the mock itself is at its end.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::AuthenticationFailure
            | Self::ExpiredToken
            | Self::ExpiredCode
            | Self::InvalidCode
            | Self::CodeChallengeRequired
            | Self::InvalidVerifier
            | Self::InactiveUser
            | Self::InvalidAssertion
            | Self::InvalidAudience
            | Self::NotApproved
            | Self::NoRunAsUser
            | Self::WrongDomain => "invalid_grant",
            Self::InvalidSecret => "invalid_client",
            Self::InvalidClientId => "invalid_client_id",
            Self::RedirectMismatch => "redirect_uri_mismatch",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::Denied => "access_denied",
            Self::InvalidToken => "invalid_token",
            Self::MissingParameter(_) => "invalid_request",
            Self::NotSimulated(_) => "not_simulated",
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::NotSimulated(_) => StatusCode::NOT_IMPLEMENTED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// As a query string or form has it: `error=invalid_token&error_description=invalid%20token`.
    pub(super) fn in_form(&self) -> String {
        let description = super::authorize::encoded(&self.to_string());
        format!("error={}&error_description={description}", self.code())
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response<Body> {
        let body = json!({ "error": self.code(), "error_description": self.to_string() });
        answer::json(self.status(), answer::to_json(&body))
    }
}
