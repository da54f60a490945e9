//! Features that no file holds, run by the runner as any others.

use std::collections::HashMap;
use std::io;

use crate::report::{Ended, ScenarioReport, Stopped};
use crate::suite::diagnostic::Diagnostic;
use crate::suite::feature::{self, Scenario};
use crate::suite::run::{self, Options};

/// Something to run: a feature of one scenario, and what it is in a few words.
#[derive(Clone, Debug)]
pub struct Case {
    /// One line for people.
    pub words: String,
    /// The feature.
    pub source: feature::Source,
}

/// Why nothing can be explored.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The mocks did not start.
    #[error("could not start the mocks")]
    Mocks(#[from] io::Error),
    /// What was written is no feature: an error of this program.
    #[error("could not read the feature that was made: {0}")]
    Feature(String),
}

/// Cases at a time: each run has mocks of its own, and what it recorded is let go before the next.
const AT_ONCE: usize = 400;

/// Runs every case, and hands over each report in the order of the cases; panics of the harness outside any, too.
///
/// Where a run ends early, nothing more is run, and every case that is left is handed over as one that came to nothing: a case
/// that was not looked at must not count as one in which nothing was wrong. Where somebody has ended it, the report says so
/// itself, and the cases end with the first that has not.
pub(super) fn run_all(
    cases: impl IntoIterator<Item = Case>,
    options: &Options,
    mut on_done: impl FnMut(),
    mut report: impl FnMut(&Case, ScenarioReport),
) -> Result<Vec<String>, Trouble> {
    let mut errors = Vec::new();
    let mut stopped = None;
    let mut cases = cases.into_iter();
    loop {
        let batch: Vec<Case> = cases.by_ref().take(AT_ONCE).collect();
        if batch.is_empty() || options.stop.asked().is_some() {
            return Ok(errors);
        }
        let scenarios = batch.iter().map(scenario).collect::<Result<Vec<_>, _>>()?;
        let mut done = HashMap::new();
        if stopped.is_none() {
            let run = run::run(scenarios.clone(), options, |_| on_done())?;
            errors.extend(run.harness_errors);
            stopped = run.stopped;
            let placed = run.scenarios.into_iter();
            done.extend(placed.map(|report| (report.location.clone(), report)));
        }
        for (case, scenario) in batch.iter().zip(&scenarios) {
            let found = done.remove(&scenario.location());
            if found.is_none() && options.stop.asked().is_some() {
                return Ok(errors);
            }
            let found =
                found.unwrap_or_else(|| run::unjudged(scenario, left_out(stopped.as_ref())));
            report(case, found);
        }
    }
}

/// What a case came to that was not run.
fn left_out(stopped: Option<&Stopped>) -> Ended {
    let failed = |what: &str| Ended::SystemFailed {
        what: format!("not run: {what}"),
    };
    match stopped {
        Some(Stopped::NoHello { what }) => failed(what),
        Some(Stopped::Hangs { in_a_row }) => {
            failed(&format!("it hung in {in_a_row} cases one after the other"))
        }
        _ => Ended::HarnessError {
            what: "not run: the run has ended before its last case".to_owned(),
        },
    }
}

fn scenario(case: &Case) -> Result<Scenario, Trouble> {
    let wrong = |found: Vec<Diagnostic>| {
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        Trouble::Feature(found.join("\n"))
    };
    let mut scenarios = feature::parse(&case.source).map_err(wrong)?;
    match (scenarios.pop(), scenarios.is_empty()) {
        (Some(scenario), true) => Ok(scenario),
        _ => Err(Trouble::Feature(format!(
            "{} is not one scenario",
            case.source.path
        ))),
    }
}
