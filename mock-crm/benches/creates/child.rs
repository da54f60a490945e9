//! Servers in processes of their own, so that their processor time and memory are theirs alone.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A server that has said where it listens. Dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// The line it printed.
    pub(crate) ready: Value,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts this benchmark again as the bare handler.
    pub(crate) fn baseline() -> Self {
        let program = std::env::current_exe().expect("this program has a path");
        Self::start(Command::new(program).arg("--serve-baseline"))
    }

    /// Starts the `mock-crm` binary on free ports.
    pub(crate) fn mock(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mock-crm"));
        command.arg("--json").args(arguments);
        for port in ["salesforce", "hubspot", "proxy", "control"] {
            command.args([format!("--{port}-port"), "0".to_owned()]);
        }
        Self::start(&mut command)
    }

    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output is a pipe");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("it prints a line");
        let ready = serde_json::from_str(&line).expect("the line is JSON");
        Self { child, ready }
    }

    /// Processor time so far, of all its threads.
    pub(crate) fn processor_time(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name, which comes second, may have spaces in it; what follows has none.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: u64 =
            fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        // 100 ticks a second on every Linux that there is a Rust for.
        Some(Duration::from_millis(ticks * 10))
    }

    /// Resident memory in bytes.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1024)
    }
}
