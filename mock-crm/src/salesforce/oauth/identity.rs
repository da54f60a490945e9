//! Who a token belongs to: `/services/oauth2/userinfo` and the identity URL.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::identity::{Found, Session};
use crate::ids::SalesforceId;
use crate::salesforce::org::{Org, UserIdentity};
use crate::salesforce::session::{attribution, base_url};
use crate::salesforce::{Salesforce, answer};
use crate::serve::Identified;

/// `GET /services/oauth2/userinfo`
pub(in crate::salesforce) async fn userinfo(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    match salesforce.user_of(&parts) {
        Ok((session, user)) => {
            let body = info(&session.tenant, &user, &base_url(&parts, &session.tenant));
            answer::json(StatusCode::OK, answer::to_json(&body))
        }
        Err(text) => refused(text),
    }
}

/// `GET /id/{org}/{user}`: one's own identity, with the token in the header or as `?oauth_token=`.
pub(in crate::salesforce) async fn identity(
    State(salesforce): State<Arc<Salesforce>>,
    Path((org, user)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let (session, identity) = match salesforce.user_of(&parts) {
        Ok(found) => found,
        Err(text) => return refused(text),
    };
    let same = |text: &str, id: &str| {
        SalesforceId::parse(text).is_some_and(|parsed| parsed.as_str() == id)
    };
    if !same(&org, session.tenant.id()) {
        return refused("Wrong_Org");
    }
    if !same(&user, &identity.id) {
        return refused("Wrong_User");
    }
    let body = asserted(
        &session.tenant,
        &identity,
        &base_url(&parts, &session.tenant),
    );
    let mut response = answer::json(StatusCode::OK, answer::to_json(&body));
    response.extensions_mut().insert(attribution(&session));
    response
}

#[derive(Deserialize)]
struct TokenParameter {
    oauth_token: String,
}

impl Salesforce {
    /// The session of the request and its user; else the text of the refusal.
    fn user_of(&self, parts: &Parts) -> Result<(Session<Org>, UserIdentity), &'static str> {
        let in_header = match parts.extensions.get::<Identified<Org>>() {
            Some(Identified(Found::Token(session))) => Some(session.clone()),
            _ => None,
        };
        let in_query = axum::extract::Query::<TokenParameter>::try_from_uri(&parts.uri).ok();
        let session = in_header.or_else(|| self.directory.token(&in_query.as_ref()?.oauth_token));
        let sent = in_query.is_some() || parts.headers.contains_key(header::AUTHORIZATION);
        let session = session.ok_or(if sent {
            "Bad_OAuth_Token"
        } else {
            "Missing_OAuth_Token"
        })?;
        let authenticated = self.authenticate(&session).map_err(|_| "Bad_OAuth_Token")?;
        let user = session
            .tenant
            .user_by_id(&authenticated.1.id)
            .ok_or("Bad_OAuth_Token")?;
        Ok((session, user))
    }
}

fn refused(text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::FORBIDDEN;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html;charset=UTF-8"),
    );
    response
}

fn urls(base: &str, org: &str, user: &str) -> Map<String, Value> {
    [
        (
            "enterprise",
            format!("{base}/services/Soap/c/{{version}}/{org}"),
        ),
        (
            "partner",
            format!("{base}/services/Soap/u/{{version}}/{org}"),
        ),
        ("rest", format!("{base}/services/data/v{{version}}/")),
        (
            "sobjects",
            format!("{base}/services/data/v{{version}}/sobjects/"),
        ),
        ("query", format!("{base}/services/data/v{{version}}/query/")),
        ("profile", format!("{base}/{user}")),
        ("custom_domain", base.to_owned()),
    ]
    .into_iter()
    .map(|(name, url)| (name.to_owned(), Value::from(url)))
    .collect()
}

fn info(org: &Org, user: &UserIdentity, base: &str) -> Value {
    let (given, family) = user.name.rsplit_once(' ').unwrap_or(("", &user.name));
    json!({
        "sub": format!("{base}/id/{}/{}", org.id(), user.id),
        "user_id": &*user.id,
        "organization_id": org.id(),
        "preferred_username": user.username,
        "nickname": user.username.split('@').next(),
        "name": user.name,
        "email": user.email,
        "email_verified": true,
        "given_name": given,
        "family_name": family,
        "zoneinfo": "America/Los_Angeles",
        "profile": format!("{base}/{}", user.id),
        "urls": urls(base, org.id(), &user.id),
        "active": user.active,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": -28_800_000,
        "updated_at": org.opened_at().iso().to_string(),
    })
}

fn asserted(org: &Org, user: &UserIdentity, base: &str) -> Value {
    let (first, last) = user.name.rsplit_once(' ').unwrap_or(("", &user.name));
    json!({
        "id": format!("{base}/id/{}/{}", org.id(), user.id),
        "asserted_user": true,
        "user_id": &*user.id,
        "organization_id": org.id(),
        "username": user.username,
        "nick_name": user.username.split('@').next(),
        "display_name": user.name,
        "email": user.email,
        "email_verified": true,
        "first_name": first,
        "last_name": last,
        "timezone": "America/Los_Angeles",
        "urls": urls(base, org.id(), &user.id),
        "active": user.active,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": -28_800_000,
        "last_modified_date": org.opened_at().iso_without_colon().to_string(),
    })
}
