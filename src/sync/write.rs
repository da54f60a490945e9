//! One create or update, ready to be sent.

use super::Identity;
use crate::apollo::{Crm, CrmObject, Mode};
use serde_json::{Map, Value};

/// What goes to a CRM for one record or activity.
#[derive(Clone, Debug)]
pub struct Write {
    /// Where to.
    pub crm: Crm,
    /// Alone, or in a batch.
    pub mode: Mode,
    /// What it is there.
    pub object: CrmObject,
    /// Create or update.
    pub change: Change,
    /// The values, by the vendor's names, without owner, links and Apollo's id.
    pub properties: Map<String, Value>,
    /// The owner as the vendor wants it: a Salesforce user id, a HubSpot owner id. Not sent where there is none.
    pub owner: Option<String>,
    /// What it hangs on: a contact's account, an activity's contact.
    pub related: Vec<(CrmObject, String)>,
    /// Lets Salesforce's assignment rules have the last word.
    pub assignment_rules: bool,
    /// Whose login writes.
    pub writer: Identity,
}

/// Create or update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new record, found again by Apollo's id.
    Create {
        /// Apollo's id.
        external_id: String,
    },
    /// The record with this id of the CRM.
    Update {
        /// The CRM's id.
        crm_id: String,
    },
}

/// A write that the CRM has carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) crm_id: String,
    /// Something that people should know, though it went through.
    pub(super) note: Option<String>,
}

impl Written {
    pub(super) fn new(crm_id: impl Into<String>) -> Self {
        Written {
            crm_id: crm_id.into(),
            note: None,
        }
    }
}
