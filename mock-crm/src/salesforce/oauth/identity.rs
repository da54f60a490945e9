//! Who a token belongs to: `/services/oauth2/userinfo` and the identity URL.

mod profile;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use super::client::Parameters;
use crate::identity::{Found, Session};
use crate::ids::SalesforceId;
use crate::salesforce::error::ApiError;
use crate::salesforce::org::Org;
use crate::salesforce::session::{attribution, has_one_of};
use crate::salesforce::{Salesforce, answer};
use crate::serve::Identified;
use profile::{Profile, Urls};

/// Scopes with which a token may ask who it belongs to.
const IDENTITY_SCOPES: [&str; 7] = ["id", "openid", "profile", "email", "api", "web", "full"];

/// The version that `?version=latest` stands for: the newest of `/services/data`.
const LATEST: &str = "62.0";

/// `GET /services/oauth2/userinfo`
pub(super) async fn userinfo(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, parameters) = Parameters::read(request).await;
    let parameter = parameters.get("access_token");
    let session = match salesforce.user_of(&parts, parameter) {
        Ok(session) => session,
        Err(text) => return refused(text),
    };
    let Some(profile) = Profile::read(&session.tenant, &session.grant.user) else {
        return refused("Bad_OAuth_Token");
    };
    let body = profile.info(&urls(&parts, &session, None));
    let mut response = answer::json(StatusCode::OK, answer::to_json(&body));
    response.extensions_mut().insert(attribution(&session));
    response
}

/// `GET /id/{org}/{user}`: one's own identity, with the token in the header or as `?oauth_token=`.
pub(super) async fn identity(
    State(salesforce): State<Arc<Salesforce>>,
    Path((org, user)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    let (parts, parameters) = Parameters::read(request).await;
    let session = match salesforce.user_of(&parts, parameters.get("oauth_token")) {
        Ok(found) => found,
        Err(text) => return refused(text),
    };
    let same = |text: &str, id: &str| {
        SalesforceId::parse(text).is_some_and(|parsed| parsed.as_str() == id)
    };
    if !same(&org, session.tenant.id()) {
        return refused("Wrong_Org");
    }
    if !same(&user, &session.grant.user) {
        return refused("Wrong_User");
    }
    if let Some(format) = parameters.get("format").filter(|format| *format != "json") {
        let what = format!("the identity URL with format={format}");
        return ApiError::NotSimulated { what }.into_response();
    }
    let Some(profile) = Profile::read(&session.tenant, &session.grant.user) else {
        return refused("Bad_OAuth_Token");
    };
    let body = profile.asserted(&urls(&parts, &session, parameters.get("version")));
    let mut response = answer::json(StatusCode::OK, answer::to_json(&body));
    response.extensions_mut().insert(attribution(&session));
    response
}

fn urls(parts: &Parts, session: &Session<Org>, version: Option<&str>) -> Urls {
    Urls {
        identity: session.tenant.identity_url(parts, &session.grant.user),
        base: session.tenant.base_url(parts),
        version: match version {
            Some("latest") => LATEST.to_owned(),
            Some(version) => version.to_owned(),
            // The client puts a version in.
            None => "{version}".to_owned(),
        },
    }
}

impl Salesforce {
    /// The session of the request; else the text of the refusal. Unverified texts and status.
    fn user_of(
        &self,
        parts: &Parts,
        parameter: Option<&str>,
    ) -> Result<Session<Org>, &'static str> {
        let in_header = match parts.extensions.get::<Identified<Org>>() {
            Some(Identified(Found::Token(session))) => Some(session.clone()),
            _ => None,
        };
        let session = in_header.or_else(|| self.directory.token(parameter?));
        let sent = parameter.is_some() || parts.headers.contains_key(header::AUTHORIZATION);
        let session = session.ok_or(match sent {
            true => "Bad_OAuth_Token",
            false => "Missing_OAuth_Token",
        })?;
        self.identify(&session).map_err(|_| "Bad_OAuth_Token")?;
        match has_one_of(&session.grant.scopes, &IDENTITY_SCOPES) {
            true => Ok(session),
            false => Err("Bad_OAuth_Token"),
        }
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
