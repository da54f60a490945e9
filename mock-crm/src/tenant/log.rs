//! What happens to an org or portal, as the durable log keeps it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use serde::{Deserialize, Serialize};

use super::Crm;
use crate::clock::Timestamp;
use crate::identity::{End, Grant};
use crate::store::{Change, Creation, Link, Serial, Writer};

/// Something that happened to an org or portal.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was opened. What the vendor seeds from the specification is not in the log: the specification is.
    Opened {
        /// The how-manieth of the server.
        number: u32,
        /// The instant, which seeded records carry.
        at: Timestamp,
        /// The vendor's specification, as the seed file has it.
        specification: serde_json::Value,
    },
    /// It was closed.
    Closed,
    /// A token was issued.
    Issued(Grant),
    /// A token was ended before its time.
    Ended {
        /// The token's id.
        token: Arc<str>,
        /// How.
        end: End,
    },
    /// A record and its ledger row.
    Created {
        /// The row's number.
        sequence: u64,
        /// The record.
        creation: Creation,
        /// Who wrote.
        writer: Writer,
    },
    /// A change of a record.
    Changed {
        /// Which record.
        serial: Serial,
        /// The number of the ownership row, where the owner was set.
        sequence: Option<u64>,
        /// What changed.
        change: Change,
        /// Who wrote.
        writer: Writer,
    },
    /// People or definitions changed, in the vendor's form.
    Setup(serde_json::Value),
    /// Two records were connected.
    Linked(Link),
    /// A connection was taken away.
    Unlinked(Link),
    /// What happened in one transaction: one entry, so that a crash leaves all of it or nothing.
    Together(Vec<Event>),
}

impl Event {
    /// The highest number of a request that wrote a record here.
    pub fn request(&self) -> Option<u64> {
        match self {
            Self::Created { writer, .. } | Self::Changed { writer, .. } => Some(writer.request),
            Self::Together(events) => events.iter().filter_map(Self::request).max(),
            _ => None,
        }
    }
}

/// One line of the log, on its way to the disk.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Entry {
    /// Whose.
    pub crm: Crm,
    /// The org's or portal's id.
    pub tenant: Arc<str>,
    /// What happened, as JSON.
    pub event: String,
}

/// The way from one org or portal to the durable log of the server.
///
/// Appending is done under the lock of the store, so the log has events in the order in which they took effect. It never
/// waits for the disk: the answer to the request does (see [`crate::serve`]).
#[derive(Clone, Debug)]
pub struct Log {
    crm: Crm,
    tenant: Arc<str>,
    channel: LogChannel,
}

/// The server's way to its durable log. The count of what was sent is what an answer waits for.
#[derive(Clone, Debug)]
pub struct LogChannel {
    entries: Sender<Entry>,
    sent: Arc<AtomicU64>,
}

impl LogChannel {
    /// A channel to whoever holds the other end of `entries`.
    pub fn new(entries: Sender<Entry>) -> Self {
        Self {
            entries,
            sent: Arc::default(),
        }
    }

    /// How many entries were sent so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }
}

impl Log {
    /// The log of one org or portal, on the server's channel.
    pub fn new(crm: Crm, tenant: Arc<str>, channel: LogChannel) -> Self {
        Self {
            crm,
            tenant,
            channel,
        }
    }

    /// Hands an event on.
    pub fn append(&self, event: &Event) {
        // Writing these types as JSON can't fail: every key is a string and every number is finite.
        let event = serde_json::to_string(event).unwrap_or_default();
        self.channel.sent.fetch_add(1, Ordering::SeqCst);
        // The channel is closed only after the server has stopped answering.
        let _ = self.channel.entries.send(Entry {
            crm: self.crm,
            tenant: self.tenant.clone(),
            event,
        });
    }
}
