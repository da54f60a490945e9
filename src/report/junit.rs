//! The report as JUnit XML: a suite per feature, a case per scenario.
//!
//! Unsupported scenarios are skipped, warnings are output, known failures are skipped with their reason. Whatever makes the run
//! fail without a failed scenario is a case of its own, so that no reader of the file sees green where the exit code is not 0.
//!
//! Of a case GitLab shows `classname` as its suite, `name`, `file`, `time`, and the text of `failure` or `error`; it takes two
//! cases of one class and name for one. The actions that GitHub has for such files read `file`, `line`, `type` and `message`, too.

mod case;
mod whole_run;

use std::io::{self, Write};

use super::RunReport;
use case::{Case, Kind, escaped};

/// Writes the document.
///
/// # Errors
/// If the writer refuses.
pub fn write(report: &RunReport, mut to: impl Write) -> io::Result<()> {
    let suites = suites(report);
    let all: Vec<&Case> = suites.iter().flat_map(|(_, cases)| cases).collect();
    writeln!(to, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        to,
        r#"<testsuites name="crm-conformance" {}>"#,
        numbers(&all, false)
    )?;
    for (name, cases) in &suites {
        suite(report, name, cases, &mut to)?;
    }
    writeln!(to, "</testsuites>")
}

/// The features in their order, each with its scenarios, and after them what is wrong with none of these.
fn suites(report: &RunReport) -> Vec<(String, Vec<Case>)> {
    let mut suites: Vec<(String, Vec<Case>)> = Vec::new();
    let mut add = |name: &str, case: Case| match suites.iter_mut().find(|(known, _)| known == name)
    {
        Some((_, cases)) => cases.push(case),
        None => suites.push((name.to_owned(), vec![case])),
    };
    for scenario in &report.scenarios {
        add(&scenario.feature, Case::of(report, scenario));
    }
    for case in whole_run::cases(report) {
        add("the run as a whole", case);
    }
    suites
}

fn suite(report: &RunReport, name: &str, cases: &[Case], to: &mut impl Write) -> io::Result<()> {
    let all: Vec<&Case> = cases.iter().collect();
    writeln!(
        to,
        r#"  <testsuite name="{}" {}>"#,
        escaped(name),
        numbers(&all, true)
    )?;
    properties(report, to)?;
    cases.iter().try_for_each(|case| case.write(to))?;
    writeln!(to, "  </testsuite>")
}

/// The attributes that count. The element around all suites has no `skipped`.
fn numbers(cases: &[&Case], skipped: bool) -> String {
    let count = |wanted| cases.iter().filter(|case| case.is(wanted)).count();
    let skipped = match skipped {
        true => format!(r#" skipped="{}""#, count(Kind::Skipped)),
        false => String::new(),
    };
    format!(
        r#"tests="{}" failures="{}" errors="{}"{skipped} time="{:.3}""#,
        cases.len(),
        count(Kind::Failure),
        count(Kind::Error),
        cases.iter().map(|case| case.seconds).sum::<f64>()
    )
}

/// In each suite, since the format has no place for them around all suites.
fn properties(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let digest = report.digest().unwrap_or_else(|| "none".to_owned());
    let system = format!("{} {}", report.system.name, report.system.version);
    writeln!(to, "    <properties>")?;
    for (name, value) in [
        ("system", system),
        ("seed", report.seed.to_string()),
        ("edition", report.edition.to_string()),
        ("strict", report.strict.to_string()),
        ("complete", report.complete().to_string()),
        ("digest", digest),
    ] {
        let value = escaped(&value);
        writeln!(to, r#"      <property name="{name}" value="{value}"/>"#)?;
    }
    writeln!(to, "    </properties>")
}
