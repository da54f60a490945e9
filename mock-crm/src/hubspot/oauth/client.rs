//! The app that calls a token endpoint: it shows its id and secret.

use super::TokenError;
use crate::hubspot::Hubspot;
use crate::hubspot::app::{App, AppKind};
use crate::hubspot::form::Form;
use crate::hubspot::portal::{Portal, SharedPortal};
use crate::tenant::Hosted;

/// An app that has shown its secret. It can be installed in several portals, each of which knows it by itself.
#[derive(Debug)]
pub(super) struct Client {
    client_id: String,
    portals: Vec<SharedPortal>,
}

impl Client {
    /// The client whose id and secret the form has; a code or token is looked at only after it.
    pub(super) fn of(hubspot: &Hubspot, form: &Form<'_>) -> Result<Self, TokenError> {
        // A signed assertion in the secret's place belongs to the date-based forms.
        if form.get("client_assertion").is_some() {
            return Err(TokenError::NotSimulated);
        }
        let (client_id, secret) = (form.text("client_id"), form.text("client_secret"));
        let mut portals = hubspot.directory.all();
        portals.retain(|portal| portal.app_of_client(client_id).is_some());
        if portals.is_empty() {
            return Err(TokenError::BadClientId);
        }
        portals.retain(|portal| has_secret(portal, client_id, secret));
        match portals.is_empty() {
            true => Err(TokenError::BadClientSecret),
            false => Ok(Self {
                client_id: client_id.to_owned(),
                portals,
            }),
        }
    }

    /// The app as this portal knows it; `None` where the portal is closed, or knows it by another secret or not at all.
    pub(super) fn app_in<'p>(&self, portal: &'p Portal) -> Option<&'p App> {
        let known = |open: &SharedPortal| open.tenant().number == portal.tenant().number;
        let open = self.portals.iter().any(known);
        open.then(|| portal.app_of_client(&self.client_id))?
    }

    /// Whether a token with this app id in this portal was issued to it.
    pub(super) fn owns(&self, portal: &Portal, app_id: Option<&str>) -> bool {
        self.app_in(portal)
            .is_some_and(|app| Some(&*app.app_id) == app_id)
    }

    /// The first portal that has the app.
    pub(super) fn first_portal(&self) -> Option<&SharedPortal> {
        self.portals.first()
    }
}

fn has_secret(portal: &Portal, client_id: &str, secret: &str) -> bool {
    let app = portal.app_of_client(client_id);
    app.is_some_and(
        |app| matches!(&app.kind, AppKind::Public { client_secret, .. } if client_secret == secret),
    )
}
