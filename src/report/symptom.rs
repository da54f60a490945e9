//! What ails a system that gets nothing right, in one sentence: a page of failed rows would hide it.

use std::collections::BTreeMap;

use super::{Ended, RunReport, ScenarioReport, Stopped};
use crate::observe::{Judgement, Verdict};
use crate::rules::RowId;

impl RunReport {
    /// Why nothing ran, or what most of the scenarios suffer from, where they share it; the first of: the system failed, it wrote
    /// late, it reported what is not so, it wrote nothing, it wrote twice.
    pub fn symptom(&self) -> Option<String> {
        let signs: [fn(&ScenarioReport) -> Option<String>; 5] = [
            system_failed,
            wrote_late,
            |scenario| broken(scenario, RowId::n(2)),
            wrote_nothing,
            wrote_too_much,
        ];
        let no_hello = match &self.stopped {
            Some(Stopped::NoHello { what }) => Some(what.clone()),
            _ => None,
        };
        no_hello.or_else(|| signs.into_iter().find_map(|sign| self.shared(sign)))
    }

    /// The most frequent of what a sign says, if it says something of more than half of the scenarios.
    fn shared(&self, sign: fn(&ScenarioReport) -> Option<String>) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for what in self.scenarios.iter().filter_map(sign) {
            *counts.entry(what).or_default() += 1;
        }
        let ill: usize = counts.values().sum();
        let all = self.scenarios.len();
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.filter(|_| ill * 2 > all)
            .map(|(what, count)| format!("{what} (in {count} of {all} scenarios)"))
    }
}

fn system_failed(scenario: &ScenarioReport) -> Option<String> {
    let Ended::SystemFailed { what } = &scenario.ended else {
        return None;
    };
    // Without the place, the line that it said and the step: they differ from scenario to scenario.
    let what = what
        .strip_prefix(scenario_file(scenario))
        .and_then(|rest| rest.split_once(": "))
        .map_or(what.as_str(), |(_, rest)| rest);
    let what = what.split(": {").next().unwrap_or(what);
    Some(what.split(" in \"").next().unwrap_or(what).to_owned())
}

fn scenario_file(scenario: &ScenarioReport) -> &str {
    scenario
        .location
        .rsplit_once(':')
        .map_or("", |(file, _)| file)
}

fn wrote_late(scenario: &ScenarioReport) -> Option<String> {
    let late = |found: &Verdict| found.recorded.name.contains("after the scenario had ended");
    failed(scenario)
        .find(|verdict| late(verdict))
        .map(|verdict| verdict.recorded.name.clone())
}

fn broken(scenario: &ScenarioReport, row: RowId) -> Option<String> {
    failed(scenario)
        .find(|verdict| verdict.row == Some(row))
        .map(|verdict| verdict.recorded.name.clone())
}

fn wrote_nothing(scenario: &ScenarioReport) -> Option<String> {
    let observation = scenario.observation.as_ref()?;
    let nothing = observation.writes.is_empty() && observation.creates.is_empty();
    nothing.then(|| "it answers, and no write reached a CRM".to_owned())
}

fn wrote_too_much(scenario: &ScenarioReport) -> Option<String> {
    let beside = failed(scenario).any(|verdict| {
        verdict.row == Some(RowId::n(3)) || verdict.recorded.name.ends_with("was made, too")
    });
    beside.then(|| "a second record was made".to_owned())
}

fn failed(scenario: &ScenarioReport) -> impl Iterator<Item = &Verdict> {
    scenario
        .verdicts
        .iter()
        .filter(|verdict| verdict.judgement == Judgement::Failed)
}
