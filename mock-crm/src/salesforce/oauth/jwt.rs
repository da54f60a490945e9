//! The JWT bearer grant: an app vouches for a user, by a signature.
//!
//! Clients deviate from the text, and real orgs let them: an expiry in milliseconds, as a string, or just over.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use serde_json::Value;

use super::client::Parameters;
use super::error::OAuthError;
use super::token::Granted;
use crate::clock::Timestamp;
use crate::salesforce::Salesforce;
use crate::salesforce::login::{only, origin};
use crate::salesforce::org::Org;
use crate::salesforce::session::Authorization;
use crate::tenant::Hosted;

/// How long an assertion is taken after its end.
const LEEWAY: Duration = Duration::from_secs(3 * 60);

/// An expiry from here on is in milliseconds: as seconds it would be the year 5138.
const MILLISECONDS_FROM: f64 = 1e11;

/// The year 5138 in milliseconds: no instant is later.
const LATEST: f64 = 1e14;

/// What a client says, and its signature over it.
#[derive(Debug)]
struct Assertion<'a> {
    signed: &'a str,
    signature: Vec<u8>,
    claims: Value,
}

impl<'a> Assertion<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok();
        let json = |part| serde_json::from_slice::<Value>(&decoded(part)?).ok();
        let header = json(header)?;
        (header.get("alg")? == "RS256").then_some(())?;
        Some(Self {
            signed,
            signature: decoded(signature)?,
            claims: json(claims)?,
        })
    }

    fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str()
    }

    fn expires_at(&self) -> Option<Timestamp> {
        let number = match self.claims.get("exp")? {
            Value::Number(number) => number.as_f64()?,
            Value::String(text) => text.trim().parse().ok()?,
            _ => return None,
        };
        let milliseconds = match number >= MILLISECONDS_FROM {
            true => number,
            false => number * 1000.0,
        };
        (0.0..LATEST)
            .contains(&milliseconds)
            .then_some(Timestamp(milliseconds as i64))
    }

    /// One audience or a list of them.
    fn audiences(&self) -> Vec<&str> {
        match self.claims.get("aud") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

impl Salesforce {
    pub(super) fn by_jwt(
        &self,
        parts: &Parts,
        parameters: &Parameters,
    ) -> Result<Granted, OAuthError> {
        let text = parameters.required("assertion")?;
        let assertion = Assertion::read(text).ok_or(OAuthError::InvalidAssertion)?;
        let client_id = assertion.text("iss").ok_or(OAuthError::InvalidAssertion)?;
        let orgs = self.vouched_for(parts, client_id, &assertion)?;
        let expires_at = assertion.expires_at().ok_or(OAuthError::InvalidAssertion)?;
        let username = assertion
            .text("sub")
            .or_else(|| assertion.text("prn"))
            .ok_or(OAuthError::InvalidAssertion)?;
        let known = |org: Arc<Org>| {
            let user = org.principals().by_username(username)?.clone();
            Some((org, user))
        };
        let meant = |org: &Arc<Org>| meant(&assertion, org, parts);
        let orgs: Vec<_> = orgs.into_iter().filter(meant).collect();
        if orgs.is_empty() {
            return Err(OAuthError::InvalidAudience);
        }
        // A user that is not there is told like one who never approved, as real orgs do.
        let found = orgs.into_iter().filter_map(known);
        let (org, user) = only(found).ok_or(OAuthError::NotApproved)?;
        if expires_at + LEEWAY < org.tenant().clock.now() {
            return Err(OAuthError::ExpiredCode);
        }
        if !user.active {
            return Err(OAuthError::InactiveUser);
        }
        let app = org.app(client_id).ok_or(OAuthError::InvalidClientId)?;
        let approved = app.admin_approved
            || !self
                .refresh_tokens(&Authorization {
                    org: org.clone(),
                    user: user.id.clone(),
                    client_id: Some(client_id.into()),
                    scopes: Arc::default(),
                })
                .is_empty();
        match approved {
            true => Ok(self.without_refresh(&org, &user, app)),
            false => Err(OAuthError::NotApproved),
        }
    }

    /// The orgs whose app has signed this.
    fn vouched_for(
        &self,
        parts: &Parts,
        client_id: &str,
        assertion: &Assertion<'_>,
    ) -> Result<Vec<Arc<Org>>, OAuthError> {
        let mut orgs = self.orgs_at(parts);
        orgs.retain(|org| org.app(client_id).is_some());
        if orgs.is_empty() {
            return Err(OAuthError::InvalidClientId);
        }
        orgs.retain(|org| {
            let key = org.app_keys.get(client_id);
            key.is_some_and(|key| key.verifies(assertion.signed.as_bytes(), &assertion.signature))
        });
        match orgs.is_empty() {
            true => Err(OAuthError::InvalidAssertion),
            false => Ok(orgs),
        }
    }
}

/// The assertion is for Salesforce at large or for this org, with or without the path of the token endpoint.
fn meant(assertion: &Assertion<'_>, org: &Org, parts: &Parts) -> bool {
    let own = org.own_host().map(|host| format!("https://{host}"));
    let shared = [
        "https://login.salesforce.com",
        "https://test.salesforce.com",
    ];
    let mut known: Vec<String> = shared.map(str::to_owned).to_vec();
    known.extend([origin(parts), org.base_url(parts)]);
    known.extend(own);
    assertion.audiences().into_iter().any(|audience| {
        let audience = audience.trim_end_matches('/');
        let audience = audience
            .strip_suffix("/services/oauth2/token")
            .unwrap_or(audience);
        known
            .iter()
            .any(|known| known.eq_ignore_ascii_case(audience))
    })
}
