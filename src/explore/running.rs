//! Features that no file holds, run by the runner as any others.

use std::io;

use crate::report::ScenarioReport;
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
pub(super) fn run_all(
    cases: impl IntoIterator<Item = Case>,
    options: &Options,
    mut on_done: impl FnMut(),
    mut report: impl FnMut(&Case, ScenarioReport),
) -> Result<Vec<String>, Trouble> {
    let mut errors = Vec::new();
    let mut cases = cases.into_iter();
    loop {
        let batch: Vec<Case> = cases.by_ref().take(AT_ONCE).collect();
        if batch.is_empty() {
            return Ok(errors);
        }
        let scenarios = batch.iter().map(scenario).collect::<Result<Vec<_>, _>>()?;
        let run = run::run(scenarios, options, |_| on_done())?;
        errors.extend(run.harness_errors);
        for (case, scenario) in batch.iter().zip(run.scenarios) {
            report(case, scenario);
        }
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
