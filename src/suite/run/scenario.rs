//! One scenario, from a new org and portal to its report.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cucumber::gherkin::StepType;
use futures::FutureExt;
use tokio::time::timeout;

use super::{Options, unjudged};
use crate::report::{Ended, ScenarioReport};
use crate::suite::feature::{Scenario, Step};
use crate::suite::harness::Harness;
use crate::suite::lint;
use crate::suite::panics;
use crate::suite::vocabulary::vocabulary;
use crate::suite::world::{Problem, World};

/// Runs a scenario on this thread.
pub(super) fn run(
    harness: &Arc<Harness>,
    scenario: &Scenario,
    options: &Options,
) -> ScenarioReport {
    let started = Instant::now();
    panics::begin();
    let mut report = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => {
            let local = tokio::task::LocalSet::new();
            let report = local.block_on(&runtime, within_deadline(harness, scenario, options));
            // Dropped before panics are counted: tasks that a step has left behind end here.
            drop(local);
            report
        }
        Err(error) => unjudged(
            scenario,
            Ended::HarnessError {
                what: format!("there is no runtime: {error}"),
            },
        ),
    };
    if let Some(panic) = panics::end().into_iter().next() {
        report.ended = Ended::HarnessError {
            what: format!("it panicked: {panic}"),
        };
    }
    report.duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    report
}

async fn within_deadline(
    harness: &Arc<Harness>,
    scenario: &Scenario,
    options: &Options,
) -> ScenarioReport {
    match timeout(
        options.scenario_deadline,
        through(harness, scenario, options),
    )
    .await
    {
        Ok(report) => report,
        Err(_) => {
            let what = format!(
                "the scenario took longer than {}",
                seconds(options.scenario_deadline)
            );
            unjudged(scenario, Ended::SystemFailed { what })
        }
    }
}

async fn through(harness: &Arc<Harness>, scenario: &Scenario, options: &Options) -> ScenarioReport {
    let seed = seed_of(options.seed, scenario);
    let mut world = match World::new(harness, &scenario.location(), lint::rows_of(scenario), seed) {
        Ok(world) => world,
        Err(problem) => return unjudged(scenario, ended(scenario, None, problem)),
    };
    let mut report = match steps(&mut world, scenario, options).await {
        Err((line, problem)) => unjudged(scenario, ended(scenario, line, problem)),
        Ok(()) => judged(&world, scenario, options),
    };
    for panic in world.close() {
        report.ended = Ended::HarnessError { what: panic };
    }
    report
}

type Stopped = (Option<usize>, Problem);

/// Every step, until one can't go on. Thens only note what they claim, so none of them keeps another from being judged.
async fn steps(world: &mut World, scenario: &Scenario, options: &Options) -> Result<(), Stopped> {
    for step in &scenario.steps {
        if step.gherkin.ty != StepType::Given {
            world.begin_when();
        }
        world.at_line(step.line);
        one(world, step, options.step_deadline)
            .await
            .map_err(|problem| (Some(step.line), problem))?;
    }
    Ok(())
}

async fn one(world: &mut World, step: &Step, deadline: Duration) -> Result<(), Problem> {
    let found = vocabulary().collection().find(&step.gherkin);
    let undefined = || {
        Problem::Feature(format!(
            "no step is written like \"{}\"",
            step.gherkin.value
        ))
    };
    let (function, _, _, context) = found
        .map_err(|error| Problem::Feature(error.to_string()))?
        .ok_or_else(undefined)?;
    let run = AssertUnwindSafe(function(world, context)).catch_unwind();
    match timeout(deadline, run).await {
        Err(_) => Err(Problem::System(format!(
            "this step took longer than {}",
            seconds(deadline)
        ))),
        // The hook has kept what it said.
        Ok(Err(_)) => Err(Problem::Harness("this step panicked".to_owned())),
        Ok(Ok(())) => world.problem().cloned().map_or(Ok(()), Err),
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
    }
}

fn seconds(duration: Duration) -> String {
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
