use std::collections::BTreeSet;
use std::io::{self, Write};

use super::style::{self, BOLD, DIM, RESET};
use crate::observe::Field;
use crate::report::{RowLine, RowSummary};

/// Everything of a line but the two columns that share what is left.
const FIXED: usize = 5 + 12 + 14 + 13 + 22;

/// One heading per row, and under it a line per CRM and field.
pub(super) fn write(rows: &[RowSummary], width: usize, to: &mut impl Write) -> io::Result<()> {
    let column = width.saturating_sub(FIXED) / 2;
    writeln!(
        to,
        "{BOLD}Row{RESET}  {DIM}{:<12}{:<14}{:<column$}{:<column$}{:<13}sentences{RESET}",
        "CRM", "field", "expected", "recorded", "verdict"
    )?;
    for row in rows {
        heading(row, to)?;
        for line in &row.lines {
            self::line(line, column, to)?;
        }
    }
    Ok(())
}

fn heading(row: &RowSummary, to: &mut impl Write) -> io::Result<()> {
    let verdict = row.judgement.map_or_else(
        || format!("{DIM}not judged{RESET}"),
        |judgement| format!("{}{judgement}{RESET}", style::of(judgement)),
    );
    writeln!(to, "{BOLD}{:<4} {}{RESET}: {verdict}", row.row, row.title)
}

fn line(line: &RowLine, column: usize, to: &mut impl Write) -> io::Result<()> {
    let crm = line.crm.map(|crm| crm.to_string()).unwrap_or_default();
    let invariant = line.field == Field::Invariant;
    let expected = if invariant {
        "never otherwise".to_owned()
    } else {
        one_of(&line.expected)
    };
    let level = line
        .level
        .map(|level| level.to_string()[..1].to_uppercase())
        .unwrap_or_default();
    let sentences: Vec<_> = line.sentences.iter().map(ToString::to_string).collect();
    writeln!(
        to,
        "     {crm:<12}{:<14}{:<column$}{:<column$}{}{:<11}{RESET}{level:<2}{DIM}{}{RESET}",
        field(line.field),
        cut(&expected, column),
        cut(&one_of(&line.recorded), column),
        style::of(line.judgement),
        line.judgement,
        sentences.join(" ")
    )
}

/// The field's name, where it is short enough for a column.
fn field(field: Field) -> String {
    match field {
        Field::OwnerIsCreator => "both".to_owned(),
        _ => field.to_string(),
    }
}

fn one_of(parts: &BTreeSet<String>) -> String {
    parts
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Leaves a blank between columns. Parts are plain words of one column a letter.
fn cut(text: &str, column: usize) -> String {
    let room = column.saturating_sub(1);
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars()
        .take(room.saturating_sub(1))
        .chain(['…'])
        .collect()
}
