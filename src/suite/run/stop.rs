use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::report::Signal;

/// Asks a run, from any thread, to end before its last scenario. What has ended by then is reported.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicU8>);

const INTERRUPT: u8 = 1;
const TERMINATE: u8 = 2;

impl Stop {
    /// Asks for it.
    pub fn ask(&self, signal: Signal) {
        let asked = match signal {
            Signal::Interrupt => INTERRUPT,
            Signal::Terminate => TERMINATE,
        };
        self.0.store(asked, Ordering::Relaxed);
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
