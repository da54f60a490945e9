//! `/services/oauth2` and what belongs to it: how a client comes by a token, and what a token says.

mod approval;
mod authorize;
mod client;
mod code;
mod error;
mod grants;
mod identity;
mod information;
mod jwt;
mod key;
mod openid;
mod pages;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

pub(super) use approval::Approvals;
pub(super) use code::Codes;
pub(super) use key::AppKey;
pub use key::demo_private_key;

use super::Salesforce;

/// The routes, login pages and discovery included.
pub(super) fn routes() -> Router<Arc<Salesforce>> {
    Router::new()
        .route(
            "/services/oauth2/authorize",
            get(authorize::authorize).post(authorize::authorize),
        )
        .route("/", get(authorize::page).post(authorize::log_in))
        .route(
            "/setup/secur/RemoteAccessAuthorizationPage.apexp",
            get(approval::page).post(approval::decide),
        )
        .route("/services/oauth2/token", post(token::token))
        .route(
            "/services/oauth2/revoke",
            get(information::revoke).post(information::revoke),
        )
        .route("/services/oauth2/introspect", post(information::introspect))
        .route(
            "/services/oauth2/userinfo",
            get(identity::userinfo).post(identity::userinfo),
        )
        .route(
            "/id/{org}/{user}",
            get(identity::identity).post(identity::identity),
        )
        .route("/id/keys", get(openid::keys))
        .route(
            "/.well-known/openid-configuration",
            get(openid::configuration),
        )
}
