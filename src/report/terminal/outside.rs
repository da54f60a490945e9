//! What a live CRM does not show, and which scenarios it can't supply: apart from everything that was judged.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::style::{BOLD, RESET};
use crate::report::{Ended, RunReport};

/// Writes both; nothing where everything was seen and run.
pub(super) fn write(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let hidden = hidden(report);
    if !hidden.is_empty() {
        let count = report.counts().not_observable;
        writeln!(
            to,
            "\n{BOLD}Not observable{RESET} ({count} assertion{}, none of them passed)",
            plural(count)
        )?;
        counted(&hidden, to)?;
    }
    let not_run = not_run(report);
    if !not_run.is_empty() {
        let count = report.counts().not_run_here;
        let plural = plural(count);
        writeln!(
            to,
            "\n{BOLD}Not run on this CRM{RESET} ({count} scenario{plural})"
        )?;
        counted(&not_run, to)?;
    }
    Ok(())
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn counted(lines: &BTreeMap<String, usize>, to: &mut impl Write) -> io::Result<()> {
    lines
        .iter()
        .try_for_each(|(line, count)| writeln!(to, "  {count:>4}  {line}"))
}

/// `N6 in HubSpot: the API shows no requests`, and how often.
fn hidden(report: &RunReport) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for (_, verdict) in report.not_observable() {
        let row = verdict.row.filter(|row| row.invariant());
        let what = row.map_or_else(|| verdict.field.to_string(), |row| row.to_string());
        let crm = verdict.crm.map(|crm| format!(" in {crm}"));
        let name = &verdict.recorded.name;
        let why = name.split_once(": ").map_or(name.as_str(), |(_, why)| why);
        let line = format!("{what}{}: {why}", crm.unwrap_or_default());
        *lines.entry(line).or_default() += 1;
    }
    lines
}

fn not_run(report: &RunReport) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for scenario in &report.scenarios {
        if let Ended::NotRunHere { why } = &scenario.ended {
            *lines.entry(why.clone()).or_default() += 1;
        }
    }
    lines
}
