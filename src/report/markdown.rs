//! The report as Markdown, for the summary of a build's step: rules, failures with their details, readings, what is not judged.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::failure::{self, INDENT, Told};
use super::{RowSummary, RunReport};
use crate::observe::Judgement;

/// GitHub takes a summary of 1 MiB, and shows nothing of a longer one. What is appended to it by others has to fit, too.
pub const LONGEST: usize = 1000 * 1000;

/// Columns of a failure's lines.
const WIDTH: usize = 100;

/// Writes the document; failures that would make it longer than [`LONGEST`] bytes are counted, and not told.
///
/// # Errors
/// If the writer refuses.
pub fn write(report: &RunReport, mut to: impl Write) -> io::Result<()> {
    let mut text = heading(report);
    let after = [
        known(report),
        readings(report),
        unjudged(report),
        troubles(report),
    ]
    .concat();
    text.push_str(&rules(report));
    failures(report, LONGEST.saturating_sub(after.len()), &mut text);
    text.push_str(&after);
    to.write_all(text.as_bytes())
}

fn heading(report: &RunReport) -> String {
    let counts = report.counts();
    let conformance = report.conformance();
    let exit = report.exit();
    let sign = if exit.code() == 0 { "✅" } else { "❌" };
    let plural = if counts.scenarios == 1 { "" } else { "s" };
    let mut text = format!(
        "## {sign} {}: {} {}\n\nConformant for **{} of {}** documented rows. {} scenario{plural}: {}.\n",
        exit.says(),
        cell(&report.system.name),
        cell(&report.system.version),
        conformance.kept,
        conformance.documented,
        counts.scenarios,
        counts.says(),
    );
    let strict = if report.strict { ", strict" } else { "" };
    let _ = writeln!(
        text,
        "\n{} edition{strict}; seed {}; crm-conformance {}; exit code {}.",
        report.edition,
        report.seed,
        report.harness_version,
        exit.code()
    );
    if let Some(digest) = report.digest() {
        let _ = writeln!(text, "Verdicts `{digest}`.");
    }
    text
}

/// The rows that were judged; those that were not are counted.
fn rules(report: &RunReport) -> String {
    let (judged, others): (Vec<RowSummary>, Vec<RowSummary>) = report
        .rows()
        .into_iter()
        .partition(|row| row.judgement.is_some());
    let mut text =
        "\n### Rules\n\n| Row | Rule | Verdict | Sentences |\n|---|---|---|---|\n".to_owned();
    for row in &judged {
        let verdict = row.judgement.map_or_else(String::new, sign);
        let sentences: BTreeSet<_> = row.lines.iter().flat_map(|line| &line.sentences).collect();
        let sentences: Vec<String> = sentences.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {verdict} | {} |",
            row.row,
            cell(row.title),
            sentences.join(" ")
        );
    }
    if !others.is_empty() {
        let plural = if others.len() == 1 { " was" } else { "s were" };
        let _ = writeln!(text, "\n{} row{plural} not judged.", others.len());
    }
    text
}

fn failures(report: &RunReport, most: usize, text: &mut String) {
    let wrong = |judgement| matches!(judgement, Judgement::Failed | Judgement::Error);
    let mut found = report
        .verdicts()
        .filter(|(_, verdict)| wrong(verdict.judgement))
        .filter(|(scenario, verdict)| report.known(scenario, verdict).is_none())
        .peekable();
    if found.peek().is_none() {
        return;
    }
    text.push_str("\n### Failures\n\n");
    let mut left_out = 0;
    for (scenario, verdict) in found {
        let told = failure::tell(report, scenario, verdict, WIDTH);
        let details = details(&told, &scenario.name);
        // What says how many are left out has to fit, too.
        if left_out > 0 || text.len() + details.len() + 200 > most {
            left_out += 1;
        } else {
            text.push_str(&details);
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "\n{left_out} more would make this summary too long; the log and the report files have them."
        );
    }
}

/// A failure that unfolds.
fn details(told: &Told, scenario: &str) -> String {
    let mut text = format!(
        "<details><summary><b>{}</b>: {}</summary>\n\n",
        html(&told.title),
        html(scenario)
    );
    for line in &told.lines {
        let _ = writeln!(
            text,
            "    {:<width$}{}",
            line.label,
            line.text,
            width = INDENT - 2
        );
    }
    text.push_str("\n</details>\n");
    text
}

/// Failures that are listed, an entry at a time.
fn known(report: &RunReport) -> String {
    let standings = report.known_standings();
    let mut text = String::new();
    for standing in standings.iter().filter(|one| !one.failing.is_empty()) {
        let (entry, failing) = (standing.entry, standing.failing.len());
        let _ = writeln!(
            text,
            "- {}: {failing} of {} fail, accepted until {}. {} {}",
            cell(&entry.to_string()),
            standing.judged,
            entry.expires,
            cell(&entry.reason),
            html(&entry.link)
        );
    }
    match text.is_empty() {
        true => text,
        false => format!("\n### Known failures\n\n{text}"),
    }
}

fn readings(report: &RunReport) -> String {
    let readings = report.readings();
    if readings.is_empty() {
        return String::new();
    }
    let mut text =
        "\n### Readings followed\n\n| Reading | Says | Recommended | Rows |\n|---|---|---|---|\n"
            .to_owned();
    for followed in readings {
        let advice = match followed.recommended {
            Some(true) => "yes",
            Some(false) => "no",
            None => "none is",
        };
        let rows: Vec<String> = followed.rows.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {advice} | {} |",
            followed.reading,
            cell(followed.says),
            rows.join(" ")
        );
    }
    text
}

fn unjudged(report: &RunReport) -> String {
    let unjudged = report.unjudged();
    if unjudged.is_empty() {
        return String::new();
    }
    let mut text = "\n### Unsupported\n\nThe system under test does not declare these capabilities. That is never a pass.\n\n".to_owned();
    for one in unjudged {
        let _ = writeln!(text, "- {}: {}", cell(&one.capability), one.says());
    }
    text
}

fn troubles(report: &RunReport) -> String {
    let lines = report.troubles();
    if lines.is_empty() {
        return String::new();
    }
    let mut text = "\n### Troubles\n\n".to_owned();
    for line in lines {
        let _ = writeln!(text, "- {}", cell(&line));
    }
    text
}

fn sign(judgement: Judgement) -> String {
    let sign = match judgement {
        Judgement::Passed => "✅",
        Judgement::Unsupported | Judgement::NotObservable => "➖",
        Judgement::Warning => "⚠️",
        Judgement::Failed | Judgement::Error => "❌",
    };
    format!("{sign} {judgement}")
}

/// Text that is taken as it is, in one cell of a table.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' => out.push(' '),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push_str(&html(other.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
