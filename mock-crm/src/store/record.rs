//! Records as they are kept, and what connects them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Symbol;
use crate::clock::Timestamp;

/// Which record of an org or portal: its place in the order of creation, across all objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Serial(pub u32);

/// Which object (Salesforce) or object type (HubSpot): an index into the vendor's list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct ObjectKey(pub u16);

/// One record. System fields are native, everything else is in `body`.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is a record of.
    pub object: ObjectKey,
    /// In the recycle bin (Salesforce) or archived (HubSpot).
    pub deleted: bool,
    /// `CreatedDate`, `createdAt`.
    pub created_at: Timestamp,
    /// `SystemModstamp`, `updatedAt`.
    pub modified_at: Timestamp,
    /// The user id of the creator, set once and never again.
    pub created_by: Symbol,
    /// The user id of the last writer.
    pub modified_by: Symbol,
    /// The owner's id as the vendor writes it; `None` where there is no owner.
    pub owner: Option<Symbol>,
    /// A JSON object of the fields that are set, in the vendor's encoding of values.
    pub body: Arc<[u8]>,
}

/// A typed connection between two records (HubSpot's associations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Link {
    /// From which record.
    pub from: Serial,
    /// The vendor's association type id.
    pub type_id: u32,
    /// To which record.
    pub to: Serial,
}
