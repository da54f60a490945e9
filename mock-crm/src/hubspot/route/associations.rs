//! Paths under `associations/{from}/{to}` and `objects/{from}/{id}/associations/{to}`.

use http::Method;

use super::{Endpoint, Found, Version};

/// The two object types, as the path names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'p> {
    pub(crate) from: &'p str,
    pub(crate) to: &'p str,
}

/// What is asked for about connections between records of two types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AssociationEndpoint<'p> {
    /// What a record is connected with.
    List(&'p str),
    Connect(Records<'p>),
    ConnectDefault(Records<'p>),
    /// v3, with the name of the association type.
    ConnectNamed(Records<'p>, &'p str),
    Disconnect(Records<'p>),
    /// v3, with the name of the association type.
    DisconnectNamed(Records<'p>, &'p str),
    BatchCreate,
    BatchCreateDefault,
    BatchRead,
    BatchArchive,
    BatchArchiveLabels,
    /// v3's list of association types.
    Types,
    Labels,
    CreateLabel,
    RenameLabel,
    DeleteLabel(&'p str),
}

/// Two records of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Records<'p> {
    pub(crate) id: &'p str,
    pub(crate) to_id: &'p str,
}

/// Under `associations`.
pub(super) fn route<'p>(method: &Method, version: Version, rest: &[&'p str]) -> Found<'p> {
    use AssociationEndpoint as A;
    let (from, to, rest) = match rest {
        ["definitions" | "usage", ..] => return Found::NotSimulated,
        [from, to, rest @ ..] => (from, to, rest),
        _ => return Found::Nothing,
    };
    let third = version == Version::Three;
    let found = match (method.as_str(), rest) {
        ("POST", ["batch", "create"]) => A::BatchCreate,
        ("POST", ["batch", "read"]) => A::BatchRead,
        ("POST", ["batch", "archive"]) => A::BatchArchive,
        ("POST", ["batch", "labels", "archive"]) if !third => A::BatchArchiveLabels,
        ("POST", ["batch", "associate", "default"]) if !third => A::BatchCreateDefault,
        ("GET", ["types"]) if third => A::Types,
        ("GET", ["labels"]) if !third => A::Labels,
        ("POST", ["labels"]) if !third => A::CreateLabel,
        ("PUT", ["labels"]) if !third => A::RenameLabel,
        ("DELETE", ["labels", id]) if !third => A::DeleteLabel(id),
        (_, ["batch", "create" | "read" | "archive"]) => return Found::OtherMethod,
        (_, ["types"]) if third => return Found::OtherMethod,
        (
            _,
            ["batch", "labels", "archive"]
            | ["batch", "associate", "default"]
            | ["labels"]
            | ["labels", _],
        ) if !third => return Found::OtherMethod,
        _ => return Found::Nothing,
    };
    Found::Endpoint(Endpoint::Associations(Pair { from, to }, found))
}

/// Under `objects/{from}/{id}/associations`.
pub(super) fn of_record<'p>(
    method: &Method,
    from: &'p str,
    id: &'p str,
    rest: &[&'p str],
) -> Found<'p> {
    use AssociationEndpoint as A;
    let records = |to_id| Records { id, to_id };
    let (to, found) = match (method.as_str(), rest) {
        ("GET", [to]) => (to, A::List(id)),
        ("PUT", ["default", to, to_id]) => (to, A::ConnectDefault(records(to_id))),
        ("PUT", [to, to_id]) => (to, A::Connect(records(to_id))),
        ("PUT", [to, to_id, name]) => (to, A::ConnectNamed(records(to_id), name)),
        ("DELETE", [to, to_id]) => (to, A::Disconnect(records(to_id))),
        ("DELETE", [to, to_id, name]) => (to, A::DisconnectNamed(records(to_id), name)),
        (_, [_] | [_, _] | [_, _, _]) => return Found::OtherMethod,
        _ => return Found::Nothing,
    };
    Found::Endpoint(Endpoint::Associations(Pair { from, to }, found))
}

impl AssociationEndpoint<'_> {
    /// Whether a call changes anything.
    pub(crate) fn writes(self) -> bool {
        !matches!(
            self,
            Self::List(_) | Self::BatchRead | Self::Types | Self::Labels
        )
    }
}
