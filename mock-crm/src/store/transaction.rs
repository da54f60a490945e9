//! Savepoints of a store: what was done since one can be undone, and nobody outside hears of it before the outermost is
//! released.

use super::index::{Mark, Postings};
use super::{Change, Creation, Link, Occurrence, Record, Serial, Store};
use crate::tenant::log::Event;

/// What has to be kept while a transaction runs. Outside of one a store keeps none of it.
#[derive(Debug, Default)]
pub(super) struct Transaction {
    /// How many savepoints are open.
    depth: usize,
    undo: Vec<Undo>,
    /// What the log hears when the outermost savepoint is released.
    pub(super) events: Vec<Event>,
    /// What the observer hears then.
    pub(super) occurrences: Vec<Occurrence>,
}

/// How one step is taken back. Steps are taken back newest first, so that each finds what it left.
#[derive(Debug)]
pub(super) enum Undo {
    /// The newest record, and with it the newest row of creates.
    Created {
        unique: Vec<u64>,
        creator: Mark,
        owner: Option<Mark>,
    },
    /// A record as it was and its keys as they led; with a new owner, the postings of that one, and the newest row of
    /// ownership changes.
    Changed {
        serial: Serial,
        before: Record,
        unique: Vec<(u64, Vec<Serial>)>,
        moved: Option<Mark>,
    },
    Linked(Link),
    Unlinked(Link),
}

/// A point that a store can go back to.
///
/// Invariant: released or rolled back once, the newest first.
#[derive(Debug)]
#[must_use = "an open savepoint keeps the log waiting"]
pub(crate) struct Savepoint {
    undo: usize,
    events: usize,
    occurrences: usize,
    symbols: usize,
}

/// A savepoint that is rolled back unless it is taken out.
struct Step<'s> {
    store: &'s mut Store,
    savepoint: Option<Savepoint>,
}

impl Drop for Step<'_> {
    fn drop(&mut self) {
        if let Some(savepoint) = self.savepoint.take() {
            self.store.rollback(savepoint);
        }
    }
}

impl Store {
    /// Opens a savepoint. [`crate::tenant::Tenant::transaction`] makes sure that it is closed again.
    pub(crate) fn begin(&mut self) -> Savepoint {
        let symbols = self.symbols.len();
        let transaction = self.transaction.get_or_insert_default();
        transaction.depth += 1;
        Savepoint {
            undo: transaction.undo.len(),
            events: transaction.events.len(),
            occurrences: transaction.occurrences.len(),
            symbols,
        }
    }

    /// Keeps what was done since the savepoint; with the outermost one, the log hears of it.
    pub(crate) fn commit(&mut self, savepoint: Savepoint) {
        self.close(savepoint);
    }

    /// Takes back what was done since the savepoint. Ledger rows that are gone leave a gap in the numbering, which the
    /// whole server shares: somebody else may have the next number already.
    pub(crate) fn rollback(&mut self, savepoint: Savepoint) {
        while let Some(undo) = self.newest_since(&savepoint) {
            self.take_back(undo);
        }
        if let Some(transaction) = &mut self.transaction {
            transaction.events.truncate(savepoint.events);
            transaction.occurrences.truncate(savepoint.occurrences);
        }
        self.symbols.truncate(savepoint.symbols);
        self.close(savepoint);
    }

    /// Does `work`, of which the log hears as one thing; a panic takes it back.
    pub(crate) fn together<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let mut step = Step {
            savepoint: Some(self.begin()),
            store: self,
        };
        let done = work(step.store);
        if let Some(savepoint) = step.savepoint.take() {
            step.store.commit(savepoint);
        }
        done
    }

    /// Whether a savepoint is open.
    fn in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    fn close(&mut self, _: Savepoint) {
        let Some(transaction) = &mut self.transaction else {
            return;
        };
        transaction.depth = transaction.depth.saturating_sub(1);
        if transaction.depth > 0 {
            return;
        }
        let mut events = std::mem::take(&mut transaction.events);
        let occurrences = std::mem::take(&mut transaction.occurrences);
        self.transaction = None;
        if let (Some(observer), false) = (&self.observer, occurrences.is_empty()) {
            observer.happened(occurrences);
        }
        let event = match events.len() {
            0 | 1 => events.pop(),
            _ => Some(Event::Together(events)),
        };
        if let (Some(log), Some(event)) = (&self.log, event) {
            log.append(&event);
        }
    }

    fn newest_since(&mut self, savepoint: &Savepoint) -> Option<Undo> {
        let steps = &mut self.transaction.as_mut()?.undo;
        (steps.len() > savepoint.undo).then(|| steps.pop())?
    }

    pub(super) fn remember(&mut self, undo: Undo) {
        if let Some(transaction) = &mut self.transaction {
            transaction.undo.push(undo);
        }
    }

    /// To be called before the create, with what it will put down.
    pub(super) fn remember_create(&mut self, creation: &Creation) {
        if !self.in_transaction() {
            return;
        }
        let mark = |postings: &Postings| postings.mark();
        let creator = self.symbols.find(&creation.created_by);
        let creator = creator.and_then(|creator| self.by_creator.get(&creator));
        self.remember(Undo::Created {
            creator: creator.map(mark).unwrap_or_default(),
            owner: creation
                .owner
                .as_deref()
                .map(|owner| self.owner_mark(owner)),
            unique: creation.unique.clone(),
        });
    }

    /// To be called before the change, with what it will do.
    pub(super) fn remember_change(&mut self, serial: Serial, change: &Change) {
        let before = self.in_transaction().then(|| self.get(serial)).flatten();
        let Some(before) = before.cloned() else {
            return;
        };
        let owner = before.owner.map(|owner| self.symbols.text(owner));
        let moved = change
            .owner
            .as_ref()
            .filter(|new| new.owner.as_deref() != owner);
        let moved = moved.map(|new| match &new.owner {
            Some(owner) => self.owner_mark(owner),
            None => Mark::default(),
        });
        let keys = change.unique_removed.iter().chain(&change.unique_added);
        let unique = keys.map(|&key| (key, self.unique.get(key).to_vec()));
        self.remember(Undo::Changed {
            serial,
            unique: unique.collect(),
            before,
            moved,
        });
    }

    fn owner_mark(&self, owner: &str) -> Mark {
        let postings = self
            .symbols
            .find(owner)
            .and_then(|owner| self.by_owner.get(&owner));
        postings.map(Postings::mark).unwrap_or_default()
    }

    /// Tells the log what happened, at once or with the transaction.
    pub(super) fn tell(&mut self, event: impl FnOnce() -> Event) {
        match (&self.log, &mut self.transaction) {
            (Some(_), Some(transaction)) => transaction.events.push(event()),
            (Some(log), None) => log.append(&event()),
            (None, _) => {}
        }
    }

    /// Tells the log of a change of people or definitions, between what happens to records before and after it.
    pub(crate) fn tell_setup(&mut self, change: impl FnOnce() -> serde_json::Value) {
        self.tell(|| Event::Setup(change()));
    }

    fn take_back(&mut self, undo: Undo) {
        match undo {
            Undo::Created {
                unique,
                creator,
                owner,
            } => self.take_back_create(&unique, creator, owner),
            Undo::Changed {
                serial,
                before,
                unique,
                moved,
            } => {
                for (key, serials) in unique {
                    self.unique.set(key, serials);
                }
                if let Some(mark) = moved {
                    self.ledger.unchange();
                    self.take_back_owner(serial, mark);
                }
                if let Some(record) = self.records.get_mut(serial.0 as usize) {
                    *record = before;
                }
            }
            Undo::Linked(link) => {
                self.links.remove(&link);
            }
            Undo::Unlinked(link) => {
                self.links.insert(link);
            }
        }
    }

    fn take_back_create(&mut self, unique: &[u64], creator: Mark, owner: Option<Mark>) {
        let Some(record) = self.records.pop() else {
            return;
        };
        let serial = self.next_serial();
        self.ledger.uncreate();
        if let Some(serials) = self.by_object.get_mut(&record.object) {
            serials.pop();
        }
        if let Some(postings) = self.by_creator.get_mut(&record.created_by) {
            postings.pop(creator);
        }
        if let (Some(id), Some(mark)) = (record.owner, owner)
            && let Some(postings) = self.by_owner.get_mut(&id)
        {
            postings.pop(mark);
        }
        unique
            .iter()
            .for_each(|&key| self.unique.remove(key, serial));
    }

    /// The record left the postings of its new owner.
    fn take_back_owner(&mut self, serial: Serial, before: Mark) {
        let owner = self.get(serial).and_then(|record| record.owner);
        if let Some(owner) = owner
            && let Some(postings) = self.by_owner.get_mut(&owner)
        {
            postings.pop(before);
        }
    }
}

#[cfg(test)]
mod tests;
