//! Something that should make no difference does: the mode of a push, a lost answer.

use super::{FaultyClient, owned_by_writer};
use crate::apollo::Mode;
use crate::sync::{Case, Creates, Owner, Policy, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "bulk-uses-team-sync",
            description: "a bulk push goes through team sync, a single one through the linked user",
            source: "M69: the two push modes filed under two determinants, against A5 and A6",
            breaks: &["R01", "R02", "R03", "R25", "H1", "H10"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: |case| team_sync_first(case, Mode::Bulk),
                owners: |case| writer_owns(case, Mode::Bulk),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "single-uses-team-sync",
            description: "a single push goes through team sync, a bulk one through the linked user",
            source: "M70: derived from the rules, the same the other way round",
            breaks: &["R01", "R02", "R03", "R25", "H1", "H10"],
            causes: &["team_sync_instead_of_personal", "owner_is_writer"],
            policy: Policy {
                credentials: |case| team_sync_first(case, Mode::Single),
                owners: |case| writer_owns(case, Mode::Single),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "bulk-runs-as-an-admin",
            description: "a bulk push is a job in the background, and runs as an admin",
            source: "M67: civicrm/civicrm-core 24805, pimcore/data-importer 172, molgenis/molgenis 6921",
            breaks: &["R01", "R02", "R03", "R11", "H1", "N1"],
            causes: &["somebody_elses_credential"],
            policy: Policy {
                credentials: |case| match case.mode {
                    Mode::Bulk => [
                        vec![Whose::ApolloAdmin],
                        (Policy::reference().credentials)(case),
                    ]
                    .concat(),
                    Mode::Single => (Policy::reference().credentials)(case),
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "retry-makes-a-second-record",
            description: "a create whose answer was lost is simply sent again",
            source: "M78: linuxfoundation/lfx-self-serve 2086",
            breaks: &["N3"],
            causes: &["sent_again_blindly"],
            policy: Policy {
                creates: Creates::Blindly,
                ..Policy::reference()
            },
        },
    ]
}

fn team_sync_first(case: &Case, mode: Mode) -> Vec<Whose> {
    if case.mode == mode {
        vec![Whose::TeamSync, Whose::You, Whose::Highest]
    } else {
        (Policy::reference().credentials)(case)
    }
}

fn writer_owns(case: &Case, mode: Mode) -> Vec<Owner> {
    if case.mode == mode {
        owned_by_writer(case)
    } else {
        (Policy::reference().owners)(case)
    }
}
