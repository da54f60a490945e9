//! What a person sees at `/oauth/authorize`.

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::hubspot::app::App;
use crate::hubspot::form::Form;
use crate::hubspot::portal::SharedPortal;

/// A page with a link for each user of each portal, in place of logging in, and one to say no.
///
/// HubSpot lets super admins and people with access to its marketplace install an app. The API shows nobody's access, so
/// all active users are offered.
pub(super) fn choices(installable: &[(&SharedPortal, &App)], query: &Form<'_>) -> Response<Body> {
    let kept: String = query
        .pairs()
        .filter(|(name, _)| !["portal", "user", "deny"].contains(name))
        .map(|(name, value)| format!("{name}={}&", encode(value)))
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
                page += &entry(&link, &person.name);
            }
        }
        page += "</ul>";
    }
    page += &format!(
        "<p><a href=\"{}\">Cancel</a></p>",
        escape(&format!("?{kept}deny=true"))
    );
    html(StatusCode::OK, &page)
}

fn entry(link: &str, name: &str) -> String {
    format!("<li><a href=\"{}\">{}</a></li>", escape(link), escape(name))
}

/// Says why nothing can be authorized. There is no way back to the app then: HubSpot shows it to the person.
pub(super) fn failure(why: &str) -> Response<Body> {
    html(
        StatusCode::BAD_REQUEST,
        &escape(&format!("Authorization failed {why}")),
    )
}

/// 302 to the app, with these pairs in the query, and its `state`.
pub(super) fn back(
    redirect_uri: &str,
    pairs: &[(&str, &str)],
    state: Option<&str>,
) -> Response<Body> {
    let mut location = redirect_uri.to_owned();
    let state = state.map(|state| ("state", state));
    for (name, value) in pairs.iter().copied().chain(state) {
        location.push(if location.contains('?') { '&' } else { '?' });
        location += &format!("{name}={}", encode(value));
    }
    let Ok(location) = HeaderValue::try_from(location) else {
        return failure("as the redirect URL is no URL");
    };
    let mut response = html(StatusCode::FOUND, "");
    response.headers_mut().insert(header::LOCATION, location);
    response
}

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encode(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
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
