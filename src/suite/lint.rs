//! Whether features can be run as they stand: every step defined once, every scenario asserts, every row tag is a row.

use std::collections::HashMap;

use cucumber::gherkin::StepType;

use super::diagnostic::{Diagnostic, nearest};
use super::feature::{self, Scenario, Source, Step};
use super::vocabulary::{Match, vocabulary};
use crate::rules::{RowId, rows};

/// Tags that mean something to other runners, and that would hide a failure here if they meant it.
const REFUSED_TAGS: [&str; 4] = ["allow.skipped", "serial", "retry", "wip"];

/// All scenarios of the files.
///
/// # Errors
/// With everything that is wrong, file by file.
pub fn check(sources: &[Source]) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let mut scenarios = Vec::new();
    let mut found = Vec::new();
    for source in sources {
        match feature::parse(source) {
            Ok(parsed) => {
                for scenario in &parsed {
                    check_scenario(source, scenario, &mut found);
                }
                scenarios.extend(parsed);
            }
            Err(wrong) => found.extend(wrong),
        }
    }
    check_titles(sources, &scenarios, &mut found);
    if sources.is_empty() {
        found.push(Diagnostic::of_file("", "there is no feature to read"));
    }
    // Rows of an outline share their steps: what is wrong in one is wrong in all.
    let mut unique: Vec<Diagnostic> = Vec::new();
    for diagnostic in found {
        if !unique.iter().any(|known| {
            known.path == diagnostic.path
                && known.place == diagnostic.place
                && known.message == diagnostic.message
        }) {
            unique.push(diagnostic);
        }
    }
    if unique.is_empty() {
        Ok(scenarios)
    } else {
        Err(unique)
    }
}

/// The rows that a scenario is tagged with.
pub fn rows_of(scenario: &Scenario) -> Vec<RowId> {
    scenario
        .tags
        .iter()
        .filter_map(|tag| tag.parse().ok())
        .collect()
}

fn check_scenario(source: &Source, scenario: &Scenario, found: &mut Vec<Diagnostic>) {
    check_tags(source, scenario, found);
    let mut asserted: Option<&Step> = None;
    for step in &scenario.steps {
        check_step(source, step, found);
        match (step.gherkin.ty, asserted) {
            (StepType::Then, _) => asserted = Some(step),
            (_, Some(then)) => {
                let message = format!(
                    "a scenario ends with its Then: the one in line {} comes before this step",
                    then.line
                );
                found.push(
                    step.diagnostic(source, message)
                        .hint("make two scenarios of it"),
                );
            }
            _ => {}
        }
    }
    if asserted.is_none() {
        found.push(source.first_word(
            scenario.line,
            "this scenario asserts nothing: it has no Then",
        ));
    }
    if !scenario
        .steps
        .iter()
        .any(|step| step.gherkin.ty == StepType::When)
    {
        found.push(source.first_word(
            scenario.line,
            "nothing happens in this scenario: it has no When",
        ));
    }
}

fn check_step(source: &Source, step: &Step, found: &mut Vec<Diagnostic>) {
    let vocabulary = vocabulary();
    match vocabulary.look_up(&step.gherkin) {
        Match::One => {}
        Match::Undefined => {
            let hint = vocabulary
                .guess(&step.gherkin)
                .unwrap_or_else(|| "`crm-conformance steps` lists all of them".to_owned());
            let filled = if step.written == step.gherkin.value {
                String::new()
            } else {
                format!(" (as \"{}\")", step.gherkin.value)
            };
            found.push(
                step.diagnostic(source, format!("no step is written like this{filled}"))
                    .hint(hint),
            );
        }
        Match::Ambiguous(places) => {
            let message = format!("several steps are written like this: {}", places.join(", "));
            found.push(step.diagnostic(source, message));
        }
    }
}

fn check_tags(source: &Source, scenario: &Scenario, found: &mut Vec<Diagnostic>) {
    for tag in &scenario.tags {
        let like_a_row = tag.len() <= 4
            && tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && tag.ends_with(|c: char| c.is_ascii_digit());
        if like_a_row && tag.parse::<RowId>().is_err() {
            let known: Vec<String> = rows().iter().map(|row| row.id.to_string()).collect();
            let padded = pad(tag);
            let near = known.iter().find(|row| **row == padded).map(String::as_str);
            let near = near.or_else(|| nearest(tag, known.iter().map(String::as_str)));
            let hint = near.map(|near| format!("did you mean @{near}?"));
            found.push(
                at_tag(
                    source,
                    scenario,
                    tag,
                    format!("@{tag} is no row of the table"),
                )
                .maybe_hint(hint),
            );
        }
        if REFUSED_TAGS
            .iter()
            .any(|refused| tag == refused || tag.starts_with(&format!("{refused}(")))
        {
            let message = format!(
                "@{tag} means nothing here: every scenario runs once, by itself, and counts"
            );
            found.push(at_tag(source, scenario, tag, message));
        }
    }
}

/// `r1` is written `R01`, `h01` is written `H1`.
fn pad(tag: &str) -> String {
    let (letter, number) = tag.split_at(1);
    let number: u8 = number.parse().unwrap_or(0);
    match letter.to_ascii_uppercase().as_str() {
        "R" => format!("R{number:02}"),
        letter => format!("{letter}{number}"),
    }
}

fn at_tag(source: &Source, scenario: &Scenario, tag: &str, message: String) -> Diagnostic {
    let written = format!("@{tag}");
    let line = source
        .text
        .lines()
        .position(|line| line.split_whitespace().any(|word| word == written))
        .map_or(scenario.line, |index| index + 1);
    source.at(line, &written, message)
}

fn check_titles(sources: &[Source], scenarios: &[Scenario], found: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<(&str, &str), &Scenario> = HashMap::new();
    for scenario in scenarios {
        let Some(first) = seen.insert((&scenario.feature, &scenario.name), scenario) else {
            continue;
        };
        if let Some(source) = sources.iter().find(|source| source.path == scenario.path) {
            let message = format!(
                "the scenario at {} has the same title: \"{}\"",
                first.location(),
                scenario.name
            );
            found.push(source.first_word(scenario.line, message));
        }
    }
}

#[cfg(test)]
mod tests;
