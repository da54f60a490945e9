//! Other ways to do the same, which nobody who looks at the CRMs can tell from the reference client.

use crate::sync::{BulkDoor, Identity, Policy};

/// A client that goes another way than the reference client, and has to come to the same in every scenario.
#[derive(Clone, Copy, Debug)]
pub struct AlikeClient {
    /// Unique, in words joined by hyphens; no faulty client has it either.
    pub name: &'static str,
    /// Which way it goes.
    pub description: &'static str,
    /// The policy that does it.
    pub policy: Policy,
}

/// Every such variation.
pub fn alike() -> Vec<AlikeClient> {
    vec![
        AlikeClient {
            name: "bulk-through-jobs",
            description: "a bulk push goes into Salesforce by Bulk API jobs, one for each login",
            policy: Policy {
                bulk: BulkDoor::Jobs,
                ..Policy::reference()
            },
        },
        AlikeClient {
            name: "owner-ids-of-15-characters",
            description: "Salesforce is told owners by the 15 characters of their ids that are no check sum",
            policy: Policy {
                owner_id: short,
                ..Policy::reference()
            },
        },
    ]
}

/// HubSpot's numbers are shorter, and stay as they are.
fn short(identity: &Identity) -> Option<String> {
    let id = identity.owner_id.as_deref()?;
    Some(id.get(..15).unwrap_or(id).to_owned())
}
