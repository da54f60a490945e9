//! Behaviours that look wrong and are not: the documents leave them open, so nothing may fail on them.

use super::activities::is_activity;
use super::unusable::asks_for_team_sync;
use crate::apollo::Crm;
use crate::sync::Availability::{Unusable, Usable};
use crate::sync::Whose::{Highest, TeamSync, You};
use crate::sync::{Case, Found, Owner, Policy, Ranked, Verb, Whose};

/// A client that follows another reading than the reference client does, and has to pass all the same.
#[derive(Clone, Copy, Debug)]
pub struct PermittedClient {
    /// Unique, in words joined by hyphens; no faulty client has it either.
    pub name: &'static str,
    /// What it does otherwise.
    pub description: &'static str,
    /// The row that permits it.
    pub row: &'static str,
    /// The reading that it follows there, and the reference client does not.
    pub reading: &'static str,
    /// The policy that does it.
    pub policy: Policy,
}

/// Every permitted variation.
pub fn permitted() -> Vec<PermittedClient> {
    vec![
        PermittedClient {
            name: "table-applied-to-hubspot",
            description: "the table of creators decides in HubSpot, too",
            row: "H2",
            reading: "Q15b",
            policy: Policy {
                credentials: |case| {
                    let crm = Crm::Salesforce;
                    (Policy::reference().credentials)(&Case { crm, ..*case })
                },
                ..Policy::reference()
            },
        },
        PermittedClient {
            name: "refuses-a-revoked-login",
            description: "nobody writes for whoever's login has been revoked or whose user has been deactivated",
            row: "R21",
            reading: "Q7b",
            policy: Policy {
                second_look: Some(|case, found| match found.you {
                    Unusable => vec![],
                    _ => reference(case),
                }),
                ..Policy::reference()
            },
        },
        PermittedClient {
            name: "refuses-without-team-sync",
            description: "a source that asks for team sync is not pushed where team sync can't be used",
            row: "R16",
            reading: "Q6c",
            policy: Policy {
                second_look: Some(refuses_without_team_sync),
                ..Policy::reference()
            },
        },
        PermittedClient {
            name: "highest-creates-for-team-sync",
            description: "for an unlinked user the most permitted one creates the record, and team sync owns it",
            row: "R10",
            reading: "Q1b",
            policy: Policy {
                second_look: Some(highest_creates),
                ranked: Ranked::TeamSyncToo,
                ..Policy::reference()
            },
        },
        PermittedClient {
            name: "hubspot-owner-left-blank-for-unlinked",
            description: "HubSpot is told no owner of what an unlinked user pushed",
            row: "H3",
            reading: "Q16c",
            policy: Policy {
                owners: |case| match (case.crm, case.verb) {
                    (Crm::Hubspot, Verb::Create) => vec![Owner::Of(You)],
                    _ => (Policy::reference().owners)(case),
                },
                ..Policy::reference()
            },
        },
    ]
}

fn reference(case: &Case) -> Vec<Whose> {
    (Policy::reference().credentials)(case)
}

fn refuses_without_team_sync(case: &Case, found: &Found) -> Vec<Whose> {
    if asks_for_team_sync(case) && found.you == Usable {
        vec![TeamSync]
    } else {
        reference(case)
    }
}

/// Of records alone: A8 names nobody but team sync for activities.
fn highest_creates(case: &Case, found: &Found) -> Vec<Whose> {
    let unlinked = found.you != Usable && found.team_sync == Usable;
    if unlinked && case.verb == Verb::Create && !is_activity(case) {
        vec![Highest]
    } else {
        reference(case)
    }
}
