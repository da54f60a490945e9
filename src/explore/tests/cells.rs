use std::collections::BTreeMap;
use std::time::Duration;

use super::{SEED, faulty_options, reference};
use crate::explore::{Cell, Colleagues, TableReport, explore_table, sample};
use crate::rules::{Crm, Kind, Mode, Personal, Source, Team};
use crate::selftest::hopeless;
use crate::suite::lint;
use crate::suite::run::Options;

fn cell(crm: Crm, kind: Kind, source: Source) -> Cell {
    Cell {
        crm,
        kind,
        source,
        personal: Personal::Linked,
        team: Team::Connected,
        colleagues: Colleagues::WeakestFirst,
        mode: Mode::Single,
    }
}

#[test]
fn the_table_has_its_size_and_each_dropped_combination_its_reason() {
    let mut dropped: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in Cell::every().filter_map(|cell| cell.impossible()) {
        *dropped.entry(reason).or_default() += 1;
    }

    let all = Cell::all();

    let of = |crm, kind| {
        all.iter()
            .filter(|cell| cell.crm == crm && cell.kind == kind)
            .count()
    };
    assert_eq!(all.len(), 12_540);
    assert_eq!(dropped.into_values().collect::<Vec<_>>(), [1_200, 660]);
    for kind in [
        Kind::Contact,
        Kind::Account,
        Kind::Email,
        Kind::Task,
        Kind::Call,
    ] {
        assert_eq!(
            (of(Crm::Salesforce, kind), of(Crm::Hubspot, kind)),
            (1_140, 1_140)
        );
    }
    assert_eq!(
        (
            of(Crm::Salesforce, Kind::Lead),
            of(Crm::Hubspot, Kind::Lead)
        ),
        (1_140, 0)
    );
    let without_the_top = all.iter().filter(|cell| cell.team != Team::ConnectedAtTop);
    assert_eq!(without_the_top.count(), 9_900);
}

#[test]
fn every_cell_has_a_name_of_its_own() {
    let all = Cell::all();
    let names: std::collections::BTreeSet<_> = all.iter().map(Cell::id).collect();
    let titles: std::collections::BTreeSet<_> = all.iter().map(ToString::to_string).collect();

    assert_eq!((names.len(), titles.len()), (all.len(), all.len()));
}

#[test]
fn a_cell_is_a_feature_in_plain_words() {
    let record = cell(Crm::Salesforce, Kind::Contact, Source::Prospecting);
    insta::assert_snapshot!(record.feature().text);

    let refused = Cell {
        personal: Personal::Revoked,
        team: Team::Broken,
        colleagues: Colleagues::Tie,
        mode: Mode::Bulk,
        ..cell(Crm::Hubspot, Kind::Account, Source::Csv)
    };
    insta::assert_snapshot!(refused.feature().text);

    let activity = Cell {
        personal: Personal::Never,
        team: Team::None,
        colleagues: Colleagues::Nobody,
        ..cell(Crm::Salesforce, Kind::Email, Source::Gmail)
    };
    insta::assert_snapshot!(activity.feature().text);
}

#[test]
fn a_cell_passes_lint_as_a_file_would() {
    for cell in sample(&Cell::all(), 40, SEED) {
        let found = lint::check(&[cell.feature()]);
        assert!(found.is_ok(), "{cell}: {found:?}");
    }
}

#[test]
fn the_reference_client_agrees_with_the_rules() {
    let cells = sample(&Cell::all(), 400, SEED);

    let report = explore_table(&cells, &reference(), || {}).unwrap();

    assert_eq!(report.findings.errors, Vec::<String>::new());
    assert_eq!(report.findings.disagreements, []);
    assert_eq!(report.findings.warnings, []);
    assert_eq!(report.counts.unproved, 0);
    assert_eq!(
        report.counts.agree + report.counts.invariants_only,
        report.counts.cells
    );
}

/// Cells in which the faulty client is wrong, and cells in which it is not.
#[track_caller]
fn check(name: &str, row: &str, wrong: &[Cell], right: &[Cell]) {
    let rows = |report: &TableReport| -> Vec<String> {
        let found = report.findings.disagreements.iter();
        found
            .filter_map(|finding| finding.row.map(|row| row.to_string()))
            .collect()
    };

    let faulty_in_wrong = explore_table(wrong, &faulty_options(name), || {}).unwrap();
    let faulty_in_right = explore_table(right, &faulty_options(name), || {}).unwrap();
    let reference = explore_table(wrong, &reference(), || {}).unwrap();

    assert_eq!(faulty_in_wrong.counts.disagree, wrong.len(), "{name}");
    assert!(
        rows(&faulty_in_wrong).contains(&row.to_owned()),
        "{:?}",
        rows(&faulty_in_wrong)
    );
    assert_eq!(faulty_in_right.counts.disagree, 0, "{name}");
    assert_eq!(reference.counts.disagree, 0, "{name}");
}

#[test]
fn a_wrong_client_disagrees_in_its_cells_and_in_no_other() {
    let contact = |source| cell(Crm::Salesforce, Kind::Contact, source);
    check(
        "personal-for-every-source",
        "R05",
        &[contact(Source::Prospecting)],
        &[contact(Source::Manual)],
    );
    check(
        "owner-never-sent",
        "R04",
        &[contact(Source::Linkedin)],
        &[contact(Source::Manual)],
    );
    let bulk = Cell {
        mode: Mode::Bulk,
        ..contact(Source::Manual)
    };
    check(
        "bulk-uses-team-sync",
        "R01",
        &[bulk],
        &[contact(Source::Manual)],
    );
}

#[test]
fn cells_that_a_system_keeps_from_being_run_disagree() {
    let hangs = || {
        hopeless::clients()
            .into_iter()
            .find(|client| client.name == "hangs")
    };
    let options = Options {
        connect: hangs().expect("a hopeless client").connect,
        step_deadline: Duration::from_millis(50),
        ..reference()
    };

    let report = explore_table(&sample(&Cell::all(), 3, SEED), &options, || {}).unwrap();

    let counts = report.counts;
    assert_eq!((counts.cells, counts.disagree), (3, 3), "{counts:?}");
    let cause = &report.findings.disagreements[0].examples[0].cause;
    assert!(
        cause
            .as_ref()
            .is_some_and(|cause| cause.starts_with("not run: ")),
        "{cause:?}"
    );
}
