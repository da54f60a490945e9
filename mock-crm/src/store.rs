//! The records of one org or portal, their indexes, and the rows of the ledger that are written together with them.
//!
//! This is the one narrow boundary between a vendor's semantics and what is kept: put a record together with its ledger
//! row, change it, get it, look it up by owner, creator or unique value, scan an object in id order. It knows nothing of
//! what a field means; bodies are bytes that the vendor's code parses when somebody asks.

mod index;
mod symbols;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use index::unique_key;
pub use symbols::{Symbol, Symbols};

use crate::clock::Timestamp;
use crate::ledger::{ChangeRow, CreateRow, Ledger, Sequences};
use crate::segments::Segments;
use crate::tenant::log::{Event, Log};
use index::{Postings, UniqueIndex};

/// Which record of an org or portal: its place in the order of creation, across all objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Serial(pub u32);

/// Which object (Salesforce) or object type (HubSpot): an index into the vendor's list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct ObjectKey(pub u16);

/// One record. System fields are native, everything else is in `body`.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is a record of.
    pub object: ObjectKey,
    /// In the recycle bin (Salesforce) or archived (HubSpot).
    pub deleted: bool,
    /// `CreatedDate`, `createdAt`.
    pub created_at: Timestamp,
    /// `SystemModstamp`, `updatedAt`.
    pub modified_at: Timestamp,
    /// The user id of the creator, set once and never again.
    pub created_by: Symbol,
    /// The user id of the last writer.
    pub modified_by: Symbol,
    /// The owner's id as the vendor writes it; `None` where there is no owner.
    pub owner: Option<Symbol>,
    /// A JSON object of the fields that are set, in the vendor's encoding of values.
    pub body: Arc<[u8]>,
}

/// Who writes, through which door, in which request: the part of a ledger row that is the same for a whole request.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Writer {
    /// The id of the token, never its text.
    pub token: Arc<str>,
    /// The vendor's id of the app that the token was issued to.
    pub app: Option<Arc<str>>,
    /// The vendor's id of the user the token acts as.
    pub user: Arc<str>,
    /// The API family the record came in by: `rest`, `collections`, `single`, `batch`, …
    pub api: Cow<'static, str>,
    /// The number of the request in the HTTP journal.
    pub request: u64,
}

/// A record to create, with what the ledger has to say about it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Creation {
    /// What it is a record of.
    pub object: ObjectKey,
    /// The instant the create happened.
    pub at: Timestamp,
    /// `CreatedDate` where the audit-fields permission set another one.
    pub created_at: Option<Timestamp>,
    /// The user id of the creator.
    pub created_by: Arc<str>,
    /// Why: `token`, `audit_field`, `job_creator`.
    pub created_by_reason: Cow<'static, str>,
    /// The owner as the request named it, if it did.
    pub owner_requested: Option<Arc<str>>,
    /// The effective owner.
    pub owner: Option<Arc<str>>,
    /// The user behind the owner id, where there is one: the ids differ in HubSpot, and a queue is no user.
    pub owner_user: Option<Arc<str>>,
    /// Why: `requested`, `caller_default`, `assignment_rule`, `default_owner`, `blank`.
    pub owner_reason: Cow<'static, str>,
    /// [`unique_key`]s under which the record can be looked up.
    pub unique: Vec<u64>,
    /// The body, see [`Record::body`].
    #[serde(with = "body_as_text")]
    pub body: Vec<u8>,
}

/// A change of a record. What is `None` stays.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Change {
    /// The instant of the change.
    pub at: Timestamp,
    /// The user id of the writer.
    pub modified_by: Arc<str>,
    /// The new body.
    #[serde(with = "optional_body_as_text")]
    pub body: Option<Vec<u8>>,
    /// The new owner; `Some(None)` clears it.
    pub owner: Option<NewOwner>,
    /// Into the recycle bin, or out of it.
    pub deleted: Option<bool>,
    /// Unique keys that no longer lead here.
    pub unique_removed: Vec<u64>,
    /// Unique keys that now do.
    pub unique_added: Vec<u64>,
}

/// The owner that a change sets.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NewOwner {
    /// The owner's id; `None` clears it.
    pub owner: Option<Arc<str>>,
    /// The user behind it.
    pub owner_user: Option<Arc<str>>,
    /// Why: as in [`Creation::owner_reason`].
    pub reason: Cow<'static, str>,
}

/// A typed connection between two records (HubSpot's associations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Link {
    /// From which record.
    pub from: Serial,
    /// The vendor's association type id.
    pub type_id: u32,
    /// To which record.
    pub to: Serial,
}

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
        }
    }

    /// The serial that the next create gets: what a vendor derives the record's id from before it is written.
    pub fn next_serial(&self) -> Serial {
        Serial(u32::try_from(self.records.len()).unwrap_or(u32::MAX))
    }

    /// Puts down a record together with its row in the ledger.
    pub fn create(&mut self, creation: Creation, writer: &Writer) -> Serial {
        let sequence = self.sequences.take();
        if let Some(log) = &self.log {
            log.append(&Event::Created {
                sequence,
                creation: creation.clone(),
                writer: writer.clone(),
            });
        }
        self.insert(sequence, creation, writer)
    }

    /// Changes a record; a new owner is a row in the ledger, too. `None` where there is no such record.
    pub fn change(&mut self, serial: Serial, change: Change, writer: &Writer) -> Option<()> {
        self.get(serial)?;
        let sequence = change.owner.as_ref().map(|_| self.sequences.take());
        if let Some(log) = &self.log {
            log.append(&Event::Changed {
                serial,
                sequence,
                change: change.clone(),
                writer: writer.clone(),
            });
        }
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

    /// Connects two records; `false` if they were connected that way already.
    pub fn link(&mut self, link: Link) -> bool {
        let new = self.links.insert(link);
        if let (true, Some(log)) = (new, &self.log) {
            log.append(&Event::Linked(link));
        }
        new
    }

    /// Takes a connection away; `false` if there was none.
    pub fn unlink(&mut self, link: Link) -> bool {
        let found = self.links.remove(&link);
        if let (true, Some(log)) = (found, &self.log) {
            log.append(&Event::Unlinked(link));
        }
        found
    }

    /// The connections that start at a record, by type and target.
    pub fn links_from(&self, from: Serial) -> impl Iterator<Item = Link> {
        let first = Link {
            from,
            type_id: 0,
            to: Serial(0),
        };
        self.links
            .range(first..)
            .take_while(move |link| link.from == from)
            .copied()
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
            // These are about the org or portal, not about its records.
            Event::Opened { .. } | Event::Closed | Event::Issued(_) | Event::Ended { .. } => {}
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

/// A body is JSON text already, so the log keeps it as a string instead of a list of numbers.
mod body_as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(body))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        String::deserialize(deserializer).map(String::into_bytes)
    }
}

mod optional_body_as_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        body: &Option<Vec<u8>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        body.as_deref()
            .map(String::from_utf8_lossy)
            .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Vec<u8>>, D::Error> {
        Option::<String>::deserialize(deserializer).map(|body| body.map(String::into_bytes))
    }
}

#[cfg(test)]
mod tests;
