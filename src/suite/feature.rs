//! From the text of feature files to scenarios that can run, or to everything that is wrong with them.
//!
//! gherkin gives the syntax tree; this stage stands in front of it, because gherkin swallows what it doesn't know, loses
//! the lines of example rows and drops outlines without rows.

mod lines;
mod origin;
mod outline;
mod parse;
mod scenario;
mod select;
#[cfg(test)]
mod tests;

pub use origin::{built_in, read};
pub use parse::parse;
pub use scenario::{Scenario, Step};
pub use select::{Selection, SelectionError};

use super::diagnostic::{Diagnostic, Place};

/// The text of one feature file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path, as messages show it.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl Source {
    /// A diagnostic that points at the first word of a line.
    pub(in crate::suite) fn first_word(
        &self,
        line: usize,
        message: impl Into<String>,
    ) -> Diagnostic {
        let text = self.line(line);
        let word = text.split_whitespace().next().unwrap_or_default();
        self.at(line, word, message)
    }

    /// A diagnostic that points at `part` of a line, or at its start where the part is not in it.
    pub(in crate::suite) fn at(
        &self,
        line: usize,
        part: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let text = self.line(line);
        let start = text.find(part).unwrap_or(0);
        let place = Place {
            line,
            column: text[..start].chars().count() + 1,
            width: part.chars().count().max(1),
        };
        Diagnostic {
            path: self.path.clone(),
            place: Some(place),
            source: text.to_owned(),
            message: message.into(),
            hint: None,
        }
    }

    fn line(&self, number: usize) -> &str {
        self.text.lines().nth(number - 1).unwrap_or_default()
    }
}
