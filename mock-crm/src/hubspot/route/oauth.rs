//! Paths of OAuth: which endpoints there are depends on the version.

use http::Method;

use super::{Endpoint, Found, get, post};

/// What is asked for under `oauth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OAuthEndpoint<'p> {
    /// Of any portal, or of the one with this id.
    Authorize(Option<&'p str>),
    Token,
    Introspect,
    Revoke,
    AccessToken(&'p str),
    RefreshToken(&'p str),
    DeleteRefreshToken(&'p str),
    PrivateAppToken,
}

pub(super) fn route<'p>(method: &Method, version: &str, rest: &[&'p str]) -> Found<'p> {
    use OAuthEndpoint as O;
    let to = Endpoint::OAuth;
    match (version, rest) {
        ("", ["authorize"]) => get(method, to(O::Authorize(None))),
        ("", ["authorize", hub_id]) => get(method, to(O::Authorize(Some(hub_id)))),
        ("v2", ["private-apps", "get", "access-token-info"]) => {
            post(method, to(O::PrivateAppToken))
        }
        ("" | "v2" | "v4", _) => Found::NotSimulated,
        (_, ["token"]) => post(method, to(O::Token)),
        ("v1", ["access-tokens", token]) => get(method, to(O::AccessToken(token))),
        ("v1", ["refresh-tokens", token]) => match *method {
            Method::DELETE => Found::Endpoint(to(O::DeleteRefreshToken(token))),
            _ => get(method, to(O::RefreshToken(token))),
        },
        ("v1", _) => Found::Nothing,
        (_, ["token", "introspect"]) => post(method, to(O::Introspect)),
        (_, ["token", "revoke"]) => post(method, to(O::Revoke)),
        _ => Found::Nothing,
    }
}
