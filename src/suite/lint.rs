//! Whether features can be run as they stand: every step defined once, every scenario asserts, every row tag is a row.

mod tags;

use std::collections::{HashMap, HashSet};

use cucumber::gherkin::StepType;

use super::diagnostic::Diagnostic;
use super::feature::{self, Read, Scenario, Source, Step};
use super::vocabulary::{Match, keyword_of, vocabulary};
use crate::rules::RowId;

/// All scenarios of the files.
///
/// # Errors
/// With everything that is wrong, file by file and line by line, each fault once.
pub fn check(sources: &[Source]) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    check_read(&Read {
        sources: sources.to_vec(),
        unreadable: Vec::new(),
    })
}

/// The same for what was read from files, and not all of which could be.
///
/// # Errors
/// With everything that is wrong.
pub fn check_read(read: &Read) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let sources = &read.sources;
    let mut scenarios = Vec::new();
    let mut found = read.unreadable.clone();
    // Most steps are written many times, and each look-up tries every expression.
    let mut defined = HashSet::new();
    if sources.is_empty() && found.is_empty() {
        found.push(Diagnostic::of_file("", "there is no feature to read"));
    }
    for source in sources {
        let mut parsed = feature::examine(source);
        tags::check(source, &parsed, &mut found);
        let all = parsed.scenarios.iter().chain(&parsed.damaged);
        for step in all.flat_map(|scenario| &scenario.steps) {
            let words = (keyword_of(step.gherkin.ty), step.gherkin.value.clone());
            if !defined.contains(&words) && check_step(source, step, &mut found) {
                defined.insert(words);
            }
        }
        for scenario in &parsed.scenarios {
            check_order(source, scenario, &mut found);
        }
        found.append(&mut parsed.found);
        scenarios.append(&mut parsed.scenarios);
    }
    check_titles(sources, &scenarios, &mut found);
    if found.is_empty() {
        Ok(scenarios)
    } else {
        Err(in_order(found))
    }
}

/// Rows of an outline share their steps: what is wrong in one is wrong in all, and told once.
fn in_order(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|left, right| (&left.path, left.place).cmp(&(&right.path, right.place)));
    let mut told = HashSet::new();
    found.retain(|one| told.insert((one.path.clone(), one.place, one.message.clone())));
    found
}

/// The rows that a scenario is tagged with.
pub fn rows_of(scenario: &Scenario) -> Vec<RowId> {
    scenario
        .tags
        .iter()
        .filter_map(|tag| tag.parse().ok())
        .collect()
}

fn check_order(source: &Source, scenario: &Scenario, found: &mut Vec<Diagnostic>) {
    let mut asserted: Option<&Step> = None;
    for step in &scenario.steps {
        match (step.gherkin.ty, asserted) {
            (StepType::Then, _) => asserted = Some(step),
            (_, Some(then)) => {
                let message = format!(
                    "a scenario ends with its Then: the one in line {} comes before this step",
                    then.line
                );
                let diagnostic = step.diagnostic(source, message);
                found.push(diagnostic.hint("make two scenarios of it"));
            }
            _ => {}
        }
    }
    let has = |kind| scenario.steps.iter().any(|step| step.gherkin.ty == kind);
    if !has(StepType::Then) {
        let message = "this scenario asserts nothing: it has no Then";
        found.push(source.first_word(scenario.line, message));
    }
    if !has(StepType::When) {
        let message = "nothing happens in this scenario: it has no When";
        found.push(source.first_word(scenario.line, message));
    }
}

/// Whether it is defined.
fn check_step(source: &Source, step: &Step, found: &mut Vec<Diagnostic>) -> bool {
    let vocabulary = vocabulary();
    match vocabulary.look_up(&step.gherkin) {
        Match::One => return true,
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
    false
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
