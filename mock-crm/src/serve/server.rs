//! What all vendors of a server share.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

use crate::clock::Clock;
use crate::durable::{NotWritten, Written};
use crate::faults::Faults;
use crate::journal::Journal;
use crate::ledger::Sequences;
use crate::tenant::Surroundings;
use crate::tenant::log::LogChannel;

/// The state of a server that belongs to no org or portal.
#[derive(Debug)]
pub struct Server {
    /// The clock of orgs and portals that bring none of their own, and of what reaches none.
    pub clock: Arc<Clock>,
    /// The seed of all chance.
    pub random_seed: u64,
    /// The numbering of ledger rows.
    pub sequences: Arc<Sequences>,
    /// The numbering of tokens, over both vendors.
    pub issued_tokens: Arc<AtomicU64>,
    /// Faults to play.
    pub faults: Faults,
    /// Exchanges that reached no open org or portal.
    pub strays: Mutex<Journal>,
    /// The way to the durable log, if one is kept.
    pub log: Option<LogChannel>,
    written: Option<Written>,
    requests: AtomicU64,
    tenants: AtomicU64,
    panics: Mutex<Vec<Panic>>,
}

/// A handler that panicked: a bug of the mock, which must not pass for a vendor's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    /// The request it was answering.
    pub request: u64,
    /// What it said.
    pub message: String,
}

impl Server {
    /// A server without orgs or portals.
    pub fn new(clock: Arc<Clock>, random_seed: u64, log: Option<(LogChannel, Written)>) -> Self {
        let (log, written) = log.unzip();
        Self {
            clock,
            random_seed,
            sequences: Arc::default(),
            issued_tokens: Arc::default(),
            faults: Faults::default(),
            strays: Mutex::default(),
            log,
            written,
            requests: AtomicU64::new(0),
            tenants: AtomicU64::new(0),
            panics: Mutex::default(),
        }
    }

    /// What the next org or portal gets from its server; `clock`: its own, where it is to have one.
    pub fn surroundings(&self, clock: Option<Arc<Clock>>) -> Surroundings {
        let number = self.tenants.fetch_add(1, Ordering::Relaxed) + 1;
        self.surroundings_of(u32::try_from(number).unwrap_or(u32::MAX), clock)
    }

    /// What an org or portal that the log has gets from its server: the number it had. The next new one has a higher one.
    pub fn surroundings_again(&self, number: u32, clock: Option<Arc<Clock>>) -> Surroundings {
        self.tenants.fetch_max(u64::from(number), Ordering::Relaxed);
        self.surroundings_of(number, clock)
    }

    fn surroundings_of(&self, number: u32, clock: Option<Arc<Clock>>) -> Surroundings {
        Surroundings {
            number,
            random_seed: self.random_seed,
            clock: clock.unwrap_or_else(|| self.clock.clone()),
            sequences: self.sequences.clone(),
            log: self.log.clone(),
        }
    }

    /// Handlers that panicked so far.
    pub fn panics(&self) -> Vec<Panic> {
        self.panics.lock().clone()
    }

    pub(super) fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn panicked(&self, request: u64, payload: &(dyn Any + Send)) {
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without a message".to_owned());
        tracing::error!(request, message, "a handler of the mock panicked");
        self.panics.lock().push(Panic { request, message });
    }

    /// The number of the last request that came in, over all starts of a data directory.
    pub fn last_request(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// A number from the log: what comes next is above it.
    pub fn request_seen(&self, number: u64) {
        self.requests.fetch_max(number, Ordering::Relaxed);
    }

    /// Returns when everything that was written so far is on disk; at once where nothing is kept there.
    ///
    /// # Errors
    /// Where a commit has failed: then nothing may be acknowledged, since memory knows more than the disk.
    pub async fn written(&self) -> Result<(), NotWritten> {
        match (&self.log, &self.written) {
            (Some(log), Some(written)) => written.reached(log.sent()).await,
            _ => Ok(()),
        }
    }

    /// Why nothing is acknowledged any more, if a commit has failed.
    pub fn write_failure(&self) -> Option<NotWritten> {
        self.written.as_ref()?.failure()
    }
}
