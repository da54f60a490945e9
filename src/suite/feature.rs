//! From the text of feature files to scenarios that can run, or to everything that is wrong with them.
//!
//! gherkin's own parser swallows what it doesn't know, stops at the first fault, loses the lines of example rows and drops
//! outlines without rows. So files are read here; a test holds that gherkin reads the same in whatever is accepted.

mod digest;
mod draft;
mod grammar;
mod origin;
mod parse;
mod scenario;
mod select;
#[cfg(test)]
mod tests;

pub use digest::digest;
pub use origin::{Read, built_in, read};
pub use parse::{Parsed, examine, parse};
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
        let start = self.line(line).find(part).unwrap_or(0);
        self.span(line, start, part, message)
    }

    /// A diagnostic that points at a word with blanks around it: at the last, where a line has it twice.
    pub(in crate::suite) fn at_word(
        &self,
        line: usize,
        word: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let text = self.line(line);
        let ends = |at: usize| {
            let before = text[..at].chars().next_back();
            let behind = text[at + word.len()..].chars().next();
            before.is_none_or(char::is_whitespace) && behind.is_none_or(char::is_whitespace)
        };
        let found = text
            .rmatch_indices(word)
            .map(|(at, _)| at)
            .find(|at| ends(*at));
        match found {
            Some(start) => self.span(line, start, word, message),
            None => self.at(line, word, message),
        }
    }

    /// `start` counts bytes, and is where a character begins.
    fn span(
        &self,
        line: usize,
        start: usize,
        part: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let text = self.line(line);
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

    /// A diagnostic that points at a cell of a row.
    pub(in crate::suite) fn at_cell(
        &self,
        line: usize,
        cell: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let text = self.line(line);
        let mut start = 0;
        for part in text.split('|') {
            if part.trim() == cell && start > 0 {
                let indent = part.len() - part.trim_start().len();
                return self.span(line, start + indent, cell, message);
            }
            start += part.len() + 1;
        }
        self.at(line, cell, message)
    }

    fn line(&self, number: usize) -> &str {
        self.text
            .lines()
            .nth(number.saturating_sub(1))
            .unwrap_or_default()
    }
}
