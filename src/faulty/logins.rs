//! The order of you, team sync and the most permitted user is another: Created By is wrong, and often the Owner with it.

use super::{FaultyClient, owned_by_writer};
use crate::sync::Whose::{ApolloAdmin, Highest, TeamSync, You};
use crate::sync::{Candidate, Case, Owner, Policy, Verb, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    [precedence(), third_step()].concat()
}

fn precedence() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "team-sync-for-everything",
            description: "one integration user creates and owns everything, and without it nothing is pushed",
            source: "M01: connecting admin as creator of everything, as in verbb/formie 1567",
            breaks: &["R01", "R02", "R03", "R11", "R15", "T1", "H1", "H4"],
            causes: &[
                "team_sync_instead_of_personal",
                "owner_is_writer",
                "refused_with_credential",
            ],
            policy: Policy {
                credentials: |_| vec![TeamSync],
                owners: owned_by_writer,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "team-sync-before-personal",
            description: "team sync goes first, and a personal login is used where there is none",
            source: "M23: a precedence of team over user; Significant-Gravitas/AutoGPT 13532 states the opposite",
            breaks: &["R01", "R02", "R03", "T1", "T2", "H1", "H7"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: |_| vec![TeamSync, You, Highest],
                owners: owned_by_writer,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "highest-before-personal",
            description: "the most permitted user writes for those who have linked a login of their own",
            source: "M16: derived from the rules, A3 read from its end",
            breaks: &["R01", "R02", "R03", "R15", "R18", "T1", "H1"],
            causes: &["most_permitted_too_early", "owner_is_writer"],
            policy: Policy {
                credentials: |case| exchanged(case, You, Highest),
                owners: |case| owners_exchanged(case, You, Highest),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "highest-before-team-sync",
            description: "the most permitted user stands in although team sync is connected",
            source: "M15: the \"or\" of A3 read the wrong way round",
            breaks: &["R04", "R05", "R06", "R10", "T3"],
            causes: &["most_permitted_too_early", "owner_is_writer"],
            policy: Policy {
                credentials: |case| exchanged(case, TeamSync, Highest),
                owners: |case| owners_exchanged(case, TeamSync, Highest),
                ..Policy::reference()
            },
        },
    ]
}

fn third_step() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "lowest-instead-of-highest",
            description: "the least permitted user stands in for team sync",
            source: "M13: the ranking sorted the wrong way round",
            breaks: &["R11", "T4", "H4"],
            causes: &["not_the_most_permitted"],
            policy: Policy {
                highest: lowest,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "first-connected-instead-of-highest",
            description: "whoever connected first stands in for team sync",
            source: "M12: calcom/cal.diy 18812, credentials in the order of their ids",
            breaks: &["R11", "T4", "H4"],
            causes: &["not_the_most_permitted"],
            policy: Policy {
                highest: |candidates| (!candidates.is_empty()).then_some(0),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "apollo-admin-instead-of-highest",
            description: "the permission that counts is the one in Apollo, so an Apollo admin stands in for team sync",
            source: "derived from the rules: reading b of Q9, which A23 and B9 rule out",
            breaks: &["R11", "T4", "H4"],
            causes: &["not_the_most_permitted"],
            policy: Policy {
                credentials: |case| exchanged(case, Highest, ApolloAdmin),
                owners: |case| owners_exchanged(case, Highest, ApolloAdmin),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "no-third-step",
            description: "without a login of your own and without team sync nothing is pushed, whoever else has linked",
            source: "M17: derived from the rules, A3 without its last words",
            breaks: &["R11", "H4"],
            causes: &["refused_with_credential"],
            policy: Policy {
                credentials: without_highest,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "team-sync-invisible",
            description: "logins are looked up by user alone, so that team sync's is never found",
            source: "M21: calcom/cal.diy 18812, HubSpot not working for events of a team",
            breaks: &["R04", "R05", "R06", "R09", "R10", "H3"],
            causes: &["personal_instead_of_team_sync", "refused_with_credential"],
            policy: Policy {
                credentials: |_| vec![You],
                ..Policy::reference()
            },
        },
    ]
}

fn exchanged(case: &Case, one: Whose, other: Whose) -> Vec<Whose> {
    let logins = (Policy::reference().credentials)(case);
    logins
        .into_iter()
        .map(|whose| swapped(whose, one, other))
        .collect()
}

fn owners_exchanged(case: &Case, one: Whose, other: Whose) -> Vec<Owner> {
    let owners = (Policy::reference().owners)(case);
    let swap = |owner| match (case.verb, owner) {
        (Verb::Create, Owner::Of(whose)) => Owner::Of(swapped(whose, one, other)),
        (_, owner) => owner,
    };
    owners.into_iter().map(swap).collect()
}

fn swapped(whose: Whose, one: Whose, other: Whose) -> Whose {
    match whose {
        whose if whose == one => other,
        whose if whose == other => one,
        whose => whose,
    }
}

fn without_highest(case: &Case) -> Vec<Whose> {
    let mut logins = (Policy::reference().credentials)(case);
    logins.retain(|whose| *whose != Highest);
    logins
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
