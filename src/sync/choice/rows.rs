//! The decision table as the reference client follows it, a line a row.

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
                    Highest => logins.highest,
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
fn salesforce_records_of_a_linked_user() {
    let connected = linked(Usable);
    for object in [Contact, Account, Lead] {
        check("R01", salesforce(object, Manual), &connected, You, You);
        check("R02", salesforce(object, Csv), &connected, You, You);
        check("R03", salesforce(object, Gmail), &connected, You, You);
        check(
            "R05",
            salesforce(object, Prospecting),
            &connected,
            TeamSync,
            You,
        );
    }
    for object in [Contact, Lead] {
        check(
            "R04",
            salesforce(object, Linkedin),
            &connected,
            TeamSync,
            You,
        );
        check(
            "R06",
            salesforce(object, Jobchange),
            &connected,
            TeamSync,
            You,
        );
    }
    check(
        "R04 account",
        salesforce(Account, Linkedin),
        &connected,
        You,
        You,
    );
    check(
        "R06 account",
        salesforce(Account, Jobchange),
        &connected,
        You,
        You,
    );
}

#[test]
fn salesforce_records_of_a_user_who_never_linked() {
    for source in [Manual, Csv, Gmail, Linkedin, Prospecting, Jobchange] {
        check(
            "R09 R10",
            salesforce(Contact, source),
            &never(Usable),
            TeamSync,
            TeamSync,
        );
        check(
            "R11 R12",
            salesforce(Contact, source),
            &never(Absent),
            Highest,
            Highest,
        );
        check(
            "R13",
            salesforce(Contact, source),
            &never(BROKEN),
            Highest,
            Highest,
        );
        check_refused("R14", salesforce(Contact, source), &nobody(Absent, Absent));
        check_refused("R14", salesforce(Contact, source), &nobody(Absent, BROKEN));
    }
}

#[test]
fn salesforce_records_without_a_team_sync_that_works() {
    for team_sync in [Absent, BROKEN] {
        check(
            "R15 R18",
            salesforce(Contact, Manual),
            &linked(team_sync),
            You,
            You,
        );
        check(
            "R16 R19",
            salesforce(Contact, Linkedin),
            &linked(team_sync),
            You,
            You,
        );
        check(
            "R16 R19",
            salesforce(Account, Prospecting),
            &linked(team_sync),
            You,
            You,
        );
    }
    let only_you = Logins {
        you: Usable,
        team_sync: Absent,
        highest: Usable,
    };
    check("R17", salesforce(Contact, Jobchange), &only_you, You, You);
}

#[test]
fn salesforce_records_with_a_degraded_personal_login() {
    let refreshable = Logins {
        you: REFRESHABLE,
        team_sync: Usable,
        highest: Usable,
    };
    check("R20", salesforce(Contact, Manual), &refreshable, You, You);
    check(
        "R20",
        salesforce(Contact, Prospecting),
        &refreshable,
        TeamSync,
        You,
    );
    let revoked = |team_sync| Logins {
        you: REVOKED,
        team_sync,
        highest: Usable,
    };
    check(
        "R21 R22",
        salesforce(Contact, Manual),
        &revoked(Usable),
        TeamSync,
        TeamSync,
    );
    check(
        "R21 R22",
        salesforce(Contact, Linkedin),
        &revoked(Usable),
        TeamSync,
        TeamSync,
    );
    check(
        "R23",
        salesforce(Contact, Manual),
        &revoked(Absent),
        Highest,
        Highest,
    );
    check_refused("R24", salesforce(Contact, Manual), &nobody(REVOKED, Absent));
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
