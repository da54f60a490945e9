//! Addresses of drivers that run already: each serves one scenario at a time.

use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use crate::sut::HelloAnswer;
use crate::sut::http::Address;

/// A driver at an address, and what it has said of itself.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) address: Address,
    pub(super) introduction: Option<HelloAnswer>,
}

#[derive(Debug)]
pub(super) struct Addresses {
    count: usize,
    free: Mutex<Vec<Listed>>,
    freed: Notify,
}

impl Addresses {
    pub(super) fn new(addresses: Vec<Address>) -> Self {
        let free = addresses.into_iter().map(|address| Listed {
            address,
            introduction: None,
        });
        // The first that was named is the first that is asked.
        let free: Vec<Listed> = free.rev().collect();
        Self {
            count: free.len(),
            free: Mutex::new(free),
            freed: Notify::new(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// One that serves no other scenario, as soon as there is one.
    pub(super) async fn take(&self) -> Listed {
        loop {
            let freed = self.freed.notified();
            if let Some(free) = self.locked().pop() {
                return free;
            }
            freed.await;
        }
    }

    /// After a scenario.
    pub(super) fn give_back(&self, listed: Listed) {
        self.locked().push(listed);
        self.freed.notify_one();
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Vec<Listed>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
