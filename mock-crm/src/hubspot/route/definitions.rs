//! Paths of definitions: properties and schemas.

use http::Method;

use super::{Endpoint, Found, get};

/// What is asked for under `properties/{objectType}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PropertyEndpoint<'p> {
    List,
    Read(&'p str),
}

pub(super) fn properties<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    use PropertyEndpoint as P;
    match rest {
        [_, "batch" | "groups", ..] => Found::NotSimulated,
        [_] | [_, _] if *method != Method::GET => Found::NotSimulated,
        [object_type] => get(method, Endpoint::Properties(object_type, P::List)),
        [object_type, name] => get(method, Endpoint::Properties(object_type, P::Read(name))),
        _ => Found::Nothing,
    }
}
