//! Tokens are mishandled.

use super::FaultyClient;
use crate::sync::{Policy, Refresh};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "expired-token-means-unlinked",
            description: "an expired access token is never refreshed: its user counts as never linked",
            source: "M59: restforce/restforce 81, verbb/formie 2892",
            breaks: &["R20"],
            causes: &["token_not_refreshed"],
            policy: Policy {
                refresh: Refresh::Never,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "refreshed-token-dropped",
            description: "refreshed tokens are not kept: where refresh tokens rotate, the second refresh fails",
            source: "M59 with rotation: derived from the rules and the vendor's rotation",
            breaks: &["R20"],
            causes: &["token_not_refreshed"],
            policy: Policy {
                refresh: Refresh::Forgotten,
                ..Policy::reference()
            },
        },
    ]
}
