//! Every way to weaken the scenarios.

use std::collections::BTreeMap;

use cucumber::gherkin::StepType;

use super::How;
use crate::suite::feature::{Scenario, Step};

/// One weakening, before it is tried.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) path: String,
    /// The line of the Then.
    pub(super) line: usize,
    /// The Then as it is written.
    pub(super) then: String,
    pub(super) how: How,
    /// The scenarios that it concerns, as they are after it. Titles and places stay, and with them the names of everybody.
    pub(super) weakened: Vec<Scenario>,
}

/// Who could be accepted besides, in a CRM and in Apollo: the first who has a part in the scenario and is not accepted already.
const IN_A_CRM: [&str; 5] = [
    "the integration user",
    "Dana",
    "the most permitted user",
    "Lee",
    "Kim",
];
const IN_APOLLO: [&str; 3] = ["Dana", "Lee", "Kim"];

impl Plan {
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.path, self.line)
    }

    pub(super) fn title(&self) -> String {
        self.weakened
            .first()
            .map_or_else(String::new, |scenario| scenario.name.clone())
    }
}

/// In the order of the features; of each Then first that it is dropped.
pub(super) fn plans(scenarios: &[Scenario]) -> Vec<Plan> {
    let mut outlines: BTreeMap<(&str, Vec<usize>), Vec<&Scenario>> = BTreeMap::new();
    for scenario in scenarios {
        let lines = thens(scenario).map(|(_, step)| step.line).collect();
        outlines
            .entry((&scenario.path, lines))
            .or_default()
            .push(scenario);
    }
    let mut plans: Vec<Plan> = outlines
        .into_values()
        .flat_map(|rows| of_outline(&rows))
        .collect();
    plans.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    plans
}

fn thens(scenario: &Scenario) -> impl Iterator<Item = (usize, &Step)> {
    scenario
        .steps
        .iter()
        .enumerate()
        .filter(|(_, step)| step.gherkin.ty == StepType::Then)
}

/// The rows of an outline share their steps, so the first says which there are.
fn of_outline(rows: &[&Scenario]) -> Vec<Plan> {
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    thens(first)
        .flat_map(|(index, step)| {
            let mut plans = vec![dropped(rows, index, step)];
            plans.extend(loosened(rows, index, step));
            plans
        })
        .collect()
}

fn dropped(rows: &[&Scenario], index: usize, step: &Step) -> Plan {
    let without = |scenario: &&Scenario| {
        let mut scenario = (*scenario).clone();
        scenario.steps.remove(index);
        scenario
    };
    plan(step, How::Dropped, rows.iter().map(without).collect())
}

/// One for all rows where the Then names the person itself, and one a row where the example does.
fn loosened(rows: &[&Scenario], index: usize, step: &Step) -> Vec<Plan> {
    let by_example = whom(&step.written).is_some_and(|whom| whom.contains('<'));
    let groups: Vec<Vec<&Scenario>> = if by_example {
        rows.iter().map(|row| vec![*row]).collect()
    } else {
        vec![rows.to_vec()]
    };
    let of_group = |group: Vec<&Scenario>| {
        let weakened: Vec<Scenario> = group
            .into_iter()
            .filter_map(|row| with_somebody_else(row, index))
            .collect();
        let to = weakened.first()?.steps.get(index)?.gherkin.value.clone();
        Some(plan(step, How::Loosened { to }, weakened))
    };
    groups.into_iter().filter_map(of_group).collect()
}

fn plan(step: &Step, how: How, weakened: Vec<Scenario>) -> Plan {
    let path = weakened
        .first()
        .map_or_else(String::new, |scenario| scenario.path.clone());
    Plan {
        path,
        line: step.line,
        then: step.written.clone(),
        how,
        weakened,
    }
}

fn with_somebody_else(scenario: &Scenario, index: usize) -> Option<Scenario> {
    let mut scenario = scenario.clone();
    let text = scenario.steps.get(index)?.gherkin.value.clone();
    let whom = whom(&text)?;
    let others: &[&str] = if text.starts_with("Apollo ") {
        &IN_APOLLO
    } else {
        &IN_A_CRM
    };
    let others = || others.iter().filter(|other| !whom.contains(**other));
    let plays = |other: &&&str| {
        let mut steps = scenario.steps.iter();
        steps.any(|step| step.gherkin.value.contains(**other))
    };
    let other = others().find(plays).or_else(|| others().next())?;
    scenario.steps.get_mut(index)?.gherkin.value =
        text.replacen(whom, &format!("{whom} or {other}"), 1);
    Some(scenario)
}

/// The people in `… records <whom> as Owner …`, if a Then reads like that.
fn whom(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(" records ")?;
    let (whom, _) = rest.split_once(" as ")?;
    (whom != "the same person").then_some(whom)
}
