//! Something goes wrong on the way, or two colleagues are equally permitted, and the wrong conclusion is drawn.

use super::FaultyClient;
use crate::sync::{Candidate, Patience, Permission, Policy};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "busy-means-no-login",
            description: "a CRM that is busy or wants fewer calls is taken to refuse the login: the next one writes",
            source: "M81: derived from the rules; 429 and 503 say nothing of a login",
            breaks: &["R01", "R05", "H1"],
            causes: &["busy_taken_for_refusal"],
            policy: Policy {
                patience: Patience::BusyIsNoLogin,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "lost-answer-means-refused",
            description: "a push whose answer got lost is reported as refused, though the record is there",
            source: "M82: GoHighLevel 64",
            breaks: &["N2"],
            causes: &["lost_answer_taken_for_refusal"],
            policy: Policy {
                patience: Patience::LostIsRefused,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "tie-falls-to-the-first-linked",
            description: "where two share the highest permission, whoever linked first stands in, permitted or not",
            source: "M12, for ties: calcom/cal.diy 18812, credentials in the order of their ids",
            breaks: &["R12"],
            causes: &["not_the_most_permitted"],
            policy: Policy {
                highest: first_in_a_tie,
                ..Policy::reference()
            },
        },
    ]
}

fn first_in_a_tie(candidates: &[Candidate]) -> Option<usize> {
    let top = |candidate: &&Candidate| candidate.permission == Permission::ChangesEverything;
    match candidates.iter().filter(top).count() {
        2.. => Some(0),
        _ => (Policy::reference().highest)(candidates),
    }
}
