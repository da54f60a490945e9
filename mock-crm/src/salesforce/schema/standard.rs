//! The standard objects, a table each, with what each is known from: see [`Evidence`].

mod account;
mod activity;
mod contact;
mod email;
mod group;
mod lead;
mod opportunity;
mod organization;
mod permissions;
mod support;
mod user;

use super::column::Column;

/// What the fields of an object are known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Names, types, lengths and flags are those of a describe recorded from a real org.
    Recorded,
    /// Names are documented; lengths and flags are unverified.
    Documented,
    /// Names are documented in part; types, lengths, flags and picklist values are unverified.
    Unverified,
    /// Defined by the specification of the org.
    Custom,
}

/// A standard object as its table has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) plural: &'static str,
    pub(super) prefix: [u8; 3],
    /// `c`, `u`, `d`: records may be created, updated, deleted through the API.
    pub(super) verbs: &'static str,
    /// Belongs to the set-up of the org: writing takes the permission to manage users.
    pub(super) setup: bool,
    /// Audit fields may be set on insert. Help article "Set Audit Fields upon Record Creation".
    pub(super) audit: bool,
    pub(super) evidence: Evidence,
    pub(super) columns: &'static [&'static [Column]],
}

pub(super) use permissions::LADDER;

/// All of them. Their place in this list is the store's key of the object, so new ones come last.
pub(super) const TABLES: &[&Table] = &[
    &organization::ORGANIZATION,
    &user::USER,
    &permissions::PROFILE,
    &permissions::PERMISSION_SET,
    &permissions::PERMISSION_SET_ASSIGNMENT,
    &permissions::USER_LICENSE,
    &group::GROUP,
    &group::QUEUE_SOBJECT,
    &group::ASSIGNMENT_RULE,
    &account::ACCOUNT,
    &contact::CONTACT,
    &lead::LEAD,
    &opportunity::OPPORTUNITY,
    &support::CASE,
    &activity::TASK,
    &activity::EVENT,
    &email::EMAIL_MESSAGE,
    &group::GROUP_MEMBER,
    &permissions::OBJECT_PERMISSIONS,
    &permissions::USER_ROLE,
    &permissions::RECORD_TYPE,
];
