//! The records of an org or portal behind their lock, and the thread that holds them for a whole transaction.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::store::{Savepoint, Store};

/// A store that one thread can hold for longer than one guard.
///
/// While a thread holds it, the store itself is in `held`, and `open` stays locked with nothing in it: the holder gets
/// its guards from `held`, everybody else waits at `open`. So code that asks for a guard of its own runs unchanged
/// inside a transaction and outside.
#[derive(Debug)]
pub(super) struct Holding {
    open: RwLock<Store>,
    held: RwLock<Store>,
    /// The thread that holds the store; zero: none.
    holder: AtomicU64,
}

impl Holding {
    pub(super) fn new(store: Store) -> Self {
        Self {
            held: RwLock::new(store.without_records()),
            open: RwLock::new(store),
            holder: AtomicU64::new(0),
        }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Store> {
        self.mine().read()
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Store> {
        self.mine().write()
    }

    /// Whether the current thread holds the store.
    pub(super) fn held_here(&self) -> bool {
        // Only the thread itself ever writes its own number, so it can't be missed or seen by mistake.
        let holder = self.holder.load(Ordering::Relaxed);
        holder != 0 && holder == this_thread()
    }

    fn mine(&self) -> &RwLock<Store> {
        if self.held_here() {
            &self.held
        } else {
            &self.open
        }
    }

    /// Does `work` in a transaction: what it did stays where it is `Ok`, and is taken back where it is not, or panics.
    pub(super) fn transaction<T, E>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let _held = (!self.held_here()).then(|| Held::take(self));
        let mut step = Step {
            holding: self,
            savepoint: Some(self.held.write().begin()),
        };
        let result = work();
        if result.is_ok() {
            step.commit();
        }
        result
    }
}

/// One savepoint, rolled back unless it is committed.
struct Step<'h> {
    holding: &'h Holding,
    savepoint: Option<Savepoint>,
}

impl Step<'_> {
    fn commit(&mut self) {
        if let Some(savepoint) = self.savepoint.take() {
            self.holding.held.write().commit(savepoint);
        }
    }
}

impl Drop for Step<'_> {
    fn drop(&mut self) {
        if let Some(savepoint) = self.savepoint.take() {
            self.holding.held.write().rollback(savepoint);
        }
    }
}

/// The store taken from its place, until this is dropped.
struct Held<'h> {
    holding: &'h Holding,
    open: RwLockWriteGuard<'h, Store>,
}

impl<'h> Held<'h> {
    fn take(holding: &'h Holding) -> Self {
        let mut open = holding.open.write();
        std::mem::swap(&mut *open, &mut *holding.held.write());
        holding.holder.store(this_thread(), Ordering::Relaxed);
        Self { holding, open }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.holding.holder.store(0, Ordering::Relaxed);
        std::mem::swap(&mut *self.open, &mut *self.holding.held.write());
    }
}

/// A number of the current thread that no other has, and never zero.
fn this_thread() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    thread_local! {
        static NUMBER: Cell<u64> = const { Cell::new(0) };
    }
    NUMBER.with(|number| {
        if number.get() == 0 {
            number.set(LAST.fetch_add(1, Ordering::Relaxed) + 1);
        }
        number.get()
    })
}

#[cfg(test)]
mod tests;
