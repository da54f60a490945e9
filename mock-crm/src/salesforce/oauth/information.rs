//! `/services/oauth2/introspect` and `/services/oauth2/revoke`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::client::Parameters;
use super::error::OAuthError;
use crate::identity::{Session, TokenKind};
use crate::salesforce::org::Org;
use crate::salesforce::session::attribution;
use crate::salesforce::{Salesforce, answer};

/// `POST /services/oauth2/introspect`: an app asks after a token of its own. Any other is as good as none.
pub(super) async fn introspect(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, parameters) = Parameters::read(request).await;
    match salesforce.introspected(&parts, &parameters) {
        Ok(body) => answer::json(StatusCode::OK, answer::to_json(&body)),
        Err(error) => error.into_response(),
    }
}

impl Salesforce {
    fn introspected(&self, parts: &Parts, parameters: &Parameters) -> Result<Value, OAuthError> {
        let orgs = self.orgs_of_app(parts, parameters)?;
        let client_id = parameters.required("client_id")?;
        let token = self.directory.token(parameters.required("token")?);
        let own = token.filter(|token| {
            orgs.iter().any(|org| org.id() == token.tenant.id())
                && token.grant.app.as_deref() == Some(client_id)
                && token.check().is_ok()
        });
        let described = own.and_then(|token| described(parts, &token));
        Ok(described.unwrap_or_else(|| json!({ "active": false })))
    }
}

fn described(parts: &Parts, token: &Session<Org>) -> Option<Value> {
    let (org, grant) = (&token.tenant, &token.grant);
    let user = org.principals().user(&grant.user).cloned();
    let user = user.filter(|user| user.active)?;
    let seconds = grant.issued_at.0 / 1000;
    let mut body = json!({
        "active": true,
        "scope": grant.scopes.join(" "),
        "client_id": grant.app.as_deref(),
        "username": user.username,
        "sub": org.identity_url(parts, &grant.user),
        "token_type": match grant.kind {
            TokenKind::Refresh => "refresh_token",
            _ => "access_token",
        },
        "iat": seconds,
        "nbf": seconds,
    });
    if let Some(at) = grant.expires_at {
        body["exp"] = (at.0 / 1000).into();
    }
    Some(body)
}

/// `POST /services/oauth2/revoke`, or `GET` with the token in the query. A refresh token takes its access tokens along.
pub(super) async fn revoke(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (_, parameters) = Parameters::read(request).await;
    let token = parameters.get("token");
    let token = token.and_then(|text| salesforce.directory.token(text));
    let Some(token) = token.filter(|token| token.check().is_ok()) else {
        return refused();
    };
    let _one_at_a_time = salesforce.grants.lock();
    match token.grant.kind {
        TokenKind::Refresh => salesforce.revoke_family(&salesforce.first_of(&token)),
        _ => salesforce.revoke_family(&token),
    }
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(attribution(&token));
    response
}

/// Clients read this as a form, whatever else is JSON.
fn refused() -> Response<Body> {
    let error = OAuthError::InvalidToken;
    let mut response = Response::new(Body::from(error.in_form()));
    *response.status_mut() = error.status();
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    response.headers_mut().insert(header::CONTENT_TYPE, form);
    response
}
