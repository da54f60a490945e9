use std::collections::BTreeSet;

use super::*;
use crate::rules::rows;

fn wrong(steps: &str) -> String {
    let source = Source {
        path: "x.feature".into(),
        text: format!("Feature: F\n  @R01\n  Scenario: S\n{steps}"),
    };
    let found = check(&[source]).expect_err("something is wrong with it");
    found
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_features_of_the_binary_can_be_run_as_they_stand() {
    let found = check(&feature::built_in()).err().unwrap_or_default();

    assert_eq!(
        found.iter().map(ToString::to_string).collect::<String>(),
        ""
    );
}

#[test]
fn every_row_of_the_table_has_a_scenario() {
    let scenarios = check(&feature::built_in()).unwrap();

    let tagged: BTreeSet<RowId> = scenarios.iter().flat_map(rows_of).collect();

    let missing: Vec<String> = rows()
        .iter()
        .filter(|row| !tagged.contains(&row.id))
        .map(|row| row.id.to_string())
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn a_misspelt_step_is_put_right() {
    insta::assert_snapshot!(wrong("    Given Dana has linkd her Salesfroce login\n    When Dana pushes the contact to Salesforce on its own\n    Then the push is refused\n"), @r#"
    error: no step is written like this
     --> x.feature:4:11
      |
    4 |     Given Dana has linkd her Salesfroce login
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: did you mean "Dana has linked her Salesforce login"?
    "#);
}

#[test]
fn a_step_that_is_like_no_other_is_told_the_nearest() {
    insta::assert_snapshot!(wrong("    Given Bob has linked his Salesforce login\n    When Dana pushes the contact to Salesforce on its own\n    Then the push is refused\n"), @r#"
    error: no step is written like this
     --> x.feature:4:11
      |
    4 |     Given Bob has linked his Salesforce login
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: the nearest step is "{person} has linked her/his/their {crm} login"
          {crm}: Salesforce, HubSpot
          {person}: Dana's second user, Dana, Lee, Kim, the integration user, the new integration user, the most permitted user, the other most permitted user, the least permitted user, the Apollo admin, the assignment rule's user
    "#);
}

#[test]
fn a_step_under_the_wrong_keyword_is_told_the_right_one() {
    insta::assert_snapshot!(wrong("    When the push is refused\n    Then the push is refused\n"), @r#"
    error: no step is written like this
     --> x.feature:4:10
      |
    4 |     When the push is refused
      |          ^^^^^^^^^^^^^^^^^^^
    hint: this is a step of Then, not of When
    "#);
}

#[test]
fn a_scenario_asserts_something_and_something_happens_in_it() {
    insta::assert_snapshot!(wrong("    Given Dana has linked her Salesforce login\n"), @r#"
    error: this scenario asserts nothing: it has no Then
     --> x.feature:3:3
      |
    3 |   Scenario: S
      |   ^^^^^^^^^

    error: nothing happens in this scenario: it has no When
     --> x.feature:3:3
      |
    3 |   Scenario: S
      |   ^^^^^^^^^
    "#);
}

#[test]
fn nothing_comes_after_a_then() {
    insta::assert_snapshot!(wrong("    When Dana pushes the contact to Salesforce on its own\n    Then the push is refused\n    When Dana pushes the contact to Salesforce in bulk\n"), @r#"
    error: a scenario ends with its Then: the one in line 5 comes before this step
     --> x.feature:6:10
      |
    6 |     When Dana pushes the contact to Salesforce in bulk
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: make two scenarios of it
    "#);
}

#[test]
fn a_tag_that_looks_like_a_row_is_one() {
    let source = Source {
        path: "x.feature".into(),
        text: "Feature: F\n  @smoke @r1 @R99 @retry(2)\n  Scenario: S\n    When Dana pushes the contact to Salesforce on its own\n    Then the push is refused\n".into(),
    };
    let found = check(&[source]).unwrap_err();
    insta::assert_snapshot!(found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"), @r#"
    error: @r1 is no row of the table
     --> x.feature:2:10
      |
    2 |   @smoke @r1 @R99 @retry(2)
      |          ^^^
    hint: did you mean @R01?

    error: @R99 is no row of the table
     --> x.feature:2:14
      |
    2 |   @smoke @r1 @R99 @retry(2)
      |              ^^^^
    hint: did you mean @R09?

    error: @retry(2) means nothing here: every scenario runs once, by itself, and counts
     --> x.feature:2:19
      |
    2 |   @smoke @r1 @R99 @retry(2)
      |                   ^^^^^^^^^
    "#);
}

#[test]
fn two_scenarios_of_a_feature_have_two_titles() {
    let source = |path: &str| {
        Source {
        path: path.into(),
        text: "Feature: F\n  Scenario: S\n    When Dana pushes the contact to Salesforce on its own\n    Then the push is refused\n".into(),
    }
    };
    let found = check(&[source("a.feature"), source("b.feature")]).unwrap_err();
    insta::assert_snapshot!(found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"), @r#"
    error: the scenario at a.feature:2 has the same title: "S"
     --> b.feature:2:3
      |
    2 |   Scenario: S
      |   ^^^^^^^^^
    "#);
}

#[test]
fn the_binary_carries_the_features_of_the_repository() {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("features");
    let read = feature::read(&[folder]);

    let name = |source: &Source| source.path.rsplit('/').next().map(str::to_owned);
    let carried = feature::built_in();

    assert_eq!(read.unreadable, []);
    assert_eq!(
        carried
            .iter()
            .map(|one| (name(one), &one.text))
            .collect::<Vec<_>>(),
        read.sources
            .iter()
            .map(|one| (name(one), &one.text))
            .collect::<Vec<_>>()
    );
}

#[test]
fn what_is_wrong_in_an_outline_is_told_once_and_in_the_order_of_the_lines() {
    let text = "Feature: F\n  Scenario Outline: S\n    Given Dana has linkd her <crm> login\n    When Dana pushes the contact to <crm> on its own\n    Then the push is refusd\n    Examples:\n      | crm |\n      | Salesforce |\n      | HubSpot |\n  @R99\n  Scenario: T\n    Givn Dana has linked her HubSpot login\n    When Dana pushes the contact to HubSpot on its own\n";
    let source = Source {
        path: "x.feature".into(),
        text: text.into(),
    };

    let found = check(&[source]).unwrap_err();

    let lines: Vec<_> = found
        .iter()
        .map(|one| one.place.map(|place| place.line))
        .collect();
    // Twice in line 3: with each value another text is undefined.
    assert_eq!(lines, [Some(3), Some(3), Some(5), Some(10), Some(12)]);
}
