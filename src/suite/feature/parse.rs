use cucumber::gherkin::{Feature, GherkinEnv, Scenario as Written, Step as WrittenStep};

use super::lines::{Lines, scan};
use super::outline::{self, Outline};
use super::{Scenario, Source, Step};
use crate::suite::diagnostic::Diagnostic;

/// The scenarios of a file, outlines expanded, or everything that is wrong with it.
///
/// # Errors
/// With what would be misread, ignored or empty.
pub fn parse(source: &Source) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let lines = scan(source)?;
    let feature = Feature::parse(&source.text, GherkinEnv::default()).map_err(|error| {
        vec![Diagnostic::of_file(
            &source.path,
            format!("this file can't be read: {error}"),
        )]
    })?;
    let mut reader = Reader {
        source,
        lines: &lines,
        next: Position::default(),
        scenarios: Vec::new(),
        found: Vec::new(),
    };
    reader.feature(&feature);
    match (reader.found.is_empty(), reader.scenarios.is_empty()) {
        (false, _) => Err(reader.found),
        (true, true) => Err(vec![Diagnostic::of_file(
            &source.path,
            "this feature has no scenario",
        )]),
        (true, false) => Ok(reader.scenarios),
    }
}

/// Walks gherkin's tree in the order of the file, and takes the place of each thing from the scan.
struct Reader<'a> {
    source: &'a Source,
    lines: &'a Lines,
    next: Position,
    scenarios: Vec<Scenario>,
    found: Vec<Diagnostic>,
}

#[derive(Default)]
struct Position {
    scenario: usize,
    step: usize,
    examples: usize,
}

/// What a scenario inherits from what it stands in.
#[derive(Clone)]
struct Around {
    feature: String,
    tags: Vec<String>,
    background: Vec<Step>,
}

impl Reader<'_> {
    fn feature(&mut self, feature: &Feature) {
        let mut around = Around {
            feature: feature.name.clone(),
            tags: feature.tags.clone(),
            background: Vec::new(),
        };
        if let Some(background) = &feature.background {
            around.background = self.steps(&background.steps);
        }
        for scenario in &feature.scenarios {
            self.scenario(scenario, &around);
        }
        for rule in &feature.rules {
            let mut around = around.clone();
            around.tags.extend(rule.tags.clone());
            if let Some(background) = &rule.background {
                let steps = self.steps(&background.steps);
                around.background.extend(steps);
            }
            for scenario in &rule.scenarios {
                self.scenario(scenario, &around);
            }
        }
    }

    fn scenario(&mut self, written: &Written, around: &Around) {
        let line = self
            .lines
            .scenarios
            .get(self.next.scenario)
            .copied()
            .unwrap_or(1);
        self.next.scenario += 1;
        let own_steps = self.steps(&written.steps);
        let first = self.next.examples;
        self.next.examples += written.examples.len();
        if own_steps.is_empty() {
            self.found
                .push(self.source.first_word(line, "this scenario has no step"));
        }
        if written.name.is_empty() {
            self.found
                .push(self.source.first_word(line, "this scenario has no title"));
        }
        let scenario = Scenario {
            path: self.source.path.clone(),
            line,
            feature: around.feature.clone(),
            name: written.name.clone(),
            tags: [around.tags.clone(), written.tags.clone()].concat(),
            steps: [around.background.clone(), own_steps].concat(),
        };
        let outline = Outline {
            source: self.source,
            template: scenario,
            outline: !written.keyword.ends_with("Scenario")
                && !written.keyword.ends_with("Example"),
            examples: written
                .examples
                .iter()
                .zip(&self.lines.examples[first..])
                .collect(),
        };
        match outline::expand(&outline) {
            Ok(scenarios) => self.scenarios.extend(scenarios),
            Err(found) => self.found.extend(found),
        }
    }

    fn steps(&mut self, written: &[WrittenStep]) -> Vec<Step> {
        let first = self.next.step;
        self.next.step += written.len();
        let places = &self.lines.steps[first.min(self.lines.steps.len())..];
        written
            .iter()
            .zip(places)
            .map(|(step, line)| Step {
                gherkin: step.clone(),
                line: *line,
                written: step.value.clone(),
            })
            .collect()
    }
}
