//! Creating and changing records: where owner, creator and ledger row are decided.

mod change;
pub(crate) mod company;

use std::borrow::Cow;

use super::accept::{Accepted, NamedOwner, Purpose, Unique};
use super::wire::{Association, Input};
use super::{accept, find};
use crate::clock::Timestamp;
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::people::Person;
use crate::hubspot::refusal::ApiError;
use crate::store::{Creation, Serial, Store, Writer};
use crate::tenant::Hosted;

pub(super) use change::change;

/// A record that can be created, as far as its values go.
#[derive(Debug)]
pub(super) struct NewRecord<'a, 'p> {
    pub(super) accepted: Accepted<'a, 'p>,
    pub(super) associations: Vec<Association<'a>>,
}

/// Checks the input of a create.
pub(super) fn check_new<'a, 'p>(
    call: &Call<'p>,
    object_type: &ObjectType,
    input: Input<'a>,
) -> Result<NewRecord<'a, 'p>, ApiError> {
    let portal: &'p _ = call.portal;
    let sent = match input.properties {
        Some(properties) => properties.0,
        None if portal.switches.strict_create_body => {
            return Err(ApiError::missing_fields(call.body, &["properties"]));
        }
        None => accept::Sent::new(),
    };
    let mut accepted = accept::properties((portal, call.setup), object_type, Purpose::Create, sent)
        .map_err(ApiError::InvalidProperties)?
        .without_clears(call.setup, object_type);
    required(object_type, &accepted)?;
    let associations = input.associations.unwrap_or_default();
    if let Some(contact) = primary_contact(object_type, &associations) {
        accepted.values.set("hs_primary_contact_id", contact);
    }
    Ok(NewRecord {
        accepted,
        associations,
    })
}

/// The contact that a lead is about.
fn primary_contact<'a>(
    object_type: &ObjectType,
    associations: &[Association<'a>],
) -> Option<Cow<'a, str>> {
    const LEAD_TO_PRIMARY_CONTACT: u32 = 578;
    if object_type.name != "leads" {
        return None;
    }
    let primary = |association: &&Association<'_>| {
        let mut types = association.types.iter();
        types.any(|kind| kind.association_type_id == LEAD_TO_PRIMARY_CONTACT)
    };
    let found = associations.iter().find(primary)?;
    Some(found.to.id.0.clone())
}

pub(super) fn required(
    object_type: &ObjectType,
    accepted: &Accepted<'_, '_>,
) -> Result<(), ApiError> {
    let missing = |name: &&Cow<'static, str>| accepted.values.get(name).is_none_or(str::is_empty);
    let missing: Vec<_> = object_type.required.iter().filter(missing).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(ApiError::MissingRequired {
            object: object_type.upper(),
            properties: missing.into_iter().map(ToString::to_string).collect(),
        }),
    }
}

/// What the owner of a create is, and why: never the caller by default, since HubSpot leaves the owner blank.
fn creation(
    call: &Call<'_>,
    object_type: &ObjectType,
    accepted: &Accepted<'_, '_>,
    at: Timestamp,
) -> Creation {
    let owner = match accepted.owner {
        Some(NamedOwner::Owner(person)) => Some(person),
        Some(NamedOwner::Nobody) | None => None,
    };
    Creation {
        object: object_type.key,
        at,
        created_at: None,
        // HubSpot shows no creator for most app credentials. The ledger says whose token it was all the same.
        created_by: call.user().clone(),
        created_by_reason: Cow::Borrowed("token"),
        owner_requested: owner.and_then(|person| person.owner_id.clone()),
        owner: owner.and_then(|person| person.owner_id.clone()),
        owner_user: owner.and_then(|person| person.user_id.clone()),
        owner_reason: Cow::Borrowed(owner_reason(owner)),
        unique: lookup_keys(call, object_type, accepted),
        body: accepted.values.to_body(call.origin()),
    }
}

/// Why a record has the owner that it has; an archived one is told apart, since HubSpot may refuse it.
fn owner_reason(owner: Option<&Person>) -> &'static str {
    match owner {
        Some(person) if person.active() => "requested",
        Some(_) => "requested_archived",
        None => "blank",
    }
}

/// Where the store finds the record.
fn lookup_keys(call: &Call<'_>, object_type: &ObjectType, accepted: &Accepted<'_, '_>) -> Vec<u64> {
    let mut keys = accepted.unique_keys();
    if let Some(domain) = accepted.values.get("domain") {
        keys.extend(company::domain_key(call.portal, object_type, domain));
    }
    keys
}

/// Whether the creates of a call are several writes each, which stand or fall together.
pub(super) fn several_writes<'n>(
    call: &Call<'_>,
    object_type: &ObjectType,
    mut associations: impl Iterator<Item = &'n [Association<'n>]>,
) -> bool {
    company::applies(call.portal, object_type) || associations.any(|each| !each.is_empty())
}

/// Does all of `work` or nothing, where it is several writes.
pub(super) fn together<T>(
    call: &Call<'_>,
    several: bool,
    work: impl FnOnce() -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    match several {
        true => call.portal.tenant().transaction(work),
        false => work(),
    }
}

/// Puts a record down, with its row in the ledger and its links. Its unique values and links were checked. Where it is
/// several writes, the caller holds a transaction.
pub(super) fn put_down(
    call: &Call<'_>,
    store: &mut Store,
    object_type: &ObjectType,
    new: &NewRecord<'_, '_>,
    (links, at): (&[associations::NewLink], Timestamp),
    writer: &Writer,
) -> Result<Serial, ApiError> {
    let serial = store.create(creation(call, object_type, &new.accepted, at), writer);
    associations::connect(store, serial, links);
    company::associate(call, store, (serial, object_type), new, at, writer)?;
    Ok(serial)
}

/// The other record that has one of these values, if one has: `except` may.
pub(super) fn conflict<'u>(
    store: &Store,
    object_type: &ObjectType,
    unique: &'u [Unique<'u>],
    except: Option<Serial>,
) -> Option<(&'u Unique<'u>, Serial)> {
    unique.iter().find_map(|unique| {
        let holder = find::by_unique(store, object_type, unique)?;
        (Some(holder) != except).then_some((unique, holder))
    })
}

/// How HubSpot refuses a value that another record has; `target`: the record that was to have it, or would have been made.
pub(super) fn taken(
    call: &Call<'_>,
    object_type: &ObjectType,
    (unique, holder): (&Unique<'_>, Option<Serial>),
    target: Serial,
) -> ApiError {
    let id = |serial| call.portal.record_ids.id(serial).to_string();
    if unique.name == "email" && object_type.name == "contacts" {
        return ApiError::ContactExists {
            existing: holder.map(id),
        };
    }
    let message = format!(
        "Cannot set PropertyValueCoordinates{{portalId={}, objectTypeId={}, propertyName={}, value={}}} on {}. {} already \
         has that value.",
        call.portal.hub_id,
        coordinates(object_type),
        unique.name,
        unique.value,
        id(target),
        holder.map_or_else(|| "Another input".to_owned(), id),
    );
    ApiError::UniqueValueTaken { message }
}

/// How the message names a type. That of custom types is not recorded.
fn coordinates(object_type: &ObjectType) -> String {
    match object_type.type_id.starts_with("0-") {
        true => format!("ObjectTypeId{{legacyObjectType={}}}", object_type.upper()),
        false => object_type.type_id.to_string(),
    }
}
