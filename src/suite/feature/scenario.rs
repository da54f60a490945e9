use cucumber::gherkin;

use crate::suite::diagnostic::Diagnostic;

use super::Source;

/// One scenario that can run: a plain one, or one row of an outline.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The file it stands in.
    pub path: String,
    /// Its own line: that of the title, or of the row of examples.
    pub line: usize,
    /// The title of its feature.
    pub feature: String,
    /// Its title; of an outline, with the row's values. No two scenarios of a run have the same feature and title.
    pub name: String,
    /// Tags without `@`: its own, and those of feature, rule and examples.
    pub tags: Vec<String>,
    /// What it does, steps of backgrounds first.
    pub steps: Vec<Step>,
}

/// One step, with the place it was written at.
#[derive(Clone, Debug)]
pub struct Step {
    /// Keyword, kind, text, table. The text has the values of the example row in it.
    pub gherkin: gherkin::Step,
    /// The line in the file.
    pub line: usize,
    /// The text as it was written, placeholders and all.
    pub written: String,
}

impl Scenario {
    /// `path:line`.
    pub fn location(&self) -> String {
        format!("{}:{}", self.path, self.line)
    }
}

impl Step {
    /// A diagnostic that points at the text of the step.
    pub fn diagnostic(&self, source: &Source, message: impl Into<String>) -> Diagnostic {
        source.at_word(self.line, &self.written, message)
    }
}
