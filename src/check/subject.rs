//! The driver at the other end: its lines as they are, before anybody sorts them.

mod http;
mod process;

use std::ffi::OsString;
use std::time::Duration;

use super::Broken;
use http::Http;
pub(super) use process::Process;

/// Where a driver is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A shell command that speaks on its standard input and output.
    Command(String),
    /// An URL that takes messages by POST.
    Url(String),
}

/// A driver that can be asked.
#[derive(Debug)]
pub(super) enum Subject {
    Process(Box<Process>),
    Http(Box<Http>),
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A line, or the body of an answer.
    Line(String),
    /// Nothing, for as long as one waits.
    Silence,
    /// Nothing ever: why.
    Gone(String),
    /// Nothing, for there is no such command: what the shell says.
    NoCommand(String),
}

impl Subject {
    pub(super) fn start(
        address: &Address,
        environment: &[(String, OsString)],
        deadline: Duration,
    ) -> Result<Self, Broken> {
        match address {
            Address::Command(command) => {
                let process = Process::start(command, environment).map_err(|error| {
                    Broken::Harness(format!("could not start a shell for {command:?}: {error}"))
                })?;
                Ok(Self::Process(Box::new(process)))
            }
            Address::Url(url) => {
                let http = Http::new(url, deadline).map_err(|error| {
                    Broken::Harness(format!("there is no HTTP client: {error}"))
                })?;
                Ok(Self::Http(Box::new(http)))
            }
        }
    }

    pub(super) fn send(&mut self, line: &str) {
        match self {
            Self::Process(process) => process.send(line),
            Self::Http(http) => http.send(line),
        }
    }

    pub(super) fn next(&mut self, patience: Duration) -> Heard {
        match self {
            Self::Process(process) => process.next(patience),
            Self::Http(http) => http.next(),
        }
    }

    /// The process, where it is one.
    pub(super) fn process(&mut self) -> Option<&mut Process> {
        match self {
            Self::Process(process) => Some(process),
            Self::Http(_) => None,
        }
    }
}
