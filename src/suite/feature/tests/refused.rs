//! What is not accepted, and what is told of it.

use super::*;

/// What is wrong with the text, as a user sees it.
fn wrong(text: &str) -> String {
    let found = parse(&source(text)).expect_err("something is wrong with it");
    found
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
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

/// One line: where, and what.
fn told(text: &str) -> Vec<String> {
    let one = |diagnostic: Diagnostic| match diagnostic.place {
        Some(place) => format!("{}:{} {}", place.line, place.column, diagnostic.message),
        None => diagnostic.message,
    };
    let found = parse(&source(text)).expect_err("something is wrong with it");
    found.into_iter().map(one).collect()
}

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let text = "Feature: F\n  Scenario: A\n    Givn a\n    And b\n    Whn c\n  Scenario Outline: B\n    Given <d>\n    Examples:\n      | e |\n      | f |\n  Scenario: C\n    Then done\n    Oops\n";

    assert_eq!(
        told(text),
        [
            "3:5 expected a step that starts with Given, When, Then, And or But",
            "5:5 expected a step that starts with Given, When, Then, And or But",
            "9:9 column 'e' is never used: no step has <e> in it",
            "7:11 <d> stands for nothing: the examples in line 9 have no such column",
            "13:5 expected a step that starts with Given, When, Then, And or But",
        ]
    );
}

#[test]
fn tables_and_text_blocks_that_no_step_takes_are_refused() {
    let text = "Feature: F\n  Scenario: A\n    Given a\n      | b |\n      | c |\n    When d\n      \"\"\"\n      Given e\n      \"\"\"\n    Then f\n";

    assert_eq!(
        told(text),
        [
            "4:7 no step takes a table",
            "7:7 no step takes a text block"
        ]
    );
}

#[test]
fn tags_that_no_block_takes_are_refused() {
    let text = "Feature: F\n  Scenario: A\n    Given a\n    @b\n    Then c\n  @d\n";

    let lost =
        "tags stand before Feature, Rule, Scenario or Examples, and nothing of the kind comes next";
    assert_eq!(told(text), [format!("4:5 {lost}"), format!("6:3 {lost}")]);
}

#[test]
fn a_tag_stands_once_on_a_scenario() {
    let text = "@a\nFeature: F\n  @b @a @b\n  Scenario: A\n    Given c\n";

    assert_eq!(
        told(text),
        [
            "3:9 @b stands here twice",
            "3:6 @a is on the feature or rule already"
        ]
    );
}

#[test]
fn what_is_no_tag_among_tags_is_refused() {
    let text = "Feature: F\n  @a, @b;c R04\n  Scenario: A\n    Given d\n";

    assert_eq!(
        told(text),
        [
            "2:3 expected a tag such as @R01, found '@a,'",
            "2:7 expected a tag such as @R01, found '@b;c'",
            "2:12 expected a tag such as @R01, found 'R04'"
        ]
    );
}

#[test]
fn a_tag_without_its_mark_is_not_taken_for_a_description() {
    for line in ["R04", "R04 @R05", "xR04", "R04 R05"] {
        let text = format!("Feature: F\n  {line}\n  Scenario: A\n    Given a\n");

        assert_eq!(
            told(&text),
            ["2:3 this line would be taken for a description"],
            "{line}"
        );
    }
}

#[test]
fn a_block_without_its_colon_is_not_taken_for_a_description() {
    let text = "Feature: F\n  Some prose: it is long enough.\n\n  Rule for all\n    Scenario: A\n      Given a\n";

    insta::assert_snapshot!(wrong(text), @r#"
    error: this line would be taken for a description
     --> x.feature:4:3
      |
    4 |   Rule for all
      |   ^^^^
    hint: did you mean "Rule:"?
    "#);
}

#[test]
fn other_languages_are_refused() {
    let text = "# language: de\nFunktionalität: F\n";

    assert_eq!(
        told(text),
        [
            "1:1 features are in English here, not in 'de'",
            "2:1 expected 'Feature:' first"
        ]
    );
}

#[test]
fn a_file_with_bare_carriage_returns_is_refused() {
    let text = "Feature: F\r  Scenario: S\r    Given a\r";

    assert_eq!(
        told(text),
        ["1:11 this line has a control character in it (U+000D)"]
    );
}

#[test]
fn rows_have_as_many_cells_as_their_header() {
    let text = "Feature: F\n  Scenario Outline: S\n    Given <a> <b>\n    Examples:\n      | a | b |\n      | c |\n      | d | e | f |\n      | g | h\n";

    assert_eq!(
        told(text),
        [
            "8:7 a row of a table ends with '|'",
            "6:7 this row has 1 cells, and the header in line 5 2",
            "7:7 this row has 3 cells, and the header in line 5 2",
            "8:7 this row has 1 cells, and the header in line 5 2",
        ]
    );
}

#[test]
fn blocks_that_are_empty_or_out_of_place_are_refused() {
    for (text, expected) in [
        (
            "Rule: R\n  Scenario: A\n    Given a\n",
            "1:1 expected 'Feature:' first",
        ),
        (
            "Feature:\n  Scenario: A\n    Given a\n",
            "1:1 this feature has no title",
        ),
        (
            "Feature: F\n  Rule: R\n",
            "2:3 the rule \"R\" has no scenario",
        ),
        (
            "Feature: F\n  Background:\n  Scenario: A\n    Given a\n",
            "2:3 this background has no step",
        ),
        (
            "Feature: F\n  Background:\n    When a\n  Scenario: A\n    Given a\n",
            "3:5 a background only sets the scene: expected Given",
        ),
        (
            "Feature: F\n  Scenario: A\n    Given a\n  Background:\n    Given b\n",
            "4:3 a background stands before the first scenario",
        ),
        (
            "Feature: F\n  Examples:\n    | a |\n  Scenario: A\n    Given a\n",
            "2:3 examples belong under a scenario outline",
        ),
        (
            "Feature: F\n  Given a\n  Scenario: A\n    Given a\n",
            "2:3 expected 'Scenario:' before the first step",
        ),
        (
            "Feature: F\n  Scenario: A\n    Given a\nFeature: G\n",
            "4:1 expected one feature in a file, found a second",
        ),
    ] {
        assert_eq!(told(text), [expected], "{text}");
    }
}
