//! The wrong login writes: Created By is wrong, and often the Owner with it.

use super::FaultyClient;
use crate::sync::Whose::{Highest, TeamSync, You};
use crate::sync::{Candidate, Case, Owner, Policy, Verb, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "personal-for-every-source",
            description: "the linked user creates every record, however it came into Apollo",
            source: "M02: the article before it had its table",
            breaks: &["R04", "R05", "R06"],
            policy: Policy {
                credentials: |_| vec![You, TeamSync, Highest],
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "team-sync-for-everything",
            description: "one integration user creates and owns everything",
            source: "M01: connecting admin as creator of everything, as in verbb/formie 1567",
            breaks: &["R01"],
            policy: Policy {
                credentials: |_| vec![TeamSync, You, Highest],
                owners: owned_by_writer,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "highest-before-team-sync",
            description: "the most permitted user stands in although team sync is connected",
            source: "M15: the \"or\" of A3 read the wrong way round",
            breaks: &["R10"],
            policy: Policy {
                credentials: highest_before_team_sync,
                owners: highest_owner_before_team_sync,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "lowest-instead-of-highest",
            description: "the least permitted user stands in for team sync",
            source: "M13: the ranking sorted the wrong way round",
            breaks: &["R11"],
            policy: Policy {
                highest: lowest,
                ..Policy::reference()
            },
        },
    ]
}

fn owned_by_writer(case: &Case) -> Vec<Owner> {
    match case.verb {
        Verb::Create => vec![Owner::Writer],
        Verb::Update { .. } => (Policy::reference().owners)(case),
    }
}

fn highest_before_team_sync(case: &Case) -> Vec<Whose> {
    let logins = (Policy::reference().credentials)(case);
    logins.into_iter().map(swapped).collect()
}

fn highest_owner_before_team_sync(case: &Case) -> Vec<Owner> {
    let owners = (Policy::reference().owners)(case);
    let swap = |owner| match owner {
        Owner::Of(whose) => Owner::Of(swapped(whose)),
        other => other,
    };
    owners.into_iter().map(swap).collect()
}

fn swapped(whose: Whose) -> Whose {
    match whose {
        TeamSync => Highest,
        Highest => TeamSync,
        other => other,
    }
}

fn lowest(candidates: &[Candidate]) -> Option<usize> {
    let bottom = candidates
        .iter()
        .map(|candidate| candidate.permission)
        .min()?;
    candidates
        .iter()
        .position(|candidate| candidate.permission == bottom)
}
