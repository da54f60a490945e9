use std::io::{self, Write};

use super::style::{self, BOLD, DIM, RESET};
use crate::observe::{Judgement, Verdict};
use crate::report::{RunReport, ScenarioReport};
use crate::rules;

/// At most so many sentences are printed in full; the ids of all stand before them.
const SENTENCES: usize = 4;

/// Failures and errors with their evidence, at most 25 lines each; then the warnings and the advice, a line each.
pub(super) fn write_all(report: &RunReport, width: usize, to: &mut impl Write) -> io::Result<()> {
    let of = |wanted: &'static [Judgement]| {
        report
            .verdicts()
            .filter(move |(_, v)| wanted.contains(&v.judgement))
    };
    for (scenario, verdict) in of(&[Judgement::Failed, Judgement::Error]) {
        one(report, scenario, verdict, width, to)?;
    }
    warnings(&of(&[Judgement::Warning]).collect::<Vec<_>>(), to)
}

/// What is only inferred counts under `--strict`; advice never does.
fn warnings(all: &[(&ScenarioReport, &Verdict)], to: &mut impl Write) -> io::Result<()> {
    let (inferred, advice): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|(_, verdict)| verdict.level == Some(rules::Status::Inferred));
    for (heading, under_strict, listed) in [
        ("Warnings", "failures under --strict", inferred),
        ("Advice", "never a failure", advice),
    ] {
        if !listed.is_empty() {
            writeln!(to, "\n{BOLD}{heading}{RESET} {DIM}({under_strict}){RESET}")?;
        }
        for (scenario, verdict) in listed {
            let (title, expected) = (title(verdict), expected(verdict));
            writeln!(
                to,
                "  {title}: expected {expected}, recorded {} {DIM}({}){RESET}",
                verdict.recorded, scenario.location
            )?;
        }
    }
    Ok(())
}

fn one(
    report: &RunReport,
    scenario: &ScenarioReport,
    verdict: &Verdict,
    width: usize,
    to: &mut impl Write,
) -> io::Result<()> {
    let color = style::of(verdict.judgement);
    let known = if scenario.known_failure {
        " (known)"
    } else {
        ""
    };
    writeln!(
        to,
        "\n{color}{}{RESET}{known} {BOLD}{}{RESET}",
        verdict.judgement,
        title(verdict)
    )?;
    if let Some(row) = verdict.row.and_then(rules::row) {
        field("rule", row.title, to)?;
    }
    sentences(verdict, width, to)?;
    field(
        "scenario",
        &format!("{} ({})", scenario.name, scenario.location),
        to,
    )?;
    field("record", &record(verdict), to)?;
    field("expected", &expected(verdict), to)?;
    field("recorded", &verdict.recorded.to_string(), to)?;
    let request = verdict
        .blamed
        .as_ref()
        .map(|blame| format!("{blame} [{}]", blame.request));
    field(
        "request",
        request.as_deref().unwrap_or("none that wrote this record"),
        to,
    )?;
    field(
        "cause",
        verdict.cause.as_ref().map_or("", |cause| &cause.text),
        to,
    )?;
    field("again", &again(report, scenario, verdict), to)
}

fn title(verdict: &Verdict) -> String {
    match verdict.row {
        Some(row) if row.invariant() => row.to_string(),
        Some(row) => format!("{row} {}", verdict.field),
        None => verdict.what(),
    }
}

fn field(name: &str, text: &str, to: &mut impl Write) -> io::Result<()> {
    if text.is_empty() {
        Ok(())
    } else {
        writeln!(to, "  {DIM}{name:<10}{RESET}{text}")
    }
}

fn sentences(verdict: &Verdict, width: usize, to: &mut impl Write) -> io::Result<()> {
    let ids: Vec<_> = verdict.sentences.iter().map(ToString::to_string).collect();
    let level = verdict.level.map(|level| level.to_string());
    let said = [level, (!ids.is_empty()).then(|| ids.join(" "))];
    field(
        "grounds",
        &said.into_iter().flatten().collect::<Vec<_>>().join(": "),
        to,
    )?;
    let known = verdict
        .sentences
        .iter()
        .filter_map(|id| rules::sentence(*id));
    for sentence in known.take(SENTENCES) {
        let text = format!("{:<4}{}", sentence.id, sentence.paraphrase);
        let lines = wrapped(&text, width.saturating_sub(12));
        lines.iter().try_for_each(|line| field("", line, to))?;
    }
    Ok(())
}

/// Lines of at most so many letters, cut between words; all but the first indented under the sentence's id.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, "   ".to_owned()));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

fn record(verdict: &Verdict) -> String {
    match verdict.crm {
        // Where a person has the record in both CRMs, its name says which one is meant.
        Some(crm) if verdict.subject.ends_with(&format!("in {crm}")) => verdict.subject.clone(),
        Some(crm) if !verdict.subject.is_empty() => format!("{}, in {crm}", verdict.subject),
        Some(crm) => format!("in {crm}"),
        None => verdict.subject.clone(),
    }
}

fn expected(verdict: &Verdict) -> String {
    let mut shown: Vec<_> = verdict.expected.iter().map(ToString::to_string).collect();
    shown.dedup();
    shown.join(" or ")
}

/// A command that runs just this again. A row has a tag only in the scenarios that are about it, so an invariant is run by name.
fn again(report: &RunReport, scenario: &ScenarioReport, verdict: &Verdict) -> String {
    let what = match verdict.row.filter(|row| scenario.rows.contains(row)) {
        Some(row) => format!("--tags @{row}"),
        None => format!("--name {}", quoted(&scenario.name)),
    };
    let strict = if report.strict { " --strict" } else { "" };
    let edition = if report.edition == rules::Edition::Older {
        " --edition older"
    } else {
        ""
    };
    let arguments: String = report
        .arguments
        .iter()
        .map(|argument| format!(" {}", shell_word(argument)))
        .collect();
    format!(
        "crm-conformance run{arguments} {what}{strict}{edition} --random-seed {}",
        report.seed
    )
}

/// As it is, where a shell leaves it alone.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// For a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
