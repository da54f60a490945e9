//! A process and everything that it has started: a process group, ended as a whole.

use std::collections::BTreeSet;
use std::process::{Child, ExitStatus};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// Groups that have not been ended: whoever ends this process without unwinding has to end them first.
static LIVING: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// Between two looks at whether a process has ended.
const LOOK: Duration = Duration::from_millis(2);

/// A process group. Dropped, it is killed, if it has not been ended before.
#[derive(Debug)]
pub(in crate::sut) struct Group {
    leader: Option<Pid>,
}

impl Group {
    /// The group that this child leads.
    pub(super) fn of(child: &Child) -> Self {
        let leader = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        if let Some(leader) = leader {
            living().insert(leader.as_raw_pid());
        }
        Self { leader }
    }

    pub(super) fn terminate(&self) {
        self.send(Signal::TERM);
    }

    pub(in crate::sut) fn kill(&self) {
        self.send(Signal::KILL);
    }

    fn send(&self, signal: Signal) {
        if let Some(leader) = self.leader {
            // Nobody is left where it fails.
            let _ = kill_process_group(leader, signal);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Also where the leader has ended in order: what it has started and left behind is in the group still.
        self.kill();
        if let Some(leader) = self.leader {
            living().remove(&leader.as_raw_pid());
        }
    }
}

/// Kills every driver that still runs, with whatever it has started: for whoever ends this process at once.
pub fn kill_all() {
    for leader in living().iter().copied().filter_map(Pid::from_raw) {
        // Nobody is left where it fails.
        let _ = kill_process_group(leader, Signal::KILL);
    }
}

fn living() -> std::sync::MutexGuard<'static, BTreeSet<i32>> {
    LIVING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How it ended, if it does so within this time.
pub(super) fn wait(child: &Mutex<Child>, patience: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    loop {
        let looked = child
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .try_wait();
        if let Ok(Some(status)) = looked {
            return Some(status);
        }
        if begun.elapsed() >= patience {
            return None;
        }
        thread::sleep(LOOK);
    }
}
