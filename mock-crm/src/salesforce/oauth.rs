//! `/services/oauth2`: how a client comes by a token and gets rid of it.

mod authorize;
mod code;
mod error;
mod identity;
mod token;

pub(super) use authorize::{approve, authorize};
pub(super) use code::Codes;
pub(super) use identity::{identity, userinfo};
pub(super) use token::{revoke, token};

use super::org::Org;
use super::spec::AppSpec;

/// The connected app of an org.
fn app<'o>(org: &'o Org, client_id: &str) -> Option<&'o AppSpec> {
    org.spec.apps.iter().find(|app| app.client_id == client_id)
}
