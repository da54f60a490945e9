//! `/services/oauth2/token`: which grant, and what the answer has.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde_json::json;
use sha2::Sha256;

use super::client::Parameters;
use super::error::OAuthError;
use super::openid;
use crate::identity::Session;
use crate::salesforce::org::Org;
use crate::salesforce::session::{attribution, has_one_of};
use crate::salesforce::{Salesforce, answer};
use crate::tenant::Hosted;

/// What a grant gives.
pub(super) struct Granted {
    pub(super) access: Session<Org>,
    pub(super) refresh: Option<Session<Org>>,
    /// The secret of the app.
    pub(super) secret: String,
    /// A user has logged in, now or once: an id token may say so.
    pub(super) openid: bool,
    pub(super) nonce: Option<String>,
}

/// `POST /services/oauth2/token`
pub(super) async fn token(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, parameters) = Parameters::read(request).await;
    match granted(&salesforce, &parts, &parameters) {
        Ok(granted) => granted.answer(&parts),
        Err(error) => error.into_response(),
    }
}

fn granted(
    salesforce: &Salesforce,
    parts: &Parts,
    parameters: &Parameters,
) -> Result<Granted, OAuthError> {
    match parameters.required("grant_type")? {
        "authorization_code" => salesforce.by_code(parameters),
        "refresh_token" => salesforce.by_refresh(parameters),
        "password" => salesforce.by_password(parts, parameters),
        "client_credentials" => salesforce.by_client_credentials(parts, parameters),
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => salesforce.by_jwt(parts, parameters),
        grant @ ("device"
        | "hybrid_refresh"
        | "urn:ietf:params:oauth:grant-type:saml2-bearer"
        | "urn:ietf:params:oauth:grant-type:token-exchange") => {
            Err(OAuthError::NotSimulated(format!("the grant type {grant}")))
        }
        _ => Err(OAuthError::UnsupportedGrantType),
    }
}

impl Granted {
    fn answer(self, parts: &Parts) -> Response<Body> {
        let (org, grant) = (&self.access.tenant, &self.access.grant);
        let id = org.identity_url(parts, &grant.user);
        let issued_at = org.tenant().clock.now().0.to_string();
        let instance_url = org.spec.instance_url.clone();
        let mut body = json!({
            "access_token": &*grant.text,
            "signature": signature(&self.secret, &id, &issued_at),
            "scope": grant.scopes.join(" "),
            "instance_url": instance_url.unwrap_or_else(|| org.base_url(parts)),
            "id": id,
            "token_type": "Bearer",
            "issued_at": issued_at,
        });
        if let Some(refresh) = &self.refresh {
            body["refresh_token"] = (*refresh.grant.text).into();
        }
        if self.openid && has_one_of(&grant.scopes, &["openid"]) {
            body["id_token"] = openid::id_token(parts, &self.access, self.nonce.as_deref()).into();
        }
        let mut response = answer::json(StatusCode::OK, answer::to_json(&body));
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache, no-store"),
        );
        response.extensions_mut().insert(attribution(&self.access));
        response
    }
}

/// Shows that the answer comes from who knows the app's secret.
fn signature(secret: &str, id: &str, issued_at: &str) -> String {
    // A key of any length is good for HMAC.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(id.as_bytes());
    mac.update(issued_at.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
