//! What runs against live CRMs, what is judged there, and what is told apart.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::crm::Crm;
use crate::{check_exit, crm_conformance, json, text};

/// Each row that was judged with how its fields came out, then what was not run and why.
fn summary(report: &Value) -> String {
    let mut summary = String::new();
    for row in report["rows"].as_array().unwrap() {
        let lines = row["lines"].as_array().unwrap().iter();
        let lines = lines.map(|line| {
            let crm = line["crm"].as_str().unwrap_or("both");
            let (field, judgement) = (&line["field"], &line["judgement"]);
            format!(
                "{crm} {} {}",
                field.as_str().unwrap(),
                judgement.as_str().unwrap()
            )
        });
        let lines: std::collections::BTreeSet<String> = lines.collect();
        let lines: Vec<String> = lines.into_iter().collect();
        if !lines.is_empty() {
            writeln!(
                summary,
                "{:<4} {}",
                row["row"].as_str().unwrap(),
                lines.join(", ")
            )
            .unwrap();
        }
    }
    let mut not_run: BTreeMap<&str, usize> = BTreeMap::new();
    for scenario in report["scenarios"].as_array().unwrap() {
        if scenario["ended"]["how"] == "not_run_here" {
            *not_run
                .entry(scenario["ended"]["why"].as_str().unwrap())
                .or_default() += 1;
        }
    }
    for (why, count) in not_run {
        writeln!(summary, "{count} not run: {why}").unwrap();
    }
    summary
}

#[test]
fn the_features_run_unchanged_as_far_as_a_live_crm_can_supply_them() {
    let crm = Crm::start();
    let some = "@R05 or @R22 or @H2 or @T2 or @U7 or @N4";
    let arguments = [
        "run",
        "--tags",
        some,
        "--json",
        "report.json",
        "--junit",
        "report.xml",
    ];

    let ran = crm_conformance(&crm, &arguments);

    check_exit(&ran, 0);
    let report = json(&crm.folder().join("report.json"));
    insta::assert_snapshot!(summary(&report));
    assert!(report["counts"]["not_observable"].as_u64().unwrap() > 0);
    assert!(text(&ran).contains("Not observable ("), "{}", text(&ran));
    let junit = std::fs::read_to_string(crm.folder().join("report.xml")).unwrap();
    assert!(junit.contains("not run here: it needs a user who can be deactivated"));
    assert_eq!(
        crm.count("crmc"),
        2,
        "everything is cleaned up, and nothing else touched"
    );
}

#[test]
fn a_wrong_client_is_caught_by_the_row_that_it_breaks() {
    let crm = Crm::start();
    let arguments = ["run", "--tags", "@R05", "--faulty", "owner-never-sent"];

    let ran = crm_conformance(&crm, &arguments);

    check_exit(&ran, 1);
    assert!(text(&ran).contains("FAILED R05 Owner"), "{}", text(&ran));
    assert_eq!(crm.count("crmc"), 2);
}

#[test]
fn what_needs_the_inside_of_a_mock_is_not_run_and_proves_nothing() {
    let crm = Crm::start();

    let ran = crm_conformance(&crm, &["run", "--tags", "@N6", "--name", "revoked"]);

    check_exit(&ran, 4);
    assert!(text(&ran).contains("not run here"), "{}", text(&ran));
}
