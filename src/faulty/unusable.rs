//! A login is missing or dead, and the client draws the wrong conclusion from it.

use super::FaultyClient;
use crate::apollo::{Crm, Source};
use crate::sync::Availability::{Absent, Unusable, Usable};
use crate::sync::Whose::Colleague;
use crate::sync::{Case, Found, Owner, Policy, Refresh, Verb, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "unlinked-user-refused",
            description: "whoever has never linked a login can't push, team sync or not",
            source: "M24: derived from the rules, against A15 and A23",
            breaks: &["R09", "R10", "R11", "H3", "H4"],
            causes: &["refused_with_credential"],
            policy: Policy {
                second_look: Some(|case, found| match found.you {
                    Absent => vec![],
                    _ => reference(case),
                }),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "nothing-without-team-sync",
            description: "team sync has to work, also for a push that goes through the linked user",
            source: "derived from the rules: \"primary connection\" read as a condition, against A3 and A17",
            breaks: &["R11", "R15", "R18", "H1", "H4"],
            causes: &["refused_with_credential"],
            policy: Policy {
                second_look: Some(|case, found| match found.team_sync {
                    Usable => reference(case),
                    _ => vec![],
                }),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "colleague-for-a-missing-team-sync",
            description: "what asks for team sync goes through some colleague where there is none",
            source: "M25: derived from the rules, any login but the most permitted one's",
            breaks: &["R16"],
            causes: &["somebody_elses_credential", "not_the_most_permitted"],
            policy: Policy {
                second_look: Some(colleague_for_team_sync),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "any-token-that-works",
            description: "on an authentication error every stored token is tried until one works",
            source: "M19: dufoli/Salesforce-Inspector-Advanced 197, tokens of other domains are retried",
            breaks: &["R13", "R21", "R22", "N6"],
            causes: &["somebody_elses_credential", "not_the_most_permitted"],
            policy: Policy {
                second_look: Some(any_token_that_works),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "colleague-for-a-revoked-login",
            description: "a colleague writes, and nobody hears of it, for whoever's login has been revoked",
            source: "M63: derived from the rules; the state itself is in restforce/restforce 303",
            breaks: &["R21", "R22", "R23", "N6"],
            causes: &["somebody_elses_credential", "not_the_most_permitted"],
            policy: Policy {
                second_look: Some(|case, found| match found.you {
                    Unusable => vec![Colleague],
                    _ => reference(case),
                }),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "expired-token-drops-the-push",
            description: "a push is refused when the access token has expired, though a refresh would do",
            source: "M60: PipedreamHQ/pipedream 4222",
            breaks: &["R20"],
            causes: &["token_not_refreshed"],
            policy: Policy {
                refresh: Refresh::Never,
                second_look: Some(|case, found| match found.you {
                    Unusable => vec![],
                    _ => reference(case),
                }),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "deactivated-user-made-owner",
            description: "whose login can't be used becomes owner all the same, deactivated or not",
            source: "M42, M43: getprobo/probo 1594, SalesforceFoundation/NPSP 751",
            breaks: &["R22"],
            causes: &["unusable_user_made_owner"],
            policy: Policy {
                owners: dead_or_alive,
                ..Policy::reference()
            },
        },
    ]
}

fn reference(case: &Case) -> Vec<Whose> {
    (Policy::reference().credentials)(case)
}

/// Whether the table of creators names team sync for it.
pub(super) fn asks_for_team_sync(case: &Case) -> bool {
    let column = [Source::Linkedin, Source::Prospecting, Source::Jobchange];
    case.crm == Crm::Salesforce
        && column.contains(&case.source)
        && reference(case).first() == Some(&Whose::TeamSync)
}

fn colleague_for_team_sync(case: &Case, found: &Found) -> Vec<Whose> {
    if asks_for_team_sync(case) && found.you == Usable && found.team_sync != Usable {
        vec![Colleague]
    } else {
        reference(case)
    }
}

/// The order is kept up to the first login that is dead.
fn any_token_that_works(case: &Case, found: &Found) -> Vec<Whose> {
    let logins = reference(case);
    let first = logins.iter().find(|whose| found.of(**whose) != Absent);
    match first.map(|whose| found.of(*whose)) {
        Some(Unusable) => vec![Colleague],
        _ => logins,
    }
}

fn dead_or_alive(case: &Case) -> Vec<Owner> {
    let mut owners = (Policy::reference().owners)(case);
    if case.verb == Verb::Create {
        owners.insert(1, Owner::YouThoughUnusable);
    }
    owners
}
