//! Connections between records: made with a record or apart from it, seen from both ends.
//!
//! Which connections there can be is data: [`super::catalog::AssociationTypes`]. Here is what is done with them.

mod batch;
mod labels;
mod link;
mod on_create;
mod page;
mod problem;
mod shown;
mod single;
mod wire;

use axum::body::Body;
use http::Response;

use super::call::Call;
use super::catalog::{AssociationType, AssociationTypes, ObjectType, TypeId};
use super::refusal::ApiError;
use super::route::{AssociationEndpoint, Version};
use crate::store::{Serial, Store};

pub(crate) use link::{NewLink, connect};
pub(crate) use on_create::{required, resolve};
pub(crate) use shown::{refuse_unknown, shown};

/// From which type, and to which.
type Types<'a> = (&'a ObjectType, &'a ObjectType);

/// Answers a call about connections between records of two types.
pub(crate) fn answer(
    call: &Call<'_>,
    types: Types<'_>,
    endpoint: AssociationEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    use AssociationEndpoint as E;
    match endpoint {
        E::List(id) => single::list(call, types, id),
        E::Connect(records) => single::connect(call, types, records),
        E::ConnectDefault(records) => single::connect_default(call, types, records),
        E::ConnectNamed(records, name) => single::connect_named(call, types, (records, name)),
        E::Disconnect(records) => single::disconnect(call, types, records),
        E::DisconnectNamed(records, name) => single::disconnect_named(call, types, (records, name)),
        E::BatchCreate if call.version == Version::Three => batch::create_named(call, types),
        E::BatchCreate => batch::create(call, types),
        E::BatchCreateDefault => batch::create_default(call, types),
        E::BatchRead => batch::read(call, types),
        E::BatchArchive if call.version == Version::Three => batch::archive_named(call, types),
        E::BatchArchive => batch::archive(call, types),
        E::BatchArchiveLabels => batch::archive_labels(call, types),
        E::Types => labels::types(call, types),
        E::Labels => labels::list(call, types),
        E::CreateLabel => labels::create(call, types),
        E::RenameLabel => labels::rename(call, types),
        E::DeleteLabel(id) => labels::delete(call, types, id),
    }
}

/// The association types of the portal.
fn ways<'a>(call: &Call<'a>) -> &'a AssociationTypes {
    &call.setup.catalog.associations
}

/// The way that a client names by category and number, if it is one between these types.
fn way_between<'a>(
    call: &Call<'a>,
    (from, to): Types<'_>,
    wanted: &wire::AssociationSpec,
) -> Option<&'a AssociationType> {
    let id = TypeId::named(&wanted.association_category, wanted.association_type_id)?;
    let way = ways(call).get(id)?;
    (way.from == from.key && way.to == to.key).then_some(way)
}

/// The way that v3 names, or numbers.
fn way_named<'a>(
    call: &Call<'a>,
    (from, to): Types<'_>,
    name: &str,
) -> Option<&'a AssociationType> {
    let number = name.parse().ok();
    let mut between = ways(call).between(from.key, to.key);
    between.find(|way| way.name == name || number == Some(way.id.number()))
}

/// The records of a type that one is connected with, but for archived ones.
pub(crate) fn others(
    call: &Call<'_>,
    store: &Store,
    (serial, from, to): (Serial, &ObjectType, &ObjectType),
) -> Vec<Serial> {
    let unlabeled = ways(call).unlabeled(from.key, to.key);
    let others = unlabeled.map(|way| link::connected(store, serial, way, Serial(0)));
    others.into_iter().flatten().collect()
}

/// Disconnects a record from all records of a type but these.
pub(crate) fn drop_others(
    call: &Call<'_>,
    store: &mut Store,
    (serial, from, to): (Serial, &ObjectType, &ObjectType),
    left: &[Serial],
) {
    let Some(unlabeled) = ways(call).unlabeled(from.key, to.key) else {
        return;
    };
    for other in others(call, store, (serial, from, to)) {
        if !left.contains(&other) {
            link::disconnect(store, ways(call), unlabeled, (serial, other));
        }
    }
}

/// The record that is not archived, of this type, and has this id.
fn living(call: &Call<'_>, store: &Store, object_type: &ObjectType, id: &str) -> Option<Serial> {
    let serial = call.portal.serial(id)?;
    let record = store.get(serial)?;
    (record.object == object_type.key && !record.deleted).then_some(serial)
}

/// A record's id, as answers have it.
fn id(call: &Call<'_>, serial: Serial) -> String {
    call.portal.record_ids.id(serial).to_string()
}
