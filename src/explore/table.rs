//! The whole decision table, cell by cell, through the system under test.

use std::collections::BTreeMap;
use std::time::Instant;

use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::Serialize;

use super::cell::Cell;
use super::finding::{Collector, Findings};
use super::running::{Case, Trouble, run_all};
use crate::observe::{Field, Judgement};
use crate::report::ScenarioReport;
use crate::suite::run::Options;

/// What exploring cells came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableReport {
    /// How many came out how.
    pub counts: CellCounts,
    /// Seconds that it took.
    pub seconds: f64,
    /// Cells by how firmly the documents speak: first of Owner, then of Created By.
    pub by_status: BTreeMap<String, usize>,
    /// What came out otherwise than the rules say.
    pub findings: Findings,
}

/// How many cells came out how. Each is counted once, by the worst that was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CellCounts {
    /// All that ran.
    pub cells: usize,
    /// A row spoke, and everything is as the rules say.
    pub agree: usize,
    /// No row speaks of the cell: only the invariants were judged, and kept.
    pub invariants_only: usize,
    /// What is only inferred was not kept.
    pub warn: usize,
    /// Something is otherwise than the rules say.
    pub disagree: usize,
    /// The system under test does not declare what the cell needs.
    pub unsupported: usize,
    /// It ended without any verdict.
    pub unproved: usize,
    /// The suite itself is at fault.
    pub errors: usize,
}

/// `count` of the cells, drawn by the seed, in the order of the table.
pub fn sample(cells: &[Cell], count: usize, seed: u64) -> Vec<Cell> {
    let mut random = StdRng::seed_from_u64(seed);
    let drawn = rand::seq::index::sample(&mut random, cells.len(), count.min(cells.len()));
    let mut drawn = drawn.into_vec();
    drawn.sort_unstable();
    drawn.into_iter().map(|index| cells[index]).collect()
}

/// Runs each cell as a scenario, and tells `on_done` of each as it ends.
///
/// # Errors
/// Where the mocks can't be started.
pub fn explore_table(
    cells: &[Cell],
    options: &Options,
    on_done: impl FnMut(),
) -> Result<TableReport, Trouble> {
    let started = Instant::now();
    let mut counts = CellCounts::default();
    let mut collector = Collector::default();
    let errors = run_all(
        cells.iter().map(Case::from),
        options,
        on_done,
        |case, report| {
            collector.note(case, &report, &report.verdicts);
            counts.add(&report);
        },
    )?;
    errors.into_iter().for_each(|what| collector.error(what));
    Ok(TableReport {
        counts,
        seconds: started.elapsed().as_secs_f64(),
        by_status: by_status(&cells[..counts.cells.min(cells.len())]),
        findings: collector.finish(),
    })
}

fn by_status(cells: &[Cell]) -> BTreeMap<String, usize> {
    let word = |cell: &Cell, field| {
        cell.status(field)
            .map_or_else(|| "no row".to_owned(), |status| status.to_string())
    };
    let mut counts = BTreeMap::new();
    for cell in cells {
        let both = format!(
            "{} / {}",
            word(cell, Field::Owner),
            word(cell, Field::CreatedBy)
        );
        *counts.entry(both).or_default() += 1;
    }
    counts
}

impl CellCounts {
    fn add(&mut self, report: &ScenarioReport) {
        self.cells += 1;
        let by_row = |report: &ScenarioReport| {
            report
                .verdicts
                .iter()
                .any(|verdict| verdict.row.is_some_and(|row| !row.invariant()))
        };
        *match report.worst() {
            Some(Judgement::Passed) if by_row(report) => &mut self.agree,
            Some(Judgement::Passed) => &mut self.invariants_only,
            Some(Judgement::Warning) => &mut self.warn,
            Some(Judgement::Failed) => &mut self.disagree,
            Some(Judgement::Unsupported) => &mut self.unsupported,
            Some(Judgement::Error) => &mut self.errors,
            Some(Judgement::NotObservable) | None => &mut self.unproved,
        } += 1;
    }
}
