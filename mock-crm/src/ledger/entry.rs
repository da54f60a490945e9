//! Rows of the ledger as they leave the server: all ids are strings.

use serde::{Deserialize, Serialize};

/// One create, as `GET /creates` answers it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct CreateEntry {
    /// Position among all creates and ownership changes of the server, rising from 1.
    pub sequence: u64,
    /// The instant of the create, ISO 8601 with milliseconds.
    pub created_at: String,
    /// `salesforce` or `hubspot`.
    pub crm: String,
    /// The org's or portal's id.
    pub org: String,
    /// The object (`Contact`) or object type (`contacts`).
    pub object: String,
    /// The record's id.
    pub record: String,
    /// The API family the record came in by.
    pub api: String,
    /// The owner that the request named.
    pub owner_requested: Option<String>,
    /// The owner the record got.
    pub owner: Option<String>,
    /// The user behind that owner.
    pub owner_user: Option<String>,
    /// `requested`, `requested_archived`, `caller_default`, `assignment_rule`, `default_owner`, `merge` or `blank`.
    pub owner_reason: String,
    /// The user who counts as the creator.
    pub created_by: String,
    /// `token`, `audit_field`, `job_creator`, `auto_associate_by_domain` or `merge`.
    pub created_by_reason: String,
    /// The id of the token that was used.
    pub token: String,
    /// The app that the token belongs to.
    pub app: Option<String>,
    /// The user that the token acts as.
    pub user: String,
    /// The request in the HTTP journal.
    pub request: String,
}

/// One change of ownership, as `GET /changes` answers it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ChangeEntry {
    /// Position among all creates and ownership changes of the server.
    pub sequence: u64,
    /// The instant of the change.
    pub changed_at: String,
    /// `salesforce` or `hubspot`.
    pub crm: String,
    /// The org's or portal's id.
    pub org: String,
    /// The object or object type.
    pub object: String,
    /// The record's id.
    pub record: String,
    /// The API family of the write.
    pub api: String,
    /// Who owned it before.
    pub owner_before: Option<String>,
    /// Who owns it now.
    pub owner: Option<String>,
    /// The user behind that owner.
    pub owner_user: Option<String>,
    /// `requested`, `assignment_rule`, `default_owner`, `account_owner` (its account got that owner) or `blank`.
    pub owner_reason: String,
    /// The id of the token that was used.
    pub token: String,
    /// The app that the token belongs to.
    pub app: Option<String>,
    /// The user that the token acts as.
    pub user: String,
    /// The request in the HTTP journal.
    pub request: String,
}
