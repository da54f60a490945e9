use std::fs;
use std::path::PathBuf;

use super::{check_exit, crm_conformance, folder, stderr, stdout};

pub(crate) const GOOD: &str = "Feature: F
  @H1
  Scenario: S
    Given Dana has linked her HubSpot login
    And Dana has saved a contact by hand
    When Dana pushes the contact to HubSpot on its own
    Then HubSpot records Dana as Owner
    And HubSpot records Dana as Created By
";

fn with_feature(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = folder();
    let path = folder.path().join("mine.feature");
    fs::write(&path, text).expect("the file can be written");
    (folder, path)
}

#[test]
fn a_feature_of_ones_own_runs_outside_the_repository() {
    let (folder, _) = with_feature(GOOD);

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 0);
    assert!(
        stdout(&output).contains("\n  passed      S (mine.feature:3)\n"),
        "{}",
        stdout(&output)
    );
    assert!(
        stdout(&output).contains("1 scenario: 1 passed"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_mistyped_keyword_is_pointed_at() {
    let (folder, _) = with_feature(&GOOD.replace("    Given", "    Givn"));

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 2);
    insta::assert_snapshot!(stderr(&output), @r#"
    error: expected a step that starts with Given, When, Then, And or But
     --> mine.feature:4:5
      |
    4 |     Givn Dana has linked her HubSpot login
      |     ^^^^
    hint: did you mean "Given"?

    1 error in 1 file
    "#);
}

#[test]
fn a_misspelt_step_is_put_right() {
    let (folder, _) = with_feature(&GOOD.replace("has linked", "has linkt"));

    let output = crm_conformance(folder.path(), &["lint", "."]);

    check_exit(&output, 2);
    insta::assert_snapshot!(stderr(&output), @r#"
    error: no step is written like this
     --> ./mine.feature:4:11
      |
    4 |     Given Dana has linkt her HubSpot login
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: did you mean "Dana has linked her HubSpot login"?

    1 error in 1 file
    "#);
}

#[test]
fn words_that_differ_from_their_row_are_an_error_of_the_feature() {
    let (folder, _) = with_feature(&GOOD.replace("Dana as Created By", "Lee as Created By"));

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 2);
    assert!(
        stdout(&output).contains("mine.feature:8: Created By by H1: the feature says Lee"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_row_of_which_the_words_say_too_little_is_an_error_of_the_feature() {
    let (folder, _) =
        with_feature(&GOOD.replace("    And HubSpot records Dana as Created By\n", ""));

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 2);
    assert!(
        stdout(&output).contains("@H1 speaks of Created By"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_row_that_the_scenario_is_not_about_is_an_error_of_the_feature() {
    let (folder, _) = with_feature(&GOOD.replace("@H1", "@H3"));

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 2);
    assert!(
        stdout(&output).contains("@H3 speaks of no record of this scenario"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_filter_that_fits_nothing_is_an_error() {
    let (folder, _) = with_feature(GOOD);

    for filter in [
        ["--tags", "@nosuch", "no scenario has the tag @nosuch"],
        ["--name", "nosuch", "no scenario fits"],
        ["--crm", "salesforce", "no scenario fits"],
    ] {
        let [option, value, expected] = filter;
        let output = crm_conformance(folder.path(), &["run", "mine.feature", option, value]);

        check_exit(&output, 2);
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn a_folder_without_features_and_a_path_that_is_not_there_are_errors() {
    let empty = folder();

    for (path, expected) in [
        (".", "there is no .feature file in this folder"),
        ("nosuch.feature", "can't be read"),
    ] {
        let output = crm_conformance(empty.path(), &["run", path]);

        check_exit(&output, 2);
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn what_the_system_can_not_do_proves_nothing() {
    let note = "Feature: F
  @T8
  Scenario: S
    Given Dana has linked her HubSpot login
    And Dana has saved a contact by hand
    When Dana logs a note about the contact in HubSpot
    Then HubSpot records Dana as Owner
";
    let (folder, _) = with_feature(note);

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 4);
}

#[test]
fn a_step_that_makes_no_sense_where_it_stands_is_told_with_its_line() {
    let (folder, _) = with_feature(&GOOD.replace("pushes the contact", "pushes the account"));

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 2);
    assert!(
        stdout(&output).contains(
            "mine.feature:6: there is no such record as the account in this scenario so far"
        ),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_then_that_no_row_of_the_scenario_can_judge_is_an_error_of_the_feature() {
    let both = "    And HubSpot records the same person as Owner and as Created By\n";
    let (folder, _) = with_feature(&format!("{GOOD}{both}"));

    let output = crm_conformance(folder.path(), &["run", "mine.feature"]);

    check_exit(&output, 2);
    assert!(
        stdout(&output)
            .contains("mine.feature:9: no row among the scenario's tags asks for one person"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn the_features_of_the_readme_run() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let folder = folder();
    let blocks = readme.split("```gherkin\n").skip(1);
    let features = blocks.filter_map(|block| block.split("```").next());
    for (index, feature) in features.enumerate() {
        let heading = if feature.starts_with("Feature:") {
            ""
        } else {
            "Feature: one of the readme\n"
        };
        let path = folder.path().join(format!("{index}.feature"));
        fs::write(path, format!("{heading}{feature}")).unwrap();
    }

    let output = crm_conformance(folder.path(), &["run", "."]);

    check_exit(&output, 0);
    let text = stdout(&output);
    assert!(text.contains("3 scenarios: 3 passed"), "{text}");
}
