use super::*;

fn source(text: &str) -> Source {
    Source {
        path: "x.feature".into(),
        text: text.into(),
    }
}

/// What is wrong with the text, as a user sees it.
fn wrong(text: &str) -> String {
    let found = parse(&source(text)).expect_err("something is wrong with it");
    found
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn titles(text: &str) -> Vec<(usize, String)> {
    let scenarios = parse(&source(text)).expect("it can be read");
    scenarios
        .into_iter()
        .map(|scenario| (scenario.line, scenario.name))
        .collect()
}

#[test]
fn steps_of_backgrounds_come_first_and_tags_are_inherited() {
    let text = "@a\nFeature: F\n\n  Prose that says why.\n\n  Background:\n    Given one\n\n  @b\n  Rule: R\n    Background:\n      Given two\n\n    @c\n    Scenario: S\n      # a comment\n      When three\n      Then four\n";

    let scenarios = parse(&source(text)).unwrap();

    let steps: Vec<_> = scenarios[0]
        .steps
        .iter()
        .map(|step| (step.line, step.written.as_str()))
        .collect();
    assert_eq!(
        steps,
        [(7, "one"), (12, "two"), (17, "three"), (18, "four")]
    );
    assert_eq!(scenarios[0].tags, ["a", "b", "c"]);
}

#[test]
fn each_row_of_examples_has_its_own_line_and_title() {
    let text = "Feature: F\n  Scenario Outline: from <source>\n    When by <source> in <mode>\n    Then done\n\n    Examples: one\n      # why\n      | source | mode |\n\n      | csv    | bulk |\n      | gmail  | bulk |\n\n    Examples: two\n      | source | mode   |\n      | csv    | single |\n";

    assert_eq!(
        titles(text),
        [
            (10, "from csv (bulk)".to_owned()),
            (11, "from gmail (bulk)".to_owned()),
            (15, "from csv (single)".to_owned())
        ]
    );
}

#[test]
fn a_mistyped_keyword_is_not_taken_for_a_description() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n    Givn a user\n    Then done\n"), @r#"
    error: expected a step that starts with Given, When, Then, And or But
     --> x.feature:3:5
      |
    3 |     Givn a user
      |     ^^^^
    hint: did you mean "Given"?
    "#);
}

#[test]
fn a_mistyped_keyword_between_steps_is_found() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n    Given a user\n    Whn it goes\n    Then done\n"), @r#"
    error: expected a step that starts with Given, When, Then, And or But
     --> x.feature:4:5
      |
    4 |     Whn it goes
      |     ^^^
    hint: did you mean "When"?
    "#);
}

#[test]
fn a_mistyped_block_is_found_where_prose_is_allowed() {
    insta::assert_snapshot!(wrong("Feature: F\n  Senario: S\n    Given a user\n"), @r#"
    error: this line would be taken for a description
     --> x.feature:2:3
      |
    2 |   Senario: S
      |   ^^^^^^^^
    hint: did you mean "Scenario:"?

    error: expected 'Scenario:' before the first step
     --> x.feature:3:5
      |
    3 |     Given a user
      |     ^^^^^
    "#);
}

#[test]
fn a_scenario_without_steps_or_title_is_empty() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n\n  Scenario:\n    Given a\n"), @r#"
    error: this scenario has no step
     --> x.feature:2:3
      |
    2 |   Scenario: S
      |   ^^^^^^^^^

    error: this scenario has no title
     --> x.feature:4:3
      |
    4 |   Scenario:
      |   ^^^^^^^^^
    "#);
}

#[test]
fn examples_without_rows_are_not_passed_over() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario Outline: S\n    Given <a>\n    Examples:\n      | a |\n"), @r#"
    error: these examples have no rows
     --> x.feature:4:5
      |
    4 |     Examples:
      |     ^^^^^^^^^
    "#);
}

#[test]
fn an_outline_without_examples_is_not_passed_over() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario Outline: S\n    Given <a>\n"), @r#"
    error: this scenario outline has no examples
     --> x.feature:2:3
      |
    2 |   Scenario Outline: S
      |   ^^^^^^^^

    error: <a> stands for nothing: there are no examples
     --> x.feature:3:11
      |
    3 |     Given <a>
      |           ^^^
    "#);
}

#[test]
fn columns_are_used_and_placeholders_are_filled() {
    insta::assert_snapshot!(
        wrong("Feature: F\n  Scenario Outline: S\n    Given <sorce>\n    Examples:\n      | source | mode |\n      | csv | bulk |\n"),
        @r#"
        error: column 'source' is never used: no step has <source> in it
         --> x.feature:5:9
          |
        5 |       | source | mode |
          |         ^^^^^^

        error: column 'mode' is never used: no step has <mode> in it
         --> x.feature:5:18
          |
        5 |       | source | mode |
          |                  ^^^^

        error: <sorce> stands for nothing: the examples in line 5 have no such column
         --> x.feature:3:11
          |
        3 |     Given <sorce>
          |           ^^^^^^^
        hint: did you mean <source>?
        "#
    );
}

#[test]
fn a_feature_without_a_scenario_or_a_file_without_a_feature_is_refused() {
    insta::assert_snapshot!(wrong("Feature: F\n"), @r#"
    error: this feature has no scenario
     --> x.feature
    "#);
    insta::assert_snapshot!(wrong("# nothing\n"), @r#"
    error: this file has no feature in it
     --> x.feature
    "#);
}

#[test]
fn a_row_twice_would_be_one_scenario_twice() {
    insta::assert_snapshot!(
        wrong("Feature: F\n  Scenario Outline: S\n    Given <a>\n    Examples:\n      | a |\n      | b |\n      | b |\n"),
        @r#"
        error: this row stands here twice
         --> x.feature:7:7
          |
        7 |       | b |
          |       ^
        "#
    );
}

#[test]
fn an_open_text_block_is_found() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n    Given a\n      \"\"\"\n    Then b\n"), @r#"
    error: this text block is never closed: expected """
     --> x.feature:4:7
      |
    4 |       """
      |       ^^^
    "#);
}

#[test]
fn a_filter_that_fits_nothing_is_an_error() {
    let scenarios = parse(&source(
        "Feature: F\n  @R01\n  Scenario: One\n    Given a\n",
    ))
    .unwrap();
    let apply = |tags, name| Selection::new(tags, name).unwrap().apply(scenarios.clone());

    assert_eq!(apply(Some("@R01"), Some("oNE")).unwrap().len(), 1);
    assert_eq!(
        apply(Some("@R01 or @R02"), None).unwrap_err().to_string(),
        "no scenario fits --tags: no scenario has the tag @R02"
    );
    assert_eq!(
        apply(Some("not @R01"), Some("one"))
            .unwrap_err()
            .to_string(),
        "no scenario fits --tags with --name 'one'"
    );
    assert!(matches!(
        Selection::new(Some("R01 &"), None),
        Err(SelectionError::Expression(_))
    ));
}
