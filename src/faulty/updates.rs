//! The create is right, and the update is not.

use super::FaultyClient;
use crate::apollo::Crm;
use crate::sync::{Case, Change, Owner, Policy, Verb, Whose, Write};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "update-takes-the-owner",
            description: "whoever updates a record becomes its owner",
            source: "M83: calcom/cal.diy 26047, which adds a switch for it",
            breaks: &["U3"],
            causes: &["owner_moved"],
            policy: Policy {
                owners: |case| owners_of_updates(case, vec![Owner::Of(Whose::You)]),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "update-gives-the-owner-to-team-sync",
            description: "an update hands the record to the integration's own user",
            source: "M85: simple-salesforce/simple-salesforce 419, restforce/restforce 204",
            breaks: &["U3"],
            causes: &["owner_moved"],
            policy: Policy {
                owners: |case| owners_of_updates(case, vec![Owner::Of(Whose::TeamSync)]),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "archived-owner-erased",
            description: "an update looks the owner up, and empties the field when the owner is archived",
            source: "M41: HubSpot/hubspot-api-python 314, airbytehq/airbyte 55818",
            breaks: &["U3"],
            causes: &["owner_emptied"],
            policy: Policy {
                owners: |case| owners_of_updates(case, vec![Owner::Of(Whose::ApolloOwner)]),
                last_look: empty_owner_on_update,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "update-sends-no-values",
            description: "an update is reported as done, and none of its values is sent",
            source: "M106: the update that says success and changes nothing of wadewegner/Force.com-Toolkit-for-NET 368",
            breaks: &["N2"],
            causes: &["values_not_sent"],
            policy: Policy {
                last_look: no_values_on_update,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "update-by-the-most-permitted",
            description: "creates as it should, and updates through the login of the most permitted user",
            source: "derived from A8, A23 and A24: the stand-in of an unlinked user writes for a linked one",
            breaks: &["N6"],
            causes: &["most_permitted_too_early"],
            policy: Policy {
                credentials: highest_first_on_update,
                ..Policy::reference()
            },
        },
    ]
}

fn highest_first_on_update(case: &Case) -> Vec<Whose> {
    let mut logins = (Policy::reference().credentials)(case);
    if matches!(case.verb, Verb::Update { .. }) {
        logins.insert(0, Whose::Highest);
    }
    logins
}

fn owners_of_updates(case: &Case, owners: Vec<Owner>) -> Vec<Owner> {
    match case.verb {
        Verb::Create => (Policy::reference().owners)(case),
        Verb::Update { .. } => owners,
    }
}

fn no_values_on_update(write: &mut Write) {
    if matches!(write.change, Change::Update { .. }) {
        write.properties.clear();
    }
}

fn empty_owner_on_update(write: &mut Write) {
    let update = matches!(write.change, Change::Update { .. });
    if update && write.crm == Crm::Hubspot && write.owner.is_none() {
        write.owner = Some(String::new());
    }
}
