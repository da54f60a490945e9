use super::*;
use Crm::{Hubspot, Salesforce};
use Event::*;
use Kind::{Account, Call, Contact, Email, Lead, Meeting, Task};
use Others::{Nobody, Tie};
use Personal::{Inactive, Never, Refreshable, Revoked};
use Source::{Csv, Gmail, JobChange, Linkedin, Manual, Prospecting};
use Team::{Broken, ConnectedAtTop};

fn sf(kind: Kind, source: Source) -> Situation {
    Situation::create(Salesforce, kind, source)
}

fn hs(kind: Kind, source: Source) -> Situation {
    Situation::create(Hubspot, kind, source)
}

fn you(personal: Personal, situation: Situation) -> Situation {
    Situation {
        personal,
        ..situation
    }
}

fn team(team: Team, situation: Situation) -> Situation {
    Situation { team, ..situation }
}

fn others(others: Others, situation: Situation) -> Situation {
    Situation {
        others,
        ..situation
    }
}

fn after(event: Event, situation: Situation) -> Situation {
    Situation { event, ..situation }
}

#[track_caller]
fn check(id: &str, situation: Situation, expected: &str) {
    assert_eq!(
        line(&situation, id, Edition::Newer),
        expected,
        "{id} in {situation:?}"
    );
}

#[test]
fn apollo_owner() {
    check("O1", sf(Contact, Linkedin), "AO d u*");
    check("O1", hs(Account, Csv), "AO d u*");
    check(
        "O1",
        team(Team::None, you(Never, others(Nobody, sf(Contact, Manual)))),
        "AO d u*",
    );
    check("O2", hs(Contact, Manual), "AO i unchanged*");
    check(
        "O2",
        after(UpdateOtherOwner, sf(Contact, Manual)),
        "AO i unchanged*",
    );
    check(
        "O2",
        after(CreateUnderAssignmentRules, sf(Lead, Manual)),
        "",
    );
    check(
        "O3",
        after(CreateUnderAssignmentRules, sf(Lead, Manual)),
        "AO a rule,u; Ow a rule,u",
    );
    check(
        "O4",
        after(CreateAutomatically, sf(Contact, JobChange)),
        "AO a followed,confirmer",
    );
}

#[test]
fn salesforce_linked() {
    check("R01", sf(Contact, Manual), "Ow d u*; CB d u*");
    check(
        "R01",
        team(ConnectedAtTop, sf(Account, Manual)),
        "Ow d u*; CB d u*",
    );
    check("R01", sf(Lead, Manual), "");
    check("R02", sf(Account, Csv), "Ow d u*; CB d u*");
    check("R03", sf(Contact, Gmail), "Ow d u*; CB d u*");
    check("R03", sf(Account, Gmail), "Ow d u*; CB i u*");
    check("R04", sf(Contact, Linkedin), "Ow d u*; CB d S*");
    check("R04", sf(Account, Linkedin), "Ow d u*; CB a u,S");
    check("R05", sf(Contact, Prospecting), "Ow d u*; CB d S*");
    check("R05", sf(Account, Prospecting), "Ow d u*; CB d S*");
    check("R05", hs(Contact, Prospecting), "");
    check("R06", sf(Contact, JobChange), "Ow d u*; CB d S*");
    check("R06", sf(Account, JobChange), "Ow d u*; CB a u,S");
    check(
        "R06",
        after(CreateAutomatically, sf(Contact, JobChange)),
        "Ow i u*; CB d S*",
    );
    check("R07", sf(Lead, Csv), "Ow d u*; CB i u*");
    check("R07", sf(Lead, Linkedin), "Ow d u*; CB i S*");
    check(
        "R08",
        after(CreateAsByProduct, sf(Account, Manual)),
        "Ow i u*; CB i u*",
    );
    check(
        "R08",
        after(CreateAsByProduct, sf(Account, Prospecting)),
        "Ow i u*; CB i S*",
    );
    check(
        "R08",
        you(Never, after(CreateAsByProduct, sf(Account, Prospecting))),
        "Ow i S*; CB i S*,H",
    );
}

#[test]
fn salesforce_not_linked() {
    for source in Source::ALL {
        for kind in [Contact, Account, Lead] {
            let never = || you(Never, sf(kind, source));
            check("R09", team(ConnectedAtTop, never()), "Ow d S*; CB d S*");
            check("R10", never(), "Ow d S*; CB d S*,H");
            check("R11", team(Team::None, never()), "Ow i H*; CB d H*");
            check(
                "R12",
                others(Tie, team(Team::None, never())),
                "Ow i H*; CB i H*; same",
            );
            check(
                "R13",
                team(Broken, never()),
                "Ow a H*,refused; CB a H*,refused; same",
            );
            check(
                "R14",
                others(Nobody, team(Team::None, never())),
                "Ow i refused*; CB i refused*",
            );
            check(
                "R14",
                others(Nobody, team(Broken, never())),
                "Ow i refused*; CB i refused*",
            );
        }
    }
}

#[test]
fn salesforce_degraded() {
    check(
        "R15",
        team(Team::None, sf(Contact, Gmail)),
        "Ow d u*; CB d u*",
    );
    check("R15", team(Team::None, sf(Lead, Gmail)), "Ow d u*; CB i u*");
    check(
        "R16",
        team(Team::None, sf(Contact, Linkedin)),
        "Ow i u*,refused; CB a u*,H,refused",
    );
    check(
        "R17",
        others(Nobody, team(Team::None, sf(Contact, Linkedin))),
        "Ow i u*,refused; CB i u*,refused",
    );
    check("R18", team(Broken, sf(Account, Csv)), "Ow d u*; CB d u*");
    check(
        "R19",
        team(Broken, sf(Contact, JobChange)),
        "Ow i u*,refused; CB a u*,H,refused",
    );
    check(
        "R20",
        you(Refreshable, sf(Contact, Manual)),
        "Ow i u*; CB i u*",
    );
    check(
        "R20",
        you(Refreshable, sf(Contact, Prospecting)),
        "Ow i u*; CB i S*",
    );
    check(
        "R20",
        you(Refreshable, sf(Task, Prospecting)),
        "Ow i u*; CB i u*",
    );
    check(
        "R21",
        you(Revoked, sf(Contact, Manual)),
        "Ow a S,refused,u; CB a S,H,refused",
    );
    check(
        "R22",
        you(Inactive, sf(Contact, Manual)),
        "Ow a S,refused; CB a S,H,refused",
    );
    check(
        "R23",
        team(Team::None, you(Revoked, sf(Lead, Csv))),
        "Ow a H,refused; CB a H,refused; same",
    );
    check(
        "R24",
        others(Nobody, team(Team::None, you(Inactive, sf(Lead, Csv)))),
        "Ow i refused*; CB i refused*",
    );
}

#[test]
fn mixed_batches() {
    check(
        "R26",
        after(CreateInMixedBatch, sf(Contact, Manual)),
        "Ow a u*,P; CB a u*,P",
    );
    check(
        "R26",
        after(CreateInMixedBatch, sf(Contact, Prospecting)),
        "Ow a u*,P; CB a S*",
    );
    check(
        "R26",
        you(Never, after(CreateInMixedBatch, sf(Contact, Prospecting))),
        "Ow a S*,P; CB a S*,P",
    );
}

#[test]
fn salesforce_activities() {
    check("T1", sf(Email, Manual), "Ow i u*; CB d u*");
    check("T2", sf(Call, Linkedin), "Ow i u*; CB d u*");
    check("T2", sf(Call, Manual), "");
    check("T3", you(Never, sf(Task, Manual)), "Ow i S*; CB d S*");
    check(
        "T4",
        team(Team::None, you(Never, sf(Task, Manual))),
        "Ow i H*; CB d H*",
    );
    check(
        "T5",
        after(LogOnAnothersContact, sf(Call, Manual)),
        "Ow i u*; CB i u*",
    );
    check(
        "T6",
        you(Revoked, sf(Call, Manual)),
        "Ow a S,refused,u; CB a S,refused,H",
    );
    check(
        "T6",
        you(Inactive, sf(Call, Manual)),
        "Ow a S,refused; CB a S,refused,H",
    );
    check(
        "T7",
        after(SendAutomatically, sf(Email, Manual)),
        "Ow a u,S; CB a u,S",
    );
    check("T8", sf(Meeting, Manual), "Ow i u*; CB i u*");
    check("T8", you(Never, sf(Meeting, Manual)), "Ow i S*; CB i S*");
}

#[test]
fn hubspot() {
    check("H1", hs(Contact, Csv), "Ow d u*; CB d u*");
    check("H1", team(Team::None, hs(Account, Csv)), "Ow d u*; CB d u*");
    check("H2", hs(Contact, Prospecting), "Ow d u*; CB a u*,S");
    check(
        "H3",
        you(Never, hs(Contact, Manual)),
        "Ow a S*,H,blank; CB d S*,H",
    );
    check(
        "H4",
        team(Team::None, you(Never, hs(Contact, Manual))),
        "Ow a H*,blank; CB d H*",
    );
    check(
        "H5",
        others(Nobody, team(Team::None, you(Never, hs(Contact, Manual)))),
        "Ow i refused*; CB i refused*",
    );
    check(
        "H6",
        you(Refreshable, hs(Contact, Manual)),
        "Ow i u*; CB i u*",
    );
    check(
        "H6",
        you(Revoked, hs(Contact, Manual)),
        "Ow a S,refused,u,blank; CB a S,refused,H",
    );
    check("H7", hs(Call, Prospecting), "Ow i u*; CB d u*");
    check("H8", you(Never, hs(Call, Manual)), "Ow a S*,blank; CB i S*");
    check(
        "H9",
        Situation {
            other_crm: Some(Never),
            ..hs(Contact, Manual)
        },
        "Ow i u*; CB i u*",
    );
    let elsewhere = |situation| Situation {
        other_crm: Some(Personal::Linked),
        ..you(Never, situation)
    };
    check("H9", elsewhere(sf(Contact, Manual)), "Ow i S*; CB i S*,H");
    check(
        "H9",
        elsewhere(hs(Contact, Manual)),
        "Ow i S*,H,blank; CB i S*,H",
    );
    check(
        "H11",
        after(CreateAsByProduct, hs(Account, Manual)),
        "Ow i u*; CB i u*",
    );
}

#[test]
fn updates_and_other_people() {
    for event in Event::UPDATES {
        check(
            "U1",
            after(*event, sf(Contact, Prospecting)),
            "CB i unchanged*",
        );
    }
    check(
        "U2",
        after(UpdateSameOwner, hs(Contact, Manual)),
        "Ow i unchanged*",
    );
    check(
        "U3",
        after(UpdateOtherOwner, sf(Contact, Manual)),
        "Ow a unchanged,w",
    );
    check(
        "U4",
        after(UpdateAfterLinking, sf(Contact, Manual)),
        "Ow a unchanged,u; CB i S*",
    );
    check(
        "U5",
        you(Never, after(UpdateAfterUnlinking, sf(Contact, Manual))),
        "Ow i u*; CB i u*",
    );
    check(
        "U6",
        you(Never, after(KeptAfterTeamSyncChange, sf(Contact, Manual))),
        "Ow i S-old*; CB i S-old*",
    );
    check(
        "U6",
        you(Never, after(CreateAfterTeamSyncChange, sf(Contact, Manual))),
        "Ow i S*; CB i S*",
    );
    check(
        "U7",
        after(KeptAfterRelinking, sf(Contact, Manual)),
        "Ow i u-old*; CB i u-old*",
    );
    check(
        "U7",
        after(CreateAfterRelinking, sf(Contact, Manual)),
        "Ow i u*; CB i u*",
    );
    let theirs = |owner, mine, situation| {
        you(
            mine,
            Situation {
                owners_personal: Some(owner),
                ..after(CreateForAnotherOwner, situation)
            },
        )
    };
    check(
        "U8",
        theirs(Personal::Linked, Personal::Linked, sf(Contact, Manual)),
        "Ow a u,w; CB a u*",
    );
    check(
        "U9",
        theirs(Never, Personal::Linked, sf(Contact, Manual)),
        "Ow a u,S; CB a u,S",
    );
    check(
        "U10",
        theirs(Personal::Linked, Never, sf(Contact, Manual)),
        "Ow a S*,w; CB a S*",
    );
    check(
        "U10",
        theirs(Personal::Linked, Never, hs(Contact, Manual)),
        "Ow a S*,w,blank; CB a S*",
    );
}

#[test]
fn the_older_edition_keeps_what_it_grounds_and_infers_the_rest_of_salesforce() {
    let older = |id, situation: Situation| line(&situation, id, Edition::Older);
    assert_eq!(older("R01", sf(Contact, Manual)), "Ow d u*; CB d u*");
    assert_eq!(older("R05", sf(Contact, Prospecting)), "Ow d u*; CB d S*");
    assert_eq!(older("R07", sf(Lead, Manual)), "Ow i u*; CB i u*");
    assert_eq!(
        older("R09", team(ConnectedAtTop, you(Never, sf(Contact, Manual)))),
        "Ow i S*; CB d S*"
    );
    assert_eq!(older("H1", hs(Contact, Manual)), "");
    assert_eq!(older("H3", you(Never, hs(Contact, Manual))), "");
    assert_eq!(older("O1", hs(Contact, Manual)), "AO d u*");
}
