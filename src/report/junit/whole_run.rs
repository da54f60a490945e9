//! One case per reason for red that is not to be seen in any scenario.

use super::case::{Case, Kind, Outcome};
use crate::report::{Exit, NotRun, RunReport};

pub(super) fn cases(report: &RunReport) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut add = |name: &str, kind, said: String| {
        // Readers take two cases of one name for one.
        let same = cases
            .iter()
            .filter(|case| case.class == CLASS && numbered(&case.name, name));
        let name = match same.count() {
            0 => name.to_owned(),
            count => format!("{name}, number {}", count + 1),
        };
        cases.push(case(name, Outcome::new(kind, CLASS, said)));
    };
    for said in &report.feature_errors {
        add("features", Kind::Error, said.clone());
    }
    for said in &report.harness_errors {
        add("harness", Kind::Error, said.clone());
    }
    for row in report.missing_required() {
        let said = format!("{row} is required, and was not tried");
        add("required rows", Kind::Failure, said);
    }
    for said in report.stale_lines() {
        add("known failures", Kind::Failure, said);
    }
    if let Some(why) = &report.stopped {
        add("the end of the run", Kind::Error, why.to_string());
    }
    if report.exit() == Exit::NothingProved {
        add(
            "evidence",
            Kind::Error,
            Exit::NothingProved.says().to_owned(),
        );
    }
    cases.extend(report.not_run.iter().map(not_run));
    cases
}

/// The class of a case that is no scenario.
const CLASS: &str = "crm-conformance";

fn numbered(known: &str, name: &str) -> bool {
    known == name || known.starts_with(&format!("{name}, number "))
}

fn case(name: String, outcome: Outcome) -> Case {
    Case {
        name,
        class: CLASS.to_owned(),
        place: None,
        seconds: 0.0,
        result: Some(outcome),
        output: String::new(),
        errors: String::new(),
    }
}

fn not_run(scenario: &NotRun) -> Case {
    let name = format!("{} ({})", scenario.name, scenario.location);
    Case {
        class: scenario.feature.clone(),
        ..case(name, Outcome::new(Kind::Skipped, "not run", "not run"))
    }
}
