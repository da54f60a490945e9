//! T, H and U rows, and the older edition.

use super::*;
use Event::{
    CreateAfterRelinking, CreateAfterTeamSyncChange, CreateAsByProduct, CreateForAnotherOwner,
    KeptAfterRelinking, KeptAfterTeamSyncChange, LogOnAnothersContact, SendAutomatically,
    UpdateAfterLinking, UpdateAfterUnlinking, UpdateOtherOwner, UpdateSameOwner,
};
use Kind::{Account, Call, Contact, Email, Lead, Meeting, Task};
use Others::Nobody;
use Personal::{Inactive, Never, Refreshable, Revoked};
use Source::{Csv, Linkedin, Manual, Prospecting};
use Team::ConnectedAtTop;

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
        "Ow a unchanged,u; CB i unchanged*",
    );
    check(
        "U5",
        you(Never, after(UpdateAfterUnlinking, sf(Contact, Manual))),
        "Ow i unchanged*; CB i unchanged*",
    );
    check(
        "U6",
        you(Never, after(KeptAfterTeamSyncChange, sf(Contact, Manual))),
        "Ow i unchanged*; CB i unchanged*",
    );
    check(
        "U6",
        you(Never, after(CreateAfterTeamSyncChange, sf(Contact, Manual))),
        "Ow i S*; CB i S*",
    );
    check(
        "U7",
        after(KeptAfterRelinking, sf(Contact, Manual)),
        "Ow i unchanged*; CB i unchanged*",
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
        "U8",
        theirs(Personal::Linked, Personal::Linked, hs(Contact, Prospecting)),
        "Ow a u,w; CB a u*,S",
    );
    check(
        "U8",
        theirs(
            Personal::Linked,
            Personal::Linked,
            sf(Account, Source::Linkedin),
        ),
        "Ow a u,w; CB a u,S",
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
