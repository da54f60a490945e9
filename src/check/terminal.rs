//! The report of a check, for people.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Check, Report, Status};

/// Writes every check on a line, and under it what is wrong.
///
/// # Errors
/// Where it can't be written.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    match &report.system {
        Some(system) => writeln!(out, "driver of {} {}", system.name, system.version)?,
        None => writeln!(out, "a driver that does not say who it is")?,
    }
    for check in &report.checks {
        one(check, out)?;
    }
    let counts = [Status::Ok, Status::Failed, Status::Warning, Status::Skipped];
    let counts = counts.map(|status| format!("{} {}", report.count(status), status.word()));
    let verdict = if report.sound {
        "the driver keeps to the protocol"
    } else {
        "the driver breaks the protocol"
    };
    writeln!(out, "{verdict}: {}", counts.join(", "))
}

fn one(check: &Check, out: &mut dyn Write) -> io::Result<()> {
    let style = style(check.status);
    let word = check.status.word();
    writeln!(
        out,
        "  {style}{word:<8}{style:#} {:<16} {}",
        check.check, check.title
    )?;
    let lines = [
        ("", &check.what),
        ("shown by: ", &check.shown_by),
        ("hint: ", &check.hint),
    ];
    for (label, text) in lines {
        if let Some(text) = text {
            writeln!(out, "           {label}{text}")?;
        }
    }
    Ok(())
}

fn style(status: Status) -> Style {
    let colour = match status {
        Status::Ok => AnsiColor::Green,
        Status::Failed => AnsiColor::Red,
        Status::Warning => AnsiColor::Yellow,
        Status::Skipped => return Style::new().dimmed(),
    };
    Style::new().fg_color(Some(colour.into()))
}
