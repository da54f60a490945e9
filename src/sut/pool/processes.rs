//! Processes that wait for a scenario, and those that are being ended.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread::{self, JoinHandle};

use crate::sut::process::{Group, Launch, Noise, Process};
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
    /// All that were started, whoever has them.
    started: Mutex<Vec<Weak<Group>>>,
    /// Nothing is started any more.
    ended: AtomicBool,
    /// How the first one went that had ended while it waited for a scenario.
    early: OnceLock<String>,
    /// What the shell said of a command that is none.
    no_command: OnceLock<String>,
}

impl Processes {
    pub(super) fn new(launch: Launch) -> Self {
        Self {
            launch,
            noise: Arc::default(),
            idle: Mutex::default(),
            endings: Mutex::default(),
            started: Mutex::default(),
            ended: AtomicBool::new(false),
            early: OnceLock::new(),
            no_command: OnceLock::new(),
        }
    }

    /// One that waits, or a new one.
    pub(super) fn take(&self) -> Result<Employed, TransportError> {
        if let Some(idle) = locked(&self.idle).pop() {
            // What it wrote after the scenario before belongs to that one, whose report is written, and not to this one.
            idle.process.heard();
            return Ok(idle);
        }
        if self.ended.load(Ordering::Relaxed) {
            return Err(TransportError {
                message: "the run has ended".to_owned(),
                source: None,
            });
        }
        let started = Process::start(&self.launch, self.noise.clone());
        let process = started.map_err(|source| TransportError {
            message: format!("could not start `{}`", self.launch.command),
            source: Some(source),
        })?;
        let mut groups = locked(&self.started);
        groups.retain(|group| group.strong_count() > 0);
        groups.push(process.group());
        Ok(Employed {
            process,
            introduction: None,
        })
    }

    /// After a scenario. One that owes an answer, or had none to give, is of no more use. One that has ended unseen is: it fails the
    /// next call, since a crash is told, whenever it comes.
    pub(super) fn give_back(&self, employed: Employed, owes_an_answer: bool, useless: bool) {
        if owes_an_answer {
            self.retire(move || employed.process.terminate());
        } else if useless {
            if employed.introduction.is_none()
                && let Some(said) = employed.process.no_command()
            {
                self.no_command.get_or_init(|| said);
            }
            self.retire(move || employed.process.end());
        } else {
            locked(&self.idle).push(employed);
        }
    }

    /// Ends everything, and waits for it. What is not given back by then is killed.
    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
        for employed in std::mem::take(&mut *locked(&self.idle)) {
            if let Some(gone) = employed.process.gone() {
                self.early.get_or_init(|| gone);
            }
            self.retire(move || employed.process.end());
        }
        for ending in std::mem::take(&mut *locked(&self.endings)) {
            // Nothing in it panics; and the process is killed whatever happens.
            let _ = ending.join();
        }
        for group in locked(&self.started).drain(..) {
            if let Some(group) = group.upgrade() {
                group.kill();
            }
        }
    }

    /// What the shell said of the command, if it is none.
    pub(super) fn no_command(&self) -> Option<String> {
        let said = self.no_command.get()?;
        let command = &self.launch.command;
        Some(format!("there is no such command: {command} ({said})"))
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        let early = self.early.get().map(|gone| {
            format!(
                "a process of the system under test did not stay until it was told to end: {gone}"
            )
        });
        self.noise.warning().into_iter().chain(early).collect()
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
