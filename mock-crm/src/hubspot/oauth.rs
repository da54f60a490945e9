//! OAuth: consent, tokens, and who a token belongs to.

mod authorize;
mod client;
mod codes;
mod consent_page;
mod information;
mod token;

use axum::body::{Body, Bytes};
use http::{Response, StatusCode};
use serde_json::json;

use super::Hubspot;
use super::call::Call;
use super::form::Form;
use super::portal::Portal;
use super::refusal::ApiError;
use super::refusal::json_response;
use super::route::{OAuthEndpoint, Version};
use crate::identity::Session;
use crate::serve::Attribution;

pub(crate) use codes::Codes;

/// Answers a call that needs no bearer token; `None`: it is another one.
pub(crate) fn answer(
    hubspot: &Hubspot,
    (version, endpoint): (Version, OAuthEndpoint<'_>),
    query: &Form<'_>,
    body: &Bytes,
) -> Option<Response<Body>> {
    let text = String::from_utf8_lossy(body);
    let form = || Form::parse(&text);
    let answered = match endpoint {
        OAuthEndpoint::Authorize(hub_id) => {
            return Some(authorize::page(hubspot, hub_id, query));
        }
        // v1 takes parameters from the query, too.
        OAuthEndpoint::Token if version == Version::One => {
            token::issue(hubspot, &form().or(query), version)
        }
        OAuthEndpoint::Token => token::issue(hubspot, &form(), version),
        OAuthEndpoint::Introspect => information::introspect(hubspot, &form()),
        OAuthEndpoint::Revoke => token::revoke(hubspot, &form()),
        OAuthEndpoint::AccessToken(text) => information::access_token(hubspot, text),
        OAuthEndpoint::RefreshToken(text) => information::refresh_token(hubspot, text),
        OAuthEndpoint::DeleteRefreshToken(text) => token::delete_refresh(hubspot, text),
        OAuthEndpoint::PrivateAppToken => return None,
    };
    Some(answered.unwrap_or_else(|error| refused(hubspot, error, version)))
}

/// Answers a call that needs a bearer token; all others were answered before.
pub(crate) fn answer_with_token(
    call: &Call<'_>,
    endpoint: OAuthEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    match endpoint {
        OAuthEndpoint::PrivateAppToken => information::private_app(call),
        _ => Err(ApiError::MethodNotAllowed),
    }
}

/// Why the token endpoint refuses: the code stands where other answers say `error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum TokenError {
    #[error("missing or unknown client id")]
    BadClientId,
    #[error("missing or invalid client secret")]
    BadClientSecret,
    #[error("missing or unknown auth code")]
    BadAuthCode,
    #[error("auth code is expired")]
    ExpiredAuthCode,
    #[error("missing or mismatched redirect uri")]
    MismatchedRedirectUri,
    #[error("missing or invalid code verifier")]
    BadCodeVerifier,
    #[error("missing or invalid refresh token")]
    BadRefreshToken,
    #[error("missing or unknown grant type")]
    BadGrantType,
    #[error("mock-crm does not simulate client assertions")]
    NotSimulated,
    #[error("resource not found")]
    NotFound,
}

impl TokenError {
    /// HTTP status, HubSpot's code, and the code of RFC 6749.
    fn codes(self) -> (StatusCode, &'static str, &'static str) {
        let bad = StatusCode::BAD_REQUEST;
        match self {
            Self::BadClientId => (bad, "BAD_CLIENT_ID", "invalid_client"),
            Self::BadClientSecret => (bad, "BAD_CLIENT_SECRET", "invalid_client"),
            Self::BadAuthCode => (bad, "BAD_AUTH_CODE", "invalid_grant"),
            Self::ExpiredAuthCode => (bad, "EXPIRED_AUTH_CODE", "invalid_grant"),
            Self::MismatchedRedirectUri => {
                (bad, "MISMATCH_REDIRECT_URI_AUTH_CODE", "invalid_grant")
            }
            Self::BadCodeVerifier => (bad, "BAD_CODE_VERIFIER", "invalid_grant"),
            Self::BadRefreshToken => (bad, "BAD_REFRESH_TOKEN", "invalid_grant"),
            Self::BadGrantType => (bad, "BAD_GRANT_TYPE", "unsupported_grant_type"),
            Self::NotSimulated => (
                StatusCode::NOT_IMPLEMENTED,
                "NOT_SIMULATED",
                "invalid_client",
            ),
            Self::NotFound => (StatusCode::NOT_FOUND, "error", "invalid_request"),
        }
    }
}

fn refused(hubspot: &Hubspot, error: TokenError, version: Version) -> Response<Body> {
    let (status, code, rfc_code) = error.codes();
    let mut body = json!({
        "status": code,
        "message": error.to_string(),
        "correlationId": hubspot.entropy.uuid(),
    });
    // Later generations are said to speak RFC 6749, which one known client counts on.
    if version != Version::One || status == StatusCode::NOT_IMPLEMENTED {
        body["error"] = json!(rfc_code);
        body["error_description"] = json!(error.to_string());
    }
    json_response(status, body.to_string().into_bytes())
}

/// Says whose exchange this was: the request had no bearer token to tell.
fn attributed(mut response: Response<Body>, token: &Session<Portal>) -> Response<Body> {
    response.extensions_mut().insert(Attribution {
        tenant: token.tenant.clone(),
        token: Some(token.grant.id.clone()),
        user: Some(token.grant.user.clone()),
    });
    response
}
