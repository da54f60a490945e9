//! One scenario, from a new org and portal to its report.

mod stopped;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cucumber::gherkin::StepType;
use futures::FutureExt;
use tokio::time::timeout;

use super::workers::Desk;
use super::{Options, unjudged};
use crate::report::{Ended, ScenarioReport, SystemOutput};
use crate::suite::feature::{Scenario, Step};
use crate::suite::harness::Harness;
use crate::suite::lint;
use crate::suite::vocabulary::vocabulary;
use crate::suite::world::{Problem, Seeds, World};
use crate::sut::Heard;
use stopped::Stopped;

/// What a scenario came to.
pub(super) struct Outcome {
    pub(super) report: ScenarioReport,
    /// Whether the system under test did not answer in time.
    pub(super) hung: bool,
    /// Whether it was left off in the middle, to begin again another time.
    pub(super) left: bool,
}

impl From<ScenarioReport> for Outcome {
    fn from(report: ScenarioReport) -> Self {
        Self {
            report,
            hung: false,
            left: false,
        }
    }
}

/// Runs a scenario on this thread. Whatever panics meanwhile, there is a report.
pub(super) fn run(
    harness: &Arc<Harness>,
    scenario: &Scenario,
    options: &Options,
    desk: &Desk,
) -> Outcome {
    let started = Instant::now();
    let listening = harness.panics.scenario();
    let threads = listening.threads();
    let done = catch_unwind(AssertUnwindSafe(|| {
        on_this_thread(harness, scenario, options, desk, threads)
    }));
    // The hook has kept what it said.
    let mut outcome =
        done.unwrap_or_else(|_| broken(scenario, "the scenario panicked".to_owned()).into());
    let known = harness.mock.server.panics();
    let of_another_request = |message: &str| known.iter().any(|panic| panic.message == message);
    let panics: Vec<String> = listening
        .end()
        .into_iter()
        .filter(|panic| !(panic.in_mock && of_another_request(&panic.message)))
        .map(|panic| panic.to_string())
        .collect();
    if !panics.is_empty() {
        outcome.report.ended = Ended::HarnessError {
            what: format!("it panicked: {}", panics.join("; ")),
        };
    }
    outcome.report.duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    outcome
}

fn on_this_thread(
    harness: &Arc<Harness>,
    scenario: &Scenario,
    options: &Options,
    desk: &Desk,
    threads: String,
) -> Outcome {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .thread_name(threads)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return broken(scenario, format!("there is no runtime: {error}")).into(),
    };
    let local = tokio::task::LocalSet::new();
    let outcome = local.block_on(&runtime, through(harness, scenario, options, desk));
    // Before panics are counted: tasks that a step has left behind end here, those on threads of their own included.
    drop(local);
    runtime.shutdown_timeout(options.grace);
    outcome
}

async fn through(
    harness: &Arc<Harness>,
    scenario: &Scenario,
    options: &Options,
    desk: &Desk,
) -> Outcome {
    let seed = seed_of(options.seed, scenario);
    let seeds = Seeds {
        team: if options.same_team {
            options.seed
        } else {
            seed
        },
        scenario: seed,
    };
    let rows = lint::rows_of(scenario);
    let mut world = match World::new(harness, &scenario.location(), rows, seeds) {
        Ok(world) => world,
        Err(problem) => return unjudged(scenario, ended(scenario, None, problem)).into(),
    };
    let done = match meet(&mut world, options).await {
        Ok(()) => within_deadline(&mut world, scenario, options, desk).await,
        stopped => stopped,
    };
    // What a step has left behind and is ready to go on gets its turn before anything is judged.
    tokio::task::yield_now().await;
    let seen = match done {
        Ok(()) => world
            .look_again()
            .await
            .map_err(|problem| Stopped::Problem {
                line: None,
                problem,
            }),
        stopped => stopped,
    };
    let mut outcome = match seen {
        Err(stopped) => Outcome {
            left: options.stop.left_off(),
            ..stopped.outcome(scenario)
        },
        Ok(()) => judged(&world, scenario, options).into(),
    };
    world.clean_up().await;
    outcome.report.output = output(world.heard());
    for panic in world.close() {
        outcome.report.ended = Ended::HarnessError { what: panic };
    }
    outcome
}

fn output(heard: Heard) -> SystemOutput {
    SystemOutput {
        standard_error: heard.standard_error,
        noise: heard.noise,
        left_out: heard.left_out,
    }
}

/// A system that has to be started first takes its time, and a step that hangs is something else.
async fn meet(world: &mut World, options: &Options) -> Result<(), Stopped> {
    let deadline = options.start_deadline();
    let met = timeout(deadline, world.meet()).await;
    let problem = match met {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(problem)) => problem,
        Err(_) => {
            return Err(Stopped::NotUp {
                took: seconds(deadline),
            });
        }
    };
    Err(Stopped::Problem {
        line: None,
        problem,
    })
}

async fn within_deadline(
    world: &mut World,
    scenario: &Scenario,
    options: &Options,
    desk: &Desk,
) -> Result<(), Stopped> {
    let all = steps(world, scenario, options, desk);
    let hung = |_| {
        Err(Stopped::Hung {
            line: desk.line(),
            took: seconds(options.scenario_deadline),
        })
    };
    timeout(options.scenario_deadline, all)
        .await
        .unwrap_or_else(hung)
}

/// Every step, until one can't go on. Thens only note what they claim, so none of them keeps another from being judged.
async fn steps(
    world: &mut World,
    scenario: &Scenario,
    options: &Options,
    desk: &Desk,
) -> Result<(), Stopped> {
    for step in &scenario.steps {
        if step.gherkin.ty != StepType::Given {
            world.begin_when();
        }
        world.at_line(step.line);
        desk.begin_step(step.line);
        one(world, step, options.step_deadline).await?;
        let line = Some(step.line);
        // After the step, since the patience with a live CRM is not the client's.
        world
            .look()
            .await
            .map_err(|problem| Stopped::Problem { line, problem })?;
    }
    Ok(())
}

async fn one(world: &mut World, step: &Step, deadline: Duration) -> Result<(), Stopped> {
    let line = Some(step.line);
    let stopped = |problem| Stopped::Problem { line, problem };
    let found = vocabulary().collection().find(&step.gherkin);
    let undefined = || {
        Problem::Feature(format!(
            "no step is written like \"{}\"",
            step.gherkin.value
        ))
    };
    let (function, _, _, context) = found
        .map_err(|error| stopped(Problem::Feature(error.to_string())))?
        .ok_or_else(|| stopped(undefined()))?;
    let run = AssertUnwindSafe(function(world, context)).catch_unwind();
    match timeout(deadline, run).await {
        Err(_) => Err(Stopped::Hung {
            line,
            took: seconds(deadline),
        }),
        // The hook has kept what it said.
        Ok(Err(_)) => Err(stopped(Problem::Harness("this step panicked".to_owned()))),
        Ok(Ok(())) => world
            .problem()
            .cloned()
            .map_or(Ok(()), |problem| Err(stopped(problem))),
    }
}

fn judged(world: &World, scenario: &Scenario, options: &Options) -> ScenarioReport {
    match world.judge(options.settings) {
        Err((line, problem)) => unjudged(scenario, ended(scenario, line, problem)),
        Ok(judged) => ScenarioReport {
            verdicts: judged.verdicts,
            observation: Some(judged.observation),
            ..unjudged(scenario, Ended::Judged)
        },
    }
}

fn ended(scenario: &Scenario, line: Option<usize>, problem: Problem) -> Ended {
    let place = line.map_or_else(
        || scenario.location(),
        |line| format!("{}:{line}", scenario.path),
    );
    let what = format!("{place}: {problem}");
    match problem {
        Problem::Feature(_) => Ended::FeatureError { what },
        Problem::Harness(_) => Ended::HarnessError { what },
        Problem::System(_) => Ended::SystemFailed { what },
        Problem::Unsupported(capability) => Ended::Unsupported { capability },
        Problem::NotHere(why) => Ended::NotRunHere { why },
    }
}

fn broken(scenario: &Scenario, what: String) -> ScenarioReport {
    unjudged(scenario, Ended::HarnessError { what })
}

/// `a.feature:5: it hangs: after 20 s there is no answer in "Dana pushes the contact to HubSpot on its own"`
pub(super) fn hangs(scenario: &Scenario, line: usize, took: &str) -> String {
    let step = scenario.steps.iter().find(|step| step.line == line);
    let place = format!("{}:{line}", scenario.path);
    let step = step.map_or_else(String::new, |step| {
        format!(" in \"{}\"", step.gherkin.value)
    });
    format!("{place}: it hangs: after {took} there is no answer{step}")
}

pub(super) fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs_f32())
}

/// A scenario's own seed: the same whatever else runs.
fn seed_of(seed: u64, scenario: &Scenario) -> u64 {
    let text = scenario.feature.bytes().chain(scenario.name.bytes());
    // FNV-1a.
    text.fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
