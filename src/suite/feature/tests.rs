mod edits;
mod refused;
mod typos;

use super::*;

fn source(text: &str) -> Source {
    Source {
        path: "x.feature".into(),
        text: text.into(),
    }
}

fn good(text: &str) -> Vec<Scenario> {
    parse(&source(text)).expect("it can be read")
}

fn titles(text: &str) -> Vec<(usize, String)> {
    good(text)
        .into_iter()
        .map(|scenario| (scenario.line, scenario.name))
        .collect()
}

#[test]
fn steps_of_backgrounds_come_first_and_tags_are_inherited() {
    let text = "@a\nFeature: F\n\n  Prose that says why.\n\n  Background:\n    Given one\n\n  @b\n  Rule: R\n    Background:\n      Given two\n\n    @c\n    Scenario: S\n      # a comment\n      When three\n      Then four\n";

    let scenarios = good(text);

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
fn a_filter_that_fits_nothing_is_an_error() {
    let scenarios = good("Feature: F\n  @R01\n  Scenario: One\n    Given a\n");
    let apply = |tags, name| Selection::new(tags, name).unwrap().apply(scenarios.clone());

    assert_eq!(apply(Some("@R01"), Some("oNE")).unwrap().len(), 1);
    assert_eq!(
        apply(Some("@R01 or @R02"), None).unwrap_err().to_string(),
        "--tags: no scenario has the tag @R02"
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

#[test]
fn line_ends_of_other_systems_and_blanks_around_lines_make_no_difference() {
    let text = "Feature: F\n\n\tScenario: S  \n    Given a\t\n    Then b\n";

    let other = good(&text.replace('\n', "\r\n"));

    assert_eq!(
        other[0].steps[0].gherkin.value,
        good(text)[0].steps[0].gherkin.value
    );
    assert_eq!(other[0].name, "S");
}
