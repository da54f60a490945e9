use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::report::Signal;

/// Asks a run, from any thread, to end before its last scenario. What has ended by then is reported.
///
/// Once left off, the scenario that was under way counts for nothing: it begins again another time.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicU8>);

const INTERRUPT: u8 = 1;
const TERMINATE: u8 = 2;
const LEAVE_OFF: u8 = 3;

impl Stop {
    /// Asks for it.
    pub fn ask(&self, signal: Signal) {
        let asked = match signal {
            Signal::Interrupt => INTERRUPT,
            Signal::Terminate => TERMINATE,
        };
        self.0.store(asked, Ordering::Relaxed);
    }

    /// The person who does by hand what is tested goes on another time.
    pub fn leave_off(&self) {
        self.0.store(LEAVE_OFF, Ordering::Relaxed);
    }

    /// The person is back, if it was only left off.
    pub fn go_on(&self) {
        // Whatever else was asked for stays.
        let _ = self
            .0
            .compare_exchange(LEAVE_OFF, 0, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Whether that was asked for.
    pub fn left_off(&self) -> bool {
        self.0.load(Ordering::Relaxed) == LEAVE_OFF
    }

    /// Whether, and how, somebody has asked.
    pub fn asked(&self) -> Option<Signal> {
        match self.0.load(Ordering::Relaxed) {
            INTERRUPT => Some(Signal::Interrupt),
            TERMINATE => Some(Signal::Terminate),
            _ => None,
        }
    }
}
