//! Who calls, and whether they may: 401 before 403.

use super::call::Call;
use super::catalog::{Family, ObjectType};
use super::objects;
use super::portal::Portal;
use super::refusal::ApiError;
use super::route::ObjectEndpoint;
use crate::clock::Timestamp;
use crate::identity::{Denied, Found, Session, TokenKind};

/// The session of a token that works.
pub(super) fn session(found: Option<&Found<Portal>>) -> Result<&Session<Portal>, ApiError> {
    let Some(Found::Token(token)) = found else {
        return Err(ApiError::NotAuthenticated);
    };
    let may_call = matches!(
        token.grant.kind,
        TokenKind::Access | TokenKind::PrivateApp | TokenKind::ServiceKey
    );
    if !may_call || !token.tenant.lets_in(&token.grant.user) {
        return Err(ApiError::NotAuthenticated);
    }
    working(token)
}

/// A token of an app itself, by client credentials, that works.
pub(super) fn app_session(found: Option<&Found<Portal>>) -> Result<&Session<Portal>, ApiError> {
    match found {
        Some(Found::Token(token)) if token.grant.kind == TokenKind::ClientCredentials => {
            working(token)
        }
        _ => Err(ApiError::NotAuthenticated),
    }
}

fn working(token: &Session<Portal>) -> Result<&Session<Portal>, ApiError> {
    match token.check() {
        Ok(()) => Ok(token),
        Err(Denied::Expired(at)) => Err(expired(at, token.tenant.now())),
        Err(_) => Err(ApiError::NotAuthenticated),
    }
}

fn expired(at: Timestamp, now: Timestamp) -> ApiError {
    let seconds = now.0.saturating_sub(at.0) / 1000;
    let ago = match seconds {
        0..60 => format!("{seconds} second(s)"),
        60..3600 => format!("{} minute(s)", seconds / 60),
        3600..86_400 => format!("{} hour(s)", seconds / 3600),
        _ => format!("{} day(s)", seconds / 86_400),
    };
    ApiError::Expired {
        ago,
        at: at.iso().to_string(),
    }
}

/// Refuses a token that has none of these scopes.
pub(super) fn any_scope(call: &Call<'_>, sufficient: &[&str]) -> Result<(), ApiError> {
    let has = |wanted: &&str| {
        call.session
            .grant
            .scopes
            .iter()
            .any(|scope| scope == wanted)
    };
    match sufficient.iter().any(has) {
        true => Ok(()),
        false => Err(ApiError::MissingScopes {
            required: sufficient.iter().map(|scope| (*scope).to_owned()).collect(),
        }),
    }
}

/// The scopes of records: activities go by those of contacts.
pub(super) fn objects(
    call: &Call<'_>,
    object_type: &ObjectType,
    endpoint: ObjectEndpoint<'_>,
) -> Result<(), ApiError> {
    record_scope(call, object_type, objects::writes(endpoint))
}

/// The scopes of connections: those of the records at both ends.
pub(super) fn associations(
    call: &Call<'_>,
    (from, to): (&ObjectType, &ObjectType),
    writes: bool,
) -> Result<(), ApiError> {
    record_scope(call, to, writes)?;
    record_scope(call, from, writes)
}

/// The scopes of engagements are those of contacts, whichever type they are.
pub(super) fn engagements(call: &Call<'_>, writes: bool) -> Result<(), ApiError> {
    let right = if writes { "write" } else { "read" };
    any_scope(call, &[&["crm.objects.contacts.", right].concat()])
}

fn record_scope(call: &Call<'_>, object_type: &ObjectType, writes: bool) -> Result<(), ApiError> {
    let right = if writes { "write" } else { "read" };
    let scope = ["crm.objects.", object_type.scope, ".", right].concat();
    match object_type.family {
        Family::Activity if object_type.name == "emails" && !writes => {
            any_scope(call, &[&scope, "sales-email-read"])
        }
        Family::User if !writes => any_scope(call, &[&scope, "settings.users.read"]),
        _ => any_scope(call, &[&scope]),
    }
}
