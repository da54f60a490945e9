//! What exploring came to: what the process ends with, and what people read.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use super::finding::{Example, Finding, Findings};
use super::{CellCounts, HistoriesReport, TableReport};
use crate::report::{Exit, Signal};
use crate::rules::RowId;

/// Cells, histories, or both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExploreReport {
    /// The same number explores the same.
    pub seed: u64,
    /// Whether inferred rows failed and ambiguous ones were narrowed.
    pub strict: bool,
    /// Whether somebody has ended it before its end, and how.
    pub stopped: Option<Signal>,
    /// The table, if it was gone through.
    pub table: Option<TableReport>,
    /// The histories, if there were any.
    pub histories: Option<HistoriesReport>,
}

impl ExploreReport {
    /// What it comes to, by the exit codes of a run.
    pub fn exit(&self) -> Exit {
        if let Some(signal) = self.stopped {
            signal.into()
        } else if self.findings().any(|found| !found.errors.is_empty()) {
            Exit::HarnessBroke
        } else if self.findings().any(|found| !found.disagreements.is_empty()) {
            Exit::NotConformant
        } else if self.proved() == 0 {
            Exit::NothingProved
        } else {
            Exit::Conformant
        }
    }

    fn findings(&self) -> impl Iterator<Item = &Findings> {
        let table = self.table.iter().map(|table| &table.findings);
        table.chain(self.histories.iter().map(|histories| &histories.findings))
    }

    fn proved(&self) -> usize {
        let cells = self
            .table
            .as_ref()
            .map_or(0, |table| table.counts.agree + table.counts.warn);
        let histories = self.histories.as_ref();
        cells + histories.map_or(0, |histories| histories.judged_by_rows)
    }
}

/// Writes the report for people.
///
/// # Errors
/// If the writer refuses.
pub fn write(report: &ExploreReport, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    if let Some(table) = &report.table {
        write_table(table, out)?;
        write_findings(&table.findings, "cell", out)?;
    }
    if let Some(histories) = &report.histories {
        write_histories(histories, out)?;
        write_findings(&histories.findings, "push", out)?;
        for shrunk in &histories.shrunk {
            let (from, to) = shrunk.acts;
            writeln!(
                out,
                "\nThe smallest history of it, {}: {}\n",
                shrunk_to(from, to),
                shrunk.path
            )?;
            write!(out, "{}", shrunk.text)?;
        }
    }
    if report.stopped.is_some() {
        let cells = report.table.as_ref().map_or(0, |table| table.counts.cells);
        let pushes = report.histories.as_ref().map_or(0, |one| one.scenarios);
        let (cells, pushes) = (counted(cells, "cell"), counted(pushes, "push"));
        writeln!(
            out,
            "\ninterrupted after {cells} and {pushes} of histories: of the rest nothing is said"
        )?;
    }
    let strict = if report.strict { " --strict" } else { "" };
    writeln!(
        out,
        "\n{}. Seed {}: --random-seed {}{strict} explores the same again.",
        report.exit().says(),
        report.seed,
        report.seed
    )
}

fn write_table(table: &TableReport, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let counts = &table.counts;
    writeln!(
        out,
        "{} of the decision table in {:.1} s",
        counted(counts.cells, "cell"),
        table.seconds
    )?;
    for (count, words) in lines(counts) {
        if count > 0 {
            writeln!(out, "  {count:>6} {words}")?;
        }
    }
    writeln!(
        out,
        "\n  How firmly the documents speak, of Owner / of Created By:"
    )?;
    for (both, count) in &table.by_status {
        writeln!(out, "  {count:>6} {both}")?;
    }
    Ok(())
}

fn lines(counts: &CellCounts) -> [(usize, &'static str); 7] {
    [
        (counts.agree, "as the rules say"),
        (
            counts.invariants_only,
            "without a row that speaks of them: the invariants are kept",
        ),
        (counts.warn, "not as inferred: warnings"),
        (counts.disagree, "not as the rules say"),
        (counts.unsupported, "not declared by the system under test"),
        (counts.unproved, "without any verdict"),
        (counts.errors, "in which this program is at fault"),
    ]
}

fn write_histories(histories: &HistoriesReport, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    writeln!(
        out,
        "\n{} random {}, judged at each of {} in {:.1} s: {} by rows of the table, {} without any verdict",
        histories.histories,
        if histories.histories == 1 {
            "history"
        } else {
            "histories"
        },
        counted(histories.scenarios, "push"),
        histories.seconds,
        counted(histories.judged_by_rows, "verdict"),
        counted(histories.unproved, "push")
    )
}

fn write_findings(
    findings: &Findings,
    of: &str,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    for error in &findings.errors {
        writeln!(out, "\nerror: {error}")?;
    }
    for (title, found) in [
        ("disagreement", &findings.disagreements),
        ("warning, since it is only inferred", &findings.warnings),
    ] {
        for finding in found {
            write_finding(title, finding, of, out)?;
        }
    }
    if findings.disagreements.is_empty() {
        let these = counted(0, of).replace("0 ", "");
        writeln!(out, "\n  no disagreement among these {these}")?;
    }
    Ok(())
}

fn write_finding(
    title: &str,
    finding: &Finding,
    of: &str,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let Finding {
        crm,
        field,
        expected,
        recorded,
        cases,
        ..
    } = finding;
    let row = finding
        .row
        .as_ref()
        .map_or_else(|| "no row".to_owned(), RowId::to_string);
    let level = finding.level.as_ref().map(in_brackets).unwrap_or_default();
    let place = crm
        .as_ref()
        .map(|crm| format!(" in {crm}"))
        .unwrap_or_default();
    writeln!(
        out,
        "\n{title}: {row} {field}{level}{place}, {}",
        counted(*cases, of)
    )?;
    writeln!(out, "  expected {expected}; recorded {recorded}")?;
    for Example {
        words,
        cause,
        blamed,
        ..
    } in &finding.examples
    {
        writeln!(out, "    {words}")?;
        if let Some(cause) = cause {
            writeln!(out, "      {cause}")?;
        }
        if let Some(blamed) = blamed {
            writeln!(out, "      {}: {blamed}", blamed.request)?;
        }
    }
    Ok(())
}

fn shrunk_to(from: usize, to: usize) -> String {
    if from == to {
        format!("{} as it was found", counted(to, "act"))
    } else {
        format!("shrunk from {} to {to}", counted(from, "act"))
    }
}

/// `1 push`, `2 pushes`.
fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ if what.ends_with("sh") => format!("{count} {what}es"),
        _ => format!("{count} {what}s"),
    }
}

fn in_brackets(level: &impl Display) -> String {
    format!(" ({level})")
}
