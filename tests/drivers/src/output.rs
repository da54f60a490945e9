//! How answers are written.

use std::io::{self, Write};

use serde_json::Value;

use super::fault::Fault;

pub(super) struct Output {
    fault: Fault,
    /// What has not been written yet.
    stuck: String,
}

impl Output {
    pub(super) fn new(fault: Fault) -> Self {
        let stuck = String::new();
        Self { fault, stuck }
    }

    pub(super) fn write(&mut self, request: &str, answer: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match self.fault {
            Fault::Buffered => self.stuck.push_str(&format!("{answer}\n")),
            Fault::NoLineBreak => write!(out, "{answer}")?,
            Fault::Indented => {
                let answer: Value = serde_json::from_str(answer)?;
                writeln!(out, "{answer:#}")?;
            }
            Fault::Chatty => writeln!(out, "got {} bytes\n{answer}", request.len())?,
            Fault::AnswersTwice if request.contains("user.add") => {
                write!(out, "{answer}\n{answer}\n")?;
            }
            _ => writeln!(out, "{answer}")?,
        }
        out.flush()
    }

    /// Writes what is left, as a buffer does at the end.
    pub(super) fn end(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(self.stuck.as_bytes())?;
        out.flush()
    }
}
