//! `driver`: what helps to write a driver.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::{check_exit, crm_conformance, folder, stderr, stdout};

/// The reference client as a driver.
fn reference() -> String {
    format!(
        "exec '{}' driver reference",
        env!("CARGO_BIN_EXE_crm-conformance")
    )
}

#[test]
fn a_sound_driver_passes_the_check() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["driver", "check", "--sut", &reference()]);

    check_exit(&output, 0);
    let text = stdout(&output);
    assert!(text.starts_with("driver of crm-conformance "), "{text}");
    assert!(
        text.contains("\n  ok       hello            starts, and says hello\n"),
        "{text}"
    );
    assert!(
        text.contains("the driver keeps to the protocol: 24 ok, 0 failed, 0 warning, 0 skipped"),
        "{text}"
    );
}

#[test]
fn what_is_wrong_is_named_with_what_to_do() {
    let folder = folder();
    let driver = r#"while read line; do echo '{"jsonrpc":"2.0","id":1,"result":{}}'; done"#;

    let output = crm_conformance(
        folder.path(),
        &["driver", "check", "--json", "--sut", driver],
    );

    check_exit(&output, 1);
    let report: Value = serde_json::from_str(&stdout(&output)).expect("the report is JSON");
    let hello = &report["checks"][0];
    assert_eq!(
        (&report["sound"], &hello["status"]),
        (&Value::Bool(false), &"failed".into())
    );
    for part in ["what", "shown_by", "hint"] {
        assert!(hello[part].is_string(), "{hello}");
    }
}

#[test]
fn a_command_that_ends_at_once_is_quoted() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &["driver", "check", "--sut", "echo no such file >&2; exit 7"],
    );

    check_exit(&output, 1);
    let text = stdout(&output);
    assert!(
        text.contains("it ended with exit code 7; its last words: no such file"),
        "{text}"
    );
}

#[test]
fn an_url_that_nobody_answers_is_not_reached() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &["driver", "check", "--sut", "http://127.0.0.1:1/"],
    );

    check_exit(&output, 1);
    assert!(
        stdout(&output).contains("there is no answer to hello"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_driver_has_to_be_named() {
    let folder = folder();

    check_exit(&crm_conformance(folder.path(), &["driver", "check"]), 2);
    let output = crm_conformance(folder.path(), &["driver", "check", "--sut", " "]);

    check_exit(&output, 2);
    assert!(
        stderr(&output).contains("hint: expected a command or an URL"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_command_that_is_none_and_an_url_that_is_none_are_mistakes_of_the_command_line() {
    let folder = folder();

    let command = crm_conformance(
        folder.path(),
        &["driver", "check", "--sut", "no-such-driver"],
    );
    let url = crm_conformance(folder.path(), &["driver", "check", "--sut", "http://"]);

    check_exit(&command, 2);
    assert!(
        stderr(&command).contains("there is no such command"),
        "{}",
        stderr(&command)
    );
    check_exit(&url, 2);
    assert!(stderr(&url).contains("is no URL"), "{}", stderr(&url));
}

#[test]
fn the_schema_is_printed_as_it_is_written() {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["driver", "schema"]);

    check_exit(&output, 0);
    let schema = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/docs/schema/driver-protocol-v1.schema.json"
    );
    assert_eq!(
        stdout(&output),
        fs::read_to_string(schema).expect("the schema is there")
    );
}

#[track_caller]
fn check_written(language: &str, files: &[&str], command: &str) {
    let folder = folder();

    let output = crm_conformance(folder.path(), &["driver", "init", language, "mine"]);

    check_exit(&output, 0);
    let text = stdout(&output);
    assert!(
        text.contains(&format!(
            "  cd mine\n  crm-conformance driver check --sut '{command}'\n"
        )),
        "{text}"
    );
    let written: Vec<String> = files
        .iter()
        .map(|file| {
            fs::read_to_string(folder.path().join("mine").join(file)).expect("it is written")
        })
        .collect();
    let all = written.concat();
    for method in [
        "hello",
        "reset",
        "user.add",
        "credential.unlink",
        "team_sync.disconnect",
        "activity.log",
        "YOUR CODE",
    ] {
        assert!(all.contains(method), "{language} has no {method}");
    }
}

#[test]
fn a_driver_to_start_from_is_written_in_three_languages() {
    check_written("python", &["driver.py"], "python3 driver.py");
    check_written("node", &["driver.mjs"], "node driver.mjs");
    check_written("rust", &["Cargo.toml", "src/main.rs"], "cargo run --quiet");
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder();
    let manifest = folder.path().join("Cargo.toml");
    fs::write(&manifest, "mine").expect("a file can be written");

    let output = crm_conformance(folder.path(), &["driver", "init", "rust"]);

    check_exit(&output, 2);
    assert!(
        stderr(&output).contains("is there already, and is not overwritten"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        fs::read_to_string(&manifest).expect("it is still there"),
        "mine"
    );
    assert!(!folder.path().join("src").exists());
}

/// The reference client behind an URL. Dropped, it is gone.
struct Listening {
    driver: Child,
    url: String,
}

impl Listening {
    fn start() -> Self {
        let mut driver = Command::new(env!("CARGO_BIN_EXE_crm-conformance"))
            .args(["driver", "reference", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary can be started");
        let mut url = String::new();
        let output = driver.stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut url)
            .expect("it says where it listens");
        let url = url.trim().to_owned();
        Self { driver, url }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[test]
fn a_driver_behind_an_url_is_judged_as_well_but_for_its_process() {
    let folder = folder();
    let listening = Listening::start();

    let output = crm_conformance(folder.path(), &["driver", "check", "--sut", &listening.url]);

    check_exit(&output, 0);
    let text = stdout(&output);
    assert!(
        text.contains("20 ok, 0 failed, 0 warning, 4 skipped"),
        "{text}"
    );
    assert!(
        text.contains("it is behind an URL, and not started here"),
        "{text}"
    );
}
