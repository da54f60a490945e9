//! Something that should make no difference does: the mode of a push, the source behind an activity, a lost answer.

use super::FaultyClient;
use crate::apollo::{CrmObject, Mode};
use crate::sync::{Case, Creates, Owner, Policy, Verb, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "bulk-uses-team-sync",
            description: "a bulk push goes through team sync, a single one through the linked user",
            source: "M69: the two push modes filed under two determinants, against A5 and A6",
            breaks: &["R01"],
            policy: Policy {
                credentials: bulk_by_team_sync,
                owners: bulk_owned_by_team_sync,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "activity-inherits-source",
            description: "who logs an activity depends on how its contact came into Apollo",
            source: "derived from the rules: the table of contacts (A20) applied to activities, against T2",
            breaks: &["T2"],
            policy: Policy {
                credentials: activity_like_its_contact,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "retry-makes-a-second-record",
            description: "a create whose answer was lost is simply sent again",
            source: "M78: linuxfoundation/lfx-self-serve 2086",
            breaks: &["N3"],
            policy: Policy {
                creates: Creates::Blindly,
                ..Policy::reference()
            },
        },
    ]
}

fn bulk_by_team_sync(case: &Case) -> Vec<Whose> {
    match case.mode {
        Mode::Bulk => vec![Whose::TeamSync, Whose::You, Whose::Highest],
        Mode::Single => (Policy::reference().credentials)(case),
    }
}

fn bulk_owned_by_team_sync(case: &Case) -> Vec<Owner> {
    match (case.mode, case.verb) {
        (Mode::Bulk, Verb::Create) => vec![Owner::Writer],
        _ => (Policy::reference().owners)(case),
    }
}

fn activity_like_its_contact(case: &Case) -> Vec<Whose> {
    let object = match case.object {
        CrmObject::Email | CrmObject::Task | CrmObject::Call => CrmObject::Contact,
        other => other,
    };
    (Policy::reference().credentials)(&Case { object, ..*case })
}
