use std::fs;
use std::path::Path;

use super::{check_exit, crm_conformance, folder, stderr, stdout};

/// H1 and a client that breaks it, in its Owner alone.
const WRONG: [&str; 5] = ["run", "--tags", "@H1", "--faulty", "owner-never-sent"];

/// A list that has one entry, with these lines of its own.
fn write_list(folder: &Path, lines: &str) {
    let entry = format!(
        "- {lines}\n  reason: the queue is rewritten\n  link: https://tracker.example.com/7\n"
    );
    fs::write(folder.join("known.yaml"), entry).expect("it can be written");
}

#[test]
fn what_is_listed_is_told_with_its_reason_and_is_no_failure() {
    let folder = folder();
    let list = |rows: &[&str]| {
        let entry = |row: &&str| {
            format!(
                "- {{row: {row}, reason: the queue is rewritten, link: https://tracker.example.com/7, expires: 2999-12-31}}\n"
            )
        };
        rows.iter().map(entry).collect::<String>()
    };
    // Everything that this client fails at in these scenarios.
    fs::write(folder.path().join("known.yaml"), list(&["H1", "H2"])).unwrap();

    let output = crm_conformance(
        folder.path(),
        &[
            &WRONG[..],
            &[
                "--known-failures",
                "known.yaml",
                "--json",
                "r.json",
                "--junit",
                "r.xml",
            ],
        ]
        .concat(),
    );

    check_exit(&output, 0);
    let text = stdout(&output);
    assert!(text.contains("Known failures"), "{text}");
    assert!(
        text.contains("link    https://tracker.example.com/7"),
        "{text}"
    );
    assert!(!text.contains("\nFAILED"), "{text}");
    let junit = fs::read_to_string(folder.path().join("r.xml")).unwrap();
    assert!(
        junit.contains("<skipped message=\"known failure until 2999-12-31: the queue"),
        "{junit}"
    );
    assert!(!junit.contains("<failure"), "{junit}");
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!(json["exit_code"], 0);
    assert_eq!(json["known_failures"]["entries"][0]["line"], 1);
}

#[test]
fn what_is_listed_too_narrowly_is_still_a_failure() {
    let folder = folder();
    write_list(
        folder.path(),
        "row: H1\n  mode: single\n  field: created_by\n  expires: 2999-12-31",
    );

    let output = crm_conformance(
        folder.path(),
        &[&WRONG[..], &["--known-failures", "known.yaml"]].concat(),
    );

    check_exit(&output, 1);
}

#[test]
fn a_list_past_its_date_is_exit_code_5_and_says_what_to_do() {
    let folder = folder();
    write_list(folder.path(), "row: H1\n  expires: 2020-01-31");

    let output = crm_conformance(
        folder.path(),
        &["--tags", "@H1", "--known-failures", "known.yaml"],
    );

    check_exit(&output, 5);
    let text = stdout(&output);
    assert!(
        text.contains("known failures: known.yaml:1: H1 was accepted until 2020-01-31, and that day has passed"),
        "{text}"
    );
    assert!(text.contains("the known-failures list is stale"), "{text}");
}

#[test]
fn an_entry_that_passes_again_is_exit_code_5_in_a_whole_run() {
    let folder = folder();
    let feature = "Feature: F\n\n  Scenario: linked\n    Given Dana has linked her HubSpot login\n    \
        And team sync is connected to HubSpot as the integration user\n    And Dana has saved a contact by hand\n    \
        When Dana pushes the contact to HubSpot on its own\n    Then HubSpot records Dana as Owner\n";
    fs::write(folder.path().join("a.feature"), feature).unwrap();
    write_list(
        folder.path(),
        "scenario: linked\n  field: owner\n  expires: 2999-12-31",
    );
    let run = |more: &[&str]| {
        let options = ["run", "a.feature", "--known-failures", "known.yaml"];
        crm_conformance(folder.path(), &[&options[..], more].concat())
    };

    check_exit(&run(&["--faulty", "owner-never-sent"]), 0);
    let whole = run(&[]);
    check_exit(&whole, 5);
    assert!(stdout(&whole).contains("passes again: take the entry out of the list"));
    check_exit(&run(&["--name", "linked"]), 0);
}

#[test]
fn a_list_that_is_wrong_is_told_at_its_place_and_nothing_runs() {
    let folder = folder();
    write_list(folder.path(), "row: H99\n  expires: 31.12.2999");

    let output = crm_conformance(
        folder.path(),
        &["--known-failures", "known.yaml", "--json", "r.json"],
    );

    check_exit(&output, 2);
    let told = stderr(&output);
    for part in [
        "'H99' is no row",
        "known.yaml:1:8",
        "'31.12.2999' is no day; expected such as ",
        "known.yaml is no list of known failures, so nothing was run",
    ] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    assert_eq!(stdout(&output), "");
}

#[test]
fn a_list_that_is_not_there_is_told() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["--known-failures", "nosuch.yaml"]);

    check_exit(&output, 2);
    assert!(stderr(&output).contains("this list of known failures can't be read"));
}

#[test]
fn a_required_row_that_nothing_judged_is_a_failure() {
    let folder = folder();

    check_exit(
        &crm_conformance(folder.path(), &["--tags", "@H1", "--require", "H1"]),
        0,
    );
    let missing = crm_conformance(
        folder.path(),
        &["--tags", "@H1", "--require", "H1", "--require", "R05"],
    );
    check_exit(&missing, 1);
    assert!(
        stdout(&missing).contains("required, but not tried: R05"),
        "{}",
        stdout(&missing)
    );
    check_exit(
        &crm_conformance(folder.path(), &["--tags", "@H1", "--require", "all"]),
        1,
    );
}

#[test]
fn a_row_that_can_not_be_required_is_told() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["--require", "R5"]);

    check_exit(&output, 2);
    let told = stderr(&output);
    assert!(
        told.contains("'R5' is no row of the decision table"),
        "{told}"
    );
    assert!(told.contains("hint: did you mean R05?"), "{told}");
}
