//! Query results that are longer than a page.

use std::collections::VecDeque;
use std::sync::Arc;

use super::soql::{Below, Plan};
use crate::store::Serial;

/// Cursors of an org that stay open; the oldest is closed when there are more. Real orgs keep ten a user.
const OPEN: usize = 100;

/// The same for results of sub-queries: as many as two pages of records can have below them.
const OPEN_BELOW: usize = 4000;

/// The open query results of an org.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    opened: u64,
    open: VecDeque<Arc<Cursor>>,
    below: VecDeque<Arc<Cursor>>,
}

/// A query result of several pages.
#[derive(Debug)]
pub(super) struct Cursor {
    pub(super) number: u64,
    /// Whose query it was: nobody else may read on.
    pub(super) user: Arc<str>,
    pub(super) plan: Arc<Plan>,
    pub(super) serials: Vec<Serial>,
    pub(super) below: Arc<Below>,
    pub(super) page: usize,
    pub(super) deleted: bool,
}

impl Cursors {
    /// Keeps a result; `make` gets its number.
    pub(super) fn open(&mut self, make: impl FnOnce(u64) -> Cursor) -> Arc<Cursor> {
        let cursor = self.make(make);
        keep(&mut self.open, OPEN, &cursor);
        cursor
    }

    /// Keeps the result of a sub-query, below one record.
    pub(super) fn open_below(&mut self, make: impl FnOnce(u64) -> Cursor) -> Arc<Cursor> {
        let cursor = self.make(make);
        keep(&mut self.below, OPEN_BELOW, &cursor);
        cursor
    }

    fn make(&mut self, make: impl FnOnce(u64) -> Cursor) -> Arc<Cursor> {
        self.opened += 1;
        Arc::new(make(self.opened))
    }

    pub(super) fn find(&self, number: u64) -> Option<Arc<Cursor>> {
        let mut cursors = self.open.iter().chain(&self.below);
        cursors.find(|cursor| cursor.number == number).cloned()
    }
}

fn keep(open: &mut VecDeque<Arc<Cursor>>, most: usize, cursor: &Arc<Cursor>) {
    open.push_back(cursor.clone());
    if open.len() > most {
        open.pop_front();
    }
}
