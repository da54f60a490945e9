//! Paths under `objects/{objectType}`.

use http::Method;

use super::{Endpoint, Found, associations};

/// What is asked for under `objects/{objectType}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectEndpoint<'p> {
    List,
    Create,
    Read(&'p str),
    Update(&'p str),
    Archive(&'p str),
    Search,
    BatchCreate,
    BatchRead,
    BatchUpdate,
    BatchUpsert,
    BatchArchive,
    Merge,
    GdprDelete,
}

pub(super) fn route<'p>(method: &Method, object_type: &'p str, rest: &[&'p str]) -> Found<'p> {
    use ObjectEndpoint as O;
    let found = match (method.as_str(), rest) {
        ("GET", []) => O::List,
        ("POST", []) => O::Create,
        ("POST", ["search"]) => O::Search,
        ("POST", ["batch", "create"]) => O::BatchCreate,
        ("POST", ["batch", "read"]) => O::BatchRead,
        ("POST", ["batch", "update"]) => O::BatchUpdate,
        ("POST", ["batch", "upsert"]) => O::BatchUpsert,
        ("POST", ["batch", "archive"]) => O::BatchArchive,
        ("POST", ["merge"]) => O::Merge,
        ("POST", ["gdpr-delete"]) => O::GdprDelete,
        (_, ["search" | "merge" | "gdpr-delete"] | ["batch", _] | []) => return Found::OtherMethod,
        ("GET", [id]) => O::Read(id),
        ("PATCH", [id]) => O::Update(id),
        ("DELETE", [id]) => O::Archive(id),
        (_, [id, "associations", rest @ ..]) => {
            return associations::of_record(method, object_type, id, rest);
        }
        (_, [_]) => return Found::OtherMethod,
        _ => return Found::Nothing,
    };
    Found::Endpoint(Endpoint::Objects(object_type, found))
}
