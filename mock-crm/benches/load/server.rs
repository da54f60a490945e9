//! The `mock-crm` binary in a process of its own, so that its memory is its alone.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

pub(crate) const SALESFORCE: &str = "salesforce";
pub(crate) const HUBSPOT: &str = "hubspot";

/// A server that has said where it listens. Dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    ready: Value,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub(crate) fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mock-crm"));
        command.arg("--json");
        for port in ["salesforce", "hubspot", "proxy", "control"] {
            command.args([format!("--{port}-port"), "0".to_owned()]);
        }
        let child = command.stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the server starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output is a pipe");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("it prints a line");
        let ready = serde_json::from_str(&line).expect("the line is JSON");
        Self { child, ready }
    }

    pub(crate) fn address(&self, vendor: &str) -> String {
        self.text(&format!("/{vendor}/url"))
            .trim_start_matches("http://")
            .to_owned()
    }

    pub(crate) fn token(&self, vendor: &str) -> String {
        self.text(&format!("/{vendor}/users/0/token"))
    }

    /// A text of the line that it printed.
    pub(crate) fn text(&self, pointer: &str) -> String {
        let found = self.ready.pointer(pointer).and_then(Value::as_str);
        found
            .unwrap_or_else(|| panic!("no {pointer} in {}", self.ready))
            .to_owned()
    }

    /// Resident memory in bytes.
    pub(crate) fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most it has been since [`Server::forget_peak`].
    pub(crate) fn peak(&self) -> u64 {
        self.status("VmHWM:")
    }

    pub(crate) fn forget_peak(&self) {
        // Where the system has no such file, the peak is that of the whole run.
        let _ = std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5");
    }

    fn status(&self, key: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(key));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kilobytes.unwrap_or_default() * 1024
    }
}
