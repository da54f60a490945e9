//! What is wrong in a feature file, and where: file, line, column, a caret, what was expected.

use std::fmt;

/// A place in a text: line and column from 1, the width in characters that a caret underlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters are meant, at least 1.
    pub width: usize,
}

/// One thing that is wrong. All of them are errors: a feature that is understood in part proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as the user named it.
    pub path: String,
    /// Where in it; `None` speaks of the file, or of the selection, as a whole.
    pub place: Option<Place>,
    /// The line itself, to show it.
    pub source: String,
    /// What is wrong, and what was expected.
    pub message: String,
    /// What to do, or what may have been meant.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Speaks of a file or folder as a whole.
    pub fn of_file(path: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            place: None,
            source: String::new(),
            message: message.into(),
            hint: None,
        }
    }

    /// The same, with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, with a hint where there is one.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        match self.place {
            None if self.path.is_empty() => {}
            None => writeln!(f, " --> {}", self.path)?,
            Some(place) => {
                writeln!(f, " --> {}:{}:{}", self.path, place.line, place.column)?;
                let number = place.line.to_string();
                let margin = " ".repeat(number.len());
                // Tabs stay tabs under the line, so that the caret stands where the terminal put the character.
                let indent: String = self
                    .source
                    .chars()
                    .take(place.column - 1)
                    .map(|c| if c == '\t' { '\t' } else { ' ' })
                    .collect();
                writeln!(f, "{margin} |")?;
                writeln!(f, "{number} | {}", self.source)?;
                writeln!(f, "{margin} | {indent}{}", "^".repeat(place.width))?;
            }
        }
        match &self.hint {
            Some(hint) => writeln!(f, "hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// The candidate that a misspelt word may have meant: at most a third of it differs.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let limit = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many characters have to be put in, taken out, replaced or swapped with a neighbour.
pub fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let replaced = last[j] + usize::from(a != b);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_points_at_the_character() {
        let diagnostic = Diagnostic {
            path: "a.feature".into(),
            place: Some(Place {
                line: 12,
                column: 5,
                width: 4,
            }),
            source: "    Givn Dana".into(),
            message: "expected a step".into(),
            hint: Some("did you mean \"Given\"?".into()),
        };

        insta::assert_snapshot!(diagnostic, @r#"
        error: expected a step
         --> a.feature:12:5
           |
        12 |     Givn Dana
           |     ^^^^
        hint: did you mean "Given"?
        "#);
    }

    #[test]
    fn a_misspelt_word_finds_its_neighbour_and_a_strange_one_does_not() {
        let keywords = ["Given", "When", "Then"];

        assert_eq!(nearest("Givn", keywords), Some("Given"));
        assert_eq!(nearest("Whne", keywords), Some("When"));
        assert_eq!(nearest("Perhaps", keywords), None);
    }
}
