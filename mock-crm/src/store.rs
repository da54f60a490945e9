//! The records of one org or portal, their indexes, and the rows of the ledger that are written together with them.
//!
//! This is the one narrow boundary between a vendor's semantics and what is kept: put a record together with its ledger
//! row, change it, get it, look it up by owner, creator or unique value, scan an object in id order. It knows nothing of
//! what a field means; bodies are bytes that the vendor's code parses when somebody asks.

mod change;
mod creation;
mod index;
mod links;
mod observer;
mod record;
mod symbols;
mod transaction;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub use change::{Change, NewOwner};
pub use creation::{Creation, Writer};
pub use index::unique_key;
pub use observer::{Before, Observer, Occurrence};
pub use record::{Link, ObjectKey, Record, Serial};
pub use symbols::{Symbol, Symbols};
pub(crate) use transaction::Savepoint;

use crate::ledger::{ChangeRow, CreateRow, Ledger, Sequences};
use crate::segments::Segments;
use crate::tenant::log::{Event, Log};
use index::{Postings, UniqueIndex};
use transaction::Transaction;

/// Everything that is kept of one org or portal.
#[derive(Debug)]
pub struct Store {
    /// Interned ids of users, owners, tokens and apps.
    pub symbols: Symbols,
    /// What was created and whose ownership changed, and why.
    pub ledger: Ledger,
    records: Segments<Record>,
    by_object: HashMap<ObjectKey, Segments<Serial>>,
    by_owner: HashMap<Symbol, Postings>,
    by_creator: HashMap<Symbol, Postings>,
    unique: UniqueIndex,
    links: BTreeSet<Link>,
    sequences: Arc<Sequences>,
    log: Option<Log>,
    observer: Option<Arc<dyn Observer>>,
    transaction: Option<Box<Transaction>>,
}

impl Store {
    /// An empty store, numbering its ledger rows by `sequences`, and telling `log` what happens.
    pub fn new(sequences: Arc<Sequences>, log: Option<Log>) -> Self {
        Self {
            symbols: Symbols::default(),
            ledger: Ledger::default(),
            records: Segments::default(),
            by_object: HashMap::new(),
            by_owner: HashMap::new(),
            by_creator: HashMap::new(),
            unique: UniqueIndex::default(),
            links: BTreeSet::new(),
            sequences,
            log,
            observer: None,
            transaction: None,
        }
    }

    /// An empty store that numbers as this one does, to stand in its place.
    pub(crate) fn without_records(&self) -> Self {
        Self::new(self.sequences.clone(), None)
    }

    /// The serial that the next create gets: what a vendor derives the record's id from before it is written.
    pub fn next_serial(&self) -> Serial {
        Serial(u32::try_from(self.records.len()).unwrap_or(u32::MAX))
    }

    /// Puts down a record together with its row in the ledger.
    pub fn create(&mut self, creation: Creation, writer: &Writer) -> Serial {
        let sequence = self.sequences.take();
        self.tell(|| Event::Created {
            sequence,
            creation: creation.clone(),
            writer: writer.clone(),
        });
        self.remember_create(&creation);
        self.note_create(&creation, writer);
        self.insert(sequence, creation, writer)
    }

    /// Changes a record; a new owner is a row in the ledger, too. `None` where there is no such record.
    pub fn change(&mut self, serial: Serial, change: Change, writer: &Writer) -> Option<()> {
        self.get(serial)?;
        let sequence = change.owner.as_ref().map(|_| self.sequences.take());
        self.tell(|| Event::Changed {
            serial,
            sequence,
            change: change.clone(),
            writer: writer.clone(),
        });
        self.remember_change(serial, &change);
        self.note_change(serial, &change, writer);
        self.apply_change(serial, sequence, change, writer)
    }

    /// The record, deleted or not.
    pub fn get(&self, serial: Serial) -> Option<&Record> {
        self.records.get(serial.0 as usize)
    }

    /// The records of an object in id order, deleted ones included.
    pub fn scan(&self, object: ObjectKey) -> impl DoubleEndedIterator<Item = (Serial, &Record)> {
        let serials = self
            .by_object
            .get(&object)
            .into_iter()
            .flat_map(Segments::iter);
        serials.filter_map(|&serial| Some((serial, self.get(serial)?)))
    }

    /// The same from `first` on: a page far back costs as much as the first one.
    pub fn scan_from(
        &self,
        object: ObjectKey,
        first: Serial,
    ) -> impl Iterator<Item = (Serial, &Record)> {
        let serials = self.by_object.get(&object).into_iter();
        let serials = serials.flat_map(move |serials| {
            serials.iter_from(serials.partition_point(|serial| *serial < first))
        });
        serials.filter_map(|&serial| Some((serial, self.get(serial)?)))
    }

    /// The records that `owner` owns now, in id order, deleted ones included.
    pub fn owned_by(&self, owner: &str) -> Vec<Serial> {
        let Some(symbol) = self.symbols.find(owner) else {
            return Vec::new();
        };
        let Some(postings) = self.by_owner.get(&symbol) else {
            return Vec::new();
        };
        // A posting stays when the owner changes: what counts is the record.
        postings
            .sorted()
            .filter(|&serial| self.get(serial).is_some_and(|r| r.owner == Some(symbol)))
            .collect()
    }

    /// The records that `creator` created, in id order, deleted ones included.
    pub fn created_by(&self, creator: &str) -> Vec<Serial> {
        let postings = self
            .symbols
            .find(creator)
            .and_then(|symbol| self.by_creator.get(&symbol));
        postings
            .map(|postings| postings.sorted().collect())
            .unwrap_or_default()
    }

    /// The records that were put under a unique key. Two values can share a key, so the caller compares the value.
    pub fn find_unique(&self, key: u64) -> &[Serial] {
        self.unique.get(key)
    }

    /// Does again what the log says was done: the way in at start.
    pub fn replay(&mut self, event: Event) {
        match event {
            Event::Created {
                sequence,
                creation,
                writer,
            } => {
                self.sequences.seen(sequence);
                self.insert(sequence, creation, &writer);
            }
            Event::Changed {
                serial,
                sequence,
                change,
                writer,
            } => {
                sequence
                    .into_iter()
                    .for_each(|sequence| self.sequences.seen(sequence));
                // A change of a record that is not there was never logged.
                let _ = self.apply_change(serial, sequence, change, &writer);
            }
            Event::Linked(link) => {
                self.links.insert(link);
            }
            Event::Unlinked(link) => {
                self.links.remove(&link);
            }
            Event::Together(events) => events.into_iter().for_each(|event| self.replay(event)),
            // These are about the org or portal, not about its records.
            Event::Opened { .. }
            | Event::Closed
            | Event::Issued(_)
            | Event::Ended { .. }
            | Event::Setup(_) => {}
        }
    }

    /// Puts down a record that nobody created through an API: no row in the ledger, nothing in the log.
    pub fn seed(&mut self, creation: Creation) -> Serial {
        let modified_by = creation.created_by.clone();
        self.keep(creation, &modified_by)
    }

    fn insert(&mut self, sequence: u64, creation: Creation, writer: &Writer) -> Serial {
        let row = CreateRow::new(
            sequence,
            self.next_serial(),
            &creation,
            writer,
            &mut self.symbols,
        );
        self.ledger.created(row);
        self.keep(creation, &writer.user)
    }

    fn keep(&mut self, creation: Creation, modified_by: &str) -> Serial {
        let serial = self.next_serial();
        let created_by = self.symbols.intern(&creation.created_by);
        let owner = creation
            .owner
            .as_deref()
            .map(|owner| self.symbols.intern(owner));
        self.by_object
            .entry(creation.object)
            .or_default()
            .push(serial);
        self.by_creator.entry(created_by).or_default().push(serial);
        if let Some(owner) = owner {
            self.by_owner.entry(owner).or_default().push(serial);
        }
        creation
            .unique
            .iter()
            .for_each(|&key| self.unique.add(key, serial));
        self.records.push(Record {
            object: creation.object,
            deleted: false,
            created_at: creation.created_at.unwrap_or(creation.at),
            modified_at: creation.at,
            created_by,
            modified_by: self.symbols.intern(modified_by),
            owner,
            body: creation.body.into(),
        });
        serial
    }

    fn apply_change(
        &mut self,
        serial: Serial,
        sequence: Option<u64>,
        change: Change,
        writer: &Writer,
    ) -> Option<()> {
        let owner_before = self.get(serial)?.owner;
        if let (Some(new), Some(sequence)) = (&change.owner, sequence) {
            let owner = new.owner.as_deref().map(|owner| self.symbols.intern(owner));
            let object = self.get(serial)?.object;
            if owner != owner_before {
                let row = ChangeRow::new(
                    sequence,
                    change.at,
                    object,
                    serial,
                    owner_before,
                    new,
                    writer,
                    &mut self.symbols,
                );
                self.ledger.changed(row);
                owner
                    .into_iter()
                    .for_each(|owner| self.by_owner.entry(owner).or_default().push(serial));
            }
            self.records.get_mut(serial.0 as usize)?.owner = owner;
        }
        change
            .unique_removed
            .iter()
            .for_each(|&key| self.unique.remove(key, serial));
        change
            .unique_added
            .iter()
            .for_each(|&key| self.unique.add(key, serial));
        let modified_by = self.symbols.intern(&change.modified_by);
        let record = self.records.get_mut(serial.0 as usize)?;
        if let Some(body) = change.body {
            record.body = body.into();
        }
        record.deleted = change.deleted.unwrap_or(record.deleted);
        record.modified_at = change.at;
        record.modified_by = modified_by;
        Some(())
    }
}

#[cfg(test)]
mod tests;
