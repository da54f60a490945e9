//! The runner: scenarios on as many threads as asked for, each with a runtime of its own.
//!
//! Step functions give futures that stay on their thread, so a thread runs one scenario after another. Deadlines hold for
//! every step and every scenario; a thread whose step never yields is left behind and replaced.

mod hello;
mod scenario;
mod stop;
mod swept;
#[cfg(test)]
mod tests;
mod workers;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::feature::Scenario;
use super::harness::Harness;
pub use super::harness::{Connect, Mocks};
use super::lint;
use super::vocabulary::vocabulary;
use crate::live::Live;
use crate::observe::{Settings, judge_frame};
use crate::report::{
    Ended, KnownFailures, NotRun, RunReport, ScenarioReport, Selection, Stopped, SystemOutput,
};
use crate::rules::RowId;
use crate::sync::Policy;
use hello::{NoHello, ask_who_is_there};
pub use stop::Stop;

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
    /// How the mocks are set up.
    pub mocks: Mocks,
    /// Whether the team is the same in every scenario, for a product in which a person has to put it together.
    pub same_team: bool,
    /// What was chosen to run.
    pub selection: Selection,
    /// What the command line said of features and system, for the report.
    pub arguments: Vec<String>,
    /// Rows that must not be unsupported.
    pub required: Vec<RowId>,
    /// What is known to fail.
    pub known_failures: Option<KnownFailures>,
    /// A step that takes longer is taken for hanging.
    pub step_deadline: Duration,
    /// A scenario that takes longer is taken for hanging.
    pub scenario_deadline: Duration,
    /// How much longer a thread may take that can't be stopped, before it is given up.
    pub grace: Duration,
    /// So many scenarios that hang one after the other end the run: each costs a deadline, and the next would, too.
    pub most_hangs: usize,
    /// Whether the first failure ends the run.
    pub fail_fast: bool,
    /// Ends the run from outside.
    pub stop: Stop,
    /// Live CRMs to observe in the mocks' place.
    pub live: Option<Arc<Live>>,
}

impl Options {
    /// How long a system under test may take from its start to its first word, before a scenario: as long as three steps.
    fn start_deadline(&self) -> Duration {
        self.step_deadline.saturating_mul(3)
    }

    /// As many threads as cores, the reference client, the newer document, not strict.
    pub fn new(seed: u64) -> Self {
        Self {
            settings: Settings::default(),
            seed,
            concurrency: std::thread::available_parallelism().map_or(1, usize::from),
            connect: Connect::reference(Policy::reference()),
            mocks: Mocks::default(),
            same_team: false,
            selection: Selection::default(),
            arguments: Vec::new(),
            required: Vec::new(),
            known_failures: None,
            step_deadline: Duration::from_secs(20),
            scenario_deadline: Duration::from_secs(60),
            grace: Duration::from_secs(5),
            most_hangs: 3,
            fail_fast: false,
            stop: Stop::default(),
            live: None,
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
    on_done: impl FnMut(&ScenarioReport),
) -> io::Result<RunReport> {
    let (mocks, live) = (options.mocks.clone(), options.live.clone());
    let harness = Harness::start(options.connect.clone(), options.seed, mocks, live)?;
    run_on(&harness, scenarios, options, on_done)
}

fn run_on(
    harness: &Arc<Harness>,
    scenarios: Vec<Scenario>,
    options: &Options,
    mut on_done: impl FnMut(&ScenarioReport),
) -> io::Result<RunReport> {
    let _last = AtLast(harness);
    let mut report = empty(options);
    let mut reports: Vec<Option<ScenarioReport>> = scenarios.iter().map(|_| None).collect();
    let scenarios: Arc<[Scenario]> = scenarios.into();
    match ask_who_is_there(harness, options.step_deadline, options.grace, &options.stop) {
        Ok(system) => {
            harness.introduced(&system.capabilities);
            report.system = system;
            report.stopped = workers::run(harness, &scenarios, options, |index, report| {
                on_done(&report);
                reports[index] = Some(report);
            })?;
        }
        Err(NoHello::System(what)) => report.stopped = Some(Stopped::NoHello { what }),
        Err(NoHello::Interrupted(signal)) => report.stopped = Some(Stopped::Interrupted { signal }),
        Err(NoHello::Nobody(what)) => {
            report.feature_errors.push(format!("--sut: {what}"));
            report.stopped = Some(Stopped::NoHello { what });
        }
        Err(NoHello::Harness(what)) => {
            report.harness_errors.push(what.clone());
            report.stopped = Some(Stopped::NoHello { what });
        }
    }
    harness.end(options.grace);
    report.harness_errors.extend(swept::leftovers(options));
    report.warnings = harness.warnings();
    gather(&scenarios, reports, &mut report);
    let panics = harness.panics.take();
    report
        .harness_errors
        .extend(panics.iter().map(|panic| format!("it panicked: {panic}")));
    add_late_writes(harness, &mut report);
    Ok(report)
}

/// Nothing that was started is left behind, also where something panics.
struct AtLast<'a>(&'a Harness);

impl Drop for AtLast<'_> {
    fn drop(&mut self) {
        self.0.end(Duration::ZERO);
    }
}

fn empty(options: &Options) -> RunReport {
    RunReport {
        harness_version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: options.seed,
        edition: options.settings.edition,
        strict: options.settings.strict,
        selection: options.selection.clone(),
        arguments: options.arguments.clone(),
        required: options.required.clone(),
        known_failures: options.known_failures.clone(),
        harness_errors: vocabulary().differences(),
        ..RunReport::default()
    }
}

/// In the order of the features. A scenario without a report is told as not run; if the run did not stop, that's our fault.
fn gather(scenarios: &[Scenario], reports: Vec<Option<ScenarioReport>>, into: &mut RunReport) {
    for (scenario, report) in scenarios.iter().zip(reports) {
        match report {
            Some(report) => into.scenarios.push(report),
            None => {
                into.not_run.push(not_run(scenario));
                if into.stopped.is_none() {
                    into.harness_errors.push(format!(
                        "the report of a scenario was lost: {} ({})",
                        scenario.name,
                        scenario.location()
                    ));
                }
            }
        }
    }
}

/// A scenario that is listed, and no more.
pub fn not_run(scenario: &Scenario) -> NotRun {
    NotRun {
        feature: scenario.feature.clone(),
        name: scenario.name.clone(),
        location: scenario.location(),
    }
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
pub(crate) fn unjudged(scenario: &Scenario, ended: Ended) -> ScenarioReport {
    ScenarioReport {
        feature: scenario.feature.clone(),
        name: scenario.name.clone(),
        location: scenario.location(),
        rows: lint::rows_of(scenario),
        duration_ms: 0,
        ended,
        verdicts: Vec::new(),
        observation: None,
        output: SystemOutput::default(),
    }
}
