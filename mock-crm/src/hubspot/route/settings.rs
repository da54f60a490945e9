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
    Create,
    Read(&'p str),
    Update(&'p str),
    Remove(&'p str),
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
    let found = match (method.as_str(), rest) {
        ("GET", []) => U::List,
        ("POST", []) => U::Create,
        ("GET", ["roles"]) => U::Roles,
        ("GET", ["teams"]) => U::Teams,
        // What its answer looks like is not known.
        (_, ["seats"]) => return Found::NotSimulated,
        (_, [] | ["roles" | "teams"]) => return Found::OtherMethod,
        ("GET", [id]) => U::Read(id),
        ("PUT", [id]) => U::Update(id),
        ("DELETE", [id]) => U::Remove(id),
        (_, [_]) => return Found::OtherMethod,
        _ => return Found::Nothing,
    };
    Found::Endpoint(Endpoint::Users(found))
}
