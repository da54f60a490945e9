//! As whom somebody owns records is guessed: from lists, addresses, names and the look of an id.

use super::FaultyClient;
use crate::sync::{Case, LookUp, Owner, Policy, Verb, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "first-page-of-owners",
            description: "an owner who is not on the first page of the owners list is not found",
            source: "derived from the vendor's owners guide: a page has 100 owners",
            breaks: &["H1"],
            causes: &["owner_not_sent"],
            policy: looks_up(LookUp::FirstPage),
        },
        FaultyClient {
            name: "ids-without-case",
            description: "two user ids that differ in capitals alone count as one",
            source: "M45: forcedotcom/cli 2798, n8n-io/n8n 32815",
            breaks: &["R01", "N1"],
            causes: &["owner_id_in_other_case"],
            policy: looks_up(LookUp::AnyCaseId),
        },
        FaultyClient {
            name: "email-letter-by-letter",
            description: "an e-mail address in capitals is another address, so its user is nobody in the CRM",
            source: "M38: mautic/mautic 2945, pipeshub-ai/pipeshub-ai 3115",
            breaks: &["R01", "H1"],
            causes: &["owner_not_sent"],
            policy: looks_up(LookUp::EmailAsWritten),
        },
        FaultyClient {
            name: "deactivated-twin-as-owner",
            description: "of two users with one e-mail address the deactivated one is named as owner",
            source: "M42: getprobo/probo 1594, mshanemc/roundRobinProcessBuilder 33",
            breaks: &["R01"],
            causes: &["unusable_user_made_owner"],
            policy: looks_up(LookUp::EmailOfAnyUser),
        },
        FaultyClient {
            name: "anybody-where-nobody-matches",
            description: "where no CRM user has the e-mail address, the first in the list becomes owner",
            source: "M37: bullhorn/career-portal 455",
            breaks: &["N1"],
            causes: &["wrong_owner_sent"],
            policy: looks_up(LookUp::EmailOrAnybody),
        },
        FaultyClient {
            name: "queue-of-the-same-name-as-owner",
            description: "the owner is found by name, and a queue has that name, too",
            source: "M33, M44: mattermost/mattermost-data-warehouse 1217, forcedotcom/SFDX-Data-Move-Utility 577",
            breaks: &["N8"],
            causes: &["queue_sent"],
            policy: looks_up(LookUp::Name),
        },
        FaultyClient {
            name: "most-permitted-owns-everything",
            description: "the integration's administrator becomes owner of every new record",
            source: "M31: fleetdm/fleet 19609",
            breaks: &["R01", "H1"],
            causes: &["wrong_owner_sent"],
            policy: Policy {
                owners: most_permitted,
                ..Policy::reference()
            },
        },
    ]
}

fn looks_up(look_up: LookUp) -> Policy {
    Policy {
        look_up,
        ..Policy::reference()
    }
}

fn most_permitted(case: &Case) -> Vec<Owner> {
    match case.verb {
        Verb::Create => vec![Owner::Of(Whose::Highest)],
        Verb::Update { .. } => (Policy::reference().owners)(case),
    }
}
