//! Processes that wait for a scenario, and those that are being ended.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::sut::process::{Launch, Noise, Process};
use crate::sut::{HelloAnswer, TransportError};

/// A process, and what it has said of itself.
#[derive(Debug)]
pub(super) struct Employed {
    pub(super) process: Process,
    pub(super) introduction: Option<HelloAnswer>,
}

#[derive(Debug)]
pub(super) struct Processes {
    launch: Launch,
    noise: Arc<Noise>,
    idle: Mutex<Vec<Employed>>,
    endings: Mutex<Vec<JoinHandle<()>>>,
}

impl Processes {
    pub(super) fn new(launch: Launch) -> Self {
        Self {
            launch,
            noise: Arc::default(),
            idle: Mutex::default(),
            endings: Mutex::default(),
        }
    }

    /// One that waits, or a new one.
    pub(super) fn take(&self) -> Result<Employed, TransportError> {
        if let Some(idle) = locked(&self.idle).pop() {
            return Ok(idle);
        }
        let started = Process::start(&self.launch, self.noise.clone());
        let process = started.map_err(|source| TransportError {
            message: format!("could not start `{}`", self.launch.command),
            source: Some(source),
        })?;
        Ok(Employed {
            process,
            introduction: None,
        })
    }

    /// After a scenario. One that owes an answer, or that has ended, is of no more use.
    pub(super) fn give_back(&self, employed: Employed, owes_an_answer: bool) {
        if owes_an_answer {
            self.retire(move || employed.process.terminate());
        } else if employed.process.gone().is_some() {
            self.retire(move || employed.process.end());
        } else {
            // What it writes between two scenarios belongs to neither.
            locked(&self.idle).push(employed);
        }
    }

    /// Ends everything, and waits for it.
    pub(super) fn end(&self) {
        for employed in std::mem::take(&mut *locked(&self.idle)) {
            self.retire(move || employed.process.end());
        }
        for ending in std::mem::take(&mut *locked(&self.endings)) {
            // Nothing in it panics; and the process is killed whatever happens.
            let _ = ending.join();
        }
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        self.noise.warning().into_iter().collect()
    }

    /// Elsewhere, since it may take its time. Without a thread the process is killed at once.
    fn retire(&self, end: impl FnOnce() + Send + 'static) {
        let ending = thread::Builder::new()
            .name("sut-ending".to_owned())
            .spawn(end);
        if let Ok(ending) = ending {
            locked(&self.endings).push(ending);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
