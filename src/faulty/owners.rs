//! The right login writes, and the wrong person becomes Owner.

use super::{FaultyClient, on_create, owned_by_writer};
use crate::apollo::{Crm, CrmObject, Mode};
use crate::sync::Whose::{ApolloAdmin, Colleague, You};
use crate::sync::{Case, Owner, Policy, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    [linked(), unlinked(), accounts()].concat()
}

fn linked() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "owner-never-sent",
            description: "no owner is named, so the CRM takes the caller, or nobody",
            source: "M28: jsforce/jsforce 770",
            breaks: &["R04", "R05", "R06", "R07", "H1", "H2"],
            causes: &["owner_not_sent"],
            policy: Policy {
                owners: |_| vec![],
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "hubspot-owner-never-sent",
            description: "HubSpot is told no owner, and leaves it blank",
            source: "M35: onehashai/Cal-ID 1347, Arisofia/Nuvanx-System 342",
            breaks: &["H1", "H2"],
            causes: &["owner_not_sent"],
            policy: Policy {
                owners: |case| match case.crm {
                    Crm::Hubspot => vec![],
                    Crm::Salesforce => (Policy::reference().owners)(case),
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "owner-follows-creator",
            description: "whoever creates a record becomes its owner",
            source: "M27: the table of creators taken for a table of owners",
            breaks: &["R04", "R05", "R06", "R07"],
            causes: &["owner_is_writer"],
            policy: Policy {
                owners: owned_by_writer,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "admin-owns-every-record",
            description: "an admin becomes owner of every new record",
            source: "M31: fleetdm/fleet 19609",
            breaks: &["R01", "R02", "R03", "R04", "R05", "R06", "R10", "H1", "N1"],
            causes: &["wrong_owner_sent"],
            policy: Policy {
                owners: |case| first_of_all(case, Owner::Of(ApolloAdmin)),
                ..Policy::reference()
            },
        },
    ]
}

fn unlinked() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "unlinked-user-made-owner",
            description: "a user who never linked becomes owner by a matching e-mail address",
            source: "M26: the oldest version of the article; pattern of calcom/cal.diy 14556",
            breaks: &["R09", "R10", "H3"],
            causes: &["unlinked_user_made_owner"],
            policy: Policy {
                owners: |case| on_create(case, vec![Owner::Of(You), Owner::MatchingEmail]),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "single-push-owned-by-its-pusher",
            description: "a single push makes its pusher the owner, linked or not; a bulk push asks for a link",
            source: "M66: the version of the article before this one, whose single pushes did not depend on linking",
            breaks: &["R09", "R10", "R25", "H3", "H10"],
            causes: &["unlinked_user_made_owner"],
            policy: Policy {
                owners: |case| match case.mode {
                    Mode::Single => on_create(case, vec![Owner::Of(You), Owner::MatchingEmail]),
                    Mode::Bulk => (Policy::reference().owners)(case),
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "some-colleague-for-an-unclear-owner",
            description: "where nothing says who owns it, HubSpot is told some colleague",
            source: "M37: bullhorn/career-portal 455, an owner at random",
            breaks: &["H3"],
            causes: &["wrong_owner_sent"],
            policy: Policy {
                owners: |case| match case.crm {
                    Crm::Hubspot => on_create(case, vec![Owner::Of(You), Owner::Of(Colleague)]),
                    Crm::Salesforce => (Policy::reference().owners)(case),
                },
                ..Policy::reference()
            },
        },
    ]
}

fn accounts() -> Vec<FaultyClient> {
    vec![FaultyClient {
        name: "accounts-by-team-sync",
        description: "an account is created and owned by team sync, a contact is not",
        source: "M54: derived from the rules, whose table speaks of contacts in more lines than of accounts",
        breaks: &["R01", "R02", "R03", "R05", "H1"],
        causes: &["team_sync_instead_of_personal", "owner_is_writer"],
        policy: Policy {
            credentials: |case| match case.object {
                CrmObject::Account => vec![Whose::TeamSync, You, Whose::Highest],
                _ => (Policy::reference().credentials)(case),
            },
            owners: |case| match case.object {
                CrmObject::Account => owned_by_writer(case),
                _ => (Policy::reference().owners)(case),
            },
            ..Policy::reference()
        },
    }]
}

fn first_of_all(case: &Case, owner: Owner) -> Vec<Owner> {
    let owners = (Policy::reference().owners)(case);
    on_create(case, [vec![owner], owners].concat())
}
