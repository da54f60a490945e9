use super::*;
use crate::observe::Judgement;
use crate::report::{Ended, ScenarioReport};
use crate::rules::RowId;
use crate::suite::lint;
use crate::suite::run::{self, Options};

#[test]
fn every_step_of_the_sources_is_in_the_binary_and_has_help() {
    let vocabulary = vocabulary();

    assert_eq!(vocabulary.differences(), Vec::<String>::new());
    assert!(!vocabulary.entries().is_empty());
    for entry in vocabulary.entries() {
        assert!(!entry.help.is_empty(), "{} has no help", entry.expression);
    }
}

#[test]
fn a_step_that_the_linker_left_out_is_missed() {
    let mut registered = linked::registered();
    let entries = vocabulary().entries();
    let left_out = entries.first().expect("there are steps");
    registered.remove(&(left_out.keyword, left_out.file(), left_out.line));

    let missed = linked::differences(entries, &registered);

    assert_eq!(missed.len(), 1, "{missed:?}");
    assert!(missed[0].contains(&left_out.expression), "{missed:?}");
}

#[test]
fn a_step_that_the_sources_do_not_have_is_noticed() {
    let registered = linked::registered();
    let (first, rest) = vocabulary()
        .entries()
        .split_first()
        .expect("there are steps");

    let noticed = linked::differences(rest, &registered);

    assert_eq!(
        noticed,
        [format!(
            "a step of {} ({}:{}) is not listed",
            first.keyword,
            first.file(),
            first.line
        )]
    );
}

#[test]
fn a_step_is_read_with_its_help_its_examples_and_its_line() {
    let source = "/// Helps\n/// somebody.\n///\n/// ```gherkin\n/// Given a Salesforce\n/// When b\n/// ```\n#[given(expr = \"a {crm}\")]\n#[when(\n    expr = \"b\"\n)]\nasync fn f(world: &mut World) {}\n";

    let found = source::entries("nouns.rs", source);

    let entry = |keyword, expression: &str, line| Entry {
        keyword,
        expression: expression.to_owned(),
        help: "Helps somebody.".to_owned(),
        examples: vec![vec!["Given a Salesforce".to_owned(), "When b".to_owned()]],
        noun: "nouns".to_owned(),
        line,
    };
    assert_eq!(found, [entry("Given", "a {crm}", 8), entry("When", "b", 9)]);
}

/// Each step's example, linted and run against the reference client. A Then has to come to a verdict of its own.
#[test]
fn every_step_has_an_example_that_runs_and_passes() {
    let mut wrong = Vec::new();
    let mut scenarios = Vec::new();
    let mut examples = Vec::new();
    for entry in vocabulary().entries() {
        let Some(example) = vocabulary().example(entry) else {
            wrong.push(format!(
                "{} {}: no example",
                entry.keyword, entry.expression
            ));
            continue;
        };
        match lint::check(&[example.source()]) {
            Ok(linted) => scenarios.extend(linted),
            Err(found) => wrong.extend(found.iter().map(ToString::to_string)),
        }
        examples.push((entry, example));
    }
    let options = Options::new(1);
    let report = run::run(scenarios, &options, |_| {}).expect("the mocks start");
    for (entry, example) in examples {
        let title = example.title();
        let ran = report.scenarios.iter().find(|ran| ran.name == title);
        let line = (entry.keyword == "Then").then_some(example.line);
        if let Some(what) = ran.map_or(Some("did not run".to_owned()), |ran| trouble(ran, line)) {
            wrong.push(format!("{title}: {what}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "\n{}", wrong.join("\n"));
}

fn trouble(ran: &ScenarioReport, claimed_in: Option<usize>) -> Option<String> {
    let passed = matches!(ran.worst(), Some(Judgement::Passed | Judgement::Warning));
    // Invariants are judged in every scenario, whoever claims them: those count that the scenario is tagged with.
    let judged = |line| {
        ran.verdicts.iter().any(|verdict| {
            let tagged = |row: RowId| row.invariant() && ran.rows.contains(&row);
            verdict.line == Some(line) || verdict.row.is_some_and(tagged)
        })
    };
    match (&ran.ended, passed, claimed_in.is_none_or(judged)) {
        (Ended::Judged, true, true) => None,
        (Ended::Judged, true, false) => Some("nothing is judged by it".to_owned()),
        (Ended::Judged, false, _) => Some(format!("{:#?}", ran.verdicts)),
        (ended, _, _) => Some(format!("{ended:?}")),
    }
}
