//! Built-in features, edited at random: nothing panics, and no step is lost that gherkin sees.

use std::collections::BTreeSet;

use cucumber::gherkin::{Feature, GherkinEnv};
use proptest::prelude::*;

use super::*;
use crate::suite::feature::built_in;
use crate::suite::lint;

const ODD: [&str; 24] = [
    "",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "@",
    "|",
    "<",
    ">",
    ":",
    "#",
    "\\",
    "\"\"\"\n",
    "```",
    "*",
    "\u{feff}",
    "\u{a0}",
    "\0",
    "é",
    "田",
    "\u{200d}",
    "Scenario: x\n",
    "\n    Given ",
];

/// Puts something odd in place of so many characters, one edit after another.
fn edited(text: &str, edits: &[(prop::sample::Index, usize, usize)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, taken, put) in edits {
        let at = at.index(letters.len() + 1);
        let end = letters.len().min(at + taken);
        letters.splice(at..end, ODD[*put].chars());
    }
    letters.into_iter().collect()
}

fn text_after_edits() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..40_usize, 0..ODD.len());
    let edits = prop::collection::vec(edit, 1..6);
    (any::<prop::sample::Index>(), edits).prop_map(|(file, edits)| {
        let sources = built_in();
        // The shorter the text, the likelier that it stays one that is accepted.
        let text: Vec<&str> = sources[file.index(sources.len())]
            .text
            .lines()
            .take(60)
            .collect();
        edited(&text.join("\n"), &edits)
    })
}

/// Every step that gherkin finds, with its line.
fn by_gherkin(feature: &Feature) -> BTreeSet<(usize, String)> {
    let rules = || feature.rules.iter();
    let backgrounds = feature
        .background
        .iter()
        .chain(rules().flat_map(|rule| &rule.background));
    let scenarios = feature
        .scenarios
        .iter()
        .chain(rules().flat_map(|rule| &rule.scenarios));
    let steps = backgrounds
        .flat_map(|one| &one.steps)
        .chain(scenarios.flat_map(|one| &one.steps));
    steps
        .map(|step| (step.position.line, step.value.trim().to_owned()))
        .collect()
}

fn by_us(scenarios: &[Scenario]) -> BTreeSet<(usize, String)> {
    let steps = scenarios.iter().flat_map(|scenario| &scenario.steps);
    steps
        .map(|step| (step.line, step.written.clone()))
        .collect()
}

#[test]
fn gherkin_reads_the_same_in_the_built_in_features() {
    for source in built_in() {
        let feature = Feature::parse(&source.text, GherkinEnv::default()).unwrap();

        let scenarios = parse(&source).unwrap();

        assert_eq!(by_us(&scenarios), by_gherkin(&feature), "{}", source.path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_to_a_feature_it_is_read_whole_or_refused(text in text_after_edits()) {
        let source = source(&text);
        if let Err(found) = lint::check(std::slice::from_ref(&source)) {
            prop_assert!(!found.is_empty());
            for diagnostic in found {
                prop_assert!(diagnostic.styled().to_string().contains("error"));
            }
        }
        if let (Ok(scenarios), Ok(feature)) = (parse(&source), Feature::parse(&text, GherkinEnv::default())) {
            let lost: Vec<_> = by_gherkin(&feature).difference(&by_us(&scenarios)).cloned().collect();
            prop_assert!(lost.is_empty(), "{lost:?}");
        }
    }
}
