//! The right login writes, and the wrong person becomes Owner.

use super::FaultyClient;
use crate::apollo::Crm;
use crate::sync::{Owner, Policy, Verb, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "owner-never-sent",
            description: "no owner is named, so the CRM takes the caller, or nobody",
            source: "M28, M35: jsforce/jsforce 770, onehashai/Cal-ID 1347",
            breaks: &["R05", "H1"],
            policy: Policy {
                owners: |_| vec![],
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "owner-follows-creator",
            description: "whoever creates a record becomes its owner",
            source: "M27: the table of creators taken for a table of owners",
            breaks: &["R04", "R05", "R06"],
            policy: Policy {
                owners: |case| on_create(case.verb, vec![Owner::Writer]),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "unlinked-user-made-owner",
            description: "a user who never linked becomes owner by a matching e-mail address",
            source: "M26: the oldest version of the article; pattern of calcom/cal.diy 14556",
            breaks: &["R09"],
            policy: Policy {
                owners: |case| {
                    on_create(case.verb, vec![Owner::Of(Whose::You), Owner::MatchingEmail])
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "hubspot-user-id-as-owner",
            description: "HubSpot is told the user id where it wants the owner id",
            source: "M34: customeros/customeros 591; the vendor's owners guide warns of it",
            breaks: &["N8"],
            policy: Policy {
                owner_id: |identity| Some(identity.user_id.clone()),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "assignment-rule-left-on",
            description: "Salesforce's assignment rules overrule the owner",
            source: "M50: jsforce/jsforce 512, simple-salesforce/simple-salesforce 419",
            breaks: &["R07"],
            policy: Policy {
                last_look: |write| write.assignment_rules |= write.crm == Crm::Salesforce,
                ..Policy::reference()
            },
        },
    ]
}

/// Updates stay as they are in the reference client: these faults are about new records.
fn on_create(verb: Verb, owners: Vec<Owner>) -> Vec<Owner> {
    match verb {
        Verb::Create => owners,
        Verb::Update {
            owner_changed: true,
        } => vec![Owner::Of(Whose::ApolloOwner)],
        Verb::Update {
            owner_changed: false,
        } => vec![],
    }
}
