//! `/services/oauth2/token` and `/services/oauth2/revoke`.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use sha2::Sha256;

use super::app;
use super::error::OAuthError;
use crate::identity::{Denied, End, Session, TokenKind};
use crate::salesforce::org::{Issued, Org};
use crate::salesforce::session::{SCOPES, attribution, base_url};
use crate::salesforce::spec::AppSpec;
use crate::salesforce::{Salesforce, answer};
use crate::tenant::Hosted;

/// The parameters of all grants.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
    username: Option<String>,
    password: Option<String>,
    token: Option<String>,
}

impl Form {
    /// Client credentials may stand in an `Authorization: Basic` header instead.
    fn read(parts: &Parts, body: &[u8]) -> Self {
        // What is no form has no parameters, and is told which one is missing.
        let mut form: Self = axum::extract::Query::try_from_uri(&form_uri(body))
            .map(|query| query.0)
            .unwrap_or_default();
        let basic = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let basic = basic.and_then(|value| value.strip_prefix("Basic "));
        let decoded = basic.and_then(|value| String::from_utf8(STANDARD.decode(value).ok()?).ok());
        if let Some((id, secret)) = decoded.as_deref().and_then(|pair| pair.split_once(':')) {
            form.client_id.get_or_insert_with(|| id.to_owned());
            form.client_secret.get_or_insert_with(|| secret.to_owned());
        }
        form
    }
}

/// A form has the syntax of a query string, and is read as one.
fn form_uri(body: &[u8]) -> http::Uri {
    let body = String::from_utf8_lossy(body);
    format!("/?{}", body.trim().replace(' ', "+"))
        .parse()
        .unwrap_or_default()
}

fn required<'f>(value: &'f Option<String>, name: &'static str) -> Result<&'f str, OAuthError> {
    value.as_deref().ok_or(OAuthError::MissingParameter(name))
}

/// `POST /services/oauth2/token`
pub(in crate::salesforce) async fn token(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let form = Form::read(&parts, &body);
    let granted = required(&form.grant_type, "grant_type").and_then(|grant| match grant {
        "authorization_code" => salesforce.by_code(&form),
        "refresh_token" => salesforce.by_refresh(&form),
        "password" => salesforce.by_password(&form),
        "client_credentials" | "urn:ietf:params:oauth:grant-type:jwt-bearer" | "device" => {
            Err(OAuthError::NotSimulated(grant.to_owned()))
        }
        _ => Err(OAuthError::UnsupportedGrantType),
    });
    match granted {
        Ok(granted) => granted.answer(&parts),
        Err(error) => error.into_response(),
    }
}

/// What a grant gives.
struct Granted {
    access: Session<Org>,
    refresh: Option<Session<Org>>,
    secret: String,
}

impl Salesforce {
    fn by_code(&self, form: &Form) -> Result<Granted, OAuthError> {
        let code = self.codes.take(required(&form.code, "code")?)?;
        let app = check_app(&code.org, form)?;
        if app.client_id != code.client_id {
            return Err(OAuthError::InvalidCode);
        }
        if form.redirect_uri.as_deref() != Some(&code.redirect_uri) {
            return Err(OAuthError::RedirectMismatch);
        }
        code.check_verifier(form.code_verifier.as_deref())?;
        let Issued { access, refresh } =
            self.grant_pair(&code.org, &code.user, Some(&app.client_id));
        Ok(Granted {
            access,
            refresh: Some(refresh),
            secret: app.client_secret.clone(),
        })
    }

    fn by_refresh(&self, form: &Form) -> Result<Granted, OAuthError> {
        let token = self
            .directory
            .token(required(&form.refresh_token, "refresh_token")?);
        let old = token
            .filter(|token| token.grant.kind == TokenKind::Refresh)
            .ok_or(OAuthError::ExpiredToken)?;
        let app = check_app(&old.tenant, form)?;
        if old.grant.app.as_deref() != Some(&app.client_id) {
            return Err(OAuthError::ExpiredToken);
        }
        if let Err(denied) = old.check() {
            // With rotation, a token that comes back after it was replaced has been stolen or lost: all of it ends.
            if app.rotate_refresh_tokens && denied == Denied::Revoked {
                self.revoke_family(&old);
            }
            return Err(OAuthError::ExpiredToken);
        }
        let user = old.tenant.principals().user(&old.grant.user).cloned();
        let user = user
            .filter(|user| user.active)
            .ok_or(OAuthError::InactiveUser)?;
        let client = Some(app.client_id.as_str());
        let refresh = app.rotate_refresh_tokens.then(|| {
            self.directory.end(&old, End::Revoked);
            self.grant(
                &old.tenant,
                &user.id,
                TokenKind::Refresh,
                client,
                Some(old.grant.id.clone()),
            )
        });
        let family = refresh.as_ref().unwrap_or(&old).grant.id.clone();
        Ok(Granted {
            access: self.grant(
                &old.tenant,
                &user.id,
                TokenKind::Access,
                client,
                Some(family),
            ),
            refresh,
            secret: app.client_secret.clone(),
        })
    }

    fn by_password(&self, form: &Form) -> Result<Granted, OAuthError> {
        let username = required(&form.username, "username")?;
        let password = required(&form.password, "password")?;
        let (org, user) = self
            .log_in(username, password)
            .filter(|(_, user)| user.active)
            .ok_or(OAuthError::AuthenticationFailure)?;
        let app = check_app(&org, form)?;
        Ok(Granted {
            access: self.grant(
                &org,
                &user.id,
                TokenKind::Access,
                Some(&app.client_id),
                None,
            ),
            refresh: None,
            secret: app.client_secret.clone(),
        })
    }

    /// Ends a token and all that were issued with it or in its place.
    fn revoke_family(&self, first: &Session<Org>) {
        let mut family: HashSet<Arc<str>> = HashSet::from([first.grant.id.clone()]);
        self.directory.end(first, End::Revoked);
        // Tokens stand in the order in which they were issued, so one pass finds those of later generations, too.
        for token in self.directory.tokens_of(first.tenant.id()) {
            let related = token
                .grant
                .refresh
                .as_ref()
                .is_some_and(|id| family.contains(id));
            if related && token.check().is_ok() {
                self.directory.end(&token, End::Revoked);
            }
            if related {
                family.insert(token.grant.id.clone());
            }
        }
    }
}

/// The app of the request, if its secret is right.
fn check_app<'o>(org: &'o Org, form: &Form) -> Result<&'o AppSpec, OAuthError> {
    let app =
        app(org, required(&form.client_id, "client_id")?).ok_or(OAuthError::InvalidClientId)?;
    match &form.client_secret {
        Some(secret) if *secret == app.client_secret => Ok(app),
        None if !app.require_secret => Ok(app),
        _ => Err(OAuthError::InvalidSecret),
    }
}

impl Granted {
    fn answer(self, parts: &Parts) -> Response<Body> {
        let org = &self.access.tenant;
        let instance_url = base_url(parts, org);
        let id = format!("{instance_url}/id/{}/{}", org.id(), self.access.grant.user);
        let issued_at = org.tenant().clock.now().0.to_string();
        let mut body = json!({
            "access_token": &*self.access.grant.text,
            "signature": signature(&self.secret, &id, &issued_at),
            "scope": SCOPES.join(" "),
            "instance_url": instance_url,
            "id": id,
            "token_type": "Bearer",
            "issued_at": issued_at,
        });
        if let Some(refresh) = &self.refresh {
            body["refresh_token"] = (*refresh.grant.text).into();
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

/// `POST /services/oauth2/revoke`, or `GET` with the token in the query. A refresh token takes its access tokens along.
pub(in crate::salesforce) async fn revoke(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let in_query = axum::extract::Query::<Form>::try_from_uri(&parts.uri)
        .ok()
        .and_then(|query| query.0.token);
    let text = in_query.or(Form::read(&parts, &body).token);
    let token = text.and_then(|text| salesforce.directory.token(&text));
    match token.filter(|token| token.check().is_ok()) {
        Some(token) => {
            salesforce.revoke_family(&token);
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(attribution(&token));
            response
        }
        None => {
            let mut response = Response::new(Body::from(
                "error=invalid_token&error_description=invalid%20token",
            ));
            *response.status_mut() = StatusCode::BAD_REQUEST;
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            response.headers_mut().insert(header::CONTENT_TYPE, form);
            response
        }
    }
}
