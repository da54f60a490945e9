//! Systems under test that live longer than a scenario: each is lent to one scenario at a time, and goes back after it.

mod addresses;
mod lease;
mod processes;

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use super::http::Address;
use super::process::Launch;
use super::{Driver, HelloAnswer, TransportError};
use addresses::Addresses;
use lease::Lease;
use processes::Processes;

/// The systems under test of a run. With `validates`, whatever is said to them and by them is held against the schema.
#[derive(Clone, Debug)]
pub struct Pool(Arc<Systems>);

#[derive(Debug)]
struct Systems {
    kind: Kind,
    /// What the first one said of itself: the others have to say the same.
    introduction: Mutex<Option<HelloAnswer>>,
    /// Numbers every call of the run, so that an answer that comes late is known as one.
    calls: Arc<AtomicU64>,
    validates: bool,
}

#[derive(Debug)]
enum Kind {
    Processes(Processes),
    Addresses(Addresses),
}

impl Pool {
    /// Processes, started as they are needed.
    pub fn of_processes(launch: Launch, validates: bool) -> Self {
        Self::of(Kind::Processes(Processes::new(launch)), validates)
    }

    /// Drivers that run already. Each serves one scenario at a time.
    pub fn of_addresses(addresses: Vec<Address>, validates: bool) -> Self {
        Self::of(Kind::Addresses(Addresses::new(addresses)), validates)
    }

    fn of(kind: Kind, validates: bool) -> Self {
        Self(Arc::new(Systems {
            kind,
            validates,
            introduction: Mutex::default(),
            calls: Arc::default(),
        }))
    }

    /// A driver for one scenario. It takes hold of a system with its first call.
    pub fn driver(&self) -> Driver {
        let lease = Lease::new(self.0.clone());
        Driver::numbered(lease, self.0.calls.clone()).validating(self.0.validates)
    }

    /// How many scenarios it can serve at a time.
    pub fn most(&self) -> usize {
        match &self.0.kind {
            Kind::Processes(_) => usize::MAX,
            Kind::Addresses(addresses) => addresses.count(),
        }
    }

    /// Ends all that were started, and waits until they have ended. What a scenario still holds is killed.
    pub fn end(&self) {
        self.0.end();
    }

    /// Why nothing can be started at all, if so: the command is none.
    pub fn no_command(&self) -> Option<String> {
        match &self.0.kind {
            Kind::Processes(processes) => processes.no_command(),
            Kind::Addresses(_) => None,
        }
    }

    /// What somebody should know of the run as a whole.
    pub fn warnings(&self) -> Vec<String> {
        match &self.0.kind {
            Kind::Processes(processes) => processes.warnings(),
            Kind::Addresses(_) => Vec::new(),
        }
    }
}

impl Drop for Systems {
    fn drop(&mut self) {
        self.end();
    }
}

impl Systems {
    fn end(&self) {
        if let Kind::Processes(processes) = &self.kind {
            processes.end();
        }
    }

    /// Keeps what a system says of itself, or refuses it where another has said otherwise.
    fn introduced(&self, answer: &HelloAnswer) -> Result<(), TransportError> {
        let mut first = self
            .introduction
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let first = first.get_or_insert_with(|| answer.clone());
        if first == answer {
            return Ok(());
        }
        let differ = first
            .capabilities
            .iter()
            .filter(|one| !answer.capabilities.contains(one))
            .chain(
                answer
                    .capabilities
                    .iter()
                    .filter(|one| !first.capabilities.contains(one)),
            );
        let differ: Vec<&str> = differ.map(String::as_str).collect();
        let capabilities = if differ.is_empty() {
            String::new()
        } else {
            format!(", and these capabilities differ: {}", differ.join(" "))
        };
        Err(TransportError {
            message: format!(
                "it introduces itself in two ways; at first it was {} {}{capabilities}",
                first.name, first.version
            ),
            source: None,
        })
    }
}
