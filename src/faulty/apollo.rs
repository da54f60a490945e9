//! Apollo's own side: who owns a record there, who "you" is, what is told of a push; and one CRM treated as the other.

use super::{FaultyClient, owned_by_writer};
use crate::apollo::{Apollo, Crm, Record, Source, UserId};
use crate::sync::Whose::{Highest, TeamSync};
use crate::sync::{Moment, Outcome, Policy};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "no-owner-in-apollo-unless-linked",
            description: "what an unlinked user saves has no owner in Apollo",
            source: "M101: the oldest version of the article, which asks for a matching user of the CRM",
            breaks: &["O1"],
            causes: &["apollo_owner_wrong"],
            policy: Policy {
                apollo_owner: nobody_unless_linked,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "csv-upload-owned-by-an-admin",
            description: "what comes from a CSV upload belongs in Apollo to the admin who allowed the push",
            source: "M102: derived from the rules, \"you\" of A6 taken for whoever set it up",
            breaks: &["O1"],
            causes: &["apollo_owner_wrong"],
            policy: Policy {
                apollo_owner: admin_owns_uploads,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "pusher-takes-over-in-apollo",
            description: "whoever pushes a record owns it in Apollo from then on",
            source: "derived from the rules: A5's assignment of ownership taken for Apollo's own",
            breaks: &["N5"],
            causes: &["apollo_owner_moved"],
            policy: Policy {
                apollo_owner: |apollo, record, moment| match moment {
                    Moment::Pushed { by: Some(user) } => user.clone(),
                    moment => (Policy::reference().apollo_owner)(apollo, record, moment),
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "pushed-as-the-apollo-owner",
            description: "whoever owns the record in Apollo counts as its pusher, whoever pushes it",
            source: "derived from the rules: \"you\" of A5 and A15 taken for the owner, against U8",
            breaks: &["U8"],
            causes: &["apollo_owner_taken_for_you"],
            policy: Policy {
                you: |acting| Some(acting.record.owner.clone()),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "refusal-told-as-success",
            description: "a refused push is reported as pushed",
            source: "M106: in the manner of wadewegner/Force.com-Toolkit-for-NET 368",
            breaks: &["R14", "R24", "H5"],
            causes: &["success_without_record"],
            policy: Policy {
                told: |outcome| match outcome {
                    Outcome::Refused { .. } => Outcome::Pushed {
                        crm_id: String::new(),
                        message: None,
                    },
                    pushed => pushed,
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "hubspot-ignores-personal-logins",
            description: "personal logins count in Salesforce alone",
            source: "M103: the article before it spoke of HubSpot",
            breaks: &["H1", "H2", "H7"],
            causes: &[
                "team_sync_instead_of_personal",
                "most_permitted_too_early",
                "owner_is_writer",
            ],
            policy: Policy {
                credentials: |case| match case.crm {
                    Crm::Hubspot => vec![TeamSync, Highest],
                    Crm::Salesforce => (Policy::reference().credentials)(case),
                },
                owners: |case| match case.crm {
                    Crm::Hubspot => owned_by_writer(case),
                    Crm::Salesforce => (Policy::reference().owners)(case),
                },
                ..Policy::reference()
            },
        },
    ]
}

fn nobody_unless_linked(apollo: &Apollo, record: &Record, moment: Moment<'_>) -> UserId {
    let owner = (Policy::reference().apollo_owner)(apollo, record, moment);
    let linked = [Crm::Salesforce, Crm::Hubspot].map(|crm| apollo.credentials.of_user(crm, &owner));
    match linked.iter().any(Option::is_some) {
        true => owner,
        false => UserId(String::new()),
    }
}

fn admin_owns_uploads(apollo: &Apollo, record: &Record, moment: Moment<'_>) -> UserId {
    match (moment, record.source, apollo.admin()) {
        (Moment::Saved, Source::Csv, Some(admin)) => admin.id.clone(),
        _ => (Policy::reference().apollo_owner)(apollo, record, moment),
    }
}
