//! A failure told in at most 25 lines, however wide they are. Every format for people takes its words from here.

use super::again::again;
use super::{RunReport, ScenarioReport};
use crate::observe::{Judgement, Verdict};
use crate::rules;

/// A failure has no more lines.
pub const MOST_LINES: usize = 25;

/// Columns before the text of a line.
pub const INDENT: usize = 12;

/// A failure, as every report for people tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// `R05 Owner`.
    pub title: String,
    /// What follows.
    pub lines: Vec<Line>,
}

/// A line: what it is about, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `expected`; empty where a text goes on.
    pub label: &'static str,
    /// The text, no wider than asked for, except for the command: that is one line wherever it is copied from.
    pub text: String,
}

/// Tells a verdict in lines of at most `width` columns. Sentences give way where there is too much to say.
pub fn tell(
    report: &RunReport,
    scenario: &ScenarioReport,
    verdict: &Verdict,
    width: usize,
) -> Told {
    let room = width.saturating_sub(INDENT).max(20);
    let rule = verdict.row.and_then(rules::row).map(|row| row.title);
    let mut before = lines("rule", rule.unwrap_or_default(), room);
    before.extend(lines("grounds", &grounds(verdict), room));
    let request = verdict
        .blamed
        .as_ref()
        .map(|blame| format!("{blame} [{}]", blame.request));
    let request = request.unwrap_or_else(|| "none that wrote this record".to_owned());
    let cause = verdict.cause.as_ref().map(ToString::to_string);
    let place = format!("{} ({})", scenario.name, scenario.location);
    let parts = [
        ("scenario", place),
        ("record", record(verdict)),
        ("expected", expected(verdict)),
        ("recorded", verdict.recorded.to_string()),
        ("request", request),
        ("cause", cause.unwrap_or_default()),
    ];
    let mut after: Vec<Line> = parts
        .iter()
        .flat_map(|(label, text)| lines(label, text, room))
        .collect();
    let command = again(report, scenario);
    let command_lines = (INDENT + command.chars().count()).div_ceil(width.max(1));
    after.push(Line {
        label: "again",
        text: command,
    });
    // The title is a line, too, and the command takes as many as the terminal makes of it.
    let taken = before.len() + after.len() + command_lines;
    let sentences = sentences(verdict, room, MOST_LINES.saturating_sub(taken));
    Told {
        title: title(verdict),
        lines: [before, sentences, after].concat(),
    }
}

/// Lines that the longest failure of a run takes, with its title, in a terminal so wide.
pub fn longest(report: &RunReport, width: usize) -> usize {
    let wrong =
        |verdict: &Verdict| matches!(verdict.judgement, Judgement::Failed | Judgement::Error);
    let failed = report.verdicts().filter(|(_, verdict)| wrong(verdict));
    let lines = failed.map(|(scenario, verdict)| {
        let told = tell(report, scenario, verdict, width);
        let taken = |line: &Line| (INDENT + line.text.chars().count()).div_ceil(width.max(1));
        1 + told.lines.iter().map(taken).sum::<usize>()
    });
    lines.max().unwrap_or_default()
}

/// What is judged, in a few words.
pub fn title(verdict: &Verdict) -> String {
    match verdict.row {
        Some(row) if row.invariant() => row.to_string(),
        Some(row) => format!("{row} {}", verdict.field),
        None => verdict.what(),
    }
}

/// Everything that was accepted.
pub fn expected(verdict: &Verdict) -> String {
    let mut shown: Vec<_> = verdict.expected.iter().map(ToString::to_string).collect();
    shown.dedup();
    shown.join(" or ")
}

/// Which record it is about, and where.
pub fn record(verdict: &Verdict) -> String {
    match verdict.crm {
        // Where a person has the record in both CRMs, its name says which one is meant.
        Some(crm) if verdict.subject.ends_with(&format!("in {crm}")) => verdict.subject.clone(),
        Some(crm) if !verdict.subject.is_empty() => format!("{}, in {crm}", verdict.subject),
        Some(crm) => format!("in {crm}"),
        None => verdict.subject.clone(),
    }
}

fn grounds(verdict: &Verdict) -> String {
    let ids: Vec<_> = verdict.sentences.iter().map(ToString::to_string).collect();
    let level = verdict.level.map(|level| level.to_string());
    let said = [level, (!ids.is_empty()).then(|| ids.join(" "))];
    said.into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// The sentences in full, as many as there is room for; the ids of all stand before them.
fn sentences(verdict: &Verdict, room: usize, most: usize) -> Vec<Line> {
    let ids = verdict.sentences.iter();
    let mut found: Vec<Line> = Vec::new();
    for sentence in ids.filter_map(|id| rules::sentence(*id)) {
        let text = format!("{:<4}{}", sentence.id, sentence.paraphrase);
        let more = wrapped(&text, room, "    ");
        if found.len() + more.len() > most {
            break;
        }
        found.extend(more.into_iter().map(|text| Line { label: "", text }));
    }
    found
}

fn lines(label: &'static str, text: &str, room: usize) -> Vec<Line> {
    let texts = wrapped(text, room, "").into_iter().enumerate();
    texts
        .filter(|(_, text)| !text.is_empty())
        .map(|(at, text)| Line {
            label: if at == 0 { label } else { "" },
            text,
        })
        .collect()
}

/// Lines of at most so many letters, cut between words and within one that is longer; all but the first begin with `indent`.
pub fn wrapped(text: &str, width: usize, indent: &str) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    let mut empty = true;
    for word in text.split(' ') {
        let mut rest: Vec<char> = word.chars().collect();
        let room = width.saturating_sub(line.chars().count() + usize::from(!empty));
        if !empty && rest.len() > room {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            empty = true;
        }
        while rest.len() > width.saturating_sub(line.chars().count()).max(1) && empty {
            let room = width.saturating_sub(line.chars().count()).max(1);
            line.extend(rest.drain(..room));
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
        }
        if !empty {
            line.push(' ');
        }
        line.extend(rest);
        empty = false;
    }
    lines.push(line);
    lines
}
