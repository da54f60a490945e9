//! Who a token belongs to: how a client learns which user it acts for.

use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::Client;
use super::token::seconds_left;
use super::{TokenError, attributed};
use crate::hubspot::Hubspot;
use crate::hubspot::app::App;
use crate::hubspot::call::Call;
use crate::hubspot::form::Form;
use crate::hubspot::objects::wire;
use crate::hubspot::portal::Portal;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::identity::{Session, TokenKind};

/// `GET /oauth/v1/access-tokens/{token}`: 200, or 404 where the token does not work (any more).
pub(super) fn access_token(hubspot: &Hubspot, text: &str) -> Result<Response<Body>, TokenError> {
    let token = working(hubspot, text, TokenKind::Access).ok_or(TokenError::NotFound)?;
    let mut body = facts(&token);
    body["token"] = json!(token.grant.text);
    body["token_type"] = json!("access");
    body["expires_in"] = json!(seconds_left(&token));
    body["is_private_distribution"] = json!(false);
    body["signed_access_token"] = signed(&token);
    Ok(attributed(ok(&body), &token))
}

/// `GET /oauth/v1/refresh-tokens/{token}`: 200 or 404.
pub(super) fn refresh_token(hubspot: &Hubspot, text: &str) -> Result<Response<Body>, TokenError> {
    let token = working(hubspot, text, TokenKind::Refresh).ok_or(TokenError::NotFound)?;
    let mut body = facts(&token);
    body["token"] = json!(token.grant.text);
    body["token_type"] = json!("refresh");
    body["client_id"] = json!(app(&token).and_then(App::client_id));
    Ok(attributed(ok(&body), &token))
}

/// `POST /oauth/{version}/token/introspect`: 200; `{"active":false}` for a token that does not work or is another app's.
pub(super) fn introspect(hubspot: &Hubspot, form: &Form<'_>) -> Result<Response<Body>, TokenError> {
    let client = Client::of(hubspot, form)?;
    let ours = |token: &Session<Portal>| {
        works(token) && client.owns(&token.tenant, token.grant.app.as_deref())
    };
    let Some(token) = hubspot.directory.token(form.text("token")).filter(ours) else {
        return Ok(ok(&json!({ "active": false })));
    };
    let mut body = facts(&token);
    body["active"] = json!(true);
    body["token"] = json!(token.grant.text);
    body["token_type"] = json!("bearer");
    body["client_id"] = json!(form.text("client_id"));
    match token.grant.kind {
        TokenKind::Refresh => body["token_use"] = json!("refresh_token"),
        TokenKind::ClientCredentials => {
            // Nobody installed it, so it is of no portal and no user. Unverified: the clients' models leave it out.
            body = app_facts(body);
            body["expires_in"] = json!(seconds_left(&token));
        }
        _ => {
            body["token_use"] = json!("access_token");
            body["expires_in"] = json!(seconds_left(&token));
            body["is_private_distribution"] = json!(false);
            body["signed_access_token"] = signed(&token);
        }
    }
    Ok(attributed(ok(&body), &token))
}

fn app_facts(mut body: Value) -> Value {
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|name, _| !["user", "user_id", "hub_id", "hub_domain"].contains(&&**name));
    }
    body["token_use"] = json!("client_credentials");
    body
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenKey {
    token_key: String,
}

/// `POST /oauth/v2/private-apps/get/access-token-info`: 200 about the token that the call is made with.
pub(crate) fn private_app(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    let TokenKey { token_key } = wire::json(call.body)?;
    let grant = &call.session.grant;
    let own_kind = matches!(grant.kind, TokenKind::PrivateApp | TokenKind::ServiceKey);
    if *token_key != *grant.text || !own_kind {
        let text = "tokenKey has to be the private app token that the call is made with";
        return Err(ApiError::Invalid(text.to_owned()));
    }
    Ok(ok(&json!({
        "userId": number(&grant.user),
        "hubId": call.portal.hub_id,
        "appId": grant.app.as_deref().map(number),
        "scopes": grant.scopes.iter().map(|scope| shown(scope)).collect::<Vec<_>>(),
        "isUserToken": false,
    })))
}

/// Scopes of sensitive properties come back in their second version.
fn shown(scope: &str) -> String {
    let sensitive = scope.contains(".sensitive.") || scope.contains(".highly_sensitive.");
    match sensitive && !scope.ends_with(".v2") {
        true => format!("{scope}.v2"),
        false => scope.to_owned(),
    }
}

fn ok(body: &Value) -> Response<Body> {
    json_response(StatusCode::OK, body.to_string().into_bytes())
}

fn working(hubspot: &Hubspot, text: &str, kind: TokenKind) -> Option<Session<Portal>> {
    let token = hubspot.directory.token(text)?;
    (token.grant.kind == kind && works(&token)).then_some(token)
}

fn works(token: &Session<Portal>) -> bool {
    token.check().is_ok() && token.tenant.lets_in(&token.grant.user)
}

fn app(token: &Session<Portal>) -> Option<&App> {
    token.tenant.app(token.grant.app.as_deref()?)
}

fn number(id: &str) -> u32 {
    id.parse().unwrap_or(0)
}

/// What all descriptions of a token have.
fn facts(token: &Session<Portal>) -> Value {
    let setup = token.tenant.setup();
    let person = setup.people.user(&token.grant.user);
    json!({
        "user": person.and_then(|person| person.email.as_deref()),
        "user_id": number(&token.grant.user),
        "hub_domain": token.tenant.domain,
        "hub_id": token.tenant.hub_id,
        "app_id": token.grant.app.as_deref().map(number),
        "scopes": token.grant.scopes,
    })
}

/// The part that tells a token of the account from one of a user. Signatures are empty: there is no key behind them.
fn signed(token: &Session<Portal>) -> Value {
    let user_id = number(&token.grant.user);
    let app_id = token.grant.app.as_deref().map(number);
    json!({
        "expiresAt": token.grant.expires_at.map(|at| at.0),
        "scopes": token.grant.scopes.join(" "),
        "hubId": token.tenant.hub_id,
        "userId": user_id,
        "appId": app_id,
        "signature": "",
        "scopeToScopeGroupPks": "",
        "newSignature": "",
        "hublet": "na1",
        "trialScopes": "",
        "trialScopeToScopeGroupPks": "",
        "isUserLevel": app(token).is_some_and(App::user_level),
        "installingUserId": user_id,
        "isServiceAccount": false,
        "isPrivateDistribution": false,
        "appInstallId": app_id,
        "audience": "",
    })
}
