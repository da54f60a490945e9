//! Records: create, read, update, delete. The rules here are the same through whichever door a record comes.

mod account;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod draft;
mod email;
mod profile;
pub(super) mod row;
pub(super) mod stored;
mod system;
pub(super) mod update;

use std::sync::Arc;

use super::assignment::AutoAssign;
use super::error::ApiError;
use super::org::Org;
use super::principals::{Principal, Principals, Right};
use super::schema::{Flags, SObject, Source};
use crate::ids::SalesforceId;
use crate::store::{Serial, Store, Writer, unique_key};

/// Who writes, where, through which door, and what the request says about assignment rules.
#[derive(Debug)]
pub(super) struct Write<'c> {
    pub(super) org: &'c Org,
    pub(super) principal: &'c Arc<Principal>,
    pub(super) principals: &'c Principals,
    pub(super) writer: Writer,
    pub(super) auto_assign: AutoAssign,
}

impl Write<'_> {
    /// The object of this name that the caller may see.
    pub(super) fn object(&self, name: &str) -> Result<Arc<SObject>, ApiError> {
        visible(self.org, self.principal, name)
    }

    pub(super) fn insufficient_access(&self) -> ApiError {
        insufficient_access(self.org)
    }

    /// Whether the caller's profile and permission sets let them do this with records of the object.
    fn check_right(&self, object: &SObject, right: Right) -> Result<(), ApiError> {
        match object.setup || self.principal.may(object, right) {
            true => Ok(()),
            false => Err(ApiError::InsufficientAccessOnEntity {
                object: object.name.to_string(),
            }),
        }
    }

    /// Set-up records are written by those who manage users.
    fn check_setup(&self, object: &SObject) -> Result<(), ApiError> {
        match object.setup && !self.principal.has("PermissionsManageUsers") {
            true => Err(self.insufficient_access()),
            false => Ok(()),
        }
    }

    /// A change of these records may change who may do what.
    fn written(&self, store: &mut Store, object: &SObject, serial: Serial) {
        if object.setup {
            self.follow_profile(store, object, serial);
            self.org.forget_principals();
        }
    }
}

/// The object of this name, if the user may see it: else it is as if it were not there.
pub(super) fn visible(
    org: &Org,
    principal: &Principal,
    name: &str,
) -> Result<Arc<SObject>, ApiError> {
    let object = org.schema().object(name).cloned();
    object
        .filter(|object| principal.sees(object))
        .ok_or(ApiError::NotFound)
}

pub(super) fn insufficient_access(org: &Org) -> ApiError {
    let status = http::StatusCode::from_u16(org.spec.switches.insufficient_access_status);
    ApiError::InsufficientAccess {
        status: status.unwrap_or(http::StatusCode::FORBIDDEN),
    }
}

/// The record of this id that a write is about.
fn target(
    org: &Org,
    store: &Store,
    object: &SObject,
    id: SalesforceId,
) -> Result<Serial, ApiError> {
    let serial = org
        .serial(store, object.key, id)
        .ok_or(ApiError::NoSuchRecord)?;
    match store.get(serial).is_some_and(|record| record.deleted) {
        true => Err(ApiError::EntityIsDeleted),
        false => Ok(serial),
    }
}

/// The records that have this value in an indexed field, the deleted ones left out.
pub(super) fn find_by_key(
    org: &Org,
    store: &Store,
    object: &SObject,
    field: &str,
    value: &str,
) -> Vec<Serial> {
    let Some(field) = object.field(field) else {
        return Vec::new();
    };
    if field.source == Source::Id {
        let id = SalesforceId::parse(value);
        let serial = id.and_then(|id| org.serial(store, object.key, id));
        return serial.into_iter().collect();
    }
    let serials = store
        .find_unique(unique_key(object.key, &field.name, value))
        .iter();
    let same = |serial: &&Serial| {
        store.get(**serial).is_some_and(|record| {
            let row = row::Row::new(org, store, object, **serial, record);
            !record.deleted
                && row
                    .value(field)
                    .same(&crate::query::Value::Text(value.into()))
        })
    };
    serials.filter(same).copied().collect()
}

/// Refuses a value that another record has in a unique field.
fn check_unique(
    org: &Org,
    store: &Store,
    object: &SObject,
    draft: &draft::Draft<'_, '_>,
    own: Option<Serial>,
) -> Result<(), ApiError> {
    for (field, value) in draft
        .texts()
        .filter(|(field, _)| field.flags.has(Flags::UNIQUE))
    {
        let others = find_by_key(org, store, object, &field.name, value);
        let other = others.into_iter().find(|serial| Some(*serial) != own);
        if let Some(other) = other {
            return Err(match &*field.name {
                "Username" => ApiError::DuplicateUsername,
                name => ApiError::DuplicateValue {
                    field: name.to_owned(),
                    id: org.record_id(object.key, other).short().to_owned(),
                },
            });
        }
    }
    Ok(())
}
