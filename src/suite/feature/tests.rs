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
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n    Givn a user\n    Then done\n"), @"");
}

#[test]
fn a_mistyped_keyword_between_steps_is_found() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n    Given a user\n    Whn it goes\n    Then done\n"), @"");
}

#[test]
fn a_mistyped_block_is_found_where_prose_is_allowed() {
    insta::assert_snapshot!(wrong("Feature: F\n  Senario: S\n    Given a user\n"), @"");
}

#[test]
fn a_scenario_without_steps_or_title_is_empty() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n\n  Scenario:\n    Given a\n"), @"");
}

#[test]
fn examples_without_rows_are_not_passed_over() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario Outline: S\n    Given <a>\n    Examples:\n      | a |\n"), @"");
}

#[test]
fn an_outline_without_examples_is_not_passed_over() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario Outline: S\n    Given <a>\n"), @"");
}

#[test]
fn columns_are_used_and_placeholders_are_filled() {
    insta::assert_snapshot!(
        wrong("Feature: F\n  Scenario Outline: S\n    Given <sorce>\n    Examples:\n      | source | mode |\n      | csv | bulk |\n"),
        @""
    );
}

#[test]
fn a_feature_without_a_scenario_or_a_file_without_a_feature_is_refused() {
    insta::assert_snapshot!(wrong("Feature: F\n"), @"");
    insta::assert_snapshot!(wrong("# nothing\n"), @"");
}

#[test]
fn a_row_twice_would_be_one_scenario_twice() {
    insta::assert_snapshot!(
        wrong("Feature: F\n  Scenario Outline: S\n    Given <a>\n    Examples:\n      | a |\n      | b |\n      | b |\n"),
        @""
    );
}

#[test]
fn an_open_text_block_is_found() {
    insta::assert_snapshot!(wrong("Feature: F\n  Scenario: S\n    Given a\n      \"\"\"\n    Then b\n"), @"");
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
