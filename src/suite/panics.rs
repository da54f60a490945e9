//! Panics, wherever they happen: in a step, in a task that a step spawned, in the mock. None passes unseen.
//!
//! The hook is installed once and stays. A panic on a thread that runs scenarios belongs to the scenario that runs there;
//! one on any other thread belongs to the run as a whole.

use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};
use std::sync::{Mutex, Once, PoisonError};

thread_local! {
    /// What panicked on this thread since the scenario began; `None` where no scenario runs.
    static HERE: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

static ELSEWHERE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Records panics from now on. Panics of threads that have nothing to do with a run are still printed.
pub(super) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let mine = HERE.with_borrow_mut(|here| match here {
                Some(seen) => {
                    seen.push(describe(info));
                    true
                }
                None => false,
            });
            if mine {
                return;
            }
            let thread = std::thread::current();
            if thread
                .name()
                .is_some_and(|name| name.starts_with(super::harness::THREAD))
            {
                ELSEWHERE
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(describe(info));
            } else {
                before(info);
            }
        }));
    });
}

/// A scenario begins on this thread.
pub(super) fn begin() {
    HERE.set(Some(Vec::new()));
}

/// The scenario on this thread has ended: what panicked meanwhile.
pub(super) fn end() -> Vec<String> {
    HERE.take().unwrap_or_default()
}

/// What panicked in the threads of the mocks, since the last time that somebody asked.
pub(super) fn elsewhere() -> Vec<String> {
    std::mem::take(&mut *ELSEWHERE.lock().unwrap_or_else(PoisonError::into_inner))
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("a panic without a message");
    match info.location() {
        Some(place) => format!("{message}, at {}:{}", place.file(), place.line()),
        None => message.to_owned(),
    }
}
