//! The first question of a run: who is there?

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use tokio::time::timeout;

use super::scenario::seconds;
use crate::report::SystemUnderTest;
use crate::suite::harness::Harness;

/// Why nobody knows who is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoHello {
    /// The system under test crashed, hung or broke the protocol.
    System(String),
    /// Asking it panicked here, or a thread could not be started.
    Harness(String),
}

/// Who the system under test says that it is. Asked on a thread of its own, since the answer may never come.
pub(super) fn ask_who_is_there(
    harness: &Arc<Harness>,
    deadline: Duration,
    grace: Duration,
) -> Result<SystemUnderTest, NoHello> {
    let (sender, answers) = channel();
    let asking = harness.clone();
    thread::Builder::new()
        .name("hello".to_owned())
        .spawn(move || {
            // Whoever asked may have given up.
            let _ = sender.send(ask(&asking, deadline));
        })
        .map_err(|error| NoHello::Harness(format!("there is no thread: {error}")))?;
    answers
        .recv_timeout(deadline + grace)
        .unwrap_or_else(|_| Err(silent(deadline)))
}

fn silent(deadline: Duration) -> NoHello {
    NoHello::System(format!(
        "it hangs: after {} it has not said hello",
        seconds(deadline)
    ))
}

fn ask(harness: &Harness, deadline: Duration) -> Result<SystemUnderTest, NoHello> {
    let listening = harness.panics.scenario();
    let asked = catch_unwind(AssertUnwindSafe(|| hello(harness, deadline)));
    let panics: Vec<String> = listening.end().iter().map(ToString::to_string).collect();
    match asked {
        Ok(answer) if panics.is_empty() => answer,
        _ => Err(NoHello::Harness(format!(
            "asking the system under test who it is panicked: {}",
            panics.join("; ")
        ))),
    }
}

fn hello(harness: &Harness, deadline: Duration) -> Result<SystemUnderTest, NoHello> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| NoHello::Harness(format!("there is no runtime: {error}")))?;
    let answer = runtime.block_on(async {
        let mut driver = harness.driver();
        timeout(deadline, driver.hello(&harness.run)).await
    });
    let hello = answer
        .map_err(|_| silent(deadline))?
        .map_err(|error| NoHello::System(format!("it does not say hello: {error}")))?;
    Ok(SystemUnderTest {
        name: hello.name,
        version: hello.version,
        capabilities: hello.capabilities,
    })
}
