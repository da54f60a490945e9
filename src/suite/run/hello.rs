//! The first question of a run: who is there?

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::Stop;
use super::scenario::seconds;
use crate::report::{Signal, SystemUnderTest};
use crate::suite::harness::Harness;
use crate::suite::world::Problem;
use crate::sut::{DriverError, Heard};

/// How often somebody looks up whether the run is to end.
const TICK: Duration = Duration::from_millis(20);

/// Why nobody knows who is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoHello {
    /// The system under test crashed, hung or broke the protocol.
    System(String),
    /// There is nobody to ask: the command line names something that there is not.
    Nobody(String),
    /// Somebody asked the run to end meanwhile.
    Interrupted(Signal),
    /// Asking it panicked here, or a thread could not be started.
    Harness(String),
}

/// Who the system under test says that it is. Asked on a thread of its own, since the answer may never come.
pub(super) fn ask_who_is_there(
    harness: &Arc<Harness>,
    deadline: Duration,
    grace: Duration,
    stop: &Stop,
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
    let late = Instant::now() + deadline + grace;
    loop {
        match answers.recv_timeout(TICK) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) if Instant::now() < late => {}
            Err(_) => return Err(silent(deadline, &Heard::default())),
        }
        if let Some(signal) = stop.asked() {
            return Err(NoHello::Interrupted(signal));
        }
    }
}

/// What it wrote instead often says why: a banner, a question, a log in the wrong place.
fn silent(deadline: Duration, heard: &Heard) -> NoHello {
    let took = seconds(deadline);
    let mut what = format!("it hangs: after {took} it has not said hello");
    for (stream, lines) in [
        ("standard output", &heard.noise),
        ("standard error", &heard.standard_error),
    ] {
        if let Some(line) = lines.last() {
            what.push_str(&format!("; on {stream} it wrote last: {line}"));
        }
    }
    NoHello::System(what)
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

fn refused(harness: &Harness, error: DriverError) -> NoHello {
    match harness.no_command() {
        Some(what) => NoHello::Nobody(what),
        None => NoHello::System(format!("it does not say hello: {}", Problem::from(error))),
    }
}

fn hello(harness: &Harness, deadline: Duration) -> Result<SystemUnderTest, NoHello> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| NoHello::Harness(format!("there is no runtime: {error}")))?;
    let mut driver = harness.driver();
    let answer = runtime.block_on(async { timeout(deadline, driver.hello(&harness.run)).await });
    let heard = driver.heard();
    // It goes back to the others, or is ended.
    drop(driver);
    let hello = answer
        .map_err(|_| silent(deadline, &heard))?
        .map_err(|error| refused(harness, error))?;
    Ok(SystemUnderTest {
        name: hello.name,
        version: hello.version,
        capabilities: hello.capabilities,
    })
}
