//! The suite tested: every wrong client is caught by a rule that it breaks, every right one passes, and nobody hopeless gets a row.
//!
//! Nothing here names a client or a rule: which client breaks what is in the catalogue, and what caught it is pinned as a
//! snapshot. `INSTA_UPDATE=always cargo test --test faulty_clients` writes the snapshot anew; its difference is what to look at.

mod readings;
mod weakened;

use std::fmt::Write;
use std::sync::LazyLock;

use crm_conformance::selftest::{Kind, Options, Outcome, Scope, SelfTest, Tested, run};

/// The same names in every run, so that the snapshots are the same.
const SEED: u64 = 1;

/// Every client, once for all tests. Faulty clients run the scenarios of the rows that they break.
static FOUND: LazyLock<SelfTest> = LazyLock::new(|| {
    let mut options = Options::new(SEED).expect("the features and the catalogue are in order");
    options.scope = Scope::OwnRows;
    options.weaken = true;
    run(&options, |_| {}).expect("the mocks can be started")
});

fn found() -> &'static SelfTest {
    let found = &*FOUND;
    assert_eq!(found.void, Vec::<String>::new(), "the canary");
    found
}

/// Names of the clients of which something holds.
fn names(wanted: impl Fn(&Tested) -> bool) -> Vec<&'static str> {
    let clients = found().clients.iter();
    let wanted = clients.filter(|tested| wanted(tested));
    wanted.map(|tested| tested.name.as_str()).collect()
}

#[test]
fn every_wrong_client_is_caught_and_every_right_one_passes() {
    let wrong = |outcome: Outcome| !matches!(outcome, Outcome::Caught | Outcome::Passed);
    let not_in_order: Vec<_> = found()
        .clients
        .iter()
        .filter(|tested| wrong(tested.outcome))
        .map(|tested| (&tested.name, tested.outcome, &tested.errors))
        .collect();

    assert_eq!(not_in_order, vec![]);
    assert!(found().of(Kind::Faulty).count() > 10);
    assert!(found().of(Kind::Hopeless).count() > 7);
}

#[test]
fn every_row_that_a_client_is_said_to_break_catches_it() {
    let idle: Vec<String> = found()
        .idle()
        .map(|(tested, row)| format!("{}: {row}", tested.name))
        .collect();

    assert_eq!(idle, Vec::<String>::new());
}

/// A row that no longer catches a client, or catches it in fewer scenarios, shows as a difference here.
#[test]
fn which_row_catches_which_client() {
    let mut matrix = String::new();
    for tested in found().of(Kind::Faulty) {
        let kills: Vec<String> = tested
            .kills
            .iter()
            .map(|kill| format!("{} {}/{}", kill.row, kill.red, kill.scenarios))
            .collect();
        let _ = writeln!(matrix, "{:<36} {}", tested.name, kills.join(", "));
    }

    insta::assert_snapshot!("kill_matrix", matrix);
}

#[test]
fn documented_rows_that_catch_fewer_than_two_clients() {
    let thin: Vec<String> = found()
        .thin_rows()
        .iter()
        .map(|thin| format!("{} {}", thin.row, thin.clients.join(", ")))
        .collect();

    insta::assert_snapshot!("thin_rows", thin.join("\n"));
}

#[test]
fn no_hopeless_client_gets_a_documented_row() {
    assert_eq!(
        names(|tested| tested.kind == Kind::Hopeless && tested.conformance.kept > 0),
        Vec::<&str>::new()
    );
}

#[test]
fn what_the_suite_says_of_each_hopeless_client() {
    let mut symptoms = String::new();
    for tested in found().of(Kind::Hopeless) {
        // How many scenarios there are is of no interest here.
        let symptom = tested.symptom.as_deref().unwrap_or("nothing");
        let symptom = symptom.split(" (in ").next().unwrap_or(symptom);
        let _ = writeln!(symptoms, "{:<20} {symptom}", tested.name);
    }

    insta::assert_snapshot!("hopeless", symptoms);
}

/// Most failures of a client name a cause that is right for it. Of those of which they do not, the message tells what they name.
#[test]
fn the_likely_cause_is_right_for_nine_clients_of_ten() {
    let share = found().numbers().diagnosis;
    let mut told = format!("{share:?}\n");
    for tested in found().of(Kind::Faulty) {
        if let Some(diagnosis) = tested.diagnosis.as_ref().filter(|one| !one.most_right) {
            let _ = writeln!(told, "{:<36} {}", tested.name, diagnosis.told());
        }
    }

    assert!(share.clients > 100, "{told}");
    assert!(share.percent_of_clients() >= 90, "{told}");
    assert!(share.percent_of_failures() >= 90, "{told}");
}

#[test]
fn no_failure_of_a_faulty_client_has_more_than_25_lines_in_80_columns() {
    let longest = found()
        .of(Kind::Faulty)
        .map(|tested| tested.longest_failure);
    let longest = longest.max().unwrap_or_default();

    assert!(longest > 10, "{longest}");
    assert!(longest <= 25, "{longest}");
}
