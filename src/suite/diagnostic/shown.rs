//! How a diagnostic looks: to a terminal with colours, anywhere else without.

use std::collections::BTreeSet;
use std::fmt;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::{Diagnostic, Place};

/// How much of a line is shown, in characters, and how much of that stands before the fault.
const LONGEST: usize = 160;
const BEFORE: usize = 40;

/// A diagnostic in colours. `anstream` takes them away where nobody would see them.
#[derive(Debug)]
pub struct Styled<'a>(&'a Diagnostic);

impl Diagnostic {
    /// The same in colours.
    pub fn styled(&self) -> Styled<'_> {
        Styled(self)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self, Style::new(), Style::new(), f)
    }
}

impl fmt::Display for Styled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        write(self.0, red, Style::new().dimmed(), f)
    }
}

fn write(one: &Diagnostic, loud: Style, quiet: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "{loud}error{loud:#}: {}", printable(&one.message))?;
    match one.place {
        None if one.path.is_empty() => {}
        None => writeln!(f, "{quiet} -->{quiet:#} {}", one.path)?,
        Some(place) => {
            let Place { line, column, .. } = place;
            writeln!(f, "{quiet} -->{quiet:#} {}:{line}:{column}", one.path)?;
            let excerpt = Excerpt::of(&one.source, place);
            let margin = " ".repeat(line.to_string().len());
            writeln!(f, "{quiet}{margin} |{quiet:#}")?;
            writeln!(f, "{quiet}{line} |{quiet:#} {}", excerpt.text)?;
            let Excerpt { indent, carets, .. } = excerpt;
            writeln!(
                f,
                "{quiet}{margin} |{quiet:#} {indent}{loud}{carets}{loud:#}"
            )?;
        }
    }
    match &one.hint {
        Some(hint) => writeln!(f, "hint: {}", printable(hint)),
        None => Ok(()),
    }
}

/// As much of a line as can be shown, with carets to go under it.
struct Excerpt {
    text: String,
    indent: String,
    carets: String,
}

impl Excerpt {
    fn of(source: &str, place: Place) -> Self {
        let letters: Vec<char> = printable(source).chars().collect();
        let at = (place.column - 1).min(letters.len());
        let start = if letters.len() > LONGEST {
            at.saturating_sub(BEFORE)
        } else {
            0
        };
        let end = letters.len().min(start + LONGEST);
        let marked = &letters[at..end.min(at + place.width).max(at)];
        let mut text: String = letters[start..end].iter().collect();
        // Tabs stay tabs under the line, so that the caret stands where the terminal put the letter.
        let mut indent: String = letters[start..at]
            .iter()
            .map(|letter| blank(*letter))
            .collect();
        if start > 0 {
            text.insert(0, '…');
            indent.insert(0, ' ');
        }
        if end < letters.len() {
            text.push('…');
        }
        let columns: usize = marked
            .iter()
            .map(|letter| letter.width().unwrap_or(1))
            .sum();
        Self {
            text,
            indent,
            carets: "^".repeat(columns.max(1)),
        }
    }
}

/// As many blanks as the letter has columns.
fn blank(letter: char) -> String {
    if letter == '\t' {
        "\t".to_owned()
    } else {
        " ".repeat(letter.width().unwrap_or(1))
    }
}

/// What a feature has in it must not steer the terminal.
fn printable(text: &str) -> String {
    let steers = |c: char| {
        let direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c.is_control() && c != '\t' && c != '\n' || direction
    };
    let letters = text.chars();
    letters
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

/// "3 errors in 2 files".
pub fn summary(found: &[Diagnostic]) -> String {
    let files: BTreeSet<&str> = found.iter().map(|one| one.path.as_str()).collect();
    let count = |number: usize, what: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {what}{plural}")
    };
    format!(
        "{} in {}",
        count(found.len(), "error"),
        count(files.len(), "file")
    )
}
