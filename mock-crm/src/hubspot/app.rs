//! Apps: what a token is issued to, and what records say they came from.

use std::sync::Arc;

use super::stored::Origin;

/// A public app, a private app or a service key, as one portal knows it.
#[derive(Debug)]
pub struct App {
    /// Its number, as records and token information have it.
    pub app_id: Arc<str>,
    /// Its name.
    pub name: String,
    /// How tokens are made for it.
    pub kind: AppKind,
    /// What they may do.
    pub scopes: Arc<[String]>,
}

/// How tokens are made for an app.
#[derive(Debug)]
pub enum AppKind {
    /// By OAuth.
    Public {
        /// OAuth client id.
        client_id: String,
        /// OAuth client secret.
        client_secret: String,
        /// Where a browser may be sent back to; empty: anywhere.
        redirect_uris: Vec<String>,
        /// Tokens act for the user, instead of for the account.
        user_level: bool,
        /// How long an access token works.
        access_token_seconds: u32,
        /// A refresh gives a new refresh token and ends the old one.
        rotate_refresh_tokens: bool,
    },
    /// One token, made with the app.
    Private,
    /// The key is the token. HubSpot shows an app id for it all the same.
    ServiceKey,
}

impl App {
    /// The OAuth client id of a public app.
    pub fn client_id(&self) -> Option<&str> {
        match &self.kind {
            AppKind::Public { client_id, .. } => Some(client_id),
            AppKind::Private | AppKind::ServiceKey => None,
        }
    }

    /// What its records carry.
    pub(crate) fn origin(&self) -> Origin<'_> {
        match self.user_level() {
            true => Origin::UserLevelApp(&self.app_id),
            false => Origin::App(&self.app_id),
        }
    }

    /// Whether it has one token, made with it: a private app or a service key.
    pub(crate) fn private(&self) -> bool {
        self.client_id().is_none()
    }

    /// Whether its tokens act for the user who installed it.
    pub fn user_level(&self) -> bool {
        matches!(
            &self.kind,
            AppKind::Public {
                user_level: true,
                ..
            }
        )
    }
}
