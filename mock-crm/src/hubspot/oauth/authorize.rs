//! `/oauth/authorize`: consent. A link for each user takes the place of logging in.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, Response, StatusCode, header};
use parking_lot::Mutex;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::hubspot::Hubspot;
use crate::hubspot::app::{App, AppKind};
use crate::hubspot::form::Form;
use crate::hubspot::portal::SharedPortal;

/// How long a code can be used. HubSpot says "short-lived".
const LIFETIME: Duration = Duration::from_secs(60);

/// Authorization codes that were not used yet. They are not kept over a restart.
#[derive(Debug, Default)]
pub(crate) struct Codes(Mutex<HashMap<String, Code>>);

/// Somebody's consent.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(super) portal: SharedPortal,
    pub(super) app_id: Arc<str>,
    pub(super) user_id: Arc<str>,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<String>,
    pub(super) expires_at: Timestamp,
    /// Method and challenge of RFC 7636.
    challenge: Option<(String, String)>,
}

impl Codes {
    /// A code works once.
    pub(super) fn take(&self, code: &str) -> Option<Code> {
        self.0.lock().remove(code)
    }

    fn put(&self, text: String, code: Code) {
        self.0.lock().insert(text, code);
    }
}

impl Code {
    /// Whether a code verifier is the one that was promised, if one was.
    pub(super) fn verified_by(&self, verifier: &str) -> bool {
        match &self.challenge {
            None => true,
            Some((method, challenge)) if method == "S256" => {
                URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == *challenge
            }
            Some((_, challenge)) => verifier == challenge,
        }
    }
}

/// Asks who consents, or sends the browser back with a code where the query says who: 302.
pub(super) fn page(hubspot: &Hubspot, query: &Form<'_>) -> Response<Body> {
    let client_id = query.text("client_id");
    let portals: Vec<SharedPortal> = hubspot.directory.all();
    let installable = portals
        .iter()
        .filter_map(|portal| Some((portal, portal.app_of_client(client_id)?)));
    let installable: Vec<(&SharedPortal, &App)> = installable.collect();
    let Some((_, app)) = installable.first() else {
        return html(
            StatusCode::BAD_REQUEST,
            "Authorization failed because no app has this client id",
        );
    };
    let redirect_uri = query.text("redirect_uri");
    if !may_return_to(app, redirect_uri) {
        let text = format!(
            "Authorization failed as the redirect URL {} doesn't match",
            escape(redirect_uri)
        );
        return html(StatusCode::BAD_REQUEST, &text);
    }
    let chosen = installable
        .iter()
        .find(|(portal, _)| Some(portal.tenant_id()) == query.get("portal"));
    match (chosen, query.get("user")) {
        (Some((portal, app)), Some(user)) => consent(hubspot, (portal, app), user, query),
        _ => html(StatusCode::OK, &choices(&installable, query)),
    }
}

fn may_return_to(app: &App, uri: &str) -> bool {
    match &app.kind {
        AppKind::Public { redirect_uris, .. } => {
            let registered =
                redirect_uris.is_empty() || redirect_uris.iter().any(|known| known == uri);
            registered && !uri.is_empty()
        }
        AppKind::Private => false,
    }
}

fn consent(
    hubspot: &Hubspot,
    (portal, app): (&SharedPortal, &App),
    user: &str,
    query: &Form<'_>,
) -> Response<Body> {
    let setup = portal.setup();
    let person = setup.people.user(user).filter(|person| person.active());
    let Some(user_id) = person.and_then(|person| person.user_id.clone()) else {
        return html(
            StatusCode::BAD_REQUEST,
            "Authorization failed because there is no such user",
        );
    };
    let asked = |name| {
        query
            .text(name)
            .split([' ', ','])
            .filter(|scope| !scope.is_empty())
    };
    let has = |scope: &str| app.scopes.iter().any(|own| own == scope);
    if let Some(foreign) = asked("scope").find(|scope| !has(scope)) {
        let text = format!(
            "Authorization failed because the app does not have the scope {}",
            escape(foreign)
        );
        return html(StatusCode::BAD_REQUEST, &text);
    }
    let optional = asked("optional_scope")
        .chain(asked("optional_scopes"))
        .filter(|scope| has(scope));
    let mut scopes: Vec<String> = ["oauth"]
        .into_iter()
        .chain(asked("scope"))
        .chain(optional)
        .map(str::to_owned)
        .collect();
    scopes.sort();
    scopes.dedup();
    let text = portal.uuid();
    let challenge = query.get("code_challenge").map(|challenge| {
        let method = query.get("code_challenge_method").unwrap_or("plain");
        (method.to_owned(), challenge.to_owned())
    });
    let redirect_uri = query.text("redirect_uri").to_owned();
    let location = back(&redirect_uri, &text, query.get("state"));
    hubspot.codes.put(
        text,
        Code {
            portal: portal.clone(),
            app_id: app.app_id.clone(),
            user_id,
            redirect_uri,
            scopes,
            expires_at: portal.now() + LIFETIME,
            challenge,
        },
    );
    let mut response = html(StatusCode::FOUND, "");
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn back(redirect_uri: &str, code: &str, state: Option<&str>) -> String {
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    let state =
        state.map(|state| format!("&state={}", utf8_percent_encode(state, NON_ALPHANUMERIC)));
    format!(
        "{redirect_uri}{separator}code={code}{}",
        state.unwrap_or_default()
    )
}

fn choices(installable: &[(&SharedPortal, &App)], query: &Form<'_>) -> String {
    let kept: String = query
        .pairs()
        .filter(|(name, _)| !["portal", "user"].contains(name))
        .map(|(name, value)| format!("{name}={}&", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    let mut page = String::from("<h1>Connect an app</h1>");
    for (portal, app) in installable {
        page += &format!(
            "<h2>{} to {} ({})</h2><ul>",
            escape(&app.name),
            escape(&portal.name),
            portal.hub_id
        );
        for person in portal.users().iter().filter(|person| person.active()) {
            if let Some(user_id) = &person.user_id {
                let link = format!("?{kept}portal={}&user={user_id}", portal.hub_id);
                page += &format!(
                    "<li><a href=\"{}\">{}</a></li>",
                    escape(&link),
                    escape(&person.name)
                );
            }
        }
        page += "</ul>";
    }
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn html(status: StatusCode, body: &str) -> Response<Body> {
    let page = format!("<!doctype html><meta charset=\"utf-8\"><title>mock-crm</title>{body}");
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/html;charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
