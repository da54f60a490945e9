//! `POST objects/{objectType}/merge`
//!
//! Unverified throughout: no merge was recorded. The primary record keeps its values, its owner and its creator; what it has
//! no value of, it takes from the other one, as HubSpot's help pages say. The other one's id leads to it from then on.

mod links;
mod values;

use std::borrow::Cow;

use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;

use super::show::{self, Extras, Selection};
use super::wire::{self, Id};
use super::{find, remove};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Opened;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::spec::MergedContact;
use crate::hubspot::stored::{MERGED_INTO, Values};
use crate::store::{Change, Creation, NewOwner, Record, Serial, Store, Writer};
use crate::tenant::Hosted;
use values::Merged;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(borrow)]
    primary_object_id: Id<'a>,
    #[serde(borrow)]
    object_id_to_merge: Id<'a>,
}

/// Makes one record of two: 200 with it.
pub(super) fn merge(call: &Call<'_>, object_type: &ObjectType) -> Result<Response<Body>, ApiError> {
    let request: Request<'_> = wire::json(call.body)?;
    let ids = [
        &*request.primary_object_id.0,
        &*request.object_id_to_merge.0,
    ];
    call.portal.tenant().transaction(|| {
        let mut store = call.portal.tenant().write();
        let by_id = find::IdProperty::RecordId;
        let found = ids.map(|id| find::record(call.portal, &store, object_type, by_id, id));
        let [Some(primary), Some(other)] = found else {
            return Err(ApiError::NotFound);
        };
        if primary == other {
            let problem = format!("{} can't be merged with itself", ids[0]);
            return Err(ApiError::Invalid(problem));
        }
        let result = merge_two(call, &mut store, object_type, (primary, other));
        let json = result.and_then(|serial| shown(call, &store, object_type, serial));
        json.map(|json| json_response(StatusCode::OK, json))
            .ok_or(ApiError::NotFound)
    })
}

fn merge_two(
    call: &Call<'_>,
    store: &mut Store,
    object_type: &ObjectType,
    (primary, other): (Serial, Serial),
) -> Option<Serial> {
    let merged = Merged::of(call, store, object_type, (primary, other))?;
    let new_id = call.portal.switches.merged_contact == MergedContact::NewId;
    let writer = call.writer("merge");
    let result = if new_id && object_type.name == "contacts" {
        let before = store.get(primary)?.clone();
        let result = store.next_serial();
        retire(call, store, object_type, (primary, result), &writer)?;
        retire(call, store, object_type, (other, result), &writer)?;
        let creation = creation(call, store, object_type, (merged, &before));
        store.create(creation, &writer);
        links::transfer(store, primary, result);
        result
    } else {
        let keys_before = remove::lookup_keys(call, store, object_type, primary);
        retire(call, store, object_type, (other, primary), &writer)?;
        let change = change(call, object_type, merged, &keys_before);
        store.change(primary, change, &writer)?;
        primary
    };
    links::transfer(store, other, result);
    Some(result)
}

/// Archives a record that is part of another one now.
fn retire(
    call: &Call<'_>,
    store: &mut Store,
    object_type: &ObjectType,
    (serial, into): (Serial, Serial),
    writer: &Writer,
) -> Option<()> {
    let mut values = Values::parse(&store.get(serial)?.body);
    let target = into.0.to_string();
    values.set(MERGED_INTO, target);
    let body = values.to_body(values.origin());
    let change = Change {
        at: call.portal.now(),
        modified_by: call.user().clone(),
        body: Some(body),
        owner: None,
        deleted: Some(true),
        unique_removed: remove::lookup_keys(call, store, object_type, serial),
        unique_added: Vec::new(),
    };
    store.change(serial, change, writer)
}

fn change(
    call: &Call<'_>,
    object_type: &ObjectType,
    merged: Merged<'_>,
    keys_before: &[u64],
) -> Change {
    let mut keys = find::keys_of(call, object_type, &merged.values);
    keys.retain(|key| !keys_before.contains(key));
    Change {
        at: call.portal.now(),
        modified_by: call.user().clone(),
        body: Some(merged.values.to_body(merged.values.origin())),
        owner: merged.owner_of_other.map(|owner_user| NewOwner {
            owner: merged.owner,
            owner_user,
            reason: Cow::Borrowed("merge"),
        }),
        deleted: None,
        unique_removed: Vec::new(),
        unique_added: keys,
    }
}

/// The third record that two contacts become: created by whoever created the primary one.
fn creation(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    (merged, primary): (Merged<'_>, &Record),
) -> Creation {
    let owner_user = merged.owner.as_deref().and_then(|owner| {
        let person = call.setup.people.owner(owner)?;
        person.user_id.clone()
    });
    Creation {
        object: object_type.key,
        at: call.portal.now(),
        created_at: Some(primary.created_at),
        created_by: store.symbols.text(primary.created_by).into(),
        created_by_reason: Cow::Borrowed("merge"),
        owner_requested: None,
        owner: merged.owner,
        owner_user,
        owner_reason: Cow::Borrowed("merge"),
        unique: find::keys_of(call, object_type, &merged.values),
        body: merged.values.to_body(merged.values.origin()),
    }
}

fn shown(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    serial: Serial,
) -> Option<Vec<u8>> {
    let opened = Opened::new(serial, store.get(serial)?);
    let facts = opened.facts((call.portal, call.setup), store)?;
    let mut names = object_type.default_properties.to_vec();
    names.extend(["hs_merged_object_ids", "hubspot_owner_id"]);
    let selection = Selection::new(object_type, &names, &[]);
    Some(show::selected(&facts, &selection, &Extras::default()))
}
