//! What happens to a portal's records, on its way to the task that tells apps of it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, Weak};

use parking_lot::Mutex;
use tokio::sync::{Notify, watch};

use super::courier;
use super::deliveries::{Deliveries, Delivery};
use crate::hubspot::portal::Portal;
use crate::hubspot::setup::Setup;
use crate::serve::Server;
use crate::store::{Observer, Occurrence};

/// The way from the store to the task. Writers only ever add to it.
#[derive(Debug)]
pub(crate) struct Feed {
    listens: AtomicBool,
    waiting: Mutex<VecDeque<Occurrence>>,
    pub(super) added: Notify,
    /// `true` from the moment the portal is closed or gone.
    closed: watch::Sender<bool>,
    task: OnceLock<()>,
    source: OnceLock<(Weak<Portal>, Arc<Server>)>,
    pub(super) deliveries: Mutex<Deliveries>,
    events: AtomicU64,
}

/// A portal's feed, which ends with the portal.
#[derive(Debug)]
pub(crate) struct Webhooks(pub(crate) Arc<Feed>);

impl Default for Webhooks {
    fn default() -> Self {
        Self(Arc::new(Feed {
            listens: AtomicBool::new(false),
            waiting: Mutex::default(),
            added: Notify::new(),
            closed: watch::Sender::new(false),
            task: OnceLock::new(),
            source: OnceLock::new(),
            deliveries: Mutex::default(),
            events: AtomicU64::new(0),
        }))
    }
}

impl Drop for Webhooks {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Feed {
    /// Says whose feed it is, before anything can happen.
    pub(crate) fn begin(&self, portal: &Arc<Portal>, server: &Arc<Server>) {
        // A portal begins once.
        let _ = self.source.set((Arc::downgrade(portal), server.clone()));
        self.follow(&portal.setup());
    }

    /// Listens where an app subscribes to anything, and else costs nothing.
    pub(crate) fn follow(&self, setup: &Setup) {
        let active = setup.webhooks.values().any(|app| app.active());
        let listens = active && !*self.closed.borrow();
        self.listens.store(listens, Ordering::Release);
    }

    /// Tells nothing more. What is on its way is dropped.
    pub(crate) fn close(&self) {
        self.listens.store(false, Ordering::Release);
        self.closed.send_replace(true);
        self.waiting.lock().clear();
    }

    /// Returns when the portal is closed.
    pub(super) async fn closed(&self) {
        // The sender is right here, so it can't be gone.
        let _ = self.closed.subscribe().wait_for(|closed| *closed).await;
    }

    /// Everything that happened since the last time.
    pub(super) fn take(&self) -> Vec<Occurrence> {
        self.waiting.lock().drain(..).collect()
    }

    /// The next event id.
    pub(super) fn next_event(&self) -> u64 {
        self.events.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// What was sent, and what came back: the newest, oldest first.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries.lock().all()
    }

    /// Starts the task, once there is something for it to do. Without a runtime, whoever comes with one does.
    fn start(&self) {
        let (Some((portal, server)), Ok(runtime)) =
            (self.source.get(), tokio::runtime::Handle::try_current())
        else {
            return;
        };
        self.task.get_or_init(|| {
            runtime.spawn(courier::run(portal.clone(), server.clone()));
        });
    }
}

impl Observer for Feed {
    fn listens(&self) -> bool {
        self.listens.load(Ordering::Acquire)
    }

    fn happened(&self, occurrences: Vec<Occurrence>) {
        self.waiting.lock().extend(occurrences);
        self.start();
        self.added.notify_one();
    }
}
