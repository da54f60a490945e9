//! A step's own example: a scenario in its doc comment, that `crm-conformance steps` shows and a test runs.

use super::{Entry, Vocabulary};
use crate::suite::feature::{self, Source};

/// A scenario that a step stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Every step of the scenario, keyword first; before them a line of tags, where it needs some.
    pub steps: Vec<String>,
    /// The step itself, with the keyword that it is a step of.
    pub step: String,
    /// Its line in the feature that [`Example::source`] makes.
    pub line: usize,
    title: String,
    path: String,
}

impl Vocabulary {
    /// The first of the step's examples that it stands in itself.
    pub fn example(&self, entry: &Entry) -> Option<Example> {
        entry.examples.iter().find_map(|steps| {
            let mut example = Example {
                steps: steps.clone(),
                step: String::new(),
                line: 0,
                title: format!("{} {}", entry.keyword, entry.expression),
                path: format!("{}:{}", entry.file(), entry.line),
            };
            let scenarios = feature::parse(&example.source()).ok()?;
            let mut all = scenarios.iter().flat_map(|scenario| &scenario.steps);
            let own = all.find(|step| self.entry_of(&step.gherkin) == Some(entry))?;
            example.step = format!("{} {}", entry.keyword, own.gherkin.value);
            example.line = own.line;
            Some(example)
        })
    }
}

impl Example {
    /// The title of the scenario.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The feature that it makes.
    pub fn source(&self) -> Source {
        let (tags, steps): (Vec<&String>, Vec<&String>) =
            self.steps.iter().partition(|line| line.starts_with('@'));
        let mut text = "Feature: the vocabulary\n".to_owned();
        for tag in tags {
            text.push_str(&format!("  {tag}\n"));
        }
        text.push_str(&format!("  Scenario: {}\n", self.title));
        for step in steps {
            text.push_str(&format!("    {step}\n"));
        }
        Source {
            path: self.path.clone(),
            text,
        }
    }
}
