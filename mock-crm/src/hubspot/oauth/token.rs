//! `/oauth/{version}/token`: a code, a refresh token or the app's own secret for an access token.

use std::sync::Arc;

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::json;

use super::client::Client;
use super::{TokenError, attributed};
use crate::hubspot::Hubspot;
use crate::hubspot::app::AppKind;
use crate::hubspot::form::Form;
use crate::hubspot::objects::no_content;
use crate::hubspot::portal::Portal;
use crate::hubspot::refusal::json_response;
use crate::hubspot::route::Version;
use crate::hubspot::tokens::Issued;
use crate::identity::{End, Session, TokenKind};
use crate::tenant::Hosted;

/// 200 with tokens.
pub(super) fn issue(
    hubspot: &Hubspot,
    form: &Form<'_>,
    version: Version,
) -> Result<Response<Body>, TokenError> {
    match form.text("grant_type") {
        "authorization_code" => by_code(hubspot, form, version),
        "refresh_token" => by_refresh_token(hubspot, form, version),
        "client_credentials" => by_client_credentials(hubspot, form, version),
        _ => Err(TokenError::BadGrantType),
    }
}

fn by_code(
    hubspot: &Hubspot,
    form: &Form<'_>,
    version: Version,
) -> Result<Response<Body>, TokenError> {
    let client = Client::of(hubspot, form)?;
    let code = hubspot
        .codes
        .take(form.text("code"))
        .ok_or(TokenError::BadAuthCode)?;
    let app = client.app_in(&code.portal).ok_or(TokenError::BadAuthCode)?;
    if *app.app_id != *code.app_id || !code.portal.lets_in(&code.user_id) {
        return Err(TokenError::BadAuthCode);
    }
    if code.expires_at <= code.portal.now() {
        return Err(TokenError::ExpiredAuthCode);
    }
    if code.redirect_uri != form.text("redirect_uri") {
        return Err(TokenError::MismatchedRedirectUri);
    }
    if !code.verified_by(form.text("code_verifier")) {
        return Err(TokenError::BadCodeVerifier);
    }
    let scopes: Arc<[String]> = code.scopes.clone().into();
    let issued = hubspot.grant(&code.portal, app, &code.user_id, scopes);
    Ok(answer(&issued, version))
}

fn by_refresh_token(
    hubspot: &Hubspot,
    form: &Form<'_>,
    version: Version,
) -> Result<Response<Body>, TokenError> {
    let client = Client::of(hubspot, form)?;
    let token = hubspot.directory.token(form.text("refresh_token"));
    let token = token.filter(|token| token.grant.kind == TokenKind::Refresh);
    let refresh = token.ok_or(TokenError::BadRefreshToken)?;
    let portal = refresh.tenant.clone();
    let app = client.app_in(&portal).ok_or(TokenError::BadRefreshToken)?;
    let ours = refresh.grant.app.as_deref() == Some(&*app.app_id);
    if !ours || refresh.check().is_err() || !portal.lets_in(&refresh.grant.user) {
        return Err(TokenError::BadRefreshToken);
    }
    let rotate = matches!(
        &app.kind,
        AppKind::Public {
            rotate_refresh_tokens: true,
            ..
        }
    );
    let issued = if rotate {
        hubspot.directory.end(&refresh, End::Revoked);
        let grant = &refresh.grant;
        hubspot.grant(&portal, app, &grant.user, grant.scopes.clone())
    } else {
        let access = hubspot.access_token(&refresh, app);
        Issued { access, refresh }
    };
    Ok(answer(&issued, version))
}

/// A token of the app itself: no portal's user stands behind it, so it opens no records. Scopes are those that are asked
/// for (unverified: no recording shows what an app may ask for).
fn by_client_credentials(
    hubspot: &Hubspot,
    form: &Form<'_>,
    version: Version,
) -> Result<Response<Body>, TokenError> {
    let client = Client::of(hubspot, form)?;
    let portal = client.first_portal().ok_or(TokenError::BadClientId)?;
    let app = client.app_in(portal).ok_or(TokenError::BadClientId)?;
    let scopes = form.text("scope").split([' ', ',']);
    let scopes: Vec<String> = scopes
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
        .collect();
    let token = hubspot.app_token(portal, app, scopes.into());
    let mut body = json!({
        "token_type": "bearer",
        "access_token": token.grant.text,
        "expires_in": seconds_left(&token),
        "scopes": token.grant.scopes,
    });
    if version != Version::One {
        body["token_use"] = json!("client_credentials");
    }
    let response = json_response(StatusCode::OK, body.to_string().into_bytes());
    Ok(attributed(response, &token))
}

fn answer(issued: &Issued, version: Version) -> Response<Body> {
    let Issued { access, refresh } = issued;
    let grant = &access.grant;
    let mut body = json!({
        "token_type": "bearer",
        "refresh_token": refresh.grant.text,
        "access_token": grant.text,
        "expires_in": seconds_left(access),
        "hub_id": access.tenant.hub_id,
        "scopes": grant.scopes,
        "user_id": grant.user.parse().unwrap_or(0_u32),
    });
    if version != Version::One {
        body["token_use"] = json!("access_token");
    }
    attributed(
        json_response(StatusCode::OK, body.to_string().into_bytes()),
        access,
    )
}

/// How many seconds a token still works, the one that has begun included: a new one has all of its time.
pub(super) fn seconds_left(token: &Session<Portal>) -> i64 {
    let now = token.tenant.tenant().clock.now();
    let left = token.grant.expires_at.map(|at| at.0 - now.0);
    (left.unwrap_or(0).max(0) + 999) / 1000
}

/// `POST token/revoke`: 200, whether or not there was such a token.
pub(super) fn revoke(hubspot: &Hubspot, form: &Form<'_>) -> Result<Response<Body>, TokenError> {
    let client = Client::of(hubspot, form)?;
    let empty = json_response(StatusCode::OK, Vec::new());
    let Some(token) = hubspot.directory.token(form.text("token")) else {
        return Ok(empty);
    };
    if !client.owns(&token.tenant, token.grant.app.as_deref()) {
        return Ok(empty);
    }
    hubspot.directory.end(&token, End::Revoked);
    Ok(attributed(empty, &token))
}

/// `DELETE /oauth/v1/refresh-tokens/{token}`: 204. Access tokens that it gave work on, as documented.
pub(super) fn delete_refresh(hubspot: &Hubspot, text: &str) -> Result<Response<Body>, TokenError> {
    let token = hubspot.directory.token(text);
    let token = token.filter(|token| token.grant.kind == TokenKind::Refresh);
    let token = token.ok_or(TokenError::NotFound)?;
    hubspot.directory.end(&token, End::Revoked);
    Ok(attributed(no_content(), &token))
}
