//! What the system under test wrote meanwhile, where a scenario failed: its last lines often say why.

use std::io::{self, Write};

use super::style::{BOLD, DIM, RESET};
use crate::report::{RunReport, ScenarioReport};

/// Scenarios that are shown; files have all.
const SCENARIOS: usize = 10;

/// Lines of one stream of one scenario.
const LINES: usize = 5;

/// Letters of a line.
const LETTERS: usize = 200;

pub(super) fn write(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let known = report.known_failures.as_ref();
    let told: Vec<&ScenarioReport> = report
        .scenarios
        .iter()
        .filter(|scenario| scenario.failed(known) && !scenario.output.silent())
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    writeln!(
        to,
        "\n{BOLD}What the system under test wrote{RESET} {DIM}(the last lines, where it failed){RESET}"
    )?;
    for scenario in told.iter().take(SCENARIOS) {
        writeln!(
            to,
            "  {} {DIM}({}){RESET}",
            scenario.name, scenario.location
        )?;
        lines("stderr", &scenario.output.standard_error, to)?;
        lines("stdout", &scenario.output.noise, to)?;
    }
    match told.len().saturating_sub(SCENARIOS) {
        0 => Ok(()),
        more => writeln!(to, "  {DIM}and in {more} more scenarios{RESET}"),
    }
}

fn lines(stream: &str, all: &[String], to: &mut impl Write) -> io::Result<()> {
    let from = all.len().saturating_sub(LINES);
    for line in &all[from..] {
        writeln!(to, "    {DIM}{stream}{RESET} {}", plain(line))?;
    }
    Ok(())
}

/// Without what would move the cursor or change colours, and not too long.
fn plain(line: &str) -> String {
    let shown = line.chars().take(LETTERS);
    shown
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}
