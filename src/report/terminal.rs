//! The report for people: the table of the rules, the readings, each failure with its evidence, and one last line.
//!
//! Styles are written always; `anstream` takes them away where nobody would see them.

mod failure;
mod output;
mod outside;
mod scenarios;
mod stopped;
mod style;
mod table;

use std::io::{self, Write};

use super::{Ended, Exit, FollowedReading, RunReport};
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
    readings(report, &mut to)?;
    scenarios::write(report, &mut to)?;
    troubles(report, &mut to)?;
    outside::write(report, &mut to)?;
    failure::write_all(report, width, &mut to)?;
    output::write(report, &mut to)?;
    last_lines(report, &mut to)
}

/// All rows of a whole run, so that one that nothing judged is seen; of a selection those that it judged.
fn table(report: &RunReport, width: usize, to: &mut impl Write) -> io::Result<()> {
    let selected = !report.selection.built_in || report.selection.filtered;
    let (shown, left_out): (Vec<_>, Vec<_>) = report
        .rows()
        .into_iter()
        .partition(|row| !selected || row.judgement.is_some());
    table::write(&shown, width, to)?;
    if !left_out.is_empty() {
        let count = left_out.len();
        let (rows, are) = match count {
            1 => ("row", "is"),
            _ => ("rows", "are"),
        };
        writeln!(
            to,
            "{DIM}{count} {rows} that these scenarios do not judge {are} left out{RESET}"
        )?;
    }
    Ok(())
}

fn readings(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
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
        writeln!(
            to,
            "  {:<5} {}{place} {DIM}({advice}; {asks}){RESET}",
            followed.reading, followed.says
        )?;
    }
    Ok(())
}

/// Where one question has two answers, each has its rows: what "you" means in a batch need not be what it means elsewhere.
fn in_rows(followed: &FollowedReading) -> String {
    let rows: Vec<_> = followed.rows.iter().map(ToString::to_string).collect();
    format!(", in {}", rows.join(" "))
}

/// What went wrong outside the verdicts.
fn troubles(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let mut lines = stopped::lines(report);
    lines.extend(
        report
            .feature_errors
            .iter()
            .map(|what| format!("feature: {what}")),
    );
    lines.extend(
        report
            .harness_errors
            .iter()
            .map(|what| format!("harness: {what}")),
    );
    for scenario in &report.scenarios {
        let at = format!("{} ({})", scenario.name, scenario.location);
        match &scenario.ended {
            Ended::SystemFailed { what } => {
                lines.push(format!("system under test: {what}, in {at}"))
            }
            Ended::FeatureError { what } => lines.push(format!("feature: {what}, in {at}")),
            Ended::HarnessError { what } => lines.push(format!("harness: {what}, in {at}")),
            Ended::Unsupported { capability } => {
                lines.push(format!("unsupported: {capability}, for {at}"))
            }
            Ended::NotRunHere { .. } => {}
            Ended::Judged if scenario.worst().is_none() => lines.push(format!("no verdict: {at}")),
            Ended::Judged if scenario.stale() => {
                lines.push(format!("known failure, but it does not fail: {at}"))
            }
            Ended::Judged => {}
        }
    }
    lines.extend(
        report
            .unmatched_known_failures
            .iter()
            .map(|name| format!("known failure, but no such scenario: {name}")),
    );
    lines.extend(
        report
            .missing_required()
            .iter()
            .map(|row| format!("required, but not tried: {row}")),
    );
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{BOLD}Troubles{RESET}")?;
    lines.iter().try_for_each(|line| writeln!(to, "  {line}"))
}

fn last_lines(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let counts = report.counts();
    let conformance = report.conformance();
    let parts = [
        (counts.passed, "passed"),
        (counts.warnings, "with warnings"),
        (counts.failed, "failed"),
        (counts.known_failures, "known failures"),
        (counts.unsupported, "unsupported"),
        (counts.not_run_here, "not run here"),
        (counts.errors, "errors"),
        (counts.unproved, "without a verdict"),
        (counts.not_run, "not run"),
    ];
    let shown = parts
        .iter()
        .filter(|(count, what)| *count > 0 || *what == "passed");
    let shown: Vec<_> = shown
        .map(|(count, what)| match (count, *what) {
            (1, "errors") => "1 error".to_owned(),
            (1, "known failures") => "1 known failure".to_owned(),
            (count, what) => format!("{count} {what}"),
        })
        .collect();
    let strict = if report.strict { ", strict" } else { "" };
    writeln!(
        to,
        "\n{} scenario{}: {}; seed {}",
        counts.scenarios,
        if counts.scenarios == 1 { "" } else { "s" },
        shown.join(", "),
        report.seed
    )?;
    writeln!(
        to,
        "{} {}; {} edition{strict}",
        report.system.name, report.system.version, report.edition
    )?;
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
