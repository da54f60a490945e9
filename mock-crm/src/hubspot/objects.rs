//! Records: `/crm/v3/objects/{objectType}` and the same paths of other versions.

pub(crate) mod accept;
mod batch;
mod create;
pub(crate) mod engagements;
mod erase;
mod find;
mod history;
mod lifecycle;
mod list;
mod merge;
mod read;
mod remove;
mod search;
mod show;
mod update;
pub(crate) mod wire;
mod write;

use axum::body::Body;
use http::Response;

use super::call::Call;
use super::catalog::{Family, ObjectType};
use super::refusal::ApiError;
use super::route::ObjectEndpoint;

pub(crate) use remove::no_content;
pub(crate) use write::company::domain_key;

/// Answers a call under `objects/{objectType}`.
pub(crate) fn answer(
    call: &Call<'_>,
    object_type: &ObjectType,
    endpoint: ObjectEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    use ObjectEndpoint as E;
    // People come and go by the settings. What can be set of them as records is their own: a job title, a time zone.
    let own = matches!(endpoint, E::Update(_) | E::BatchUpdate);
    if object_type.family == Family::User && writes(endpoint) && !own {
        return Err(ApiError::NotSimulated(
            "making and removing records of users".to_owned(),
        ));
    }
    match endpoint {
        E::List => list::list(call, object_type),
        E::Create => create::create(call, object_type),
        E::Read(id) => read::read(call, object_type, id),
        E::Update(id) => update::update(call, object_type, id),
        E::Archive(id) => remove::archive(call, object_type, id),
        E::Search => search::search(call, object_type),
        E::BatchCreate => batch::create(call, object_type),
        E::BatchRead => batch::read(call, object_type),
        E::BatchUpdate => batch::update(call, object_type),
        E::BatchUpsert => batch::upsert(call, object_type),
        E::BatchArchive => batch::archive(call, object_type),
        E::Merge => merge::merge(call, object_type),
        E::GdprDelete => erase::erase(call, object_type),
    }
}

/// Whether a call changes anything.
pub(crate) fn writes(endpoint: ObjectEndpoint<'_>) -> bool {
    use ObjectEndpoint as E;
    match endpoint {
        E::List | E::Read(_) | E::Search | E::BatchRead => false,
        E::Create | E::Update(_) | E::Archive(_) | E::Merge | E::GdprDelete => true,
        E::BatchCreate | E::BatchUpdate | E::BatchUpsert | E::BatchArchive => true,
    }
}
