//! Live CRMs as the observed side: against the built `mock-crm`, a process of its own that has no control API.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod crm;
mod killed;
mod refused;
mod rows;

use std::path::Path;
use std::process::{Command, Output};

use crm::Crm;

/// The binary, with the target file that `Crm` wrote.
fn command(crm: &Crm, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crm-conformance"));
    command
        .args(arguments)
        .args(["--crm-target", "target.yaml"])
        .env("LIVE_TEST_SECRET", "secret")
        .current_dir(crm.folder());
    command
}

fn crm_conformance(crm: &Crm, arguments: &[&str]) -> Output {
    command(crm, arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    let both = [&output.stdout, &output.stderr];
    both.map(|text| String::from_utf8_lossy(text).into_owned())
        .concat()
}

#[track_caller]
fn check_exit(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", text(output));
}

fn json(file: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}
