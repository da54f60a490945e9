//! Random histories through the system under test; of each way to go wrong the smallest history that shows it.

use std::collections::BTreeMap;
use std::time::Instant;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::Serialize;

use super::finding::{Collector, Findings};
use super::history::{History, generate, simpler};
use super::running::{Case, Trouble, run_all};
use crate::observe::{Field, Judgement, Observation, Settings, Verdict, judge};
use crate::report::{Ended, ScenarioReport};
use crate::rules::{Crm, RowId};
use crate::suite::run::Options;

/// What exploring histories came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HistoriesReport {
    /// How many histories were made up.
    pub histories: usize,
    /// How many scenarios they came to: a history is run up to each of its pushes.
    pub scenarios: usize,
    /// Verdicts of rows of the table, invariants apart.
    pub judged_by_rows: usize,
    /// Scenarios in which nothing was judged at all.
    pub unproved: usize,
    /// Seconds that it took.
    pub seconds: f64,
    /// What came out otherwise than the rules say.
    pub findings: Findings,
    /// The smallest history of each way to go wrong, as a feature.
    pub shrunk: Vec<Shrunk>,
}

/// A history that goes wrong and can't be made simpler, as a feature that does so when it is run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shrunk {
    /// By which row; `None`: by something that no row speaks of.
    pub row: Option<RowId>,
    /// In which field.
    pub field: Field,
    /// How many acts it had, and has.
    pub acts: (usize, usize),
    /// The file name.
    pub path: String,
    /// The feature.
    pub text: String,
}

/// By what a history goes wrong.
type Fault = (Option<RowId>, Field);

/// How many simpler histories are tried at a time.
const TRIED_AT_ONCE: usize = 16;

/// Which histories to make up.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// How many.
    pub histories: usize,
    /// In this CRM alone.
    pub crm: Option<Crm>,
    /// Of how many ways to go wrong the smallest history is looked for: of a client that does everything wrong, that takes long.
    pub shrunk: usize,
}

/// Makes up histories and judges each of their pushes. The same seed makes up the same ones.
///
/// # Errors
/// Where the mocks can't be started.
pub fn explore_histories(
    wanted: Wanted,
    options: &Options,
    on_done: impl FnMut(),
) -> Result<HistoriesReport, Trouble> {
    let started = Instant::now();
    let stages = stages(wanted.histories, wanted.crm, options.seed);
    let mut collector = Collector::default();
    let mut smallest: BTreeMap<(Option<RowId>, String), (Fault, History)> = BTreeMap::new();
    let (mut scenarios, mut judged_by_rows, mut unproved) = (0, 0, 0);
    let cases = stages.iter().map(|(name, history)| history.case(name));
    let mut next = stages.iter();
    let errors = run_all(cases, options, on_done, |case, report| {
        let verdicts = judged(&report, options.settings);
        collector.note(case, &report, &verdicts);
        scenarios += 1;
        judged_by_rows += verdicts.iter().filter(|verdict| by_table(verdict)).count();
        unproved += usize::from(verdicts.is_empty() && report.worst().is_none());
        let Some((_, history)) = next.next() else {
            return;
        };
        for fault in faults(&report, &verdicts) {
            let known = smallest.entry((fault.0, fault.1.to_string()));
            let known = known.or_insert_with(|| (fault, history.clone()));
            if history.size() < known.1.size() {
                known.1 = history.clone();
            }
        }
    })?;
    errors.into_iter().for_each(|what| collector.error(what));
    let mut shrunk = Vec::new();
    for (fault, history) in smallest.into_values().take(wanted.shrunk) {
        shrunk.extend(shrink(&history, fault, options, &mut collector)?);
    }
    Ok(HistoriesReport {
        histories: wanted.histories,
        scenarios,
        judged_by_rows,
        unproved,
        seconds: started.elapsed().as_secs_f64(),
        findings: collector.finish(),
        shrunk,
    })
}

/// Every history up to each of its pushes, named by its number and that of the push.
fn stages(count: usize, crm: Option<Crm>, seed: u64) -> Vec<(String, History)> {
    // Drawn, and not counted up from the seed: neighbouring seeds would share their histories.
    let mut seeds = StdRng::seed_from_u64(seed);
    let of_one = |number: usize| {
        let stages = generate(seeds.random(), crm)
            .stages()
            .into_iter()
            .enumerate();
        stages.map(move |(push, history)| (format!("history-{number}-push-{}", push + 1), history))
    };
    (1..=count).flat_map(of_one).collect()
}

/// By every row that speaks of anything in it: the feature itself claims next to nothing.
fn judged(report: &ScenarioReport, settings: Settings) -> Vec<Verdict> {
    let observation = report.observation.as_ref();
    observation.map_or_else(Vec::new, |observation| judge(observation, settings))
}

fn by_table(verdict: &Verdict) -> bool {
    verdict.row.is_some_and(|row| !row.invariant())
}

fn faults(report: &ScenarioReport, verdicts: &[Verdict]) -> Vec<Fault> {
    let failed = |verdict: &&Verdict| verdict.judgement == Judgement::Failed;
    let mut faults: Vec<Fault> = verdicts
        .iter()
        .filter(failed)
        .map(|verdict| (verdict.row, verdict.field))
        .collect();
    if matches!(report.ended, Ended::SystemFailed { .. }) {
        faults.push((None, Field::NothingElse));
    }
    faults
}

/// Takes away, and makes plainer, while it still goes wrong by the same row in the same field.
fn shrink(
    history: &History,
    fault: Fault,
    options: &Options,
    collector: &mut Collector,
) -> Result<Option<Shrunk>, Trouble> {
    let mut smallest = history.clone();
    while let Some(simpler) = first_that_fails(simpler(&smallest), fault, options)? {
        smallest = simpler;
    }
    if options.stop.asked().is_some() {
        return Ok(None);
    }
    let name = match fault.0 {
        Some(row) => format!("{}-{}", row.to_string().to_lowercase(), words(fault.1)),
        None => "nothing-else".to_owned(),
    };
    let case = as_feature(&smallest, &name, fault, options)?;
    if case.is_none() && options.stop.asked().is_none() {
        collector.error(format!(
            "{} goes wrong, and could not be put into words that do so, too",
            smallest.case(&name).words
        ));
    }
    Ok(case.map(|case| Shrunk {
        row: fault.0,
        field: fault.1,
        acts: (history.acts.len(), smallest.acts.len()),
        path: case.source.path,
        text: case.source.text,
    }))
}

fn first_that_fails(
    candidates: Vec<History>,
    fault: Fault,
    options: &Options,
) -> Result<Option<History>, Trouble> {
    for some in candidates.chunks(TRIED_AT_ONCE) {
        let mut tried = some.iter();
        let mut found = None;
        let named = some.iter().enumerate();
        let cases = named.map(|(index, history)| history.case(&format!("try-{index}")));
        run_all(
            cases,
            options,
            || {},
            |_, report| {
                let history = tried.next();
                let verdicts = judged(&report, options.settings);
                if found.is_none() && faults(&report, &verdicts).contains(&fault) {
                    found = history.cloned();
                }
            },
        )?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The history with the Thens of the row that it breaks, if it then goes wrong by that row as a feature of its own.
fn as_feature(
    history: &History,
    name: &str,
    fault: Fault,
    options: &Options,
) -> Result<Option<Case>, Trouble> {
    let plain = history.case(name);
    let Some(row) = fault.0 else {
        return Ok(Some(plain));
    };
    let mut seen: Option<Observation> = None;
    run_all(
        [plain],
        options,
        || {},
        |_, report| seen = report.observation,
    )?;
    let Some(case) = seen.and_then(|seen| history.proving(name, row, &seen)) else {
        return Ok(None);
    };
    let mut fails = false;
    run_all(
        [case.clone()],
        options,
        || {},
        |_, report| {
            fails = faults(&report, &report.verdicts).contains(&fault);
        },
    )?;
    Ok(fails.then_some(case))
}

fn words(field: Field) -> String {
    field.to_string().to_lowercase().replace(' ', "-")
}
