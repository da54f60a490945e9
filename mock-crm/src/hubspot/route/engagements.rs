//! Paths under `engagements`: v1's form of activities.

use http::Method;

use super::{Endpoint, Found, get, post};

/// What is asked for under `/engagements/v1/engagements`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EngagementEndpoint<'p> {
    Create,
    Read(&'p str),
    Update(&'p str),
    Delete(&'p str),
    /// All of them, by id.
    Paged,
    /// The newest changes first.
    RecentlyModified,
    /// The oldest change after an instant first.
    ModifiedAfter,
    /// Those that are about a record.
    Associated {
        object_type: &'p str,
        id: &'p str,
    },
}

pub(super) fn route<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    use EngagementEndpoint as E;
    let to = Endpoint::Engagements;
    match rest {
        ["engagements"] => post(method, to(E::Create)),
        ["engagements", "paged"] => get(method, to(E::Paged)),
        ["engagements", "recent", "modified"] => get(method, to(E::RecentlyModified)),
        ["engagements", "modified", "after"] => get(method, to(E::ModifiedAfter)),
        ["engagements", "associated", object_type, id, "paged"] => {
            get(method, to(E::Associated { object_type, id }))
        }
        ["engagements", id] => match *method {
            Method::GET => Found::Endpoint(to(E::Read(id))),
            Method::PATCH => Found::Endpoint(to(E::Update(id))),
            Method::DELETE => Found::Endpoint(to(E::Delete(id))),
            _ => Found::OtherMethod,
        },
        _ => Found::NotSimulated,
    }
}

impl EngagementEndpoint<'_> {
    /// Whether a call changes anything.
    pub(crate) fn writes(self) -> bool {
        matches!(self, Self::Create | Self::Update(_) | Self::Delete(_))
    }
}
