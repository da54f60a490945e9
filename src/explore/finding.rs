//! Disagreements between the rules and what was recorded, put together where row, field and value are the same.

use std::collections::BTreeMap;

use serde::Serialize;

use super::running::Case;
use crate::observe::{Blame, Field, Judgement, Verdict};
use crate::report::{Ended, ScenarioReport};
use crate::rules::{Crm, RowId, Status};

/// Everything that came out otherwise than the rules say.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Findings {
    /// Failures, those with most cases first.
    pub disagreements: Vec<Finding>,
    /// What is only inferred and was not kept.
    pub warnings: Vec<Finding>,
    /// Where the suite itself is at fault: words that differ from the table, a harness that broke.
    pub errors: Vec<String>,
}

/// One way to be wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The row; `None`: the system crashed, or did something that no row speaks of.
    pub row: Option<RowId>,
    /// The CRM.
    pub crm: Option<Crm>,
    /// What is judged.
    pub field: Field,
    /// How firmly the documents speak.
    pub level: Option<Status>,
    /// The parts that are accepted.
    pub expected: String,
    /// The part that was recorded.
    pub recorded: String,
    /// In how many cases.
    pub cases: usize,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// One case of a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// The case in words.
    pub words: String,
    /// The file name of its feature.
    pub path: String,
    /// A likely cause.
    pub cause: Option<String>,
    /// The request to blame.
    pub blamed: Option<Blame>,
}

/// How many cases of a finding are kept.
const EXAMPLES: usize = 3;

/// How many errors of the suite are kept: one is enough to distrust the rest.
const ERRORS: usize = 20;

type Key = (Option<RowId>, Option<Crm>, String, String, String);

/// Findings while they are being made.
#[derive(Debug, Default)]
pub(super) struct Collector {
    disagreements: BTreeMap<Key, Finding>,
    warnings: BTreeMap<Key, Finding>,
    errors: Vec<String>,
}

impl Collector {
    /// Notes how a case came out.
    pub(super) fn note(&mut self, case: &Case, report: &ScenarioReport, verdicts: &[Verdict]) {
        match &report.ended {
            Ended::FeatureError { what } | Ended::HarnessError { what } => self.error(what.clone()),
            Ended::SystemFailed { what } => self.crashed(case, what),
            Ended::Judged | Ended::Unsupported { .. } | Ended::NotRunHere { .. } => {}
        }
        for verdict in verdicts {
            let into = match verdict.judgement {
                Judgement::Failed => &mut self.disagreements,
                Judgement::Warning => &mut self.warnings,
                Judgement::Error => {
                    let what = verdict.cause.as_ref().map_or("", |cause| &cause.text);
                    self.error(format!("{}: {what}", case.words));
                    continue;
                }
                Judgement::Passed | Judgement::NotObservable | Judgement::Unsupported => continue,
            };
            add(into, case, Finding::of(verdict), Example::of(case, verdict));
        }
    }

    pub(super) fn error(&mut self, what: String) {
        if self.errors.len() < ERRORS {
            self.errors.push(what);
        }
    }

    fn crashed(&mut self, case: &Case, what: &str) {
        let finding = Finding {
            row: None,
            crm: None,
            field: Field::NothingElse,
            level: None,
            expected: "an answer".to_owned(),
            recorded: "the system under test failed".to_owned(),
            cases: 0,
            examples: Vec::new(),
        };
        let example = Example {
            cause: Some(what.to_owned()),
            ..Example::plain(case)
        };
        add(&mut self.disagreements, case, finding, example);
    }

    pub(super) fn finish(self) -> Findings {
        let sorted = |found: BTreeMap<Key, Finding>| {
            let mut found: Vec<Finding> = found.into_values().collect();
            found.sort_by_key(|finding| std::cmp::Reverse(finding.cases));
            found
        };
        Findings {
            disagreements: sorted(self.disagreements),
            warnings: sorted(self.warnings),
            errors: self.errors,
        }
    }
}

fn add(into: &mut BTreeMap<Key, Finding>, case: &Case, finding: Finding, example: Example) {
    let key = (
        finding.row,
        finding.crm,
        finding.field.to_string(),
        finding.expected.clone(),
        finding.recorded.clone(),
    );
    let known = into.entry(key).or_insert(finding);
    // Several records of a case may be wrong in the same way: the case counts once.
    if known
        .examples
        .last()
        .is_some_and(|last| last.path == case.source.path)
    {
        return;
    }
    known.cases += 1;
    if known.examples.len() < EXAMPLES {
        known.examples.push(example);
    }
}

impl Finding {
    fn of(verdict: &Verdict) -> Self {
        // Several people may play one part.
        let mut parts: Vec<&str> = Vec::new();
        for shown in &verdict.expected {
            if !parts.contains(&shown.part.as_str()) {
                parts.push(&shown.part);
            }
        }
        let told_in_full = verdict.row.is_none_or(RowId::invariant);
        Self {
            row: verdict.row,
            crm: verdict.crm,
            field: verdict.field,
            level: verdict.level,
            expected: parts.join(" or "),
            // What breaks an invariant or the frame is told with names, which differ from case to case.
            recorded: if told_in_full {
                "broken".to_owned()
            } else {
                verdict.recorded.part.clone()
            },
            cases: 0,
            examples: Vec::new(),
        }
    }
}

impl Example {
    fn plain(case: &Case) -> Self {
        Self {
            words: case.words.clone(),
            path: case.source.path.clone(),
            cause: None,
            blamed: None,
        }
    }

    fn of(case: &Case, verdict: &Verdict) -> Self {
        let told = verdict.row.is_none_or(RowId::invariant);
        let recorded = || told.then(|| verdict.recorded.name.clone());
        Self {
            cause: verdict
                .cause
                .as_ref()
                .map(ToString::to_string)
                .or_else(recorded),
            blamed: verdict.blamed.clone(),
            ..Self::plain(case)
        }
    }
}
