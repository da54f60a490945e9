//! How many API requests an org has answered today.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use crate::clock::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A count that starts again every day. Real orgs count over the last 24 hours.
#[derive(Debug)]
pub(in crate::salesforce) struct Usage {
    day: AtomicI64,
    used: AtomicU64,
    pub(in crate::salesforce) limit: u64,
}

impl Usage {
    pub(in crate::salesforce) fn new(limit: u64) -> Self {
        Self {
            day: AtomicI64::new(0),
            used: AtomicU64::new(0),
            limit,
        }
    }

    /// Counts one more request; the number it has today.
    pub(in crate::salesforce) fn count(&self, now: Timestamp) -> u64 {
        let today = now.0.div_euclid(DAY);
        if self.day.swap(today, Ordering::Relaxed) != today {
            self.used.store(0, Ordering::Relaxed);
        }
        self.used.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// How many there were today.
    pub(in crate::salesforce) fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }
}
