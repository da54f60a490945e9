//! Making tokens.

use std::sync::Arc;
use std::time::Duration;

use super::app::{App, AppKind};
use super::spec::PortalSpec;
use super::{Hubspot, Portal};
use crate::identity::{Grant, Session, TokenKind};
use crate::ids::Entropy;

/// What an OAuth grant gives.
#[derive(Debug)]
pub struct Issued {
    /// For calls.
    pub access: Session<Portal>,
    /// For the token endpoint.
    pub refresh: Session<Portal>,
}

/// Why no token can be issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// Nobody in the portal has this name, e-mail or user id, or it is no user.
    #[error("there is no user {0:?} in the portal")]
    NoSuchUser(String),
    /// No public app of the portal has this client id.
    #[error("there is no app with client id {0:?} in the portal")]
    NoSuchApp(String),
}

/// Tokens are as opaque as HubSpot's, and the same for the same seed.
const TOKEN_STREAM: u64 = 0x7075_6253;

impl Hubspot {
    /// Tokens as if `user` (a name, e-mail or user id) had installed the app with this client id just now.
    ///
    /// # Errors
    /// Where the portal has no such user or app.
    pub fn issue(
        &self,
        portal: &Arc<Portal>,
        user: &str,
        client_id: &str,
    ) -> Result<Issued, IssueError> {
        let setup = portal.setup();
        let person = setup.people.find(user);
        let user_id = person.and_then(|person| person.user_id.clone());
        let user_id = user_id.ok_or_else(|| IssueError::NoSuchUser(user.to_owned()))?;
        let app = portal.app_of_client(client_id);
        let app = app.ok_or_else(|| IssueError::NoSuchApp(client_id.to_owned()))?;
        Ok(self.grant(portal, app, &user_id, app.scopes.clone()))
    }

    /// A pair of tokens.
    pub(super) fn grant(
        &self,
        portal: &Arc<Portal>,
        app: &App,
        user_id: &Arc<str>,
        scopes: Arc<[String]>,
    ) -> Issued {
        let refresh = self.make(portal, app, user_id, (TokenKind::Refresh, scopes, None));
        let access = self.access_token(&refresh, app);
        Issued { access, refresh }
    }

    /// An access token for a refresh token.
    pub(super) fn access_token(&self, refresh: &Session<Portal>, app: &App) -> Session<Portal> {
        let grant = &refresh.grant;
        let kind = (
            TokenKind::Access,
            grant.scopes.clone(),
            Some(grant.id.clone()),
        );
        self.make(&refresh.tenant, app, &grant.user, kind)
    }

    /// A token of the app itself: nobody's.
    pub(super) fn app_token(
        &self,
        portal: &Arc<Portal>,
        app: &App,
        scopes: Arc<[String]>,
    ) -> Session<Portal> {
        let nobody: Arc<str> = "".into();
        let kind = (TokenKind::ClientCredentials, scopes, None);
        self.make(portal, app, &nobody, kind)
    }

    /// The tokens that a portal has from the start.
    pub(super) fn issue_first_tokens(&self, portal: &Arc<Portal>, spec: &PortalSpec) {
        let setup = portal.setup();
        let private = spec.private_apps.iter();
        let private = private.map(|app| (TokenKind::PrivateApp, &app.user));
        let keys = spec.service_keys.iter();
        let keys = keys.map(|key| (TokenKind::ServiceKey, &key.user));
        let own = portal.apps.iter().skip(spec.apps.len());
        for (app, (kind, user)) in own.zip(private.chain(keys)) {
            let maker = setup.people.find(user);
            if let Some(user_id) = maker.and_then(|person| person.user_id.clone()) {
                self.make(portal, app, &user_id, (kind, app.scopes.clone(), None));
            }
        }
        let Some(app) = portal.apps.first().filter(|app| app.client_id().is_some()) else {
            return;
        };
        let users = setup
            .people
            .all()
            .iter()
            .zip(&spec.users)
            .filter(|(_, spec)| spec.token);
        for user_id in users.filter_map(|(person, _)| person.user_id.clone()) {
            self.grant(portal, app, &user_id, app.scopes.clone());
        }
    }

    fn make(
        &self,
        portal: &Arc<Portal>,
        app: &App,
        user_id: &Arc<str>,
        (kind, scopes, refresh): (TokenKind, Arc<[String]>, Option<Arc<str>>),
    ) -> Session<Portal> {
        let id = self.directory.next_token_id();
        let lifetime = match (&app.kind, kind) {
            (
                AppKind::Public {
                    access_token_seconds,
                    ..
                },
                TokenKind::Access | TokenKind::ClientCredentials,
            ) => Some(Duration::from_secs(u64::from(*access_token_seconds))),
            _ => None,
        };
        let grant = Grant {
            text: self.token_text(&id, kind).into(),
            id,
            kind,
            user: user_id.clone(),
            app: Some(app.app_id.clone()),
            scopes,
            issued_at: portal.now(),
            expires_at: lifetime.map(|lifetime| portal.now() + lifetime),
            refresh,
        };
        self.directory.issue(portal.clone(), grant)
    }

    /// The text of a token comes from its number, so that a token made after a restart is none that was made before.
    fn token_text(&self, id: &str, kind: TokenKind) -> String {
        let number = id.trim_start_matches('t').parse().unwrap_or(0);
        let entropy = Entropy::new(self.server.random_seed ^ TOKEN_STREAM, number);
        match kind {
            TokenKind::Refresh => format!("na1-{}", entropy.uuid()),
            TokenKind::PrivateApp | TokenKind::ServiceKey | TokenKind::Session => {
                format!("pat-na1-{}", entropy.uuid())
            }
            TokenKind::Access | TokenKind::ClientCredentials => {
                format!("CJ{}", entropy.alphanumeric(86))
            }
        }
    }
}
