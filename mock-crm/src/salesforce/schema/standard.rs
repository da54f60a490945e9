//! The standard objects, a table each. Names, types, lengths and flags of Contact, Account, Lead and Case are those of
//! describes recorded from a real org; of the others, names are documented and lengths are unverified.

mod account;
mod activity;
mod contact;
mod lead;
mod opportunity;
mod organization;
mod permissions;
mod support;
mod user;

use super::column::Column;

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
    &user::GROUP,
    &user::QUEUE_SOBJECT,
    &user::ASSIGNMENT_RULE,
    &account::ACCOUNT,
    &contact::CONTACT,
    &lead::LEAD,
    &opportunity::OPPORTUNITY,
    &support::CASE,
    &activity::TASK,
];
