//! One org or portal: an entry, not a listener, so that a scenario can have its own in microseconds.

mod hold;
pub mod log;

use std::fmt;
use std::sync::Arc;

use parking_lot::{Mutex, RwLockReadGuard, RwLockWriteGuard};
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::ids::Entropy;
use crate::journal::Journal;
use crate::ledger::{ChangeEntry, ChangeRow, CreateEntry, CreateRow, Sequences};
use crate::store::{ObjectKey, Serial, Store, Symbol};
use hold::Holding;
use log::{Log, LogChannel};

/// Which vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Crm {
    /// A Salesforce org.
    Salesforce,
    /// A HubSpot portal.
    Hubspot,
}

impl fmt::Display for Crm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Salesforce => "salesforce",
            Self::Hubspot => "hubspot",
        })
    }
}

/// How a vendor writes the ids and the names that the ledger keeps in short form.
pub trait Naming: fmt::Debug + Send + Sync {
    /// The object's name on the wire: `Contact`, `contacts`.
    fn object_name(&self, object: ObjectKey) -> String;
    /// The record's id on the wire.
    fn record_id(&self, object: ObjectKey, serial: Serial) -> String;
}

/// A vendor's org or portal, seen as what all of them share.
pub trait Hosted: fmt::Debug + Send + Sync + 'static {
    /// The shared part.
    fn tenant(&self) -> &Tenant;
}

/// What is common to a Salesforce org and a HubSpot portal.
#[derive(Debug)]
pub struct Tenant {
    /// Whose.
    pub crm: Crm,
    /// The vendor's id: 18 characters of an org, the number of a portal.
    pub id: Arc<str>,
    /// The how-manieth of the server: ids and chance derive from it.
    pub number: u32,
    /// Its clock.
    pub clock: Arc<Clock>,
    /// Its chance.
    pub entropy: Entropy,
    /// The HTTP exchanges that reached it.
    pub journal: Mutex<Journal>,
    /// Where the durable log is kept, if one is.
    pub log: Option<Log>,
    naming: Box<dyn Naming>,
    store: Holding,
}

/// What a new org or portal gets from the server it is on.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The how-manieth it is.
    pub number: u32,
    /// The seed of its chance.
    pub random_seed: u64,
    /// Its clock.
    pub clock: Arc<Clock>,
    /// The server's numbering of ledger rows.
    pub sequences: Arc<Sequences>,
    /// The way to the durable log, if one is kept.
    pub log: Option<LogChannel>,
}

impl Tenant {
    /// An empty org or portal.
    pub fn new(crm: Crm, id: &str, naming: Box<dyn Naming>, surroundings: Surroundings) -> Self {
        let id: Arc<str> = id.into();
        let log = surroundings
            .log
            .map(|channel| Log::new(crm, id.clone(), channel));
        let stream = u64::from(surroundings.number) << 1 | u64::from(crm == Crm::Hubspot);
        Self {
            crm,
            id,
            number: surroundings.number,
            clock: surroundings.clock,
            entropy: Entropy::new(surroundings.random_seed, stream + 1),
            journal: Mutex::default(),
            naming,
            store: Holding::new(Store::new(surroundings.sequences, log.clone())),
            log,
        }
    }

    /// The records, to look at.
    pub fn read(&self) -> RwLockReadGuard<'_, Store> {
        self.store.read()
    }

    /// The records, to change: everything done under one guard is seen by others at once.
    pub fn write(&self) -> RwLockWriteGuard<'_, Store> {
        self.store.write()
    }

    /// Does `work` in a transaction: all that the current thread changes in the records stays where the result is `Ok`,
    /// and none of it where it is not, or where `work` panics. Others see all of it or nothing, and so does the durable
    /// log. A transaction inside another is undone alone, or with the outer one.
    ///
    /// `work` gets its guards from [`Tenant::read`] and [`Tenant::write`] as ever; the caller holds none. It must not
    /// leave its thread.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn transaction<T, E>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.store.transaction(work)
    }

    /// Whether the current thread is in a transaction: what it sees is not yet so for others.
    pub fn in_transaction(&self) -> bool {
        self.store.held_here()
    }

    /// The id of a record on the wire.
    pub fn record_id(&self, object: ObjectKey, serial: Serial) -> String {
        self.naming.record_id(object, serial)
    }

    /// The object's name on the wire.
    pub fn object_name(&self, object: ObjectKey) -> String {
        self.naming.object_name(object)
    }

    /// The row of a create, with texts.
    pub fn create_entry(&self, store: &Store, row: &CreateRow) -> CreateEntry {
        let text = |symbol: Symbol| store.symbols.text(symbol).to_owned();
        CreateEntry {
            sequence: row.sequence,
            created_at: row.at.iso().to_string(),
            crm: self.crm.to_string(),
            org: self.id.to_string(),
            object: self.object_name(row.object),
            record: self.record_id(row.object, row.record),
            api: text(row.api),
            owner_requested: row.owner_requested.map(text),
            owner: row.owner.map(text),
            owner_user: row.owner_user.map(text),
            owner_reason: text(row.owner_reason),
            created_by: text(row.created_by),
            created_by_reason: text(row.created_by_reason),
            token: text(row.token),
            app: row.app.map(text),
            user: text(row.user),
            request: crate::journal::request_id(row.request),
        }
    }

    /// The row of a change of ownership, with texts.
    pub fn change_entry(&self, store: &Store, row: &ChangeRow) -> ChangeEntry {
        let text = |symbol: Symbol| store.symbols.text(symbol).to_owned();
        ChangeEntry {
            sequence: row.sequence,
            changed_at: row.at.iso().to_string(),
            crm: self.crm.to_string(),
            org: self.id.to_string(),
            object: self.object_name(row.object),
            record: self.record_id(row.object, row.record),
            api: text(row.api),
            owner_before: row.owner_before.map(text),
            owner: row.owner.map(text),
            owner_user: row.owner_user.map(text),
            owner_reason: text(row.owner_reason),
            token: text(row.token),
            app: row.app.map(text),
            user: text(row.user),
            request: crate::journal::request_id(row.request),
        }
    }
}
