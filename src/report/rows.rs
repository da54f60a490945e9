use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::{RunReport, ScenarioReport};
use crate::observe::{Field, Judgement, Verdict};
use crate::rules::{self, Crm, ReadingId, Row, RowId, SentenceId, Status};

/// One row of the decision table, over all scenarios that judged it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowSummary {
    /// Its id.
    pub row: RowId,
    /// Its title.
    pub title: &'static str,
    /// Whether a sentence of the edition says at least a part of it.
    pub documented: bool,
    /// The worst of its verdicts; `None` if nothing judged it.
    pub judgement: Option<Judgement>,
    /// One line per CRM, field and demand: a row can ask one thing of a contact and another of an account.
    pub lines: Vec<RowLine>,
}

/// What a row demanded and what was recorded for it, for one field in one CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowLine {
    /// The CRM.
    pub crm: Option<Crm>,
    /// The field.
    pub field: Field,
    /// How firmly the documents speak. `None`: an invariant.
    pub level: Option<Status>,
    /// Everything that was accepted, by the part it plays.
    pub expected: BTreeSet<String>,
    /// Everything that was recorded, by the part it plays.
    pub recorded: BTreeSet<String>,
    /// The worst verdict.
    pub judgement: Judgement,
    /// How many verdicts there are.
    pub verdicts: usize,
    /// The sentences.
    pub sentences: BTreeSet<SentenceId>,
}

/// A reading that the system follows, and in how many verdicts it showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FollowedReading {
    /// Its id.
    pub reading: ReadingId,
    /// What it says.
    pub says: &'static str,
    /// Whether it is the one to follow; `None` where none is recommended.
    pub recommended: Option<bool>,
    /// Verdicts that show it.
    pub verdicts: usize,
    /// The rows in which it shows. A client may follow one reading here and another there.
    pub rows: BTreeSet<RowId>,
}

/// "Conformant for N of M documented rows."
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Conformance {
    /// Judged, nothing documented in them is broken, and nothing else is wrong in their scenarios.
    pub kept: usize,
    /// Something documented in them is broken.
    pub broken: usize,
    /// All rows in which the edition documents something.
    pub documented: usize,
}

/// What a run says of one documented row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Kept,
    Broken,
    /// Not judged, or not with scenarios that hold altogether.
    Open,
}

impl RunReport {
    /// Every row of the table, judged or not, in its order.
    pub fn rows(&self) -> Vec<RowSummary> {
        let mut by_row: BTreeMap<RowId, Vec<&Verdict>> = BTreeMap::new();
        for (_, verdict) in self.verdicts() {
            if let Some(row) = verdict.row {
                by_row.entry(row).or_default().push(verdict);
            }
        }
        rules::rows()
            .iter()
            .map(|row| self.summary(row, by_row.get(&row.id).map_or(&[], Vec::as_slice)))
            .collect()
    }

    fn summary(&self, row: &Row, verdicts: &[&Verdict]) -> RowSummary {
        let mut lines: BTreeMap<_, RowLine> = BTreeMap::new();
        for verdict in verdicts {
            let line = RowLine::of(verdict);
            lines
                .entry((line.crm, line.field, line.level, line.expected.clone()))
                .or_insert(line)
                .add(verdict);
        }
        RowSummary {
            row: row.id,
            title: row.title,
            documented: row.documented_in(self.edition),
            judgement: verdicts.iter().map(|verdict| verdict.judgement).max(),
            lines: lines.into_values().collect(),
        }
    }

    /// How many of the documented rows are kept, and how many are broken.
    ///
    /// A row is broken by its own verdicts alone, or by a system under test that fails in its scenario. It is kept only where its
    /// scenarios hold altogether: a record beside it that nobody asked for, a write that came late or a success that was none
    /// (an invariant, or the frame of the scenario) leaves open what the row's record is worth. Such a row is neither kept nor
    /// broken, as one that nothing judged: the client that breaks one invariant is not said to break every row which it was
    /// seen in. What another row says of the scenario is that row's affair.
    pub fn conformance(&self) -> Conformance {
        let documented: Vec<_> = rules::rows()
            .iter()
            .filter(|row| row.documented_in(self.edition))
            .collect();
        let count = |wanted: Standing| {
            documented
                .iter()
                .filter(|row| self.standing(row.id) == wanted)
                .count()
        };
        Conformance {
            kept: count(Standing::Kept),
            broken: count(Standing::Broken),
            documented: documented.len(),
        }
    }

    fn standing(&self, row: RowId) -> Standing {
        match self.worst_documented(row) {
            Some(Judgement::Failed) => Standing::Broken,
            Some(Judgement::Passed) if self.scenarios_hold(row) => Standing::Kept,
            _ => Standing::Open,
        }
    }

    /// A crash of the system under test in a scenario of the row counts as breaking it.
    fn worst_documented(&self, row: RowId) -> Option<Judgement> {
        let judged = self
            .verdicts()
            .filter(|(_, v)| v.row == Some(row) && v.level == Some(Status::Documented));
        let crashed = self.scenarios.iter().filter(|scenario| {
            scenario.rows.contains(&row)
                && matches!(scenario.ended, super::Ended::SystemFailed { .. })
        });
        judged
            .map(|(_, verdict)| verdict.judgement)
            .chain(crashed.map(|_| Judgement::Failed))
            .max()
    }

    /// Whether no scenario of the row is spoilt by the row itself, at whatever level, by an invariant, or by its frame.
    fn scenarios_hold(&self, row: RowId) -> bool {
        let concerns = |verdict: &Verdict| {
            verdict
                .row
                .is_none_or(|other| other == row || other.invariant())
        };
        let spoilt =
            |verdict: &Verdict| verdict.judgement >= Judgement::Failed && concerns(verdict);
        self.verdicts()
            .filter(|(scenario, _)| scenario.rows.contains(&row))
            .all(|(_, verdict)| !spoilt(verdict))
    }

    /// The verdicts on what the CRM's public API does not show.
    pub fn not_observable(&self) -> impl Iterator<Item = (&ScenarioReport, &Verdict)> {
        self.verdicts()
            .filter(|(_, verdict)| verdict.judgement == Judgement::NotObservable)
    }

    /// The readings that the system follows, in the order of the questions.
    pub fn readings(&self) -> Vec<FollowedReading> {
        let mut followed: BTreeMap<ReadingId, (usize, BTreeSet<RowId>)> = BTreeMap::new();
        for (_, verdict) in self.verdicts() {
            for reading in &verdict.readings {
                let (verdicts, rows) = followed.entry(*reading).or_default();
                *verdicts += 1;
                rows.extend(verdict.row);
            }
        }
        followed
            .into_iter()
            .filter_map(|(id, (verdicts, rows))| FollowedReading::of(id, verdicts, rows))
            .collect()
    }
}

impl RowLine {
    fn of(verdict: &Verdict) -> Self {
        Self {
            crm: verdict.crm,
            field: verdict.field,
            level: verdict.level,
            expected: verdict
                .expected
                .iter()
                .map(|shown| shown.part.clone())
                .collect(),
            recorded: BTreeSet::new(),
            judgement: verdict.judgement,
            verdicts: 0,
            sentences: BTreeSet::new(),
        }
    }

    fn add(&mut self, verdict: &Verdict) {
        self.recorded.insert(verdict.recorded.part.clone());
        self.judgement = self.judgement.max(verdict.judgement);
        self.verdicts += 1;
        self.sentences.extend(&verdict.sentences);
    }
}

impl FollowedReading {
    fn of(id: ReadingId, verdicts: usize, rows: BTreeSet<RowId>) -> Option<Self> {
        let reading = id.reading()?;
        let question = rules::question(id.question())?;
        let recommended = question.recommended.map(|_| reading.recommended);
        Some(Self {
            reading: id,
            says: reading.says,
            recommended,
            verdicts,
            rows,
        })
    }
}
