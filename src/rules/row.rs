use std::sync::LazyLock;

use super::{Condition, Edition, Expectation, RowId, SentenceId, Status, table};

/// One row of the decision table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id, for tags and reports.
    pub id: RowId,
    /// What the row says, for someone who reads only this line.
    pub title: &'static str,
    /// How it is judged.
    pub body: Body,
}

/// The three ways in which a row can be judged.
#[derive(Clone, Debug)]
pub enum Body {
    /// By what is recorded for one record.
    Cells(Vec<Cell>),
    /// By comparing two records that differ in one aspect.
    Relation(Box<Relation>),
    /// On every scenario, and always a failure.
    Invariant {
        /// The sentences behind it, of either document.
        grounds: Vec<SentenceId>,
    },
}

/// Two records that differ in nothing else must have the same Owner and Created By.
#[derive(Clone, Debug)]
pub struct Relation {
    /// When it applies.
    pub condition: Condition,
    /// Status and grounds; the allowed outcome is [`super::Outcome::Unchanged`].
    pub expectation: Expectation,
}

/// One condition of a row, and what it demands.
#[derive(Clone, Debug)]
pub struct Cell {
    /// When the cell applies.
    pub condition: Condition,
    /// What it demands.
    pub expected: Expected,
}

/// What is demanded of one record. A field that is `None` is not spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Apollo's own owner; only the system under test can say it.
    pub apollo_owner: Option<Expectation>,
    /// Owner in the CRM.
    pub owner: Option<Expectation>,
    /// Created By in the CRM.
    pub created_by: Option<Expectation>,
    /// What ties the two together.
    pub joint: Option<Joint>,
}

/// A demand on Owner and Created By together. (That a refusal is a refusal of both needs no word: there is one record or none.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// The same person, whichever of the allowed ones it is.
    OwnerIsCreator,
}

/// All rows, in the order of the table.
pub fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(table::all);
    &ROWS
}

/// The row with this id.
pub fn row(id: RowId) -> Option<&'static Row> {
    rows().iter().find(|row| row.id == id)
}

impl Row {
    /// Every expectation of the row, whatever the situation.
    pub fn expectations(&self) -> Vec<&Expectation> {
        match &self.body {
            Body::Cells(cells) => cells
                .iter()
                .flat_map(|cell| cell.expected.fields())
                .collect(),
            Body::Relation(relation) => vec![&relation.expectation],
            Body::Invariant { .. } => vec![],
        }
    }

    /// Whether a sentence of this document says at least one thing that the row demands.
    pub fn documented_in(&self, edition: Edition) -> bool {
        let documented = |e: &&Expectation| e.status == Status::Documented;
        self.expectations()
            .iter()
            .filter(|e| documented(e))
            .any(|e| !e.grounds.of(edition).is_empty())
    }

    /// Every sentence that the row rests on, of both documents.
    pub fn sentences(&self) -> Vec<SentenceId> {
        let mut sentences: Vec<_> = match &self.body {
            Body::Invariant { grounds } => grounds.clone(),
            _ => self
                .expectations()
                .into_iter()
                .flat_map(|e| [&e.grounds.newer[..], &e.grounds.older].concat())
                .collect(),
        };
        sentences.sort_unstable();
        sentences.dedup();
        sentences
    }
}

impl Expected {
    /// The fields that are spoken of.
    pub fn fields(&self) -> impl Iterator<Item = &Expectation> {
        [&self.apollo_owner, &self.owner, &self.created_by]
            .into_iter()
            .flatten()
    }
}

pub(super) fn of_cells(id: RowId, title: &'static str, cells: impl Into<Vec<Cell>>) -> Row {
    Row {
        id,
        title,
        body: Body::Cells(cells.into()),
    }
}

pub(super) fn cell(condition: Condition) -> Cell {
    Cell {
        condition,
        expected: Expected::default(),
    }
}

impl Cell {
    pub(super) fn apollo_owner(mut self, expectation: Expectation) -> Self {
        self.expected.apollo_owner = Some(expectation);
        self
    }
    pub(super) fn owner(mut self, expectation: Expectation) -> Self {
        self.expected.owner = Some(expectation);
        self
    }
    pub(super) fn created_by(mut self, expectation: Expectation) -> Self {
        self.expected.created_by = Some(expectation);
        self
    }
    /// The same expectation of Owner and of Created By.
    pub(super) fn both(self, expectation: Expectation) -> Self {
        self.owner(expectation.clone()).created_by(expectation)
    }
    pub(super) fn one_person(mut self) -> Self {
        self.expected.joint = Some(Joint::OwnerIsCreator);
        self
    }
}
