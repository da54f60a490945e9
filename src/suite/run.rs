//! The runner: scenarios on as many threads as asked for, each with a runtime of its own.
//!
//! Step functions give futures that stay on their thread, so a thread runs one scenario after another. Deadlines hold for
//! every step and every scenario; a thread whose step never yields is left behind and replaced.

mod scenario;
#[cfg(test)]
mod tests;
mod workers;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::feature::Scenario;
pub use super::harness::Connect;
use super::harness::Harness;
use super::vocabulary::vocabulary;
use super::{lint, panics};
use crate::observe::{Settings, judge_frame};
use crate::report::{Ended, RunReport, ScenarioReport, Selection, SystemUnderTest};
use crate::sync::Policy;

/// How to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// By which document, and how strictly.
    pub settings: Settings,
    /// What names, companies and ids are drawn from.
    pub seed: u64,
    /// How many scenarios at a time; at least 1.
    pub concurrency: usize,
    /// The system under test.
    pub connect: Connect,
    /// What was chosen to run.
    pub selection: Selection,
    /// A step that takes longer is taken for hanging.
    pub step_deadline: Duration,
    /// A scenario that takes longer is taken for hanging.
    pub scenario_deadline: Duration,
    /// How much longer a thread may take that can't be stopped, before it is given up.
    pub grace: Duration,
}

impl Options {
    /// As many threads as cores, the reference client, the newer document, not strict.
    pub fn new(seed: u64) -> Self {
        Self {
            settings: Settings::default(),
            seed,
            concurrency: std::thread::available_parallelism().map_or(1, usize::from),
            connect: Connect::reference(Policy::reference()),
            selection: Selection::default(),
            step_deadline: Duration::from_secs(20),
            scenario_deadline: Duration::from_secs(60),
            grace: Duration::from_secs(5),
        }
    }
}

/// Runs scenarios, and tells `on_done` of each as it ends.
///
/// # Errors
/// Where the mocks or a thread can't be started.
pub fn run(
    scenarios: Vec<Scenario>,
    options: &Options,
    mut on_done: impl FnMut(&ScenarioReport),
) -> io::Result<RunReport> {
    panics::watch();
    let harness = Harness::start(options.connect.clone(), options.seed)?;
    let system = harness.ask_who_is_there();
    let count = scenarios.len();
    let mut reports: Vec<Option<ScenarioReport>> = (0..count).map(|_| None).collect();
    let scenarios: Arc<[Scenario]> = scenarios.into();
    workers::run(&harness, &scenarios, options, |index, report| {
        on_done(&report);
        reports[index] = Some(report);
    })?;
    let mut report = RunReport {
        harness_version: env!("CARGO_PKG_VERSION").to_owned(),
        system: SystemUnderTest::default(),
        seed: options.seed,
        edition: options.settings.edition,
        strict: options.settings.strict,
        selection: options.selection,
        scenarios: reports.into_iter().flatten().collect(),
        harness_errors: panics::elsewhere(),
        ..RunReport::default()
    };
    report.harness_errors.extend(vocabulary().differences());
    match system {
        Ok(system) => report.system = system,
        Err(what) => report.harness_errors.push(what),
    }
    add_late_writes(&harness, &mut report);
    Ok(report)
}

/// Writes that came after their scenario had ended, told by their tokens.
fn add_late_writes(harness: &Harness, report: &mut RunReport) {
    for (location, write) in harness.late_writes() {
        let Some(scenario) = report
            .scenarios
            .iter_mut()
            .find(|scenario| scenario.location == location)
        else {
            continue;
        };
        let mut late = crate::observe::Observation::default();
        late.late_writes.push(write.clone());
        scenario.verdicts.extend(judge_frame(&late));
        if let Some(observation) = &mut scenario.observation {
            observation.late_writes.push(write);
        }
    }
}

/// A report on a scenario that has not got as far as a verdict.
fn unjudged(scenario: &Scenario, ended: Ended) -> ScenarioReport {
    ScenarioReport {
        feature: scenario.feature.clone(),
        name: scenario.name.clone(),
        location: scenario.location(),
        rows: lint::rows_of(scenario),
        duration_ms: 0,
        ended,
        known_failure: false,
        verdicts: Vec::new(),
        observation: None,
    }
}
