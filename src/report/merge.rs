//! The parts of a run, put together to the report that one run of all scenarios would have made.
//!
//! What is missing is never made up for: a run of three parts is merged from three finished reports, or not at all.

mod problem;

use super::{KnownFailures, RunReport, ScenarioReport};
pub use problem::MergeProblem;

/// The report of one part, and where it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The file.
    pub file: String,
    /// What is in it.
    pub report: RunReport,
}

/// Puts the parts of a run together, in the order of the features.
///
/// # Errors
/// With everything that keeps the parts from being the whole of one run.
pub fn merge(parts: Vec<Part>) -> Result<RunReport, Vec<MergeProblem>> {
    let problems = problem::all(&parts);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut merged = RunReport::default();
    for (index, Part { report, .. }) in parts.into_iter().enumerate() {
        if index == 0 {
            merged = RunReport {
                scenarios: Vec::new(),
                harness_errors: Vec::new(),
                ..report.clone()
            };
            merged.selection.shard = None;
        }
        for warning in report.warnings {
            if !merged.warnings.contains(&warning) {
                merged.warnings.push(warning);
            }
        }
        let broke = report.harness_errors.into_iter();
        let part = report.selection.shard.map(|shard| shard.to_string());
        let part = part.unwrap_or_default();
        merged
            .harness_errors
            .extend(broke.map(|what| format!("shard {part}: {what}")));
        merged.scenarios.extend(report.scenarios);
        later(&mut merged.known_failures, report.known_failures);
    }
    merged.scenarios.sort_by_cached_key(place);
    Ok(merged)
}

/// Parts may have run on both sides of midnight: the later day decides what is past its date.
fn later(merged: &mut Option<KnownFailures>, part: Option<KnownFailures>) {
    if let (Some(merged), Some(part)) = (merged, part) {
        merged.today = merged.today.max(part.today);
    }
}

/// File, then line: the order in which features are read.
fn place(scenario: &ScenarioReport) -> (String, usize) {
    let location = &scenario.location;
    let (file, line) = location.rsplit_once(':').unwrap_or((location, ""));
    (file.to_owned(), line.parse().unwrap_or_default())
}
