//! The few pages that a browser sees. Ids, names and addresses are those that scripted browsers look for.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use quick_xml::escape::escape;

use super::error::OAuthError;

/// Sends the browser elsewhere.
pub(super) fn redirect(location: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    match HeaderValue::from_str(location) {
        Ok(location) => {
            *response.status_mut() = StatusCode::FOUND;
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        // Addresses are checked before they are kept, and everything else is encoded.
        Err(_) => nothing_here(),
    }
}

/// There is no other page in a mock.
pub(super) fn nothing_here() -> Response<Body> {
    page(
        StatusCode::NOT_FOUND,
        "<p>mock-crm has the pages of the OAuth web server flow only.</p>",
    )
}

/// A refusal of an app that nobody can be sent back to.
pub(super) fn error(error: &OAuthError) -> Response<Body> {
    let text = format!(
        "error={}&error_description={}",
        error.code(),
        super::authorize::encoded(&error.to_string())
    );
    page(error.status(), &escape(text))
}

/// The login page.
pub(super) fn login(start: &str, hint: Option<&str>, message: Option<&str>) -> Response<Body> {
    let message = message.map(|text| format!(r#"<div id="error">{text}</div>"#));
    page(
        StatusCode::OK,
        &format!(
            r#"{}<form id="login_form" method="post" action="/">
<input type="hidden" name="startURL" value="{}">
<label>Username <input id="username" name="username" value="{}"></label>
<label>Password <input id="password" name="password" type="password"></label>
<input id="Login" name="Login" type="submit" value="Log In"></form>"#,
            message.unwrap_or_default(),
            escape(start),
            escape(hint.unwrap_or_default())
        ),
    )
}

/// The page that asks whether the app may.
pub(super) fn approval(source: &str, app: &str, scopes: &[String]) -> Response<Body> {
    page(
        StatusCode::OK,
        &format!(
            r#"<h1>Allow Access?</h1><p>{} is asking to: {}</p>
<form id="editPage" method="post" action="/setup/secur/RemoteAccessAuthorizationPage.apexp">
<input type="hidden" name="source" value="{}">
<input id="oaapprove" name="save" type="submit" value=" Allow ">
<input id="oadeny" name="cancel" type="submit" value=" Deny "></form>"#,
            escape(app),
            escape(scopes.join(", ")),
            escape(source)
        ),
    )
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
