//! What the verdicts of a run come to, in 64 hexadecimal digits: two runs with the same digest came to the same verdicts.
//!
//! In goes, per scenario: feature and title, how it ended, and of each verdict the row, the CRM, the field, how firmly the
//! documents speak, how it came out, the parts that were expected and recorded, and the readings.
//!
//! Out stays whatever a run makes up anew or meets by chance: the names, addresses and ids that the seed decides, numbers of
//! requests, times, the order in which scenarios ended, and prose, since it quotes names and ids. So the digest is the same for
//! every seed, every order and every concurrency; where it is not, the suite or the system under test leaves something to chance.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::model::{Ended, RunReport, ScenarioReport};
use crate::observe::{Field, Judgement, Shown, Verdict};
use crate::rules::{Crm, ReadingId, RowId, Status};

/// Changed whenever something else goes in, so that digests of two versions never pass for comparable.
const SHAPE: &str = "crm-conformance verdicts, 1\n";

#[derive(Serialize)]
struct ScenarioLine<'a> {
    feature: &'a str,
    name: &'a str,
    ended: &'static str,
    capability: Option<&'a str>,
    verdicts: Vec<String>,
}

#[derive(Serialize)]
struct VerdictLine<'a> {
    row: Option<RowId>,
    crm: Option<Crm>,
    field: Field,
    level: Option<Status>,
    judgement: Judgement,
    expected: Vec<&'a str>,
    recorded: &'a str,
    readings: Vec<ReadingId>,
    reported: bool,
}

impl RunReport {
    /// The digest of the verdicts. `None` for a run that did not get to its end: where it stopped is chance.
    pub fn digest(&self) -> Option<String> {
        if !self.complete() || self.scenarios.is_empty() {
            return None;
        }
        let mut lines: Vec<String> = self.scenarios.iter().map(scenario_line).collect();
        lines.sort();
        let mut hash = Sha256::new();
        hash.update(SHAPE);
        for line in lines {
            hash.update(line);
            hash.update("\n");
        }
        let hex = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Some(hex)
    }
}

fn scenario_line(scenario: &ScenarioReport) -> String {
    let mut verdicts: Vec<String> = scenario.verdicts.iter().map(verdict_line).collect();
    verdicts.sort();
    let (ended, capability) = match &scenario.ended {
        Ended::Judged => ("judged", None),
        Ended::Unsupported { capability } => ("unsupported", Some(capability.as_str())),
        Ended::NotRunHere { .. } => ("not_run_here", None),
        Ended::SystemFailed { .. } => ("system_failed", None),
        Ended::FeatureError { .. } => ("feature_error", None),
        Ended::HarnessError { .. } => ("harness_error", None),
    };
    text(&ScenarioLine {
        feature: &scenario.feature,
        name: &scenario.name,
        ended,
        capability,
        verdicts,
    })
}

fn verdict_line(verdict: &Verdict) -> String {
    let mut expected: Vec<&str> = verdict.expected.iter().map(part).collect();
    expected.sort_unstable();
    expected.dedup();
    let mut readings = verdict.readings.clone();
    readings.sort_unstable();
    text(&VerdictLine {
        row: verdict.row,
        crm: verdict.crm,
        field: verdict.field,
        level: verdict.level,
        judgement: verdict.judgement,
        expected,
        recorded: part(&verdict.recorded),
        readings,
        reported: verdict.reported,
    })
}

/// What is nobody, in the words that never quote a name, an id or a count.
const NOBODY: [&str; 4] = ["blank", "refused", "no record", "unchanged"];

/// The part that somebody plays. Whatever else was found is prose, and its verdict says enough.
fn part(shown: &Shown) -> &str {
    let somebody = shown.name != shown.part;
    if somebody || NOBODY.contains(&shown.part.as_str()) {
        &shown.part
    } else {
        "prose"
    }
}

/// These structs are made of strings, words and lists, so writing them can't fail.
fn text(line: &impl Serialize) -> String {
    serde_json::to_string(line).unwrap_or_default()
}
