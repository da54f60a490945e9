//! Known failures, an entry of the list at a time: they are no news, so that nobody has to read each of them again.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::style::{BOLD, DIM, RESET};
use crate::report::{KnownStanding, RunReport};

/// Writes the entries that something fails by; those that can't stay as they are stand among the troubles.
pub(super) fn write(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let standings = report.known_standings();
    let failing: Vec<_> = standings
        .iter()
        .filter(|standing| !standing.failing.is_empty())
        .collect();
    if failing.is_empty() {
        return Ok(());
    }
    writeln!(
        to,
        "\n{BOLD}Known failures{RESET} {DIM}(listed, and no news){RESET}"
    )?;
    failing
        .into_iter()
        .try_for_each(|standing| one(standing, to))
}

fn one(standing: &KnownStanding<'_>, to: &mut impl Write) -> io::Result<()> {
    let entry = standing.entry;
    let scenarios: BTreeSet<_> = standing.failing.iter().map(|one| one.location).collect();
    let (failing, judged) = (standing.failing.len(), standing.judged);
    let plural = if scenarios.len() == 1 { "" } else { "s" };
    writeln!(
        to,
        "  {BOLD}{entry}{RESET}: {failing} of {judged} fail, in {} scenario{plural}",
        scenarios.len()
    )?;
    for (name, text) in [("reason", &entry.reason), ("link", &entry.link)] {
        writeln!(to, "    {DIM}{name:<8}{RESET}{text}")?;
    }
    writeln!(to, "    {DIM}{:<8}{RESET}{}", "until", entry.expires)
}
