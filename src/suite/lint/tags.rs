//! What tags may say: a row of the table, or something of the user's own; nothing that would hide a failure elsewhere.

use crate::rules::{RowId, rows};
use crate::suite::diagnostic::{Diagnostic, distance, nearest};
use crate::suite::feature::{Parsed, Source};

/// Tags that mean something to other runners, and that would hide a failure here if they meant it.
const REFUSED: [&str; 11] = [
    "allow.skipped",
    "fixme",
    "flaky",
    "ignore",
    "ignored",
    "only",
    "retry",
    "serial",
    "skip",
    "skipped",
    "wip",
];

/// The letters that rows begin with, and what is taken for a digit by mistake.
const LETTERS: &str = "RHTOUN";
const LIKE_DIGITS: &str = "OoIlSB";

pub(super) fn check(source: &Source, parsed: &Parsed, found: &mut Vec<Diagnostic>) {
    let mut note = |tag: &str, line: usize| {
        let written = format!("@{tag}");
        if let Some((message, hint)) = fault(tag) {
            found.push(source.at_word(line, &written, message).maybe_hint(hint));
        }
    };
    for (tag, line) in &parsed.tags {
        note(tag, *line);
    }
    // Tags with a placeholder are what the rows of examples make of them.
    let written = |tag: &String| parsed.tags.iter().any(|(known, _)| known == tag);
    for scenario in parsed.scenarios.iter().chain(&parsed.damaged) {
        for tag in scenario.tags.iter().filter(|tag| !written(tag)) {
            note(tag, scenario.line);
        }
    }
}

fn fault(tag: &str) -> Option<(String, Option<String>)> {
    let name = tag.split('(').next().unwrap_or(tag).to_lowercase();
    if REFUSED.contains(&name.as_str()) {
        let message =
            format!("@{tag} means nothing here: every scenario runs once, by itself, and counts");
        return Some((message, None));
    }
    if tag.parse::<RowId>().is_ok() {
        return None;
    }
    let known: Vec<String> = rows().iter().map(|row| row.id.to_string()).collect();
    let a_slip_away = |row: &String| tag.len() <= 5 && distance(tag, row) == 1;
    let has_digit = tag.contains(|c: char| c.is_ascii_digit());
    if !(is_like_a_row(tag) || has_digit && known.iter().any(a_slip_away)) {
        return None;
    }
    let near = known.iter().find(|row| **row == put_right(tag));
    let near = near.map(String::as_str);
    let near = near.or_else(|| nearest(tag, known.iter().map(String::as_str)));
    let hint = near.map(|near| format!("did you mean @{near}?"));
    Some((format!("@{tag} is no row of the table"), hint))
}

/// A letter and a number, or what a slip of the finger makes of them.
fn is_like_a_row(tag: &str) -> bool {
    let mut letters = tag.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    let rest: Vec<char> = letters.filter(|c| !"-_.".contains(*c)).collect();
    let digits = rest.iter().filter(|c| c.is_ascii_digit()).count();
    let numeral = |c: &char| c.is_ascii_digit() || LIKE_DIGITS.contains(*c);
    let any_letter = first.is_some_and(|c| c.is_ascii_alphabetic());
    let of_the_table = first.is_some_and(|c| LETTERS.contains(c));
    let a_number = digits == rest.len() && any_letter;
    let nearly_a_number = of_the_table && rest.iter().filter(|c| !numeral(c)).count() <= 1;
    if rest.is_empty() || tag.len() == 2 && tag.starts_with(|c| LETTERS.contains(c)) {
        return of_the_table;
    }
    rest.len() <= 4 && digits > 0 && (a_number || nearly_a_number)
}

/// `r1` is written `R01`, `h01` and `H-1` are written `H1`.
fn put_right(tag: &str) -> String {
    let letter = tag.chars().next().map(|c| c.to_ascii_uppercase());
    let digits = tag.chars().skip(1).filter_map(|c| match c {
        'O' | 'o' => Some('0'),
        'I' | 'l' => Some('1'),
        digit => digit.is_ascii_digit().then_some(digit),
    });
    let number: u16 = digits.collect::<String>().parse().unwrap_or(0);
    match letter {
        Some('R') => format!("R{number:02}"),
        Some(letter) => format!("{letter}{number}"),
        None => String::new(),
    }
}
