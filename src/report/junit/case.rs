//! One case: a scenario, with what is wrong in it.

use std::io::{self, Write};

use crate::observe::{Judgement, Verdict};
use crate::report::failure::{self, INDENT};
use crate::report::{Ended, RunReport, ScenarioReport};

/// Columns of a failure's lines.
const WIDTH: usize = 100;

/// What a case came to, unless it passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Failure,
    Error,
    Skipped,
}

pub(super) struct Case {
    pub(super) name: String,
    pub(super) class: String,
    /// File and line.
    pub(super) place: Option<(String, String)>,
    pub(super) seconds: f64,
    pub(super) result: Option<Outcome>,
    /// What is worth knowing of a case that passed, and what the system under test wrote beside its answers.
    pub(super) output: String,
    /// What it wrote on its standard error.
    pub(super) errors: String,
}

pub(super) struct Outcome {
    pub(super) kind: Kind,
    /// A word for readers that group by it: the rows that are broken, or what went wrong.
    pub(super) sort: String,
    /// One line.
    pub(super) message: String,
    /// All of it.
    pub(super) text: String,
}

impl Case {
    pub(super) fn of(report: &RunReport, scenario: &ScenarioReport) -> Self {
        let (file, line) = match scenario.location.rsplit_once(':') {
            Some((file, line)) => (file, line),
            None => (scenario.location.as_str(), ""),
        };
        Self {
            name: format!("{} ({})", scenario.name, scenario.location),
            class: scenario.feature.clone(),
            place: Some((file.to_owned(), line.to_owned())),
            seconds: seconds(scenario.duration_ms),
            result: outcome(report, scenario),
            output: beside(report, scenario).join("\n"),
            errors: scenario.output.standard_error.join("\n"),
        }
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        let result = self.result.as_ref();
        result.is_some_and(|result| result.kind == kind)
    }

    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let place = self.place.as_ref().map(|(file, line)| {
            let line = match line.is_empty() {
                true => String::new(),
                false => format!(r#" line="{}""#, escaped(line)),
            };
            format!(r#" file="{}"{line}"#, escaped(file))
        });
        writeln!(
            to,
            r#"    <testcase name="{}" classname="{}"{} time="{:.3}">"#,
            escaped(&self.name),
            escaped(&self.class),
            place.unwrap_or_default(),
            self.seconds
        )?;
        if let Some(result) = &self.result {
            result.write(to)?;
        }
        if !self.output.is_empty() {
            let output = escaped(&self.output);
            writeln!(to, "      <system-out>{output}</system-out>")?;
        }
        if !self.errors.is_empty() {
            let errors = escaped(&self.errors);
            writeln!(to, "      <system-err>{errors}</system-err>")?;
        }
        writeln!(to, "    </testcase>")
    }
}

impl Outcome {
    pub(super) fn new(kind: Kind, sort: &str, said: impl Into<String>) -> Self {
        let text = said.into();
        Self {
            kind,
            sort: sort.to_owned(),
            message: text.lines().next().unwrap_or_default().to_owned(),
            text,
        }
    }

    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let (element, sort) = match self.kind {
            Kind::Failure => ("failure", Some(&self.sort)),
            Kind::Error => ("error", Some(&self.sort)),
            Kind::Skipped => ("skipped", None),
        };
        let sort = sort.map(|sort| format!(r#" type="{}""#, escaped(sort)));
        writeln!(
            to,
            r#"      <{element} message="{}"{}>{}</{element}>"#,
            escaped(&self.message),
            sort.unwrap_or_default(),
            escaped(&self.text)
        )
    }
}

fn outcome(report: &RunReport, scenario: &ScenarioReport) -> Option<Outcome> {
    let ended = match &scenario.ended {
        Ended::Judged => None,
        Ended::Unsupported { capability } => {
            let said = format!("not declared: {capability}");
            return Some(Outcome::new(Kind::Skipped, "unsupported", said));
        }
        Ended::NotRunHere { why } => {
            let said = format!("not run here: {why}");
            return Some(Outcome::new(Kind::Skipped, "not run here", said));
        }
        Ended::SystemFailed { what } => Some(("system under test", what)),
        Ended::FeatureError { what } => Some(("feature", what)),
        Ended::HarnessError { what } => Some(("harness", what)),
    };
    let worst = scenario.worst();
    let kind = match worst {
        Some(Judgement::NotObservable) | None => {
            let said = "no verdict: nothing was judged";
            return Some(Outcome::new(Kind::Skipped, "no verdict", said));
        }
        Some(Judgement::Passed | Judgement::Warning) => return None,
        Some(Judgement::Error) => Kind::Error,
        Some(Judgement::Failed) if report.fails_as_known(scenario) => {
            let said = known(report, scenario).join("\n");
            return Some(Outcome::new(Kind::Skipped, "known failure", said));
        }
        Some(Judgement::Failed) => Kind::Failure,
        Some(Judgement::Unsupported) => Kind::Skipped,
    };
    let wrong = |verdict: &&Verdict| {
        Some(verdict.judgement) == worst && report.known(scenario, verdict).is_none()
    };
    let found: Vec<&Verdict> = scenario.verdicts.iter().filter(wrong).collect();
    let told: Vec<String> = found
        .iter()
        .map(|verdict| in_full(report, scenario, verdict))
        .collect();
    let message = match (ended, found.first()) {
        (Some((_, what)), _) => what.clone(),
        (None, Some(first)) => line(first),
        (None, None) => String::new(),
    };
    let mut sorts: Vec<String> = found.iter().map(|verdict| sort(verdict)).collect();
    sorts.dedup();
    Some(Outcome {
        kind,
        sort: ended.map_or_else(|| sorts.join(" "), |(sort, _)| sort.to_owned()),
        text: match ended {
            Some((_, what)) => [vec![what.clone()], told].concat().join("\n\n"),
            None => told.join("\n\n"),
        },
        message,
    })
}

fn sort(verdict: &Verdict) -> String {
    match verdict.row {
        Some(row) => row.to_string(),
        None => verdict.field.to_string(),
    }
}

fn in_full(report: &RunReport, scenario: &ScenarioReport, verdict: &Verdict) -> String {
    let told = failure::tell(report, scenario, verdict, WIDTH);
    let lines = told.lines.iter();
    let lines =
        lines.map(|line| format!("  {:<width$}{}", line.label, line.text, width = INDENT - 2));
    let title = format!("{} {}", verdict.judgement, told.title);
    [vec![title], lines.collect()].concat().join("\n")
}

/// A line for each failure that is listed, with what the list says of it.
fn known(report: &RunReport, scenario: &ScenarioReport) -> Vec<String> {
    let listed = |verdict: &Verdict| {
        let entry = report.known(scenario, verdict)?;
        let (reason, link, until) = (&entry.reason, &entry.link, entry.expires);
        let failure = line(verdict);
        Some(format!(
            "known failure until {until}: {reason} ({link}): {failure}"
        ))
    };
    scenario.verdicts.iter().filter_map(listed).collect()
}

/// Failures that are listed beside others that are not, warnings, what can't be observed, and lines of the system under test that are
/// no answers.
fn beside(report: &RunReport, scenario: &ScenarioReport) -> Vec<String> {
    // Where all failures are listed, the result says so already.
    let listed = match report.fails_as_known(scenario) {
        true => Vec::new(),
        false => known(report, scenario),
    };
    let told = [Judgement::Warning, Judgement::NotObservable];
    let verdicts = scenario.verdicts.iter();
    let verdicts = verdicts.filter(|verdict| told.contains(&verdict.judgement));
    let noise = scenario.output.noise.iter().cloned();
    let told = verdicts.map(line).chain(noise);
    listed.into_iter().chain(told).collect()
}

/// A verdict in one line.
fn line(verdict: &Verdict) -> String {
    let row = verdict.row.map(|row| format!("{row} ")).unwrap_or_default();
    let cause = verdict
        .cause
        .as_ref()
        .map(|cause| format!("; {cause}"))
        .unwrap_or_default();
    let record = if verdict.subject.is_empty() {
        String::new()
    } else {
        format!(" of {}", verdict.subject)
    };
    format!(
        "{row}{}{record}: expected {}, recorded {}{cause}",
        verdict.what(),
        failure::expected(verdict),
        verdict.recorded
    )
}

fn seconds(milliseconds: u64) -> f64 {
    std::time::Duration::from_millis(milliseconds).as_secs_f64()
}

/// Text for XML 1.0, which cannot carry control characters even escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            control if control.is_control() || matches!(control, '\u{FFFE}' | '\u{FFFF}') => {
                out.push('\u{FFFD}')
            }
            other => out.push(other),
        }
    }
    out
}
