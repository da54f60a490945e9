//! `/oauth/authorize` and `/oauth/authorize/{hubId}`: consent.

use std::sync::Arc;

use axum::body::Body;
use http::Response;

use super::codes::{Challenge, Code, LIFETIME};
use super::consent_page::{back, choices, failure};
use crate::hubspot::Hubspot;
use crate::hubspot::app::{App, AppKind};
use crate::hubspot::form::Form;
use crate::hubspot::portal::SharedPortal;

/// Asks who consents, or sends the browser back with a code where the query says who (`portal`, `user`), or with
/// `access_denied` where it says no (`deny`): 302. `hub_id`: the one portal that is asked for.
pub(super) fn page(hubspot: &Hubspot, hub_id: Option<&str>, query: &Form<'_>) -> Response<Body> {
    let client_id = query.text("client_id");
    let mut portals: Vec<SharedPortal> = hubspot.directory.all();
    portals.retain(|portal| hub_id.is_none_or(|wanted| portal.tenant_id() == wanted));
    let installable = portals
        .iter()
        .filter_map(|portal| Some((portal, portal.app_of_client(client_id)?)));
    let mut installable: Vec<(&SharedPortal, &App)> = installable.collect();
    if installable.is_empty() {
        return failure("because no app has this client id");
    }
    let redirect_uri = query.text("redirect_uri");
    installable.retain(|(_, app)| may_return_to(app, redirect_uri));
    if installable.is_empty() {
        return failure(&format!("as the redirect URL {redirect_uri} doesn't match"));
    }
    if query.flag("deny") {
        // Unverified: RFC 6749's answer, since no recording shows HubSpot's.
        return error_back(query, "access_denied", "the user denied the request");
    }
    let chosen = installable
        .iter()
        .find(|(portal, _)| Some(portal.tenant_id()) == query.get("portal"));
    match (chosen, query.get("user")) {
        (Some(chosen), Some(user)) => consent(hubspot, *chosen, user, query),
        _ => choices(&installable, query),
    }
}

fn may_return_to(app: &App, uri: &str) -> bool {
    match &app.kind {
        AppKind::Public { redirect_uris, .. } => {
            let registered =
                redirect_uris.is_empty() || redirect_uris.iter().any(|known| known == uri);
            registered && !uri.is_empty()
        }
        AppKind::Private | AppKind::ServiceKey => false,
    }
}

fn consent(
    hubspot: &Hubspot,
    (portal, app): (&SharedPortal, &App),
    user: &str,
    query: &Form<'_>,
) -> Response<Body> {
    let Some(user_id) = active_user(portal, user) else {
        return failure("because there is no such user");
    };
    let scopes = match granted(app, query) {
        Ok(scopes) => scopes,
        Err(foreign) => {
            return failure(&format!(
                "because the app does not have the scope {foreign}"
            ));
        }
    };
    let method = query.text("code_challenge_method");
    let challenge = query
        .get("code_challenge")
        .map(|challenge| Challenge::parse(method, challenge));
    if let Some(None) = challenge {
        return error_back(
            query,
            "invalid_request",
            "code_challenge_method has to be S256",
        );
    }
    let text = portal.uuid();
    let redirect_uri = query.text("redirect_uri").to_owned();
    let location = back(&redirect_uri, &[("code", &text)], query.get("state"));
    let code = Code {
        portal: portal.clone(),
        app_id: app.app_id.clone(),
        user_id,
        redirect_uri,
        scopes,
        expires_at: portal.now() + LIFETIME,
        challenge: challenge.flatten(),
    };
    hubspot.codes.put(text, code);
    location
}

fn active_user(portal: &SharedPortal, user: &str) -> Option<Arc<str>> {
    let setup = portal.setup();
    let person = setup.people.user(user)?;
    person.active().then(|| person.user_id.clone())?
}

/// The scopes of the token: all that are required, and of the optional ones those that the app has. `Err`: one that is
/// required and that the app does not have.
fn granted<'q>(app: &App, query: &'q Form<'_>) -> Result<Vec<String>, &'q str> {
    let asked = |name| {
        query
            .text(name)
            .split([' ', ','])
            .filter(|scope| !scope.is_empty())
    };
    let has = |scope: &str| app.scopes.iter().any(|own| own == scope);
    if let Some(foreign) = asked("scope").find(|scope| !has(scope)) {
        return Err(foreign);
    }
    // The guide says `optional_scope`, a later one `optional_scopes`.
    let optional = asked("optional_scope")
        .chain(asked("optional_scopes"))
        .filter(|scope| has(scope));
    let all = ["oauth"].into_iter().chain(asked("scope")).chain(optional);
    let mut scopes: Vec<String> = all.map(str::to_owned).collect();
    scopes.sort();
    scopes.dedup();
    Ok(scopes)
}

fn error_back(query: &Form<'_>, error: &str, description: &str) -> Response<Body> {
    let pairs = [("error", error), ("error_description", description)];
    back(query.text("redirect_uri"), &pairs, query.get("state"))
}
