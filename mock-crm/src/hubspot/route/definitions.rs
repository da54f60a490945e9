//! Paths of definitions: properties and schemas.

use http::Method;

use super::{Endpoint, Found, get};

/// What is asked for under `properties/{objectType}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PropertyEndpoint<'p> {
    List,
    Create,
    Read(&'p str),
    Update(&'p str),
    Archive(&'p str),
    BatchCreate,
    BatchRead,
    BatchArchive,
    Groups,
    CreateGroup,
    Group(&'p str),
    UpdateGroup(&'p str),
    ArchiveGroup(&'p str),
    /// The list of v1 and v2.
    Legacy,
}

/// What is asked for under `schemas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaEndpoint<'p> {
    List,
    Create,
    Read(&'p str),
    Update(&'p str),
    Archive(&'p str),
}

/// What is asked for under `pipelines/{objectType}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PipelineEndpoint<'p> {
    List,
    Read(&'p str),
    Stages(&'p str),
    Stage(&'p str, &'p str),
}

/// Pipelines are to be read only.
pub(super) fn pipelines<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    use PipelineEndpoint as P;
    let found = match rest {
        [_, _, "audit"] | [_, _, "stages", _, "audit"] => return Found::NotSimulated,
        [_, ..] if *method != Method::GET => return Found::NotSimulated,
        [_] => P::List,
        [_, id] => P::Read(id),
        [_, id, "stages"] => P::Stages(id),
        [_, id, "stages", stage] => P::Stage(id, stage),
        _ => return Found::Nothing,
    };
    match rest {
        [object_type, ..] => Found::Endpoint(Endpoint::Pipelines(object_type, found)),
        [] => Found::Nothing,
    }
}

pub(super) fn schemas<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    use SchemaEndpoint as S;
    let found = match (method.as_str(), rest) {
        ("GET", []) => S::List,
        ("POST", []) => S::Create,
        ("GET", [name]) => S::Read(name),
        ("PATCH", [name]) => S::Update(name),
        ("DELETE", [name]) => S::Archive(name),
        (_, [] | [_]) => return Found::OtherMethod,
        // Associations beyond those of the type's creation, and reading many at a time.
        (_, [_, "associations", ..] | ["batch", ..]) => return Found::NotSimulated,
        _ => return Found::Nothing,
    };
    Found::Endpoint(Endpoint::Schemas(found))
}

pub(super) fn properties<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    use PropertyEndpoint as P;
    let [object_type, rest @ ..] = rest else {
        return Found::Nothing;
    };
    let found = match (method.as_str(), rest) {
        ("GET", []) => P::List,
        ("POST", []) => P::Create,
        ("POST", ["batch", "create"]) => P::BatchCreate,
        ("POST", ["batch", "read"]) => P::BatchRead,
        ("POST", ["batch", "archive"]) => P::BatchArchive,
        ("GET", ["groups"]) => P::Groups,
        ("POST", ["groups"]) => P::CreateGroup,
        ("GET", ["groups", name]) => P::Group(name),
        ("PATCH", ["groups", name]) => P::UpdateGroup(name),
        ("DELETE", ["groups", name]) => P::ArchiveGroup(name),
        (_, [] | ["batch", "create" | "read" | "archive"] | ["groups"] | ["groups", _]) => {
            return Found::OtherMethod;
        }
        ("GET", [name]) => P::Read(name),
        ("PATCH", [name]) => P::Update(name),
        ("DELETE", [name]) => P::Archive(name),
        (_, [_]) => return Found::OtherMethod,
        _ => return Found::Nothing,
    };
    Found::Endpoint(Endpoint::Properties(object_type, found))
}

/// `properties/v1/{objectType}/properties`, and the same of v2: to be read only.
pub(super) fn legacy_properties<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    match rest {
        [object_type, "properties"] if *method == Method::GET => get(
            method,
            Endpoint::Properties(object_type, PropertyEndpoint::Legacy),
        ),
        _ => Found::NotSimulated,
    }
}
