//! The parameters of a call, and the app that makes it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header;
use http::request::Parts;

use super::error::OAuthError;
use crate::salesforce::Salesforce;
use crate::salesforce::org::Org;
use crate::salesforce::spec::AppSpec;

/// What a form and the query string say. Where a name comes twice, the first one counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Parameters of the form, of the query string, and of an `Authorization: Basic` header, which may have the
    /// credentials of the app.
    pub(super) async fn read(request: Request<Body>) -> (Parts, Self) {
        let (parts, body) = request.into_parts();
        // What is no form has no parameters, and is told which one is missing.
        let body = axum::body::to_bytes(body, usize::MAX).await;
        let mut all = Self::parse(&body.unwrap_or_default());
        all.0
            .extend(Self::parse(parts.uri.query().unwrap_or_default().as_bytes()).0);
        if let Some((id, secret)) = basic(&parts) {
            all.0.push(("client_id".to_owned(), id));
            all.0.push(("client_secret".to_owned(), secret));
        }
        (parts, all)
    }

    /// A form, which has the syntax of a query string. Any bytes are one.
    pub(super) fn parse(form: &[u8]) -> Self {
        Self(form_urlencoded::parse(form).into_owned().collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn required(&self, name: &'static str) -> Result<&str, OAuthError> {
        self.get(name)
            .filter(|value| !value.is_empty())
            .ok_or(OAuthError::MissingParameter(name))
    }

    /// The app of these parameters in an org, if its secret is right.
    pub(super) fn app<'o>(&self, org: &'o Org) -> Result<&'o AppSpec, OAuthError> {
        let app = org
            .app(self.required("client_id")?)
            .ok_or(OAuthError::InvalidClientId)?;
        if self.get("client_assertion").is_some() {
            return Err(OAuthError::NotSimulated("client assertions".to_owned()));
        }
        match self.get("client_secret") {
            Some(secret) if *secret == app.client_secret => Ok(app),
            None if !app.require_secret => Ok(app),
            _ => Err(OAuthError::InvalidSecret),
        }
    }
}

fn basic(parts: &Parts) -> Option<(String, String)> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

impl Salesforce {
    /// The orgs that have the app of these parameters, with this secret, among those that the request may mean.
    pub(super) fn orgs_of_app(
        &self,
        parts: &Parts,
        parameters: &Parameters,
    ) -> Result<Vec<Arc<Org>>, OAuthError> {
        let id = parameters.required("client_id")?;
        let mut orgs = self.orgs_at(parts);
        orgs.retain(|org| org.app(id).is_some());
        if orgs.is_empty() {
            return Err(OAuthError::InvalidClientId);
        }
        let mut refused = OAuthError::InvalidSecret;
        orgs.retain(|org| {
            let app = parameters.app(org).map(drop);
            app.map_err(|error| refused = error).is_ok()
        });
        match orgs.is_empty() {
            true => Err(refused),
            false => Ok(orgs),
        }
    }
}
