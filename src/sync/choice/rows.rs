//! The decision table as the reference client follows it, a line a row.

mod salesforce;

use super::{Availability, Case, Decision, Found, Owner, Step, Verb, Whose, decide};
use crate::apollo::{Crm, CrmObject, Mode, Source};
use crate::sync::Policy;
use Availability::{Absent, Usable};
use CrmObject::{Account, Call, Contact, Email, Lead, Task};
use Source::{Csv, Gmail, Jobchange, Linkedin, Manual, Prospecting};
use Whose::{Highest, TeamSync, You};

/// Team sync revoked, or its user gone.
const BROKEN: Availability = Availability::Unusable;
/// Linked once, and dead now.
const REVOKED: Availability = Availability::Unusable;
/// A login that works after a refresh is as good as one that works.
const REFRESHABLE: Availability = Availability::Usable;

/// What each login turns out to be when the decision asks for it.
struct Logins {
    you: Availability,
    team_sync: Availability,
    highest: Availability,
}

fn linked(team_sync: Availability) -> Logins {
    Logins {
        you: Usable,
        team_sync,
        highest: Usable,
    }
}

fn never(team_sync: Availability) -> Logins {
    Logins {
        you: Absent,
        team_sync,
        highest: Usable,
    }
}

fn nobody(you: Availability, team_sync: Availability) -> Logins {
    Logins {
        you,
        team_sync,
        highest: Absent,
    }
}

fn create(crm: Crm, object: CrmObject, source: Source) -> Case {
    Case {
        crm,
        mode: Mode::Single,
        object,
        source,
        verb: Verb::Create,
    }
}

/// Answers what the decision asks for, and nothing else.
fn settle(case: &Case, logins: &Logins) -> (Decision, Found) {
    let mut found = Found::default();
    loop {
        match decide(&Policy::reference(), case, &found) {
            Step::Decided(decision) => return (decision, found),
            Step::Ask(whose) => {
                let availability = match whose {
                    You | Whose::ApolloOwner => logins.you,
                    TeamSync => logins.team_sync,
                    Highest | Whose::Colleague | Whose::ApolloAdmin => logins.highest,
                };
                found.set(whose, availability);
            }
        }
    }
}

/// In both modes (R25, H10): `writer` becomes Created By and `owner` Owner.
#[track_caller]
fn check(row: &str, case: Case, logins: &Logins, writer: Whose, owner: Whose) {
    for mode in [Mode::Single, Mode::Bulk] {
        let (decision, _) = settle(&Case { mode, ..case }, logins);
        assert_eq!(
            decision,
            Decision::Write {
                writer,
                owner: Owner::Of(owner)
            },
            "{row} {mode:?}"
        );
    }
}

#[track_caller]
fn check_refused(row: &str, case: Case, logins: &Logins) {
    assert_eq!(settle(&case, logins).0, Decision::NoCredential, "{row}");
}

fn salesforce(object: CrmObject, source: Source) -> Case {
    create(Crm::Salesforce, object, source)
}

fn hubspot(object: CrmObject, source: Source) -> Case {
    create(Crm::Hubspot, object, source)
}

#[test]
fn activities_follow_the_actor_and_never_the_table() {
    for crm in [Crm::Salesforce, Crm::Hubspot] {
        for activity in [Email, Task, Call] {
            check(
                "T1 H7",
                create(crm, activity, Manual),
                &linked(Usable),
                You,
                You,
            );
            check(
                "T2",
                create(crm, activity, Linkedin),
                &linked(Usable),
                You,
                You,
            );
            check(
                "T2",
                create(crm, activity, Prospecting),
                &linked(Absent),
                You,
                You,
            );
            check(
                "T3 H8",
                create(crm, activity, Manual),
                &never(Usable),
                TeamSync,
                TeamSync,
            );
            check(
                "T4",
                create(crm, activity, Manual),
                &never(Absent),
                Highest,
                Highest,
            );
            check_refused(
                "T6",
                create(crm, activity, Manual),
                &nobody(REVOKED, Absent),
            );
        }
    }
}

#[test]
fn hubspot_knows_no_table() {
    for source in [Manual, Csv, Gmail, Linkedin, Prospecting, Jobchange] {
        for object in [Contact, Account] {
            check("H1 H2", hubspot(object, source), &linked(Usable), You, You);
            check("H1 H2", hubspot(object, source), &linked(Absent), You, You);
            check(
                "H3",
                hubspot(object, source),
                &never(Usable),
                TeamSync,
                TeamSync,
            );
            check(
                "H4",
                hubspot(object, source),
                &never(Absent),
                Highest,
                Highest,
            );
            check_refused("H5", hubspot(object, source), &nobody(Absent, Absent));
        }
    }
}

#[test]
fn an_update_names_no_owner() {
    let update = Case {
        verb: Verb::Update {
            owner_changed: false,
        },
        ..salesforce(Contact, Prospecting)
    };

    let (decision, _) = settle(&update, &linked(Usable));

    assert_eq!(
        decision,
        Decision::Write {
            writer: You,
            owner: Owner::LeftToCrm
        },
        "U1 U2"
    );
}

#[test]
fn an_update_after_a_change_of_apollos_owner_names_the_new_one_if_linked() {
    let update = Case {
        verb: Verb::Update {
            owner_changed: true,
        },
        ..salesforce(Contact, Manual)
    };

    let to_a_linked_user = settle(&update, &linked(Usable)).0;
    let to_an_unlinked_user = settle(&update, &never(Usable)).0;

    let owner = Owner::Of(Whose::ApolloOwner);
    assert_eq!(
        to_a_linked_user,
        Decision::Write { writer: You, owner },
        "U3"
    );
    assert_eq!(
        to_an_unlinked_user,
        Decision::Write {
            writer: TeamSync,
            owner: Owner::LeftToCrm
        },
        "U3"
    );
}

#[test]
fn nothing_is_asked_of_a_login_that_does_not_matter() {
    let (_, personal) = settle(&salesforce(Contact, Manual), &linked(Usable));
    let (_, through_team_sync) = settle(&salesforce(Contact, Linkedin), &linked(Usable));

    assert_eq!(
        personal,
        Found {
            you: Usable,
            ..Found::default()
        }
    );
    assert_eq!(
        through_team_sync,
        Found {
            you: Usable,
            team_sync: Usable,
            ..Found::default()
        }
    );
}
