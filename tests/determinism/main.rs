//! The digest of the verdicts does not depend on what a run leaves open: how many scenarios at a time, in which order, and what
//! everybody and everything is called. Nor does it for clients that fail.

use crm_conformance::faulty;
use crm_conformance::report::RunReport;
use crm_conformance::suite;
use crm_conformance::suite::feature::Scenario;
use crm_conformance::suite::run::{self, Connect, Options};
use crm_conformance::sync::Policy;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// Some of each feature: the whole is run over a hundred seeds by the binary.
fn scenarios() -> Vec<Scenario> {
    let all = suite::scenarios(&[]).expect("the built-in features are in order");
    all.into_iter().step_by(19).collect()
}

fn run_with(scenarios: Vec<Scenario>, policy: Policy, concurrency: usize, seed: u64) -> RunReport {
    let mut options = Options::new(seed);
    options.connect = Connect::reference(policy);
    options.concurrency = concurrency;
    run::run(scenarios, &options, |_| {}).expect("the mocks can be started")
}

fn shuffled(seed: u64) -> Vec<Scenario> {
    let mut scenarios = scenarios();
    scenarios.shuffle(&mut StdRng::seed_from_u64(seed));
    scenarios
}

/// Runs a client in every way, and gives the one digest.
#[track_caller]
fn check(policy: Policy) -> String {
    let first = run_with(scenarios(), policy, 1, 1);
    let digest = first.digest().expect("the run came to its end");
    let others = [
        ("8 at a time", run_with(scenarios(), policy, 8, 1)),
        ("64 at a time", run_with(scenarios(), policy, 64, 1)),
        ("another order", run_with(shuffled(3), policy, 2, 1)),
        ("another seed", run_with(scenarios(), policy, 2, 2)),
        (
            "another seed and order",
            run_with(shuffled(4), policy, 8, 3),
        ),
    ];
    for (what, other) in others {
        assert_eq!(other.digest().as_ref(), Some(&digest), "{what}");
    }
    digest
}

#[test]
fn of_the_reference_client() {
    check(Policy::reference());
}

#[test]
fn of_wrong_clients_each_with_a_digest_of_its_own() {
    let reference = run_with(scenarios(), Policy::reference(), 8, 1).digest();
    let mut digests = vec![reference.expect("the run came to its end")];
    for name in ["owner-never-sent", "highest-before-team-sync"] {
        let client = faulty::find(name).expect("it is in the catalogue");
        digests.push(check(client.policy));
    }

    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), 3);
}
