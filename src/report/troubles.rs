//! What went wrong outside the verdicts, a line each: for the terminal and the summary.

use super::{Ended, RunReport, ScenarioReport, stopped};

impl RunReport {
    /// Why the run ended early, what is wrong with features and harness, what the system under test did instead of answering,
    /// and what keeps a list from being right.
    pub fn troubles(&self) -> Vec<String> {
        let mut lines = stopped::lines(self);
        let said = |of: &str, what: &[String]| -> Vec<String> {
            what.iter().map(|what| format!("{of}: {what}")).collect()
        };
        lines.extend(said("feature", &self.feature_errors));
        lines.extend(said("harness", &self.harness_errors));
        lines.extend(self.scenarios.iter().filter_map(of_scenario));
        lines.extend(said("known failures", &self.stale_lines()));
        let missing = self.missing_required();
        lines.extend(
            missing
                .iter()
                .map(|row| format!("required, but not tried: {row}")),
        );
        lines
    }
}

fn of_scenario(scenario: &ScenarioReport) -> Option<String> {
    let at = format!("{} ({})", scenario.name, scenario.location);
    match &scenario.ended {
        Ended::SystemFailed { what } => Some(format!("system under test: {what}, in {at}")),
        Ended::FeatureError { what } => Some(format!("feature: {what}, in {at}")),
        Ended::HarnessError { what } => Some(format!("harness: {what}, in {at}")),
        Ended::Judged if scenario.worst().is_none() => Some(format!("no verdict: {at}")),
        Ended::Judged | Ended::Unsupported { .. } | Ended::NotRunHere { .. } => None,
    }
}
