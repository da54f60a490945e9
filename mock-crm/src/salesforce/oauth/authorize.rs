//! `/services/oauth2/authorize`: the login page, and what comes of it.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::app;
use super::code::Code;
use crate::salesforce::Salesforce;
use crate::salesforce::spec::AppSpec;

/// What a client asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    state: Option<String>,
    code_challenge: Option<String>,
    username: Option<String>,
    password: Option<String>,
    deny: Option<String>,
}

/// `GET /services/oauth2/authorize`
pub(in crate::salesforce) async fn authorize(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let wanted: Wanted = axum::extract::Query::try_from_uri(request.uri())
        .map(|query| query.0)
        .unwrap_or_default();
    match salesforce.check(&wanted) {
        Ok(()) => page(StatusCode::OK, &form(&wanted, None)),
        Err(refused) => refused.answer(&wanted),
    }
}

/// `POST /services/oauth2/authorize`: the login page was sent in, and its user approves.
pub(in crate::salesforce) async fn approve(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let body = axum::body::to_bytes(request.into_body(), usize::MAX)
        .await
        .unwrap_or_default();
    let uri = format!("/?{}", String::from_utf8_lossy(&body))
        .parse()
        .unwrap_or_default();
    let wanted: Wanted = axum::extract::Query::try_from_uri(&uri)
        .map(|query| query.0)
        .unwrap_or_default();
    if let Err(refused) = salesforce.check(&wanted) {
        return refused.answer(&wanted);
    }
    if wanted.deny.is_some() {
        return back(
            &wanted,
            "error=access_denied&error_description=end-user%20denied%20authorization",
        );
    }
    let (username, password) = (wanted.username.as_deref(), wanted.password.as_deref());
    let login = salesforce.log_in(username.unwrap_or_default(), password.unwrap_or_default());
    let login = login.filter(|(org, user)| {
        let app = app(org, &wanted.client_id);
        user.active && app.is_some_and(|app| sends_back(app, &wanted.redirect_uri))
    });
    let Some((org, user)) = login else {
        let text = "Please check your username and password. If you still can't log in, contact your Salesforce administrator.";
        return page(StatusCode::OK, &form(&wanted, Some(text)));
    };
    let code = salesforce.codes.add(Code::new(
        org,
        user.id.clone(),
        wanted.client_id.clone(),
        wanted.redirect_uri.clone(),
        wanted.code_challenge.clone(),
    ));
    back(&wanted, &format!("code={}", encoded(&code)))
}

/// Why nobody is asked to log in.
enum Unacceptable {
    /// Who asks is not known, so nobody is sent anywhere.
    Shown(&'static str),
    /// The client is told.
    Told(&'static str),
}

impl Unacceptable {
    fn answer(&self, wanted: &Wanted) -> Response<Body> {
        match self {
            Self::Shown(text) => page(StatusCode::BAD_REQUEST, text),
            Self::Told(text) => back(wanted, text),
        }
    }
}

impl Salesforce {
    /// Some open org has the app, and lets it be sent back there.
    fn check(&self, wanted: &Wanted) -> Result<(), Unacceptable> {
        let orgs = self.directory.all();
        let mut apps = orgs
            .iter()
            .filter_map(|org| app(org, &wanted.client_id))
            .peekable();
        if apps.peek().is_none() {
            let text =
                "error=invalid_client_id&amp;error_description=client%20identifier%20invalid";
            return Err(Unacceptable::Shown(text));
        }
        if !apps.any(|app| sends_back(app, &wanted.redirect_uri)) {
            let text = "error=redirect_uri_mismatch&amp;error_description=redirect_uri%20must%20match%20configuration";
            return Err(Unacceptable::Shown(text));
        }
        match wanted.response_type.as_str() {
            "code" => Ok(()),
            _ => Err(Unacceptable::Told(
                "error=unsupported_response_type&error_description=response%20type%20not%20supported",
            )),
        }
    }
}

fn sends_back(app: &AppSpec, uri: &str) -> bool {
    let sendable = !uri.is_empty() && HeaderValue::from_str(uri).is_ok();
    sendable && (app.redirect_uris.is_empty() || app.redirect_uris.iter().any(|known| known == uri))
}

/// Back to the client.
fn back(wanted: &Wanted, answer: &str) -> Response<Body> {
    let joint = if wanted.redirect_uri.contains('?') {
        '&'
    } else {
        '?'
    };
    let mut location = format!("{}{joint}{answer}", wanted.redirect_uri);
    if let Some(state) = &wanted.state {
        // Writing into a string can't fail.
        let _ = write!(location, "&state={}", encoded(state));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn page(status: StatusCode, content: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!(
        "<!doctype html><title>Login | Salesforce (mock)</title>{content}"
    )));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html;charset=UTF-8"),
    );
    response
}

fn form(wanted: &Wanted, message: Option<&str>) -> String {
    let mut form = String::from(r#"<form method="post" action="/services/oauth2/authorize">"#);
    let hidden = [
        ("response_type", Some(&wanted.response_type)),
        ("client_id", Some(&wanted.client_id)),
        ("redirect_uri", Some(&wanted.redirect_uri)),
        ("state", wanted.state.as_ref()),
        ("code_challenge", wanted.code_challenge.as_ref()),
    ];
    for (name, value) in hidden {
        if let Some(value) = value {
            let _ = write!(
                form,
                r#"<input type="hidden" name="{name}" value="{}">"#,
                escaped(value)
            );
        }
    }
    form.push_str(r#"<input id="username" name="username"><input id="password" name="password" type="password">"#);
    form.push_str(r#"<button name="Login">Log In and Allow</button><button name="deny" value="1">Deny</button></form>"#);
    match message {
        Some(message) => format!("<p>{message}</p>{form}"),
        None => form,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}
