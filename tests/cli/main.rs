//! The built binary, from the outside: exit codes, diagnostics, files, and that it needs no repository around it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod again;
#[cfg(unix)]
mod ci_examples;
mod deadlines;
mod drivers;
mod explore;
mod false_greens;
mod features;
mod github;
#[cfg(unix)]
mod interrupted;
mod known_failures;
mod manual;
mod org_seed;
mod outputs;
mod paths;
mod report_schema;
mod reports;
#[cfg(unix)]
mod secure;
mod shards;
#[cfg(unix)]
mod systems;

use std::path::Path;
use std::process::{Command, Output};

/// The binary, in a folder that has nothing to do with this repository.
fn crm_conformance(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crm-conformance"))
        .args(arguments)
        // What a test is about is said in the test, also where GitHub runs it.
        .env_remove("GITHUB_ACTIONS")
        .current_dir(folder)
        .output()
        .expect("the binary can be started")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is a place for temporary files")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Standard output as one line, however wide the report was.
#[cfg(unix)]
fn told(output: &Output) -> String {
    stdout(output)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn check_exit(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "{}{}",
        stdout(output),
        stderr(output)
    );
}
