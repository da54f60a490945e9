//! O and R rows.

use super::*;
use Event::{
    CreateAsByProduct, CreateAutomatically, CreateInMixedBatch, CreateUnderAssignmentRules,
    UpdateOtherOwner,
};
use Kind::{Account, Contact, Lead, Task};
use Others::{Nobody, Tie};
use Personal::{Inactive, Never, Refreshable, Revoked};
use Source::{Csv, Gmail, JobChange, Linkedin, Manual, Prospecting};
use Team::{Broken, ConnectedAtTop};

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
        you(Refreshable, sf(Account, Source::Linkedin)),
        "Ow i u*; CB a u,S",
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
