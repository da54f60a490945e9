//! Every wrong variation of the reference client is caught, by the scenario and the row that it breaks.

mod traces;

use crm_conformance::faulty;
use crm_conformance::observe::{Judgement, Verdict};
use crm_conformance::report::RunReport;
use crm_conformance::suite;
use crm_conformance::suite::feature::Selection;
use crm_conformance::suite::run::{self, Connect, Options};
use crm_conformance::sync::Policy;

/// Client, row, a scenario of the row that turns red.
const CAUGHT: [(&str, &str, &str); 14] = [
    (
        "personal-for-every-source",
        "R05",
        "A contact from prospecting, pushed on its own",
    ),
    (
        "team-sync-for-everything",
        "R01",
        "A contact made by hand, pushed on its own",
    ),
    (
        "highest-before-team-sync",
        "R10",
        "Somebody is permitted more than team sync, the least permitted linked first: a contact by hand, on its own",
    ),
    (
        "lowest-instead-of-highest",
        "R11",
        "No team sync, the most permitted linked first: a contact by hand, in bulk",
    ),
    (
        "bulk-uses-team-sync",
        "R01",
        "A contact made by hand, pushed in bulk",
    ),
    (
        "activity-inherits-source",
        "T2",
        "A contact's source is not its task's: from prospecting",
    ),
    (
        "retry-makes-a-second-record",
        "N3",
        "The answer of Salesforce gets lost, and there is one record all the same (on its own)",
    ),
    (
        "owner-never-sent",
        "H1",
        "A contact by hand, pushed on its own (least)",
    ),
    (
        "owner-follows-creator",
        "R04",
        "A contact from the Chrome extension in LinkedIn, pushed on its own",
    ),
    (
        "unlinked-user-made-owner",
        "R09",
        "Team sync runs as the most permitted user, so that every reading agrees: a contact by hand, on its own",
    ),
    (
        "hubspot-user-id-as-owner",
        "N8",
        "In HubSpot a user id is no owner id, and each is sent where it belongs, on its own",
    ),
    (
        "assignment-rule-left-on",
        "R07",
        "A lead by hand goes through Dana's own login, and no assignment rule takes it away (on its own)",
    ),
    (
        "expired-token-means-unlinked",
        "R20",
        "Only the access token is over, so Dana counts as linked: a contact by hand, on its own (Dana)",
    ),
    (
        "refreshed-token-dropped",
        "R20",
        "The token is refreshed once, kept, and refreshed again when it is over again, pushed on its own",
    ),
];

/// Runs the scenarios of a row.
fn run_row(row: &str, policy: Policy) -> RunReport {
    let scenarios = suite::scenarios(&[]).expect("the built-in features are in order");
    let selection = Selection::new(Some(&format!("@{row}")), None).expect("a tag expression");
    let scenarios = selection.apply(scenarios).expect("the row has a scenario");
    let mut options = Options::new(1);
    options.connect = Connect::reference(policy);
    run::run(scenarios, &options, |_| {}).expect("the mocks can be started")
}

/// A row that is only inferred gives a warning; something of the scenario has to fail outright.
fn red(report: &RunReport, row: &str, scenario: &str) -> bool {
    let found = report
        .scenarios
        .iter()
        .find(|report| report.name == scenario);
    let found = found.unwrap_or_else(|| panic!("no scenario of {row} is called {scenario:?}"));
    let of_row = |verdict: &&Verdict| verdict.row.is_some_and(|id| id.to_string() == row);
    let by_row = found
        .verdicts
        .iter()
        .filter(of_row)
        .any(|verdict| verdict.judgement > Judgement::Unsupported);
    by_row && found.worst() == Some(Judgement::Failed)
}

#[test]
fn each_is_caught_by_its_row_where_the_reference_client_passes() {
    for (client, row, scenario) in CAUGHT.into_iter().chain(traces::CAUGHT) {
        let policy = faulty::find(client)
            .unwrap_or_else(|| panic!("there is no client {client}"))
            .policy;

        let report = run_row(row, policy);

        assert!(
            red(&report, row, scenario),
            "{client} passes {row}, {scenario}"
        );
        assert_eq!(report.exit().code(), 1, "{client}");
        let good = run_row(row, Policy::reference());
        assert!(!red(&good, row, scenario), "{row}, {scenario}");
        assert_eq!(good.exit().code(), 0, "{row}");
    }
}

#[test]
fn none_is_forgotten() {
    for client in faulty::catalogue() {
        assert!(
            CAUGHT
                .iter()
                .chain(&traces::CAUGHT)
                .any(|(name, _, _)| *name == client.name),
            "{} is caught by nothing that is pinned",
            client.name
        );
    }
}

#[test]
fn a_client_that_does_nothing_passes_nothing() {
    let scenarios = suite::scenarios(&[]).expect("the built-in features are in order");
    let mut options = Options::new(1);
    options.connect = Connect::reference(Policy {
        credentials: |_| vec![],
        ..Policy::reference()
    });

    let report = run::run(scenarios, &options, |_| {}).expect("the mocks can be started");

    let documented = report.conformance();
    assert_eq!(documented.kept, 0, "{documented:?}");
    assert_eq!(report.exit().code(), 1);
}
