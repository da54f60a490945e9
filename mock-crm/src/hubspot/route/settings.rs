//! Paths of people: owners, users, roles, teams.

use http::Method;

use super::{Endpoint, Found, get};

/// What is asked for under `owners`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnerEndpoint<'p> {
    List,
    Read(&'p str),
}

/// What is asked for under `settings/users`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserEndpoint<'p> {
    List,
    Read(&'p str),
    Roles,
    Teams,
}

pub(super) fn owners<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    match rest {
        [] => get(method, Endpoint::Owners(OwnerEndpoint::List)),
        [id] => get(method, Endpoint::Owners(OwnerEndpoint::Read(id))),
        _ => Found::Nothing,
    }
}

pub(super) fn users<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    use UserEndpoint as U;
    match rest {
        [] | [_] if *method != Method::GET => Found::NotSimulated,
        [] => get(method, Endpoint::Users(U::List)),
        ["roles"] => get(method, Endpoint::Users(U::Roles)),
        ["teams"] => get(method, Endpoint::Users(U::Teams)),
        ["seats"] => Found::NotSimulated,
        [id] => get(method, Endpoint::Users(U::Read(id))),
        _ => Found::Nothing,
    }
}
