//! Every slip of one letter in a built-in feature is an error, or leaves as many scenarios, steps and tags as there were.
//!
//! A `#` put before a line is no slip but a comment, so it isn't tried.

use std::collections::BTreeSet;

use super::*;
use crate::suite::feature::built_in;
use crate::suite::lint::{self, rows_of};

/// Each scenario of the features, with its tags and examples, as a feature of its own.
fn alone() -> Vec<String> {
    let mut found = Vec::new();
    for source in built_in() {
        let mut open: Option<String> = None;
        let mut before = String::new();
        let lines: Vec<&str> = source.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let text = line.trim();
            let begins = ["Scenario", "@", "Rule:"]
                .iter()
                .any(|word| text.starts_with(word));
            if begins && !tags_of_examples(&lines[at..]) {
                found.extend(open.take());
            }
            match (&mut open, text) {
                (Some(scenario), _) => scenario.push_str(&format!("{line}\n")),
                (None, text) if text.starts_with('@') => before = format!("{line}\n"),
                (None, text) if text.starts_with("Scenario") => {
                    let tags = std::mem::take(&mut before);
                    open = Some(format!("Feature: F\n\n{tags}{line}\n"));
                }
                _ => {}
            }
        }
        found.extend(open);
    }
    found
}

/// Whether these lines begin with the tags of examples, which are a part of their scenario.
fn tags_of_examples(lines: &[&str]) -> bool {
    let tags = lines
        .iter()
        .take_while(|line| line.trim().starts_with('@'))
        .count();
    let after = lines.get(tags).map(|line| line.trim());
    tags > 0 && after.is_some_and(|line| line.starts_with("Examples"))
}

/// The parser looks at the words of a step or title only for placeholders, so that far inside of them one slip is like another.
const BEGINNING: usize = 12;

/// Lines that the parser can't tell apart: their beginning, and their cells and placeholders.
fn kind(line: &str) -> (String, usize, bool) {
    let marks = line.matches(['|', '<', '>', ':']).count();
    let beginning = if line.starts_with('|') { 1 } else { BEGINNING };
    (
        line.chars().take(beginning).collect(),
        marks,
        line.starts_with('@'),
    )
}

/// What a slip makes of a line: a letter left out, doubled, wrong, in the other case, or changed with the next one; an `s`
/// too many.
fn slips(line: &str) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let mut found = Vec::new();
    let table = line.starts_with('|');
    let near_a_mark = |at: usize| {
        let around = &letters[at.saturating_sub(1)..letters.len().min(at + 2)];
        around.iter().any(|letter| "|<>:".contains(*letter))
    };
    let tried =
        |at: &usize| *at + 2 >= letters.len() || near_a_mark(*at) || *at < BEGINNING && !table;
    for at in (0..letters.len()).filter(tried) {
        let with = |put: &[char], taken: usize| -> String {
            let rest = &letters[(at + taken).min(letters.len())..];
            letters[..at].iter().chain(put).chain(rest).collect()
        };
        let letter = letters[at];
        let other_case = if letter.is_uppercase() {
            letter.to_ascii_lowercase()
        } else {
            letter.to_ascii_uppercase()
        };
        found.push(with(&[], 1));
        found.push(with(&[letter, letter], 1));
        found.push(with(&['x'], 1));
        found.push(with(&[other_case], 1));
        found.push(with(&[letter, 's'], 1));
        found.push(with(&[letter, ' '], 1));
        if let Some(next) = letters.get(at + 1) {
            found.push(with(&[*next, letter], 2));
        }
    }
    found
}

fn shape(scenarios: &[Scenario]) -> Vec<(usize, Vec<&'static str>, usize)> {
    let kinds = |scenario: &Scenario| {
        let steps = scenario.steps.iter();
        steps
            .map(|step| crate::suite::vocabulary::keyword_of(step.gherkin.ty))
            .collect()
    };
    scenarios
        .iter()
        .map(|scenario| (scenario.line, kinds(scenario), scenario.tags.len()))
        .collect()
}

#[test]
fn a_slip_of_one_letter_never_loses_a_scenario_a_step_or_a_tag() {
    let mut tried = BTreeSet::new();
    let (mut refused, mut accepted) = (0, 0);
    let mut lost = Vec::new();
    for text in alone() {
        let whole = good(&text);
        for (at, line) in text.lines().enumerate().skip(1) {
            let bare = line.trim();
            if bare.is_empty() || bare.starts_with('#') || !tried.insert(kind(bare)) {
                continue;
            }
            for slip in slips(bare) {
                let lines = text.lines().enumerate();
                let edited: Vec<&str> = lines
                    .map(|(index, line)| if index == at { slip.as_str() } else { line })
                    .collect();
                match parse(&source(&edited.join("\n"))) {
                    Err(_) => refused += 1,
                    Ok(scenarios) if shape(&scenarios) == shape(&whole) => accepted += 1,
                    Ok(_) => lost.push(format!("{bare} -> {slip}")),
                }
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
    // The test itself must not be empty: titles and values may well change, keywords may not.
    assert!(
        refused > 1_000 && accepted > 1_000,
        "{refused} refused, {accepted} accepted"
    );
}

#[test]
fn a_slip_in_a_tag_of_a_row_is_refused_or_names_another_row() {
    let with_tag = |tag: &str| {
        format!(
            "Feature: F\n\n  {tag}\n  Scenario: S\n    When Dana pushes the contact to Salesforce on its own\n    Then the push is refused\n"
        )
    };
    for row in crate::rules::rows() {
        for slip in slips(&format!("@{}", row.id)) {
            let Ok(scenarios) = lint::check(&[source(&with_tag(&slip))]) else {
                continue;
            };
            assert_eq!(rows_of(&scenarios[0]).len(), 1, "{} -> {slip}", row.id);
        }
    }
}
