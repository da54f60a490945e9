//! Panics, wherever they happen: in a step, in a task or a thread that somebody started, in the mocks. None passes unseen.
//!
//! The hook is installed once and stays. A panic on a thread of a scenario is that scenario's. One on a thread of the mocks is
//! of the run that they belong to, and of every scenario that ran meanwhile, unless the mock knows the request. One on a thread
//! that nobody knows may be anybody's: it counts for every run that is going on.

use std::cell::Cell;
use std::fmt;
use std::panic::{self, PanicHookInfo};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

thread_local! {
    /// The scenario that runs on this thread.
    static HERE: Cell<Option<u64>> = const { Cell::new(None) };
}

static OPEN: Mutex<Open> = Mutex::new(Open {
    last: 0,
    runs: Vec::new(),
    scenarios: Vec::new(),
});

/// Who listens now.
struct Open {
    last: u64,
    runs: Vec<Listening>,
    scenarios: Vec<Listening>,
}

struct Listening {
    id: u64,
    /// Its own id, for a run.
    run: u64,
    seen: Vec<Panic>,
}

/// What panicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Panic {
    /// What it said.
    pub(super) message: String,
    /// File and line.
    place: String,
    /// The name of its thread.
    thread: String,
    /// Whether it was on a thread of the mocks.
    pub(super) in_mock: bool,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, at {}, on thread {}",
            self.message, self.place, self.thread
        )
    }
}

/// A run listens, from its beginning to its end.
#[derive(Debug)]
pub(super) struct Run(u64);

/// A scenario listens, on the thread that it runs on. Dropped, it does no longer.
#[derive(Debug)]
pub(super) struct Scenario {
    id: u64,
    run: u64,
}

impl Run {
    /// A run begins.
    pub(super) fn begin() -> Self {
        install();
        let mut open = open();
        open.last += 1;
        let id = open.last;
        open.runs.push(Listening {
            id,
            run: id,
            seen: Vec::new(),
        });
        Self(id)
    }

    /// How the threads of the run's mocks are to be named.
    pub(super) fn mock_threads(&self) -> String {
        format!("mock-crm-{}", self.0)
    }

    /// A scenario of the run begins on this thread.
    pub(super) fn scenario(&self) -> Scenario {
        let mut open = open();
        open.last += 1;
        let scenario = Scenario {
            id: open.last,
            run: self.0,
        };
        open.scenarios.push(Listening {
            id: scenario.id,
            run: self.0,
            seen: Vec::new(),
        });
        HERE.set(Some(scenario.id));
        scenario
    }

    /// What panicked on no scenario's thread since the last time that somebody asked.
    pub(super) fn take(&self) -> Vec<Panic> {
        let mut open = open();
        let run = open.runs.iter_mut().find(|run| run.id == self.0);
        run.map(|run| std::mem::take(&mut run.seen))
            .unwrap_or_default()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        open().runs.retain(|run| run.id != self.0);
    }
}

impl Scenario {
    /// How threads are to be named that work for the scenario.
    pub(super) fn threads(&self) -> String {
        format!("scenario-{}-{}", self.run, self.id)
    }

    /// The scenario has ended: what panicked meanwhile.
    pub(super) fn end(self) -> Vec<Panic> {
        let mut open = open();
        let mine = open.scenarios.iter_mut().find(|one| one.id == self.id);
        mine.map(|one| std::mem::take(&mut one.seen))
            .unwrap_or_default()
    }
}

impl Drop for Scenario {
    fn drop(&mut self) {
        open().scenarios.retain(|one| one.id != self.id);
        HERE.set(None);
    }
}

fn open() -> MutexGuard<'static, Open> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Panics of threads that have nothing to do with a run are still printed.
fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !heard(info) {
                before(info);
            }
        }));
    });
}

/// Puts a panic down where it belongs. False where its thread is nobody's.
fn heard(info: &PanicHookInfo<'_>) -> bool {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("without a name");
    let mut panic = described(info, name);
    let mut open = open();
    let worker = name
        .strip_prefix("scenario-")
        .and_then(|ids| ids.split('-').nth(1)?.parse().ok());
    if let Some(id) = HERE.get().or(worker)
        && let Some(mine) = open.scenarios.iter_mut().find(|one| one.id == id)
    {
        mine.seen.push(panic);
        return true;
    }
    let mock: Option<u64> = name
        .strip_prefix("mock-crm-")
        .and_then(|id| id.parse().ok());
    panic.in_mock = mock.is_some();
    let Open {
        runs, scenarios, ..
    } = &mut *open;
    let concerned = runs.iter_mut().chain(scenarios);
    for one in concerned.filter(|one| mock.is_none_or(|run| run == one.run)) {
        one.seen.push(panic.clone());
    }
    mock.is_some()
}

fn described(info: &PanicHookInfo<'_>, thread: &str) -> Panic {
    let place = info.location().map_or_else(
        || "an unknown place".to_owned(),
        |place| format!("{}:{}", place.file(), place.line()),
    );
    Panic {
        message: info
            .payload_as_str()
            .unwrap_or("a panic without a message")
            .to_owned(),
        place,
        thread: thread.to_owned(),
        in_mock: false,
    }
}
