//! The same client in this process, as a process of its own and over HTTP: nothing but the way to it differs.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says so by panicking"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_crm-conformance");

/// A driver that answers by HTTP.
struct Listening {
    child: Child,
    url: String,
}

impl Listening {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(BINARY)
            .args([
                "driver",
                "reference",
                "--no-wait",
                "--listen",
                "127.0.0.1:0",
            ])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary can be started");
        let mut url = String::new();
        let out = child.stdout.take().expect("its output is a pipe");
        BufReader::new(out).read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        Self { child, url }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The report of a run of these features.
fn run(folder: &Path, name: &str, arguments: &[&str]) -> Value {
    let file = folder.join(name);
    let output = Command::new(BINARY)
        .args(["run", "--random-seed", "7", "--json"])
        .arg(&file)
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the binary can be started");
    let report = std::fs::read(&file).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    serde_json::from_slice(&report).unwrap()
}

/// What has to be the same, and how long a scenario took.
fn verdicts(report: &Value) -> (Value, Value, Value) {
    let took = report["scenarios"].as_array().unwrap();
    let milliseconds: u64 = took
        .iter()
        .filter_map(|one| one["duration_ms"].as_u64())
        .sum();
    let each = milliseconds as f64 / took.len() as f64;
    println!("{} scenarios, {each:.1} ms each", took.len());
    let field = |name: &str| report[name].clone();
    assert!(report["digest"].is_string(), "{report}");
    (field("digest"), field("exit_code"), field("conformance"))
}

fn over_stdio(arguments: &str) -> String {
    format!("'{BINARY}' driver reference {arguments}")
}

#[test]
fn the_reference_client_keeps_every_rule_in_this_process_over_stdio_and_over_http() {
    let folder = tempfile::tempdir().unwrap();
    let servers = [Listening::start(&[]), Listening::start(&[])];

    let inside = run(folder.path(), "inside.json", &[]);
    let stdio = run(folder.path(), "stdio.json", &["--sut", &over_stdio("")]);
    let http = run(
        folder.path(),
        "http.json",
        &["--sut", &servers[0].url, "--sut", &servers[1].url],
    );

    let expected = verdicts(&inside);
    assert_eq!(expected.1, 0);
    assert_eq!(verdicts(&stdio), expected);
    assert_eq!(verdicts(&http), expected);
}

#[test]
fn a_faulty_client_breaks_the_same_rules_over_stdio_and_over_http() {
    let folder = tempfile::tempdir().unwrap();
    let faulty = ["--faulty", "owner-never-sent"];
    let server = Listening::start(&faulty);
    let some = ["--tags", "@H1 or @R01 or @R05"];

    let inside = run(folder.path(), "inside.json", &[some, faulty].concat());
    let command = over_stdio("--faulty owner-never-sent");
    let stdio = run(
        folder.path(),
        "stdio.json",
        &[some, ["--sut", &command]].concat(),
    );
    let http = run(
        folder.path(),
        "http.json",
        &[some, ["--sut", &server.url]].concat(),
    );

    let expected = verdicts(&inside);
    assert_eq!(expected.1, 1);
    assert_eq!(verdicts(&stdio), expected);
    assert_eq!(verdicts(&http), expected);
}
