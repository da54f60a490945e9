//! Clients that were written after the patterns of likely causes were frozen: how often the cause is right of these says how
//! well the patterns do with a client that nobody had in mind.

use super::{FaultyClient, on_create};
use crate::apollo::{Crm, CrmObject, Mode, Source};
use crate::sync::Whose::{ApolloAdmin, Highest, TeamSync, You};
use crate::sync::{Case, Change, Identity, Owner, Policy, Verb, Whose, Write};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "lead-owned-by-an-admin",
            description: "a lead is handed to the Apollo admin, who is to distribute it",
            source: "derived from the rules: A18 names leads beside contacts, whatever a team does with them afterwards",
            breaks: &["R07"],
            causes: &["wrong_owner_sent"],
            policy: Policy {
                owners: leads_owned_by_an_admin,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "linkedin-owned-by-its-creator",
            description: "a record from LinkedIn is owned by whoever creates it; the others are not",
            source: "derived from the rules: A18 read as if it spoke of the personal column alone",
            breaks: &["R04"],
            causes: &["owner_is_writer"],
            policy: Policy {
                owners: owned_by_creator_from_linkedin,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "company-owned-by-team-sync",
            description: "an account is created as it should be, and handed to team sync's user",
            source: "derived from the rules: A18 names accounts beside contacts",
            breaks: &["R01", "R05"],
            causes: &["wrong_owner_sent", "owner_is_writer"],
            policy: Policy {
                owners: accounts_owned_by_team_sync,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "salesforce-ignores-personal-logins",
            description: "personal logins count in HubSpot alone",
            source: "derived from the rules: one CRM's settings read for both",
            breaks: &["R01", "R02", "R03"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: no_personal_login_in_salesforce,
                owners: no_personal_owner_in_salesforce,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "csv-in-bulk-by-team-sync",
            description: "a CSV upload that is pushed in bulk goes through team sync, one contact alone does not",
            source: "derived from the rules: A5 and A6 ask for the same in both modes",
            breaks: &["R02"],
            causes: &["team_sync_instead_of_personal"],
            policy: Policy {
                credentials: csv_in_bulk_by_team_sync,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "hubspot-owned-by-the-most-permitted",
            description: "in HubSpot the most permitted user becomes owner, whoever has linked",
            source: "derived from the rules: who stands in for a login taken for who owns",
            breaks: &["H1"],
            causes: &["wrong_owner_sent"],
            policy: Policy {
                owners: hubspot_owned_by_the_most_permitted,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "hubspot-owner-sent-empty",
            description: "a new record in HubSpot has every property, and the owner as an empty one",
            source: "derived from the vendor's properties, which an empty value clears",
            breaks: &["H1"],
            causes: &["owner_emptied", "owner_not_sent"],
            policy: Policy {
                last_look: empty_owner_of_a_new_record,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "owner-id-cut-short",
            description: "owner ids are kept in a column of ten characters, and Salesforce refuses what is left",
            source: "derived from the vendor's ids of 15 and 18 characters",
            breaks: &["R01", "R05"],
            causes: &["crm_refused", "owner_id_of_nobody"],
            policy: Policy {
                owner_id: ten_characters,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "prospected-account-by-its-pusher",
            description: "an account from prospecting is created by the linked user, a contact by team sync",
            source: "derived from the rules: the table's second column read for people alone",
            breaks: &["R05"],
            causes: &["personal_instead_of_team_sync"],
            policy: Policy {
                credentials: prospected_accounts_by_you,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "hubspot-told-salesforce-ids",
            description: "owners are looked up in Salesforce, for HubSpot too",
            source: "derived from the rules, one map of owners filled from one CRM",
            breaks: &["H1", "N8"],
            causes: &["owner_id_of_other_crm"],
            policy: Policy {
                owner_known_in: |_| Crm::Salesforce,
                ..Policy::reference()
            },
        },
    ]
}

fn leads_owned_by_an_admin(case: &Case) -> Vec<Owner> {
    match case.object {
        CrmObject::Lead => on_create(case, [ApolloAdmin, You, TeamSync].map(Owner::Of).to_vec()),
        _ => (Policy::reference().owners)(case),
    }
}

fn owned_by_creator_from_linkedin(case: &Case) -> Vec<Owner> {
    match case.source {
        Source::Linkedin => on_create(case, vec![Owner::Writer]),
        _ => (Policy::reference().owners)(case),
    }
}

fn accounts_owned_by_team_sync(case: &Case) -> Vec<Owner> {
    match case.object {
        CrmObject::Account => on_create(case, [TeamSync, You, Highest].map(Owner::Of).to_vec()),
        _ => (Policy::reference().owners)(case),
    }
}

fn no_personal_login_in_salesforce(case: &Case) -> Vec<Whose> {
    let mut logins = (Policy::reference().credentials)(case);
    logins.retain(|whose| *whose != You || case.crm == Crm::Hubspot);
    logins
}

fn no_personal_owner_in_salesforce(case: &Case) -> Vec<Owner> {
    let mut owners = (Policy::reference().owners)(case);
    let creates = case.verb == Verb::Create && case.crm == Crm::Salesforce;
    owners.retain(|owner| *owner != Owner::Of(You) || !creates);
    owners
}

fn csv_in_bulk_by_team_sync(case: &Case) -> Vec<Whose> {
    match (case.source, case.mode, case.verb) {
        (Source::Csv, Mode::Bulk, Verb::Create) => vec![TeamSync, You, Highest],
        _ => (Policy::reference().credentials)(case),
    }
}

fn hubspot_owned_by_the_most_permitted(case: &Case) -> Vec<Owner> {
    match case.crm {
        Crm::Hubspot => on_create(case, [Highest, You, TeamSync].map(Owner::Of).to_vec()),
        Crm::Salesforce => (Policy::reference().owners)(case),
    }
}

fn empty_owner_of_a_new_record(write: &mut Write) {
    if write.crm == Crm::Hubspot && matches!(write.change, Change::Create { .. }) {
        write.owner = Some(String::new());
    }
}

fn ten_characters(identity: &Identity) -> Option<String> {
    let id = identity.owner_id.as_deref()?;
    Some(id.chars().take(10).collect())
}

fn prospected_accounts_by_you(case: &Case) -> Vec<Whose> {
    match (case.object, case.source, case.verb) {
        (CrmObject::Account, Source::Prospecting, Verb::Create) => vec![You, TeamSync, Highest],
        _ => (Policy::reference().credentials)(case),
    }
}
