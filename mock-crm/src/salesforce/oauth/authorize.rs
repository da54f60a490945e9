//! `/services/oauth2/authorize`, and the login page that it leads to.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use http::HeaderValue;
use http::request::Parts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::client::Parameters;
use super::error::OAuthError;
use super::pages;
use crate::salesforce::Salesforce;
use crate::salesforce::login;
use crate::salesforce::org::Org;
use crate::salesforce::session::Authorization;
use crate::salesforce::spec::AppSpec;

/// What a client asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    response_type: String,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    scope: Option<String>,
    state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    login_hint: Option<String>,
}

impl Wanted {
    fn read(parameters: &Parameters) -> Self {
        let text = |name| parameters.get(name).map(str::to_owned);
        Self {
            response_type: text("response_type").unwrap_or_default(),
            client_id: text("client_id").unwrap_or_default(),
            redirect_uri: text("redirect_uri").unwrap_or_default(),
            scope: text("scope").filter(|scope| !scope.trim().is_empty()),
            state: text("state"),
            nonce: text("nonce"),
            code_challenge: text("code_challenge").filter(|challenge| !challenge.is_empty()),
            code_challenge_method: text("code_challenge_method"),
            login_hint: text("login_hint"),
        }
    }

    /// The query string of the address that asks for the same again.
    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let optional = [
            ("scope", &self.scope),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", &self.code_challenge_method),
            ("login_hint", &self.login_hint),
        ];
        query.append_pair("response_type", &self.response_type);
        query.append_pair("client_id", &self.client_id);
        query.append_pair("redirect_uri", &self.redirect_uri);
        for (name, value) in optional {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }

    /// Back to the client, with an answer and the state it gave.
    pub(super) fn back(&self, answer: &str) -> Response<Body> {
        let joint = match self.redirect_uri.contains('?') {
            true => '&',
            false => '?',
        };
        let state = self.state.as_deref().map(encoded);
        let state = state.map(|state| format!("&state={state}"));
        pages::redirect(&format!(
            "{}{joint}{answer}{}",
            self.redirect_uri,
            state.unwrap_or_default()
        ))
    }

    /// What the user lets the app do: what was asked for, or all that the app may.
    pub(super) fn scopes(&self, app: &AppSpec) -> Result<Arc<[String]>, OAuthError> {
        let Some(scope) = &self.scope else {
            return Ok(app.scopes.as_slice().into());
        };
        let wanted: Vec<&str> = scope.split_whitespace().collect();
        let known = |scope: &&str| app.scopes.iter().any(|known| known == scope);
        match wanted.iter().all(known) {
            true => Ok(wanted.into_iter().map(str::to_owned).collect()),
            false => Err(OAuthError::InvalidScope),
        }
    }
}

/// What RFC 3986 does not call unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// `GET /services/oauth2/authorize`, or `POST` with a form
pub(super) async fn authorize(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, parameters) = Parameters::read(request).await;
    let wanted = Wanted::read(&parameters);
    match salesforce.check(&parts, &wanted) {
        Ok(()) => pages::redirect(&format!(
            "{}/?ec=302&startURL={}",
            login::origin(&parts),
            encoded(&format!("/services/oauth2/authorize?{}", wanted.query()))
        )),
        Err(refused) => refused.answer(&wanted),
    }
}

/// What was asked for before the login page was shown.
fn started(parameters: &Parameters) -> Option<Wanted> {
    let (_, query) = parameters.get("startURL")?.split_once('?')?;
    Some(Wanted::read(&Parameters::parse(query.as_bytes())))
}

/// `GET /`: the login page, on the way to an approval.
pub(super) async fn page(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, parameters) = Parameters::read(request).await;
    let Some(wanted) = started(&parameters) else {
        return pages::nothing_here();
    };
    match salesforce.check(&parts, &wanted) {
        Ok(()) => login_page(&wanted, None),
        Err(refused) => refused.answer(&wanted),
    }
}

fn login_page(wanted: &Wanted, message: Option<&str>) -> Response<Body> {
    let start = format!("/services/oauth2/authorize?{}", wanted.query());
    pages::login(&start, wanted.login_hint.as_deref(), message)
}

/// `POST /`: the login page was sent in.
pub(super) async fn log_in(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, parameters) = Parameters::read(request).await;
    let Some(wanted) = started(&parameters) else {
        return pages::nothing_here();
    };
    if let Err(refused) = salesforce.check(&parts, &wanted) {
        return refused.answer(&wanted);
    }
    let username = parameters
        .get("username")
        .or_else(|| parameters.get("un"))
        .unwrap_or_default();
    let password = parameters
        .get("password")
        .or_else(|| parameters.get("pw"))
        .unwrap_or_default();
    let found = login::log_in(salesforce.orgs_for(&parts, &wanted), username, password);
    let Some((org, user)) = found.filter(|(_, user)| user.active) else {
        let text = "Please check your username and password. If you still can't log in, contact your Salesforce administrator.";
        return login_page(&wanted, Some(text));
    };
    let app = org.app(&wanted.client_id);
    let Some(Ok(scopes)) = app.map(|app| wanted.scopes(app)) else {
        return Unacceptable::Told(OAuthError::InvalidScope).answer(&wanted);
    };
    let authorization = Authorization {
        user: user.id.clone(),
        client_id: Some(wanted.client_id.as_str().into()),
        scopes,
        org,
    };
    salesforce.approvals.ask(&parts, authorization, wanted)
}

/// Why nobody is asked to log in.
#[derive(Debug)]
pub(super) enum Unacceptable {
    /// Who asks is not known, so nobody is sent anywhere.
    Shown(OAuthError),
    /// The client is told.
    Told(OAuthError),
}

impl Unacceptable {
    fn answer(&self, wanted: &Wanted) -> Response<Body> {
        match self {
            Self::Shown(error) => pages::error(error),
            Self::Told(error) => wanted.back(&error.in_form()),
        }
    }
}

impl Salesforce {
    /// Some org has the app, lets it be sent back there, and grants what it asks for.
    fn check(&self, parts: &Parts, wanted: &Wanted) -> Result<(), Unacceptable> {
        let mut orgs = self.orgs_at(parts);
        orgs.retain(|org| org.app(&wanted.client_id).is_some());
        if orgs.is_empty() {
            return Err(Unacceptable::Shown(OAuthError::InvalidClientId));
        }
        let orgs = self.orgs_for(parts, wanted);
        if orgs.is_empty() {
            return Err(Unacceptable::Shown(OAuthError::RedirectMismatch));
        }
        match wanted.response_type.as_str() {
            "code" => {}
            flow @ ("token" | "device_code" | "id_token" | "code_credentials") => {
                let what = format!("the flow of response_type={flow}");
                return Err(Unacceptable::Shown(OAuthError::NotSimulated(what)));
            }
            _ => return Err(Unacceptable::Told(OAuthError::UnsupportedResponseType)),
        }
        // One client names no method and means the only one there is.
        if let Some(method) = wanted.code_challenge_method.as_deref()
            && method != "S256"
        {
            return Err(Unacceptable::Told(OAuthError::InvalidVerifier));
        }
        let granted = |org: &Arc<Org>| {
            let app = org.app(&wanted.client_id);
            app.is_some_and(|app| wanted.scopes(app).is_ok())
        };
        match orgs.iter().any(granted) {
            true => Ok(()),
            false => Err(Unacceptable::Told(OAuthError::InvalidScope)),
        }
    }

    /// The orgs whose app may be sent back to where the client wants to be.
    fn orgs_for(&self, parts: &Parts, wanted: &Wanted) -> Vec<Arc<Org>> {
        let mut orgs = self.orgs_at(parts);
        orgs.retain(|org| {
            let app = org.app(&wanted.client_id);
            app.is_some_and(|app| sends_back(app, &wanted.redirect_uri))
        });
        orgs
    }
}

fn sends_back(app: &AppSpec, uri: &str) -> bool {
    let sendable = !uri.is_empty() && HeaderValue::from_str(uri).is_ok();
    sendable && (app.redirect_uris.is_empty() || app.redirect_uris.iter().any(|known| known == uri))
}
