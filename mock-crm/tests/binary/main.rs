//! The `mock-crm` program: what it prints, what it refuses, how it ends.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test panics where something is not as it has to be"
)]

mod ending;
mod printing;
mod refusing;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// A `mock-crm` that is running. Dropped, it is killed.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) stdout: BufReader<ChildStdout>,
    pub(crate) folder: TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command with free ports and an authority of its own.
pub(crate) fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-crm"));
    for port in ["salesforce", "hubspot", "proxy", "control"] {
        command.args([format!("--{port}-port"), "0".to_owned()]);
    }
    command.arg("--ca-dir").arg(folder.path()).args(arguments);
    command
}

pub(crate) fn start(arguments: &[&str]) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(&folder, arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    Running {
        stdout: BufReader::new(child.stdout.take().unwrap()),
        child,
        folder,
    }
}

/// Runs a command that ends by itself: its exit code, and what it printed. Where it does not end, the test fails.
pub(crate) fn run(arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-crm"));
    ended(
        command
            .args(arguments)
            .env("MOCK_CRM_CA_DIR", folder.path()),
    )
}

pub(crate) fn ended(command: &mut Command) -> (i32, String, String) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..1_000 {
        if child.try_wait().unwrap().is_some() {
            let output = child.wait_with_output().unwrap();
            let text = |bytes| String::from_utf8(bytes).unwrap();
            let code = output.status.code().unwrap();
            return (code, text(output.stdout), text(output.stderr));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    panic!("it did not end: {command:?}");
}

impl Running {
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    pub(crate) fn json(&mut self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    /// Sends a signal, and waits for the end: the exit code, and what else was printed.
    pub(crate) fn signal(mut self, signal: &str) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &pid])
                .status()
                .unwrap()
                .success()
        );
        let status = self.child.wait().unwrap();
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (status.code(), rest)
    }
}
