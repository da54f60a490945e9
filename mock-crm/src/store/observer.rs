//! Who wants to hear of records once it is sure what happened to them.

use std::fmt;
use std::sync::Arc;

use super::{Change, Creation, ObjectKey, Serial, Store, Writer};

/// Something that was done to a record.
#[derive(Clone, Debug)]
pub enum Occurrence {
    /// It was put down.
    Created {
        /// Which record.
        serial: Serial,
        /// With what.
        creation: Creation,
        /// By whom.
        writer: Writer,
    },
    /// It was changed.
    Changed {
        /// Which record.
        serial: Serial,
        /// As it was.
        before: Before,
        /// What became of it.
        change: Change,
        /// By whom.
        writer: Writer,
    },
}

/// A record before a change.
#[derive(Clone, Debug)]
pub struct Before {
    /// What it is a record of.
    pub object: ObjectKey,
    /// Its body.
    pub body: Arc<[u8]>,
    /// Its owner's id.
    pub owner: Option<String>,
    /// Whether it was in the recycle bin.
    pub deleted: bool,
}

/// Hears of what happened in a store, in its order; never of what was taken back.
pub trait Observer: fmt::Debug + Send + Sync {
    /// Whether it listens now. Each write asks, so this has to be quick.
    fn listens(&self) -> bool;

    /// What happened, all of a transaction at once. The store is locked meanwhile: this must not wait for anything.
    fn happened(&self, occurrences: Vec<Occurrence>);
}

impl Store {
    /// Tells `observer` from now on what happens.
    pub fn observe(&mut self, observer: Arc<dyn Observer>) {
        self.observer = Some(observer);
    }

    /// To be called before the create, with what it will put down.
    pub(super) fn note_create(&mut self, creation: &Creation, writer: &Writer) {
        if !self.observed() {
            return;
        }
        self.occurred(Occurrence::Created {
            serial: self.next_serial(),
            creation: creation.clone(),
            writer: writer.clone(),
        });
    }

    /// To be called before the change, with what it will do.
    pub(super) fn note_change(&mut self, serial: Serial, change: &Change, writer: &Writer) {
        if !self.observed() {
            return;
        }
        let Some(before) = self.before(serial) else {
            return;
        };
        self.occurred(Occurrence::Changed {
            serial,
            before,
            change: change.clone(),
            writer: writer.clone(),
        });
    }

    fn observed(&self) -> bool {
        self.observer
            .as_ref()
            .is_some_and(|observer| observer.listens())
    }

    fn before(&self, serial: Serial) -> Option<Before> {
        let record = self.get(serial)?;
        let owner = record.owner.map(|owner| self.symbols.text(owner));
        Some(Before {
            object: record.object,
            body: record.body.clone(),
            owner: owner.map(str::to_owned),
            deleted: record.deleted,
        })
    }

    /// Tells the observer at once, or with the transaction.
    fn occurred(&mut self, occurrence: Occurrence) {
        match (&self.observer, &mut self.transaction) {
            (Some(_), Some(transaction)) => transaction.occurrences.push(occurrence),
            (Some(observer), None) => observer.happened(vec![occurrence]),
            (None, _) => {}
        }
    }
}
