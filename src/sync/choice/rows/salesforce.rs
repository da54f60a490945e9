//! R01 to R24.

use super::*;

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
