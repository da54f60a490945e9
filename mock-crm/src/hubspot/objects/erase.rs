//! `POST objects/contacts/gdpr-delete`

use axum::body::Body;
use http::Response;
use serde::Deserialize;

use super::wire::{self, Id};
use super::{find, remove};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::spec::DeleteMissingPolicy;
use crate::hubspot::stored::{ERASED, Values};
use crate::store::{Change, Link, Serial, Store};
use crate::tenant::Hosted;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(borrow)]
    object_id: Id<'a>,
    #[serde(default)]
    id_property: Option<String>,
}

/// Deletes the contents of a contact for good: 204. Nothing of it can be read again, archived or not; the ledger still knows
/// that it was made. That HubSpot also refuses the address from then on is not simulated.
pub(super) fn erase(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    if object_type.name != "contacts" {
        let what = format!("gdpr-delete of {}", object_type.name);
        return Err(ApiError::NotSimulated(what));
    }
    let request: Request<'_> = wire::json(call.body)?;
    let id = &*request.object_id.0;
    let by = find::id_property(call.setup, object_type, request.id_property.as_deref())?;
    call.portal.tenant().transaction(|| {
        let mut store = call.portal.tenant().write();
        let living = find::record(call.portal, &store, object_type, by, id);
        // An archived contact gave its unique values free: it goes by its record id alone.
        let serial = match by {
            find::IdProperty::RecordId => {
                living.or_else(|| archived(call, &store, object_type, id))
            }
            find::IdProperty::Unique(_) => living,
        };
        match (serial, call.portal.switches.delete_missing_policy) {
            (Some(serial), _) => erase_one(call, &mut store, object_type, serial),
            // What HubSpot answers then is not known; it goes by the same switch as archiving.
            (None, DeleteMissingPolicy::NotFound) => return Err(ApiError::NotFound),
            (None, DeleteMissingPolicy::NoContent) => {}
        }
        Ok(remove::no_content())
    })
}

fn archived(call: &Call<'_>, store: &Store, object_type: &ObjectType, id: &str) -> Option<Serial> {
    let serial = call.portal.serial(id)?;
    let record = store.get(serial)?;
    (record.object == object_type.key && find::in_recycle_bin(record)).then_some(serial)
}

fn erase_one(call: &Call<'_>, store: &mut Store, object_type: &ObjectType, serial: Serial) {
    let Some(record) = store.get(serial) else {
        return;
    };
    let mut nothing = Values::default();
    nothing.set(ERASED, "true");
    let origin = Values::parse(&record.body);
    let change = Change {
        at: call.portal.now(),
        modified_by: call.user().clone(),
        body: Some(nothing.to_body(origin.origin())),
        owner: None,
        deleted: Some(true),
        unique_removed: remove::lookup_keys(call, store, object_type, serial),
        unique_added: Vec::new(),
    };
    // The record is there, under the same lock.
    let _ = store.change(serial, change, &call.writer("gdpr-delete"));
    disconnect(store, serial);
}

/// Takes away every connection of a record, from both ends.
pub(super) fn disconnect(store: &mut Store, serial: Serial) {
    let links: Vec<Link> = store.links_from(serial).collect();
    for link in links {
        store.unlink(link);
        let back = store.links_from(link.to).filter(|back| back.to == serial);
        let back: Vec<Link> = back.collect();
        back.into_iter().for_each(|back| {
            store.unlink(back);
        });
    }
}
