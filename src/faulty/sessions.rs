//! Logins are mixed up, or kept for too long: the first push comes out right, and a later one does not.

use super::FaultyClient;
use crate::sync::{Links, Memory, Policy, Sessions, Tokens};

pub(super) fn faults() -> Vec<FaultyClient> {
    [shared_tokens().to_vec(), stale_links().to_vec()].concat()
}

fn shared_tokens() -> [FaultyClient; 5] {
    [
        FaultyClient {
            name: "token-cache-without-user",
            description: "tokens are cached by the address that issues them, so the first user's serves everybody",
            source: "M55: drt-hub/drt 1156, Colin-b/httpx_auth 97",
            breaks: &["R01", "R05", "H1"],
            causes: &["earlier_credential_reused"],
            policy: with_tokens(Tokens::FirstAtAddress),
        },
        FaultyClient {
            name: "refresh-cache-without-user",
            description: "what a refresh brings is cached by the address alone: the next user in need of a refresh gets it, too",
            source: "M55: drt-hub/drt 1156, where only tokens that were fetched are cached",
            breaks: &["R20"],
            causes: &["earlier_credential_reused"],
            policy: with_tokens(Tokens::RenewedAtAddress),
        },
        FaultyClient {
            name: "session-sticks-to-first-user",
            description: "whoever writes first goes on writing, whichever user is chosen after",
            source: "M58: Salesforce-Inspector-reloaded 465 and 1004, forcedotcom/cli 3369",
            breaks: &["R01", "R10", "H1"],
            causes: &["earlier_credential_reused"],
            policy: with_tokens(Tokens::OfTheFirstWriter),
        },
        FaultyClient {
            name: "one-set-of-tokens-per-user",
            description: "a user's logins in the two CRMs share one set of tokens, the latest",
            source: "M56: OpenFn/lightning 3326",
            breaks: &["R01"],
            causes: &["token_of_other_crm", "team_sync_instead_of_personal"],
            policy: with_links(Links::OneOfAUser),
        },
        FaultyClient {
            name: "last-linked-is-everybody",
            description: "whoever links last is the current user of that CRM, for every user's pushes",
            source: "M56: OpenFn/lightning 3326, with users for orgs",
            breaks: &["R01", "H1"],
            causes: &["somebody_elses_credential"],
            policy: with_links(Links::OneOfACrm),
        },
    ]
}

fn stale_links() -> [FaultyClient; 5] {
    [
        FaultyClient {
            name: "first-team-sync-user-kept",
            description: "team sync goes on as the user with whom it was connected first",
            source: "M22: umbraco/Umbraco.Cms.Integrations 80",
            breaks: &["U6"],
            causes: &["former_login_used"],
            policy: with_links(Links::FirstTeamSyncKept),
        },
        FaultyClient {
            name: "unlinked-login-still-used",
            description: "a login that was unlinked goes on being used",
            source: "M58, for unlinking: derived from the rules",
            breaks: &["R10", "H3"],
            causes: &["former_login_used"],
            policy: with_links(Links::UnlinkedKept),
        },
        FaultyClient {
            name: "not-linked-is-remembered",
            description: "whoever was not linked at a first push counts as not linked ever after",
            source: "derived from the rules: a cache of what is missing, against A24",
            breaks: &["R01", "H1"],
            causes: &["team_sync_instead_of_personal"],
            policy: with_memory(Memory::OfAbsence),
        },
        FaultyClient {
            name: "login-known-by-its-user",
            description: "what was learnt of a user's login survives the linking of another: that it is dead, or whose it is",
            source: "M58, for relinking: forcedotcom/cli 3369",
            breaks: &["R01", "U7"],
            causes: &["former_login_used", "team_sync_instead_of_personal"],
            policy: with_memory(Memory::OfTheHolder),
        },
        FaultyClient {
            name: "session-outlives-its-org",
            description: "a user's session in another org goes on being used after Apollo was set up with a new one",
            source: "M56: OpenFn/lightning 3326, where writes land in another org of the user's",
            breaks: &["R01", "H1"],
            causes: &["written_elsewhere"],
            policy: with_memory(Memory::ThroughResets),
        },
    ]
}

fn with(sessions: Sessions) -> Policy {
    Policy {
        sessions,
        ..Policy::reference()
    }
}

fn with_tokens(tokens: Tokens) -> Policy {
    with(Sessions {
        tokens,
        ..Policy::reference().sessions
    })
}

fn with_links(links: Links) -> Policy {
    with(Sessions {
        links,
        ..Policy::reference().sessions
    })
}

fn with_memory(memory: Memory) -> Policy {
    with(Sessions {
        memory,
        ..Policy::reference().sessions
    })
}
