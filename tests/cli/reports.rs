use std::fs;

use super::{check_exit, crm_conformance, folder, stderr, stdout};

#[test]
fn the_features_that_the_binary_carries_are_in_order() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["lint"]);

    check_exit(&output, 0);
}

#[test]
fn without_a_command_the_features_of_the_binary_run() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["--tags", "@H1", "--random-seed", "7"]);

    check_exit(&output, 0);
    assert!(stdout(&output).contains("seed 7"), "{}", stdout(&output));
}

#[test]
fn a_wrong_client_is_not_conformant_and_is_told_by_sentence_and_request() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &["--tags", "@H1", "--faulty", "owner-never-sent"],
    );

    check_exit(&output, 1);
    let text = stdout(&output);
    for part in ["A17", "POST /crm/", "hubspot_owner_id was not sent"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn a_client_that_is_not_in_the_catalogue_is_told_where_those_are_that_are() {
    let folder = folder();

    for option in [&["--faulty"][..], &["self-test", "--only"]] {
        let output = crm_conformance(folder.path(), &[option, &["owner-never-snt"]].concat());

        check_exit(&output, 2);
        let told = stderr(&output);
        assert!(told.contains("'self-test --list' lists them all"), "{told}");
        assert!(
            told.contains("hint: did you mean owner-never-sent?"),
            "{told}"
        );
    }
    let listed = crm_conformance(folder.path(), &["self-test", "--list"]);
    check_exit(&listed, 0);
    let text = stdout(&listed);
    let line = text
        .lines()
        .find(|line| line.contains(" owner-never-sent "));
    assert!(line.is_some_and(|line| line.contains("(breaks ")), "{text}");
}

#[test]
fn reports_are_written_to_files_whose_readers_see_the_same_outcome() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &["--tags", "@H1", "--json", "r.json", "--junit", "r.xml"],
    );

    check_exit(&output, 0);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!(json["exit_code"], 0);
    assert!(
        json["scenarios"][0]["observation"]["creates"][0]["created_by"].is_object(),
        "{json:#}"
    );
    assert!(
        fs::read_to_string(folder.path().join("r.xml"))
            .unwrap()
            .contains("<testsuites")
    );
}

#[test]
fn a_report_is_written_for_a_run_that_could_not_begin() {
    let folder = folder();
    fs::write(folder.path().join("a.feature"), "Feature: F\n").unwrap();

    let output = crm_conformance(folder.path(), &["run", "a.feature", "--json", "r.json"]);

    check_exit(&output, 2);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!(json["exit_code"], 2);
    assert!(
        json["feature_errors"][0]
            .as_str()
            .unwrap()
            .contains("this feature has no scenario")
    );
}

#[test]
fn a_file_that_can_not_be_written_is_told_before_anything_runs() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["--json", "nosuch/r.json"]);

    check_exit(&output, 2);
    assert_eq!(stdout(&output), "");
}

#[test]
fn an_unknown_option_is_a_usage_error() {
    let folder = folder();

    check_exit(&crm_conformance(folder.path(), &["--nosuch"]), 2);
}

#[test]
fn every_step_is_listed_with_its_help_and_an_example() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["steps"]);

    check_exit(&output, 0);
    let text = stdout(&output);
    assert!(text.contains("Given {person} has linked her/his/their {crm} login\n      The person has linked a personal login, which works.\n      example: Given Dana has linked her Salesforce login\n"), "{text}");
    assert!(text.contains("{crm}: Salesforce, HubSpot"), "{text}");
}

#[test]
fn steps_are_found_by_a_word_and_shown_as_whole_scenarios() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["steps", "unlinks", "--examples"]);

    check_exit(&output, 0);
    let shown = stdout(&output);
    let (steps, parameters) = shown.split_once("\nparameters\n").expect("both parts");
    insta::assert_snapshot!(steps, @r"
    logins
      When {person} unlinks her/his/their {crm} login
          The person takes the login out of Apollo.
            Given Dana has linked her Salesforce login
            And team sync is connected to Salesforce as the integration user
            And Dana has saved a contact by hand
            And Dana has pushed the contact to Salesforce on its own
            When Dana unlinks her Salesforce login
            And Dana updates the contact and pushes it to Salesforce on its own
            Then Salesforce records Dana as Created By
    ");
    assert!(
        parameters.starts_with("  {crm}: Salesforce, HubSpot\n"),
        "{parameters}"
    );
}

#[test]
fn steps_are_listed_for_editors() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["steps", "--json", "error log"]);

    check_exit(&output, 0);
    let steps: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(steps[0]["keyword"], "Then");
    assert_eq!(steps[0]["example"], "Then Apollo's error log tells of it");
}

#[test]
fn a_word_that_no_step_has_is_an_error() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["steps", "nosuch"]);

    check_exit(&output, 2);
}
