//! The ledger of creates: one immutable row per create, written together with the record.
//!
//! Changes of ownership are recorded the same way. Rows of creates and changes share one sequence over the whole
//! server, so their order is known.

mod entry;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Notify;

pub use entry::{ChangeEntry, CreateEntry};

use crate::clock::Timestamp;
use crate::segments::Segments;
use crate::store::{Creation, NewOwner, ObjectKey, Serial, Symbol, Symbols, Writer};

/// Numbers the rows of all ledgers of a server, and wakes who follows them live.
#[derive(Debug, Default)]
pub struct Sequences {
    last: AtomicU64,
    /// Wakes followers: a row may have been added.
    pub added: Notify,
}

impl Sequences {
    /// The next number. Called under the lock of the store that gets the row, so a reader that has seen number n and
    /// then locks each store finds every row up to n.
    pub fn take(&self) -> u64 {
        let sequence = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        self.added.notify_waiters();
        sequence
    }

    /// The last number taken.
    pub fn last(&self) -> u64 {
        self.last.load(Ordering::SeqCst)
    }

    /// A number from the log: what comes next is above it.
    pub fn seen(&self, sequence: u64) {
        self.last.fetch_max(sequence, Ordering::SeqCst);
    }
}

/// The row of one create. Texts are symbols of the store it belongs to.
#[derive(Clone, Debug)]
pub struct CreateRow {
    pub(crate) sequence: u64,
    pub(crate) at: Timestamp,
    pub(crate) request: u64,
    pub(crate) record: Serial,
    pub(crate) object: ObjectKey,
    pub(crate) owner_requested: Option<Symbol>,
    pub(crate) owner: Option<Symbol>,
    pub(crate) owner_user: Option<Symbol>,
    pub(crate) owner_reason: Symbol,
    pub(crate) created_by: Symbol,
    pub(crate) created_by_reason: Symbol,
    pub(crate) token: Symbol,
    pub(crate) app: Option<Symbol>,
    pub(crate) user: Symbol,
    pub(crate) api: Symbol,
}

impl CreateRow {
    pub(crate) fn new(
        sequence: u64,
        record: Serial,
        creation: &Creation,
        writer: &Writer,
        symbols: &mut Symbols,
    ) -> Self {
        Self {
            sequence,
            at: creation.at,
            request: writer.request,
            record,
            object: creation.object,
            owner_requested: creation
                .owner_requested
                .as_deref()
                .map(|text| symbols.intern(text)),
            owner: creation.owner.as_deref().map(|text| symbols.intern(text)),
            owner_user: creation
                .owner_user
                .as_deref()
                .map(|text| symbols.intern(text)),
            owner_reason: symbols.intern(&creation.owner_reason),
            created_by: symbols.intern(&creation.created_by),
            created_by_reason: symbols.intern(&creation.created_by_reason),
            token: symbols.intern(&writer.token),
            app: writer.app.as_deref().map(|text| symbols.intern(text)),
            user: symbols.intern(&writer.user),
            api: symbols.intern(&writer.api),
        }
    }
}

/// The row of one change of ownership.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    pub(crate) sequence: u64,
    pub(crate) at: Timestamp,
    pub(crate) request: u64,
    pub(crate) record: Serial,
    pub(crate) object: ObjectKey,
    pub(crate) owner_before: Option<Symbol>,
    pub(crate) owner: Option<Symbol>,
    pub(crate) owner_user: Option<Symbol>,
    pub(crate) owner_reason: Symbol,
    pub(crate) token: Symbol,
    pub(crate) app: Option<Symbol>,
    pub(crate) user: Symbol,
    pub(crate) api: Symbol,
}

impl ChangeRow {
    #[allow(
        clippy::too_many_arguments,
        reason = "a row has that many columns; called in one place"
    )]
    pub(crate) fn new(
        sequence: u64,
        at: Timestamp,
        object: ObjectKey,
        record: Serial,
        owner_before: Option<Symbol>,
        new: &NewOwner,
        writer: &Writer,
        symbols: &mut Symbols,
    ) -> Self {
        Self {
            sequence,
            at,
            request: writer.request,
            record,
            object,
            owner_before,
            owner: new.owner.as_deref().map(|text| symbols.intern(text)),
            owner_user: new.owner_user.as_deref().map(|text| symbols.intern(text)),
            owner_reason: symbols.intern(&new.reason),
            token: symbols.intern(&writer.token),
            app: writer.app.as_deref().map(|text| symbols.intern(text)),
            user: symbols.intern(&writer.user),
            api: symbols.intern(&writer.api),
        }
    }
}

/// What rows of creates and of changes have in common.
pub(crate) trait Row {
    fn object(&self) -> ObjectKey;
    fn record(&self) -> Serial;
    fn owner(&self) -> Option<Symbol>;
    fn token(&self) -> Symbol;
}

impl Row for CreateRow {
    fn object(&self) -> ObjectKey {
        self.object
    }

    fn record(&self) -> Serial {
        self.record
    }

    fn owner(&self) -> Option<Symbol> {
        self.owner
    }

    fn token(&self) -> Symbol {
        self.token
    }
}

impl Row for ChangeRow {
    fn object(&self) -> ObjectKey {
        self.object
    }

    fn record(&self) -> Serial {
        self.record
    }

    fn owner(&self) -> Option<Symbol> {
        self.owner
    }

    fn token(&self) -> Symbol {
        self.token
    }
}

/// The rows of one org or portal, in the order of their sequence.
///
/// Creates are indexed by the pair of owner and creator: pairs are few, and "created by X and owned by Y" is the
/// question that the ledger is for. An owner or a creator alone is the merge of its pairs.
#[derive(Debug, Default)]
pub struct Ledger {
    creates: Segments<CreateRow>,
    changes: Segments<ChangeRow>,
    by_pair: HashMap<(Option<Symbol>, Symbol), Segments<u32>>,
}

impl Ledger {
    pub(crate) fn created(&mut self, row: CreateRow) {
        let index = u32::try_from(self.creates.len()).unwrap_or(u32::MAX);
        self.by_pair
            .entry((row.owner, row.created_by))
            .or_default()
            .push(index);
        self.creates.push(row);
    }

    pub(crate) fn changed(&mut self, row: ChangeRow) {
        self.changes.push(row);
    }

    /// Takes the newest create back.
    pub(crate) fn uncreate(&mut self) {
        let Some(row) = self.creates.pop() else {
            return;
        };
        if let Some(places) = self.by_pair.get_mut(&(row.owner, row.created_by)) {
            places.pop();
        }
    }

    /// Takes the newest change of ownership back.
    pub(crate) fn unchange(&mut self) {
        self.changes.pop();
    }

    /// How many creates there were.
    pub fn creates_len(&self) -> usize {
        self.creates.len()
    }

    /// Creates with a sequence above `after`, in rising order.
    pub fn creates_after(&self, after: u64) -> impl Iterator<Item = &CreateRow> {
        let start = first_above(&self.creates, after, |row| row.sequence);
        self.creates.iter_from(start)
    }

    /// Ownership changes with a sequence above `after`, in rising order.
    pub fn changes_after(&self, after: u64) -> impl Iterator<Item = &ChangeRow> {
        let start = first_above(&self.changes, after, |row| row.sequence);
        self.changes.iter_from(start)
    }

    /// Creates of the pairs that `wanted` picks with a sequence above `after`, in rising order.
    pub fn oldest_of_pairs(
        &self,
        after: u64,
        wanted: impl Fn(Option<Symbol>, Symbol) -> bool,
    ) -> impl Iterator<Item = &CreateRow> {
        let start = first_above(&self.creates, after, |row| row.sequence) as u64;
        let lists = self
            .by_pair
            .iter()
            .filter(move |((owner, creator), _)| wanted(*owner, *creator));
        let mut cursors: Vec<_> = lists
            .map(|(_, list)| list.iter_from(first_above_or_at(list, start)).copied())
            .map(|mut c| (c.next(), c))
            .collect();
        std::iter::from_fn(move || {
            let waiting = cursors.iter_mut().filter(|(oldest, _)| oldest.is_some());
            let (oldest, newer) = waiting.min_by_key(|(oldest, _)| *oldest)?;
            let index = std::mem::replace(oldest, newer.next())?;
            self.creates.get(index as usize)
        })
    }

    /// Creates of the pairs that `wanted` picks, newest first.
    pub fn newest_of_pairs(
        &self,
        wanted: impl Fn(Option<Symbol>, Symbol) -> bool,
    ) -> impl Iterator<Item = &CreateRow> {
        let lists = self
            .by_pair
            .iter()
            .filter(move |((owner, creator), _)| wanted(*owner, *creator));
        let mut cursors: Vec<_> = lists
            .map(|(_, list)| list.iter().rev().copied())
            .map(|mut c| (c.next(), c))
            .collect();
        std::iter::from_fn(move || {
            let (newest, older) = cursors.iter_mut().max_by_key(|(newest, _)| *newest)?;
            let index = std::mem::replace(newest, older.next())?;
            self.creates.get(index as usize)
        })
    }
}

/// The place of the first index that is `start` or more.
fn first_above_or_at(list: &Segments<u32>, start: u64) -> usize {
    match start.checked_sub(1) {
        Some(before) => first_above(list, before, |&index| u64::from(index)),
        None => 0,
    }
}

/// The index of the first row whose sequence is above `after`: rows stand in rising order.
fn first_above<T>(rows: &Segments<T>, after: u64, sequence: impl Fn(&T) -> u64) -> usize {
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = low + (high - low) / 2;
        match rows.get(middle) {
            Some(row) if sequence(row) <= after => low = middle + 1,
            _ => high = middle,
        }
    }
    low
}
