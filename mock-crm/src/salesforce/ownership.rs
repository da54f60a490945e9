//! Who becomes the owner: section by section what the help pages "Record Owner" and "Assignment Rules" say.

use std::sync::Arc;

use super::assignment::{Assigned, Target};
use super::error::ApiError;
use super::records::Write;
use super::schema::{Field, SObject};
use super::spec::{NullOwner, OwnerOnInsert, QueueOnUserOwned};
use super::values;
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::store::NewOwner;

/// The owner that a record gets, and why.
#[derive(Debug)]
pub(super) struct Owner {
    pub(super) id: Option<Arc<str>>,
    /// The user behind it: a queue has none.
    pub(super) user: Option<Arc<str>>,
    pub(super) reason: &'static str,
}

impl Owner {
    fn none() -> Self {
        Self {
            id: None,
            user: None,
            reason: "blank",
        }
    }

    fn of(target: &Target, reason: &'static str) -> Self {
        Self {
            id: Some(target.id().clone()),
            user: target.user().cloned(),
            reason,
        }
    }

    pub(super) fn into_change(self) -> NewOwner {
        NewOwner {
            owner: self.id,
            owner_user: self.user,
            reason: self.reason.into(),
        }
    }
}

/// The owner of a new record: what an assignment rule says, else what the request says, else the caller.
pub(super) fn of_new_record<'v>(
    write: &Write<'_>,
    object: &SObject,
    requested: Option<Option<&str>>,
    value: &dyn Fn(&str) -> Value<'v>,
) -> Result<Owner, ApiError> {
    let Some(field) = object.owner_field() else {
        return Ok(Owner::none());
    };
    let named = match requested {
        Some(Some(text)) => Some(named_target(write, object, field, text)?),
        Some(None) if write.org.spec.switches.null_owner_on_insert == NullOwner::Refuse => {
            return Err(ApiError::OwnerBlank);
        }
        _ => None,
    };
    // The named owner is checked also where a rule then takes the record to somebody else.
    if let Some(target) = &named {
        may_give_to(write, object, target)?;
    }
    if let Some(owner) = assigned(write, object, value) {
        return Ok(owner);
    }
    Ok(match named {
        Some(target) => Owner::of(&target, "requested"),
        None => Owner::of(&Target::User(write.principal.id.clone()), "caller_default"),
    })
}

/// The owner of a record of a specification: the one it names, else its creator.
pub(super) fn of_seeded_record(
    write: &Write<'_>,
    object: &SObject,
    named: Option<&str>,
) -> Result<Owner, ApiError> {
    let Some(field) = object.owner_field() else {
        return Ok(Owner::none());
    };
    let Some(id) = named else {
        return Ok(Owner::of(
            &Target::User(write.principal.id.clone()),
            "caller_default",
        ));
    };
    if let Some(user) = write.principals.user(id) {
        return Ok(Owner::of(&Target::User(user.id.clone()), "requested"));
    }
    named_target(write, object, field, id).map(|target| Owner::of(&target, "requested"))
}

/// The owner that an update sets; `None`: it stays.
pub(super) fn of_changed_record<'v>(
    write: &Write<'_>,
    object: &SObject,
    current: Option<&str>,
    requested: Option<Option<&str>>,
    value: &dyn Fn(&str) -> Value<'v>,
) -> Result<Option<Owner>, ApiError> {
    let Some(field) = object.owner_field() else {
        return Ok(None);
    };
    let same = |text: &str| {
        let id = SalesforceId::parse(text);
        id.is_some_and(|id| Some(id.as_str()) == current)
    };
    let moved = match requested {
        // Whoever owns it already is not asked whether they may, active or not.
        Some(Some(text)) if same(text) => None,
        Some(Some(text)) => Some(named_target(write, object, field, text)?),
        Some(None) => return Err(ApiError::OwnerBlank),
        None => None,
    };
    match &moved {
        Some(_) => may_move(write, object, current)?,
        None => keeps_working(write, object, current)?,
    }
    if let Some(owner) = assigned(write, object, value) {
        return Ok(Some(owner));
    }
    Ok(moved.map(|target| Owner::of(&target, "requested")))
}

/// The user or queue that an `OwnerId` names, if it may own records of the object.
fn named_target(
    write: &Write<'_>,
    object: &SObject,
    field: &Field,
    text: &str,
) -> Result<Target, ApiError> {
    let id = SalesforceId::parse(text).ok_or_else(|| values::incorrect_id(field, text))?;
    let known = |name: &str| field.referenced().any(|other| other == name);
    let unknown = || ApiError::InvalidCrossReference;
    match &id.prefix() {
        b"005" => {
            let user = write.principals.user(id.as_str()).ok_or_else(unknown)?;
            if !user.active && !inactive_allowed(write, object) {
                return Err(inactive(object, id));
            }
            if write.org.spec.switches.new_owner_must_read && !user.sees(object) {
                return Err(ApiError::TransferRequiresRead);
            }
            Ok(Target::User(user.id.clone()))
        }
        b"00G" if known("Group") => {
            let queue = write.principals.queue(id.as_str()).ok_or_else(unknown)?;
            match queue.objects.contains(&object.key) {
                true => Ok(Target::Queue(queue.id.clone())),
                false => Err(ApiError::QueueNotAssociated),
            }
        }
        b"00G"
            if write.org.spec.switches.queue_on_user_owned
                == QueueOnUserOwned::InvalidOperation =>
        {
            Err(ApiError::QueueNotAssociated)
        }
        _ => Err(values::incorrect_id(field, text)),
    }
}

fn inactive_allowed(write: &Write<'_>, object: &SObject) -> bool {
    named(&write.org.spec.switches.inactive_owner_allowed, object)
}

fn named(names: &[String], object: &SObject) -> bool {
    names
        .iter()
        .any(|name| name.eq_ignore_ascii_case(&object.name))
}

/// Objects that "Update Records with Inactive Owners" is about, as far as the mock has them; all custom ones are.
/// Release notes of Winter '16.
fn permission_covers(object: &SObject) -> bool {
    object.custom
        || matches!(
            &*object.name,
            "Account" | "Case" | "Contact" | "Lead" | "Opportunity"
        )
}

fn inactive(object: &SObject, user: SalesforceId) -> ApiError {
    let mut name = object.name.to_string();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    ApiError::InactiveOwner {
        user: user.short().to_owned(),
        object: name,
    }
}

/// Making another user the owner of a new record is a transfer, unless the org is open about it.
fn may_give_to(write: &Write<'_>, object: &SObject, target: &Target) -> Result<(), ApiError> {
    let own = *target.id() == write.principal.id;
    let open = write.org.spec.switches.owner_on_insert == OwnerOnInsert::AnyUser;
    if own || open || write.principal.may_transfer(object) {
        return Ok(());
    }
    Err(ApiError::InsufficientAccessOnReference {
        id: target.id().to_string(),
    })
}

/// A record is given away by its owner, and by those who may transfer any. Help article 000385661.
fn may_move(write: &Write<'_>, object: &SObject, current: Option<&str>) -> Result<(), ApiError> {
    let own = current == Some(&*write.principal.id);
    match own || write.principal.may_transfer(object) {
        true => Ok(()),
        false => Err(write.insufficient_access()),
    }
}

/// Records of some objects can't be edited while an inactive user owns them, without a permission for that.
fn keeps_working(
    write: &Write<'_>,
    object: &SObject,
    current: Option<&str>,
) -> Result<(), ApiError> {
    let strict = named(&write.org.spec.switches.inactive_owner_blocks_edit, object)
        && !inactive_allowed(write, object);
    let owner = current.filter(|_| strict);
    let owner = owner.and_then(|id| write.principals.user(id));
    let allowed =
        || permission_covers(object) && write.principal.has("PermissionsUpdateWithInactiveOwner");
    match owner.filter(|owner| !owner.active) {
        Some(owner) if !allowed() => {
            let id = SalesforceId::parse(&owner.id);
            Err(id.map_or(ApiError::OwnerBlank, |id| inactive(object, id)))
        }
        _ => Ok(()),
    }
}

fn assigned<'v>(
    write: &Write<'_>,
    object: &SObject,
    value: &dyn Fn(&str) -> Value<'v>,
) -> Option<Owner> {
    if !object.assignable() {
        return None;
    }
    let rules = &write.org.assignment_rules;
    Some(match rules.assign(object, &write.auto_assign, value)? {
        Assigned::ByRule(target) => Owner::of(target, "assignment_rule"),
        Assigned::ByDefault(target) => Owner::of(target, "default_owner"),
    })
}
