//! E-mails, tasks and calls are logged as somebody else than whoever did them.

use super::{FaultyClient, owned_by_writer};
use crate::apollo::CrmObject;
use crate::sync::Whose::{Highest, TeamSync, You};
use crate::sync::{Case, Owner, Policy, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "activities-by-team-sync",
            description: "every activity is logged by team sync, whoever did it",
            source: "M91: an integration user for all activities, as sales tools that log calls document it",
            breaks: &["T1", "T2", "H7"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: |case| by_team_sync(case, is_activity(case)),
                owners: |case| by_its_writer(case, is_activity(case)),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "emails-by-team-sync",
            description: "e-mails are logged by team sync, tasks and calls are not",
            source: "M93: derived from the rules, one of the three kinds of A17 left out",
            breaks: &["T1", "H7"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: |case| by_team_sync(case, case.object == CrmObject::Email),
                owners: |case| by_its_writer(case, case.object == CrmObject::Email),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "tasks-by-team-sync",
            description: "tasks are logged by team sync, e-mails and calls are not",
            source: "M94: derived from the rules, one of the three kinds of A17 left out",
            breaks: &["T1", "H7"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: |case| by_team_sync(case, case.object == CrmObject::Task),
                owners: |case| by_its_writer(case, case.object == CrmObject::Task),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "calls-by-team-sync",
            description: "calls are logged by team sync, e-mails and tasks are not",
            source: "M95: derived from the rules, one of the three kinds of A17 left out",
            breaks: &["T1", "H7"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: |case| by_team_sync(case, case.object == CrmObject::Call),
                owners: |case| by_its_writer(case, case.object == CrmObject::Call),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "activity-by-its-doer-or-nobody",
            description: "an activity of an unlinked user is not logged, though team sync or another could stand in",
            source: "derived from the rules: the personal login of A17 taken for a condition, against A3 and A8",
            breaks: &["T3", "T4"],
            causes: &["refused_with_credential"],
            policy: Policy {
                credentials: |case| match is_activity(case) {
                    true => vec![You],
                    false => (Policy::reference().credentials)(case),
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "activity-credited-to-the-contacts-owner",
            description: "an activity is logged as its contact's owner, not as whoever did it",
            source: "M97: ringcentral/hubspot-embeddable-ringcentral-phone 276 and 183",
            breaks: &["T5"],
            causes: &["apollo_owner_taken_for_you"],
            policy: Policy {
                doer: |_, about| Some(about.owner.clone()),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "activity-inherits-source",
            description: "who logs an activity depends on how its contact came into Apollo",
            source: "derived from the rules: the table of contacts (A20) applied to activities, against T2",
            breaks: &["T2"],
            causes: &["team_sync_instead_of_personal"],
            policy: Policy {
                credentials: like_its_contact,
                ..Policy::reference()
            },
        },
    ]
}

pub(super) fn is_activity(case: &Case) -> bool {
    is_activity_object(case.object)
}

pub(super) fn is_activity_object(object: CrmObject) -> bool {
    matches!(object, CrmObject::Email | CrmObject::Task | CrmObject::Call)
}

fn by_team_sync(case: &Case, concerned: bool) -> Vec<Whose> {
    match concerned {
        true => vec![TeamSync, You, Highest],
        false => (Policy::reference().credentials)(case),
    }
}

fn by_its_writer(case: &Case, concerned: bool) -> Vec<Owner> {
    match concerned {
        true => owned_by_writer(case),
        false => (Policy::reference().owners)(case),
    }
}

fn like_its_contact(case: &Case) -> Vec<Whose> {
    let object = match is_activity(case) {
        true => CrmObject::Contact,
        false => case.object,
    };
    (Policy::reference().credentials)(&Case { object, ..*case })
}
