//! The report as JUnit XML: a suite per feature, a case per scenario.
//!
//! Unsupported scenarios are skipped, warnings are output, known failures are skipped with their reason. Whatever makes the run
//! fail without a failed scenario is a case of its own, so that no reader of the file sees green where the exit code is not 0.

use std::io::{self, Write};

use super::{Ended, Exit, RunReport, ScenarioReport};
use crate::observe::{Judgement, Verdict};

/// Writes the document.
///
/// # Errors
/// If the writer refuses.
pub fn write(report: &RunReport, mut to: impl Write) -> io::Result<()> {
    writeln!(to, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(to, r#"<testsuites name="crm-conformance">"#)?;
    let mut features: Vec<&str> = vec![];
    for scenario in &report.scenarios {
        if !features.contains(&scenario.feature.as_str()) {
            features.push(&scenario.feature);
        }
    }
    for feature in features {
        let cases = report
            .scenarios
            .iter()
            .filter(|scenario| scenario.feature == feature)
            .map(Case::of);
        suite(report, feature, &cases.collect::<Vec<_>>(), &mut to)?;
    }
    let whole = whole_run(report);
    if !whole.is_empty() {
        suite(report, "the run as a whole", &whole, &mut to)?;
    }
    writeln!(to, "</testsuites>")
}

/// In each suite, since the format has no place for them around all suites.
fn properties(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let digest = report.digest().unwrap_or_else(|| "none".to_owned());
    writeln!(
        to,
        r#"    <properties><property name="seed" value="{}"/><property name="complete" value="{}"/><property name="digest" value="{digest}"/></properties>"#,
        report.seed,
        report.complete(),
    )
}

struct Case {
    name: String,
    class: String,
    seconds: f64,
    /// `failure`, `error` or `skipped`, with what it says.
    result: Option<(&'static str, String)>,
    output: String,
    errors: String,
}

fn suite(report: &RunReport, name: &str, cases: &[Case], to: &mut impl Write) -> io::Result<()> {
    let count = |wanted| {
        cases
            .iter()
            .filter(|case| {
                case.result
                    .as_ref()
                    .is_some_and(|(kind, _)| *kind == wanted)
            })
            .count()
    };
    writeln!(
        to,
        r#"  <testsuite name="{}" tests="{}" failures="{}" errors="{}" skipped="{}">"#,
        escaped(name),
        cases.len(),
        count("failure"),
        count("error"),
        count("skipped")
    )?;
    properties(report, to)?;
    for case in cases {
        case.write(to)?;
    }
    writeln!(to, "  </testsuite>")
}

impl Case {
    fn of(scenario: &ScenarioReport) -> Self {
        let with = |wanted: Judgement| {
            let lines = scenario
                .verdicts
                .iter()
                .filter(|verdict| verdict.judgement == wanted)
                .map(line);
            lines.collect::<Vec<_>>().join("\n")
        };
        let ended = match &scenario.ended {
            Ended::Judged => String::new(),
            Ended::Unsupported { capability } => format!("not declared: {capability}"),
            Ended::NotRunHere { why } => format!("not run here: {why}"),
            Ended::SystemFailed { what }
            | Ended::FeatureError { what }
            | Ended::HarnessError { what } => what.clone(),
        };
        let said = |judgement| format!("{ended}\n{}", with(judgement)).trim().to_owned();
        let result = match scenario.worst() {
            Some(Judgement::Error) => Some(("error", said(Judgement::Error))),
            Some(Judgement::Failed) if scenario.known_failure => Some((
                "skipped",
                format!("known failure\n{}", said(Judgement::Failed)),
            )),
            Some(Judgement::Failed) => Some(("failure", said(Judgement::Failed))),
            Some(Judgement::Unsupported) => Some(("skipped", said(Judgement::Unsupported))),
            None if !ended.is_empty() => Some(("skipped", ended)),
            Some(Judgement::NotObservable) | None => {
                Some(("skipped", "no verdict: nothing was judged".to_owned()))
            }
            Some(Judgement::Passed | Judgement::Warning) => None,
        };
        Self {
            name: format!("{} ({})", scenario.name, scenario.location),
            class: scenario.feature.clone(),
            seconds: scenario.duration_ms as f64 / 1000.0,
            result,
            output: beside(
                [Judgement::Warning, Judgement::NotObservable]
                    .map(with)
                    .join("\n")
                    .trim(),
                &scenario.output.noise,
            ),
            errors: scenario.output.standard_error.join("\n"),
        }
    }

    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let Self {
            name,
            class,
            seconds,
            ..
        } = self;
        writeln!(
            to,
            r#"    <testcase name="{}" classname="{}" time="{seconds:.3}">"#,
            escaped(name),
            escaped(class)
        )?;
        if let Some((kind, said)) = &self.result {
            let first = said.lines().next().unwrap_or_default();
            writeln!(
                to,
                r#"      <{kind} message="{}">{}</{kind}>"#,
                escaped(first),
                escaped(said)
            )?;
        }
        if !self.output.is_empty() {
            writeln!(
                to,
                "      <system-out>{}</system-out>",
                escaped(&self.output)
            )?;
        }
        if !self.errors.is_empty() {
            writeln!(
                to,
                "      <system-err>{}</system-err>",
                escaped(&self.errors)
            )?;
        }
        writeln!(to, "    </testcase>")
    }
}

/// Warnings, and what the system under test wrote to its standard output beside its answers.
fn beside(warnings: &str, noise: &[String]) -> String {
    format!("{warnings}\n{}", noise.join("\n"))
        .trim()
        .to_owned()
}

fn line(verdict: &Verdict) -> String {
    let row = verdict.row.map(|row| format!("{row} ")).unwrap_or_default();
    let expected: Vec<_> = verdict.expected.iter().map(ToString::to_string).collect();
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
        expected.join(" or "),
        verdict.recorded
    )
}

/// One case per reason that is not to be seen in any scenario.
fn whole_run(report: &RunReport) -> Vec<Case> {
    let case = |name: &str, kind, said: String| Case {
        name: name.to_owned(),
        class: "crm-conformance".to_owned(),
        seconds: 0.0,
        result: Some((kind, said)),
        output: String::new(),
        errors: String::new(),
    };
    let mut cases: Vec<_> = report
        .feature_errors
        .iter()
        .map(|said| case("features", "error", said.clone()))
        .collect();
    cases.extend(
        report
            .harness_errors
            .iter()
            .map(|said| case("harness", "error", said.clone())),
    );
    cases.extend(report.missing_required().iter().map(|row| {
        case(
            "required rows",
            "failure",
            format!("{row} is required, and was not tried"),
        )
    }));
    let stale = report
        .scenarios
        .iter()
        .filter(|scenario| scenario.stale())
        .map(|scenario| &scenario.name);
    for name in stale.chain(&report.unmatched_known_failures) {
        cases.push(case(
            "known failures",
            "failure",
            format!("{name} is listed, and does not fail"),
        ));
    }
    cases.extend(
        report
            .stopped
            .iter()
            .map(|why| case("the end of the run", "error", why.to_string())),
    );
    cases.extend(report.not_run.iter().map(|scenario| {
        let name = format!("{} ({})", scenario.name, scenario.location);
        Case {
            class: scenario.feature.clone(),
            ..case(&name, "skipped", "not run".to_owned())
        }
    }));
    if report.exit() == Exit::NothingProved {
        cases.push(case(
            "evidence",
            "error",
            Exit::NothingProved.says().to_owned(),
        ));
    }
    cases
}

/// Text for XML 1.0, which cannot carry control characters even escaped.
fn escaped(text: &str) -> String {
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
