//! What the suite refuses to run: words that differ from the table, a scenario that says too little.

use std::collections::HashMap;
use std::io;

use cucumber::gherkin::StepType;

use super::Plan;
use crate::report::{Ended, ScenarioReport};
use crate::selftest::Options;
use crate::suite::feature::Scenario;
use crate::suite::run as suite_run;

/// What came of running a weakened scenario with the reference client.
#[derive(Clone, Debug, Default)]
pub(super) struct Trial {
    /// Why the suite refuses it.
    pub(super) refused: Option<String>,
    /// Where it does not: whom the weakened line accepts, by the scenario's place.
    pub(super) accepted: HashMap<String, Vec<String>>,
}

/// Tries every plan: its first scenario, and the others where that is not refused.
pub(super) fn try_all(plans: &[Plan], options: &Options) -> io::Result<Vec<Trial>> {
    let mut trials: Vec<Trial> = plans.iter().map(asserting_nothing).collect();
    try_some(plans, options, &mut trials, |scenarios| {
        scenarios.get(..1).unwrap_or_default()
    })?;
    try_some(plans, options, &mut trials, |scenarios| {
        scenarios.get(1..).unwrap_or_default()
    })?;
    Ok(trials)
}

/// A scenario without a Then does not get past the lint.
fn asserting_nothing(plan: &Plan) -> Trial {
    let asserts = |scenario: &Scenario| {
        scenario
            .steps
            .iter()
            .any(|step| step.gherkin.ty == StepType::Then)
    };
    Trial {
        refused: (!plan.weakened.iter().all(asserts))
            .then(|| "this scenario asserts nothing".to_owned()),
        ..Trial::default()
    }
}

fn try_some(
    plans: &[Plan],
    options: &Options,
    trials: &mut [Trial],
    some: fn(&[Scenario]) -> &[Scenario],
) -> io::Result<()> {
    let mut scenarios = Vec::new();
    let mut of_plan = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        if trials[index].refused.is_none() {
            scenarios.extend_from_slice(some(&plan.weakened));
            of_plan.resize(scenarios.len(), index);
        }
    }
    let how = suite_run::Options {
        concurrency: options.concurrency,
        stop: options.stop.clone(),
        ..suite_run::Options::new(options.seed)
    };
    let report = suite_run::run(scenarios, &how, |_| {})?;
    // With a report missing, the others would be put down to the wrong weakenings.
    if report.scenarios.len() != of_plan.len() {
        let what = "the reference client's run of the weakened features ended early";
        return Err(io::Error::other(what));
    }
    for (scenario, index) in report.scenarios.iter().zip(of_plan) {
        trials[index].note(scenario, plans[index].line);
    }
    Ok(())
}

impl Trial {
    fn note(&mut self, scenario: &ScenarioReport, line: usize) {
        if let Ended::FeatureError { what } = &scenario.ended {
            self.refused.get_or_insert_with(|| what.clone());
        }
        let here = scenario
            .verdicts
            .iter()
            .filter(|verdict| verdict.line == Some(line));
        let names =
            here.flat_map(|verdict| verdict.expected.iter().map(|shown| shown.name.clone()));
        self.accepted
            .entry(scenario.location.clone())
            .or_default()
            .extend(names);
    }
}
