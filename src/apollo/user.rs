//! The people of an Apollo team.

use super::UserId;
use serde::{Deserialize, Serialize};

/// A person who uses Apollo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// How the team refers to the person.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Work e-mail. Says nothing about who the person is in a CRM: only a linked credential does.
    pub email: String,
    /// The role in Apollo, which is not a permission in a CRM.
    pub role: Role,
}

/// A role in Apollo. The "highest level of permission" of A3 is the CRM user's (A23, B9), never this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everybody else.
    #[default]
    Member,
    /// Runs the Apollo team.
    Admin,
}
