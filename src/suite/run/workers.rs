//! Threads that take one scenario after another.

mod watch;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::scenario::{self, Outcome};
use super::{Options, Stopped};
use crate::report::ScenarioReport;
use crate::suite::feature::Scenario;
use crate::suite::harness::Harness;
use watch::Watch;

enum Message {
    Begun {
        worker: usize,
        index: usize,
        desk: Arc<Desk>,
    },
    Done {
        worker: usize,
        index: usize,
        outcome: Box<Outcome>,
    },
}

/// Where a worker sits: what the others can see of it while it works.
#[derive(Debug, Default)]
pub(super) struct Desk {
    step: Mutex<Option<(usize, Instant)>>,
    /// Given up: once it can go on, it takes no further scenario.
    dismissed: AtomicBool,
}

impl Desk {
    /// The step of this line begins.
    pub(super) fn begin_step(&self, line: usize) {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = Some((line, Instant::now()));
    }

    /// The line of the step that it is at.
    pub(super) fn line(&self) -> Option<usize> {
        self.step().map(|(line, _)| line)
    }

    fn step(&self) -> Option<(usize, Instant)> {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clear(&self) {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Runs every scenario once, and hands over each report, until all have ended or there is a reason to stop.
///
/// # Errors
/// Where a thread can't be started.
pub(super) fn run(
    harness: &Arc<Harness>,
    scenarios: &Arc<[Scenario]>,
    options: &Options,
    mut on_done: impl FnMut(usize, ScenarioReport),
) -> io::Result<Option<Stopped>> {
    let (sender, messages) = channel();
    let crew = Crew {
        harness: harness.clone(),
        scenarios: scenarios.clone(),
        options: options.clone(),
        next: Arc::new(AtomicUsize::new(0)),
        sender,
    };
    let most = options.concurrency.min(harness.most_systems()).max(1);
    let hired = most.min(scenarios.len());
    for worker in 0..hired {
        crew.hire(worker)?;
    }
    let mut watch = Watch::new(&crew, hired);
    while watch.waits() {
        if let Some((index, report)) = watch.next(&messages, &crew)? {
            on_done(index, report);
        }
    }
    Ok(watch.stopped())
}

/// What every worker needs.
struct Crew {
    harness: Arc<Harness>,
    scenarios: Arc<[Scenario]>,
    options: Options,
    next: Arc<AtomicUsize>,
    sender: Sender<Message>,
}

impl Crew {
    fn hire(&self, worker: usize) -> io::Result<()> {
        let crew = Self {
            harness: self.harness.clone(),
            scenarios: self.scenarios.clone(),
            options: self.options.clone(),
            next: self.next.clone(),
            sender: self.sender.clone(),
        };
        thread::Builder::new()
            .name(format!("scenarios-{worker}"))
            .spawn(move || crew.work(worker))
            .map(|_| ())
    }

    /// Nobody begins another scenario.
    fn close(&self) {
        self.next.store(self.scenarios.len(), Ordering::Relaxed);
    }

    fn work(&self, worker: usize) {
        let desk = Arc::new(Desk::default());
        while !desk.dismissed.load(Ordering::Relaxed) {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(scenario) = self.scenarios.get(index) else {
                return;
            };
            desk.clear();
            let begun = self.sender.send(Message::Begun {
                worker,
                index,
                desk: desk.clone(),
            });
            if begun.is_err() {
                return;
            }
            let outcome = scenario::run(&self.harness, scenario, &self.options, &desk);
            let outcome = Box::new(outcome);
            let done = self.sender.send(Message::Done {
                worker,
                index,
                outcome,
            });
            if done.is_err() {
                return;
            }
        }
    }
}
