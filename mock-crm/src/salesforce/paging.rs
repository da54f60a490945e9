//! Query results that are longer than a page.

use std::collections::VecDeque;
use std::sync::Arc;

use super::soql::Plan;
use crate::store::Serial;

/// Cursors of an org that stay open; the oldest is closed when there are more. Real orgs keep ten a user.
const OPEN: usize = 100;

/// The open query results of an org.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    opened: u64,
    open: VecDeque<Arc<Cursor>>,
}

/// A query result of several pages.
#[derive(Debug)]
pub(super) struct Cursor {
    pub(super) number: u64,
    /// Whose query it was: nobody else may read on.
    pub(super) user: Arc<str>,
    pub(super) plan: Plan,
    pub(super) serials: Vec<Serial>,
    pub(super) page: usize,
    pub(super) deleted: bool,
}

impl Cursors {
    /// Keeps a result; `make` gets its number.
    pub(super) fn open(&mut self, make: impl FnOnce(u64) -> Cursor) -> Arc<Cursor> {
        self.opened += 1;
        let cursor = Arc::new(make(self.opened));
        self.open.push_back(cursor.clone());
        if self.open.len() > OPEN {
            self.open.pop_front();
        }
        cursor
    }

    pub(super) fn find(&self, number: u64) -> Option<Arc<Cursor>> {
        self.open
            .iter()
            .find(|cursor| cursor.number == number)
            .cloned()
    }
}
