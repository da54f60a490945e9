//! The report for people: the table of the rules, the readings, each failure with its evidence, and one last line.
//!
//! Styles are written always; `anstream` takes them away where nobody would see them.

mod failure;
mod known;
mod output;
mod outside;
mod scenarios;
mod style;
mod table;

use std::io::{self, Write};

use super::failure::wrapped;
use super::{Exit, FollowedReading, RunReport};
use crate::observe::Judgement;
use style::{BOLD, DIM, RESET};

/// Columns of the table where the output is no terminal: wide enough for every row, and the same on every machine.
pub const PLAIN_WIDTH: usize = 120;

/// How wide to write: the terminal's width within reason, or [`PLAIN_WIDTH`] into a pipe or file.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| {
        usize::from(width.0).clamp(80, 160)
    })
}

/// Writes the whole report.
///
/// # Errors
/// If the writer refuses.
pub fn write(report: &RunReport, width: usize, mut to: impl Write) -> io::Result<()> {
    table(report, width, &mut to)?;
    readings(report, width, &mut to)?;
    unsupported(report, width, &mut to)?;
    scenarios::write(report, &mut to)?;
    troubles(report, width, &mut to)?;
    outside::write(report, &mut to)?;
    failure::write_all(report, width, &mut to)?;
    known::write(report, &mut to)?;
    output::write(report, &mut to)?;
    last_lines(report, &mut to)
}

/// All rows of a whole run, so that one that nothing judged is seen; of a selection those that it judged.
fn table(report: &RunReport, width: usize, to: &mut impl Write) -> io::Result<()> {
    let selected = !report.selection.built_in || !report.selection.whole();
    let (shown, left_out): (Vec<_>, Vec<_>) = report
        .rows()
        .into_iter()
        .partition(|row| !selected || row.judgement.is_some());
    table::write(&shown, width, to)?;
    if !left_out.is_empty() {
        let rows = match left_out.len() {
            1 => "1 row that these scenarios do not judge is left out".to_owned(),
            count => format!("{count} rows that these scenarios do not judge are left out"),
        };
        writeln!(to, "{DIM}{rows}{RESET}")?;
    }
    Ok(())
}

fn readings(report: &RunReport, width: usize, to: &mut impl Write) -> io::Result<()> {
    let readings = report.readings();
    if readings.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{BOLD}Readings followed{RESET}")?;
    for followed in &readings {
        let advice = match followed.recommended {
            Some(true) => "recommended",
            Some(false) => "not the recommended one",
            None => "none is recommended",
        };
        let question = followed.reading.question();
        let asks = crate::rules::question(question).map_or("", |question| question.asks);
        let same = readings
            .iter()
            .filter(|one| one.reading.question() == question);
        let place = if same.count() > 1 {
            in_rows(followed)
        } else {
            String::new()
        };
        let text = format!("{}{place} ({advice}; {asks})", followed.says);
        for (at, text) in wrapped(&text, width.saturating_sub(8), "")
            .iter()
            .enumerate()
        {
            let id = if at == 0 {
                followed.reading.to_string()
            } else {
                String::new()
            };
            writeln!(to, "  {id:<5} {text}")?;
        }
    }
    Ok(())
}

/// Where one question has two answers, each has its rows: what "you" means in a batch need not be what it means elsewhere.
fn in_rows(followed: &FollowedReading) -> String {
    let rows: Vec<_> = followed.rows.iter().map(ToString::to_string).collect();
    format!(", in {}", rows.join(" "))
}

/// What is missing, and what nobody knows for that. Never among what passed.
fn unsupported(report: &RunReport, width: usize, to: &mut impl Write) -> io::Result<()> {
    let unjudged = report.unjudged();
    if unjudged.is_empty() {
        return Ok(());
    }
    writeln!(
        to,
        "\n{BOLD}Unsupported{RESET} {DIM}(capabilities that the system under test does not declare){RESET}"
    )?;
    for one in unjudged {
        let color = style::of(Judgement::Unsupported);
        let says = wrapped(&one.says(), width.saturating_sub(23), "");
        for (at, text) in says.iter().enumerate() {
            let capability = if at == 0 { one.capability.as_str() } else { "" };
            writeln!(to, "  {color}{capability:<20}{RESET} {text}")?;
        }
    }
    Ok(())
}

/// What went wrong outside the verdicts.
fn troubles(report: &RunReport, width: usize, to: &mut impl Write) -> io::Result<()> {
    let lines = report.troubles();
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{BOLD}Troubles{RESET}")?;
    let lines = lines
        .iter()
        .flat_map(|line| wrapped(line, width.saturating_sub(2), "  "));
    lines
        .into_iter()
        .try_for_each(|line| writeln!(to, "  {line}"))
}

fn last_lines(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let counts = report.counts();
    let conformance = report.conformance();
    let strict = if report.strict { ", strict" } else { "" };
    let system = match &report.system {
        nobody if nobody.name.is_empty() => "nobody said who is there".to_owned(),
        system => format!("{} {}", system.name, system.version),
    };
    writeln!(
        to,
        "\n{} scenario{}: {}; seed {}",
        counts.scenarios,
        if counts.scenarios == 1 { "" } else { "s" },
        counts.says(),
        report.seed
    )?;
    writeln!(to, "{system}; {} edition{strict}", report.edition)?;
    if let Some(digest) = report.digest() {
        writeln!(to, "{DIM}verdicts {digest}{RESET}")?;
    }
    let unjudged = conformance.documented - conformance.kept - conformance.broken;
    let rest = if unjudged == 0 {
        String::new()
    } else {
        format!(", {unjudged} not proved either way")
    };
    let exit = report.exit();
    let color = style::of(if exit.code() == 0 {
        Judgement::Passed
    } else {
        Judgement::Failed
    });
    let outcome = match exit {
        Exit::Conformant => String::new(),
        _ => format!("{}: ", exit.says()),
    };
    writeln!(
        to,
        "{color}{outcome}conformant for {} of {} documented rows{rest} (exit code {}){RESET}",
        conformance.kept,
        conformance.documented,
        exit.code()
    )
}
