//! The ways in which conformance suites have been green without having looked, each closed, and each with the test of it.
//!
//! The first list is of what other suites did, the second of what a Gherkin runner does of itself. Where the test is not in
//! this file, the list says where:
//!
//! | | a false green | its test |
//! |---|---|---|
//! | suite 1 | skipped cases count as passed | here |
//! | suite 2 | a check that is not written passes | here |
//! | suite 3 | what does nothing passes what "must not" happen | a scenario: here; a client: `self-test`, hopeless clients |
//! | suite 4 | red, but for another reason | `tests/faulty_clients`: caught by its own row |
//! | suite 5 | nothing ran, and the run is green | here |
//! | suite 6 | the scene could not be set, and the case is dropped | here |
//! | suite 7 | a step that nothing matches is passed over | here |
//! | suite 8 | a run that only looks is shown as passed | here |
//! | suite 9 | what was not recorded is not looked at | here |
//! | runner 1 | undefined steps, and tags that allow them | here |
//! | runner 2 | a mistyped keyword is a description | here; every slip: `src/suite/feature/tests/typos.rs` |
//! | runner 3 | scenarios without steps pass | here |
//! | runner 4 | outlines without rows vanish | here |
//! | runner 5 | folders, tags and names that fit nothing | here |
//! | runner 6 | panics in tasks of the mock are silent | `src/suite/panics`, `tests/stray_panics` |
//! | runner 7 | twin titles, unused columns, unknown placeholders | here |
//! | runner 8 | retries turn red into green | here |
//! | runner 9 | no deadline; a killed run leaves an empty report | `tests/cli/deadlines.rs`, `tests/cli/interrupted.rs` |
//! | runner 10 | a file that can't be parsed is named, and nothing more | here |
//! | runner 11 | where an assertion failed gets lost | here |
//! | runner 12 | rows of an outline share a name and a line | here |
//! | runner 13 | the arguments of `cargo test` are refused | `tests/conformance/arguments.rs` reads them |
//! | runner 14 | the linker drops steps | `src/suite/vocabulary/tests.rs` |
//! | runner 15 | two parsers read two things | `src/suite/feature/tests/edits.rs` |

use std::fs;
use std::process::Output;

use super::{check_exit, crm_conformance, folder, stderr, stdout};

const PUSH: &str = "    Given Dana has linked her HubSpot login
    And Dana has saved a contact by hand
    When Dana pushes the contact to HubSpot on its own
";
const CLAIM: &str = "    Then HubSpot records Dana as Owner\n";

fn scenario() -> String {
    format!("Feature: F\n  Scenario: S\n{PUSH}{CLAIM}")
}

/// Runs the text as a feature.
fn run(text: &str) -> Output {
    run_with(text, &[])
}

fn run_with(text: &str, options: &[&str]) -> Output {
    let folder = folder();
    fs::write(folder.path().join("a.feature"), text).expect("the file can be written");
    let arguments = [&["run", "a.feature"], options].concat();
    crm_conformance(folder.path(), &arguments)
}

#[track_caller]
fn refused(output: &Output, expected: &str) {
    check_exit(output, 2);
    let told = format!("{}{}", stdout(output), stderr(output));
    assert!(told.contains(expected), "{told}");
}

#[test]
fn the_scenario_that_the_others_are_made_of_passes() {
    let output = run(&scenario());

    check_exit(&output, 0);
    assert!(stdout(&output).contains("1 scenario: 1 passed"));
}

#[test]
fn suite_1_a_skipped_scenario_is_not_passed() {
    let note = scenario().replace(
        "When Dana pushes the contact to HubSpot on its own",
        "When Dana logs a note about the contact in HubSpot",
    );

    let output = run(&note);

    check_exit(&output, 4);
    assert!(
        stdout(&output).contains("0 passed, 1 unsupported"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn suite_2_a_check_that_nothing_judges_is_an_error() {
    let words = "    Then HubSpot records the same person as Owner and as Created By\n";

    let output = run(&scenario().replace(CLAIM, words));

    refused(
        &output,
        "a.feature:6: no row among the scenario's tags asks for one person",
    );
}

#[test]
fn suite_3_a_claim_on_what_no_step_has_tried_is_an_error() {
    for (claim, tag, expected) in [
        (
            "nothing is created in HubSpot",
            "@smoke",
            "nothing could have been created",
        ),
        (
            "no built-in user is Owner or Created By",
            "@N7",
            "nothing could have broken this",
        ),
        (
            "a HubSpot report by Owner shows 0 for Dana",
            "@smoke",
            "there is nothing to report on",
        ),
    ] {
        let idle = format!(
            "Feature: F\n  {tag}\n  Scenario: S\n    When Dana saves a contact by hand\n    Then {claim}\n"
        );

        let output = run(&idle);

        refused(
            &output,
            &format!("a.feature:5: nothing was pushed, so that {expected}"),
        );
    }
}

#[test]
fn suite_3_a_push_that_is_refused_leaves_nothing_to_create() {
    let refused = "Feature: F
  Scenario: S
    Given nobody has linked a HubSpot login
    And team sync is not connected to HubSpot
    And Dana has saved a contact by hand
    When Dana pushes the contact to HubSpot on its own
    Then nothing is created in HubSpot
";

    check_exit(&run(refused), 0);
}

#[test]
fn suite_5_an_empty_run_is_not_green() {
    let output = run_with(&scenario(), &["--tags", "not @nosuch and @nosuch"]);

    refused(&output, "no scenario has the tag @nosuch");
}

#[test]
fn suite_6_a_scene_that_can_not_be_set_is_an_error_of_its_scenario_in_every_format() {
    let broken = scenario().replace(
        "    And Dana has saved",
        "    And team sync is not connected to HubSpot\n    And the team sync login of HubSpot has been revoked\n    And Dana has saved",
    );
    let folder = folder();
    fs::write(folder.path().join("a.feature"), broken).unwrap();

    let output = crm_conformance(
        folder.path(),
        &["run", "a.feature", "--json", "r.json", "--junit", "r.xml"],
    );

    refused(
        &output,
        "team sync is not connected to HubSpot, so it can't break",
    );
    assert!(
        stdout(&output).contains("0 passed, 1 error;"),
        "{}",
        stdout(&output)
    );
    let json = fs::read_to_string(folder.path().join("r.json")).unwrap();
    assert!(json.contains("feature_error"), "{json}");
    let junit = fs::read_to_string(folder.path().join("r.xml")).unwrap();
    assert!(junit.contains("<error"), "{junit}");
}

#[test]
fn suite_7_and_runner_1_an_undefined_step_is_an_error_whatever_the_tags_allow() {
    let undefined = scenario().replace("Then HubSpot records", "Then HubSpot shows");

    refused(&run(&undefined), "no step is written like this");

    let allowed = undefined.replace("  Scenario", "  @allow.skipped\n  Scenario");
    refused(&run(&allowed), "@allow.skipped means nothing here");
}

#[test]
fn suite_8_looking_at_features_gives_no_verdict() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["lint"]);

    check_exit(&output, 0);
    assert!(!stdout(&output).contains("passed"), "{}", stdout(&output));
    assert!(
        !stdout(&output).contains("conformant"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn suite_9_what_the_client_says_is_not_believed() {
    // This client pushes, reports success, and has sent no owner.
    let output = run_with(&scenario(), &["--faulty", "owner-never-sent"]);

    check_exit(&output, 1);
}

#[test]
fn runner_2_a_mistyped_keyword_is_no_description_wherever_it_stands() {
    for word in ["Given", "And", "When", "Then"] {
        let typo = format!("    x{word} ");

        let output = run(&scenario().replace(&format!("    {word} "), &typo));

        refused(&output, "expected a step that starts with Given");
    }
    refused(
        &run(&scenario().replace("  Scenario:", "  Scenari:")),
        "did you mean \"Scenario:\"?",
    );
}

#[test]
fn runner_3_a_scenario_without_steps_or_claims_is_an_error() {
    refused(
        &run("Feature: F\n  Scenario: S\n"),
        "this scenario has no step",
    );
    refused(
        &run(&scenario().replace(CLAIM, "")),
        "this scenario asserts nothing",
    );
}

#[test]
fn runner_4_an_outline_without_rows_is_an_error() {
    let outline = scenario()
        .replace("Scenario:", "Scenario Outline:")
        .replace("by hand", "<source>");

    refused(&run(&outline), "this scenario outline has no examples");
    refused(
        &run(&format!("{outline}    Examples:\n      | source |\n")),
        "these examples have no rows",
    );
}

#[test]
fn runner_5_a_folder_a_tag_or_a_name_that_fits_nothing_is_an_error() {
    let empty = folder();

    refused(
        &crm_conformance(empty.path(), &["run", "."]),
        "there is no .feature file in this folder",
    );
    let tagged = scenario().replace("  Scenario", "  @smoke\n  Scenario");
    refused(
        &run_with(&tagged, &["--tags", "@smoek"]),
        "hint: did you mean @smoke?",
    );
    refused(
        &run_with(&scenario(), &["--name", "nosuch"]),
        "no scenario fits --name 'nosuch'",
    );
}

#[test]
fn runner_5_a_tag_that_is_not_wanted_need_not_be_there() {
    check_exit(&run_with(&scenario(), &["--tags", "not @smoke"]), 0);

    let either = run_with(&scenario(), &["--tags", "not @smoke or @nothing"]);

    refused(&either, "error: --tags: no scenario has the tag @nothing");
}

#[test]
fn runner_7_twin_titles_unused_columns_and_unknown_placeholders_are_errors() {
    let twins = format!("{}  Scenario: S\n{PUSH}{CLAIM}", scenario());
    refused(&run(&twins), "has the same title: \"S\"");

    let outline = scenario()
        .replace("Scenario:", "Scenario Outline:")
        .replace("by hand", "<sorce>");
    let output = run(&format!(
        "{outline}    Examples:\n      | source |\n      | by hand |\n"
    ));
    refused(&output, "column 'source' is never used");
    refused(&output, "did you mean <source>?");
}

#[test]
fn runner_8_a_retry_can_not_be_asked_for() {
    for tag in [
        "@retry",
        "@retry(3)",
        "@flaky",
        "@serial",
        "@wip",
        "@ignore",
    ] {
        let tagged = scenario().replace("  Scenario", &format!("  {tag}\n  Scenario"));

        refused(&run(&tagged), &format!("{tag} means nothing here"));
    }
}

#[test]
fn runner_10_what_can_not_be_parsed_is_shown_with_line_column_and_caret() {
    let output = run(&scenario().replace("    When", "    Whn"));

    check_exit(&output, 2);
    insta::assert_snapshot!(stderr(&output), @r#"
    error: expected a step that starts with Given, When, Then, And or But
     --> a.feature:5:5
      |
    5 |     Whn Dana pushes the contact to HubSpot on its own
      |     ^^^
    hint: did you mean "When"?

    1 error in 1 file
    "#);
}

#[test]
fn runner_11_a_failure_says_where_it_was_claimed() {
    let folder = folder();
    fs::write(folder.path().join("a.feature"), scenario()).unwrap();

    let output = crm_conformance(
        folder.path(),
        &[
            "run",
            "a.feature",
            "--faulty",
            "owner-never-sent",
            "--json",
            "r.json",
        ],
    );

    check_exit(&output, 1);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    let verdicts = json["scenarios"][0]["verdicts"].as_array().unwrap();
    let failed = verdicts
        .iter()
        .find(|verdict| verdict["judgement"] == "failed");
    assert_eq!(failed.unwrap()["line"], 6);
}

#[test]
fn runner_12_each_row_of_an_outline_has_its_own_name_and_line() {
    let outline = scenario()
        .replace("Scenario:", "Scenario Outline:")
        .replace("by hand", "<source>");
    let rows = "    Examples: two\n      # why\n      | source |\n      | by hand |\n      | from prospecting |\n";
    let folder = folder();
    fs::write(folder.path().join("a.feature"), format!("{outline}{rows}")).unwrap();

    let output = crm_conformance(folder.path(), &["run", "a.feature", "--json", "r.json"]);

    check_exit(&output, 0);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    let ran: Vec<(&str, &str)> = json["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["name"].as_str().unwrap(),
                one["location"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        ran,
        [
            ("S (by hand)", "a.feature:10"),
            ("S (from prospecting)", "a.feature:11")
        ]
    );
}
