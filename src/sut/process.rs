//! A system under test that is a process of its own: a line to its standard input, a line from its standard output.
//!
//! Threads of its own read and write its pipes, so that it belongs to no runtime, and can be asked from any. It leads a process
//! group, so that whatever it starts ends with it.

mod group;
mod inbox;
mod lines;
mod reader;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::TransportError;
use super::heard::Heard;
pub(super) use group::Group;
pub use group::kill_all;
use inbox::Inbox;
pub(super) use inbox::Noise;
use reader::Reader;

/// How long a process may take to end after its standard input was closed.
const AT_LEISURE: Duration = Duration::from_secs(1);

/// How long it may take after it was asked to terminate, before it is killed.
const AFTER_TERMINATE: Duration = Duration::from_secs(2);

/// How long a process that no longer reads may take to end, and so to say why.
const UNREAD: Duration = Duration::from_secs(1);

/// How to start a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    /// For `sh -c`.
    pub command: String,
    /// Set for it, beside what is set for this process.
    pub environment: Vec<(String, OsString)>,
}

/// A process that runs. Dropped, it is killed.
#[derive(Debug)]
pub(super) struct Process {
    requests: Sender<String>,
    inbox: Arc<Inbox>,
    group: Arc<Group>,
}

impl Process {
    /// Starts it.
    pub(super) fn start(launch: &Launch, noise: Arc<Noise>) -> io::Result<Self> {
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(&launch.command)
            .envs(launch.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let group = Arc::new(Group::of(&child));
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(error)) = pipes else {
            return Err(io::Error::other("it has no pipes"));
        };
        let inbox = Arc::new(Inbox::new(child, noise));
        let reader = Reader::new(output, error, inbox.clone());
        named("sut-reader").spawn(move || reader.run())?;
        let (requests, to_write) = channel();
        let writing = inbox.clone();
        named("sut-writer").spawn(move || write(input, &to_write, &writing))?;
        Ok(Self {
            requests,
            inbox,
            group,
        })
    }

    /// One line there, and its answer back.
    pub(super) async fn exchange(&self, line: String) -> Result<String, TransportError> {
        let gone = |message: String| TransportError {
            message,
            source: None,
        };
        let answer = self.inbox.expect(&line).map_err(gone)?;
        // It fails where the writer has ended, and that is told by the inbox.
        let _ = self.requests.send(line);
        let answer = answer.await;
        answer
            .unwrap_or_else(|_| Err("nobody reads its pipes any more".to_owned()))
            .map_err(gone)
    }

    /// Why it can't be asked any more, if so.
    pub(super) fn gone(&self) -> Option<String> {
        self.inbox.gone()
    }

    /// What the shell said, where it has found no command that it could run.
    pub(super) fn no_command(&self) -> Option<String> {
        self.inbox.no_command()
    }

    /// To kill it, whoever has it.
    pub(super) fn group(&self) -> Weak<Group> {
        Arc::downgrade(&self.group)
    }

    /// What it wrote beside its answers, since the last time.
    pub(super) fn heard(&self) -> Heard {
        self.inbox.heard()
    }

    /// Closes its standard input, and gives it a while to end; then it is terminated.
    pub(super) fn end(self) {
        let Self {
            requests,
            inbox,
            group,
        } = self;
        drop(requests);
        if inbox.ended(AT_LEISURE).is_none() {
            terminate(&inbox, &group);
        }
    }

    /// Asks it to terminate, and kills it if it does not.
    pub(super) fn terminate(self) {
        terminate(&self.inbox, &self.group);
    }
}

fn terminate(inbox: &Inbox, group: &Group) {
    group.terminate();
    if inbox.ended(AFTER_TERMINATE).is_none() {
        group.kill();
        // It is gone, and only its exit status is waited for.
        inbox.ended(AFTER_TERMINATE);
    }
}

fn named(name: &str) -> thread::Builder {
    thread::Builder::new().name(name.to_owned())
}

/// Writes what is asked, until there is nobody to ask or to answer.
fn write(mut input: ChildStdin, lines: &Receiver<String>, inbox: &Inbox) {
    for mut line in lines {
        line.push('\n');
        let written = input
            .write_all(line.as_bytes())
            .and_then(|()| input.flush());
        if let Err(error) = written {
            // Where it has ended, that is the better reason.
            if inbox.ended(UNREAD).is_none() && inbox.waited_for() {
                inbox.broken(format!("it does not read its standard input: {error}"));
            }
            return;
        }
    }
}
