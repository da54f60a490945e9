//! What the documents leave open, and what is only inferred: the report tells the first by its readings, and warns of the second.

use std::collections::BTreeSet;

use crm_conformance::faulty;
use crm_conformance::observe::{Judgement, Settings};
use crm_conformance::report::RunReport;
use crm_conformance::rules::RowId;
use crm_conformance::suite;
use crm_conformance::suite::feature::Selection;
use crm_conformance::suite::run::{self, Connect, Options};
use crm_conformance::sync::Policy;

/// Runs the scenarios of these rows.
fn run(rows: &[&str], policy: Policy, strict: bool) -> RunReport {
    let tags: Vec<String> = rows.iter().map(|row| format!("@{row}")).collect();
    let selection = Selection::new(Some(&tags.join(" or ")), None).expect("a tag expression");
    let scenarios = suite::scenarios(&[]).expect("the built-in features are in order");
    let scenarios = selection.apply(scenarios).expect("the rows have scenarios");
    let mut options = Options::new(1);
    options.connect = Connect::reference(policy);
    options.settings = Settings {
        strict,
        ..Settings::default()
    };
    run::run(scenarios, &options, |_| {}).expect("the mocks can be started")
}

fn readings(report: &RunReport) -> BTreeSet<String> {
    let followed = report.readings();
    followed
        .iter()
        .map(|followed| followed.reading.to_string())
        .collect()
}

/// The worst that a row says.
fn worst(report: &RunReport, row: &str) -> Option<Judgement> {
    let row: RowId = row.parse().expect("a row");
    report
        .verdicts()
        .filter(|(_, verdict)| verdict.row == Some(row))
        .map(|(_, verdict)| verdict.judgement)
        .max()
}

#[test]
fn a_permitted_client_shows_another_reading_than_the_reference_client() {
    for client in faulty::permitted() {
        let report = run(&[client.row], client.policy, false);
        let of_reference = run(&[client.row], Policy::reference(), false);

        assert_eq!(report.exit().code(), 0, "{}", client.name);
        assert!(
            readings(&report).contains(client.reading),
            "{}",
            client.name
        );
        assert!(
            !readings(&of_reference).contains(client.reading),
            "{}",
            client.name
        );
    }
}

#[test]
fn what_is_only_inferred_is_warned_of_and_fails_a_strict_run() {
    for client in faulty::warned() {
        let lenient = run(client.breaks, client.policy, false);
        let strict = run(client.breaks, client.policy, true);

        assert_eq!(lenient.exit().code(), 0, "{}", client.name);
        assert_eq!(strict.exit().code(), 1, "{}", client.name);
        for row in client.breaks {
            let found = (worst(&lenient, row), worst(&strict, row));
            let expected = (Some(Judgement::Warning), Some(Judgement::Failed));
            assert_eq!(found, expected, "{} {row}", client.name);
        }
    }
}
