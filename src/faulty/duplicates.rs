//! What the CRM has already is not known again, or taken for something else.

use super::FaultyClient;
use crate::sync::{Policy, Recognition};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "conflict-taken-for-a-refusal",
            description: "after a lost answer the client searches an index that lags behind, tries again, and takes the conflict for a refusal",
            source: "M79: HubSpot/hubspot-api-php 59, HubSpot/hubspot-api-nodejs 545, Flagsmith/flagsmith 5698",
            breaks: &["N2"],
            causes: &["conflict_taken_for_refusal"],
            policy: knows(Recognition::BySearch),
        },
        FaultyClient {
            name: "found-record-made-anew",
            description: "what is in the way of a new record is deleted and made again, with another creator",
            source: "derived from the rules: Created By is set once (A7)",
            breaks: &["N4", "U1"],
            causes: &["deleted_and_made_anew"],
            policy: knows(Recognition::Replaces),
        },
        FaultyClient {
            name: "same-address-same-person",
            description: "a second contact with an address that Salesforce has already overwrites the first",
            source: "derived from Apollo's own page: a contact that is created becomes a record of its own (K12)",
            breaks: &["R01"],
            causes: &["taken_for_another"],
            policy: knows(Recognition::ByAddress),
        },
        FaultyClient {
            name: "update-makes-a-second-record",
            description: "an update finds nothing under the key that it uses, and creates",
            source: "M89: gravityplus/Gravity-Forms-Salesforce 248, restforce/restforce 243",
            breaks: &["N3"],
            causes: &["made_again"],
            policy: knows(Recognition::Never),
        },
        FaultyClient {
            name: "queued-lead-made-again",
            description: "a lead that a queue has got is not known again, and made a second time",
            source: "M88: a vendor's document on changing the owner of a lead",
            breaks: &["N3"],
            causes: &["made_again"],
            policy: knows(Recognition::UnlessQueued),
        },
        FaultyClient {
            name: "account-once-per-contact",
            description: "each contact of a new account brings an account of its own along",
            source: "derived from the rules: one account comes along, whoever needs it (R08, H11)",
            breaks: &["N3"],
            causes: &["made_again"],
            policy: knows(Recognition::AccountsNever),
        },
    ]
}

fn knows(recognition: Recognition) -> Policy {
    Policy {
        recognition,
        ..Policy::reference()
    }
}
