//! Runs that are ended from outside: what they leave behind is a report, and it says that it is not of a whole run.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::folder;

/// A run that would take a while, one scenario at a time.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, unless the test has failed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn start(folder: &Path) -> Self {
        let files = ["--json", "r.json", "--junit", "r.xml"];
        Self::command(
            folder,
            &[&["run", "--concurrency", "1"], &files[..]].concat(),
        )
    }

    fn command(folder: &Path, arguments: &[&str]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_crm-conformance"))
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary can be started");
        Self(child)
    }

    /// Until the report on disk tells of a scenario that has ended.
    fn wait_for_a_scenario(&self, folder: &Path) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(120) {
            let told = |report: &Value| {
                report["scenarios"]
                    .as_array()
                    .is_some_and(|all| !all.is_empty())
            };
            if folder.join("r.json").exists() && told(&json(folder)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("no scenario has ended");
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.0.id().to_string()])
            .status()
            .expect("there is a kill command");
        assert!(sent.success());
    }

    /// Its exit code and standard output.
    fn end(&mut self) -> (Option<i32>, String) {
        let mut text = String::new();
        if let Some(mut out) = self.0.stdout.take() {
            std::io::Read::read_to_string(&mut out, &mut text).expect("the output is text");
        }
        (self.0.wait().expect("it has been started").code(), text)
    }
}

/// Whatever is there is a whole document.
fn json(folder: &Path) -> Value {
    let text = fs::read(folder.join("r.json")).expect("there is a report");
    serde_json::from_slice(&text).expect("it is JSON")
}

fn junit(folder: &Path) -> String {
    fs::read_to_string(folder.join("r.xml")).expect("there is a report")
}

#[test]
fn an_interrupted_run_tells_what_has_ended_and_what_has_not() {
    for (signal, code, why) in [
        ("-INT", 130, "interrupted by Ctrl-C"),
        ("-TERM", 143, "interrupted by a request to terminate"),
    ] {
        let folder = folder();
        let mut running = Running::start(folder.path());
        running.wait_for_a_scenario(folder.path());

        running.signal(signal);
        let (exit, text) = running.end();

        assert_eq!(exit, Some(code), "{text}");
        assert!(text.contains(why) && text.contains("not run: "), "{text}");
        let report = json(folder.path());
        let count = |list: &str| report[list].as_array().map_or(0, Vec::len);
        assert_eq!(report["complete"], false);
        assert_eq!(report["exit_code"], code);
        assert_eq!(report["stopped"]["why"], "interrupted");
        super::report_schema::check(&report);
        assert!(count("scenarios") > 0 && count("not_run") > 0);
        assert!(junit(folder.path()).contains(why));
    }
}

#[test]
fn what_else_takes_long_ends_in_order_too_and_leaves_a_whole_document() {
    for (command, signal, code, name) in [
        ("self-test", "-INT", 130, "interrupt"),
        ("explore", "-TERM", 143, "terminate"),
    ] {
        let folder = folder();
        let file = folder.path().join("r.json");
        fs::write(&file, "of an earlier one").unwrap();
        let arguments = [command, "--concurrency", "1", "--json", "r.json"];
        let mut running = Running::command(folder.path(), &arguments);
        let begun = Instant::now();
        while file.exists() && begun.elapsed() < Duration::from_secs(120) {
            thread::sleep(Duration::from_millis(10));
        }

        running.signal(signal);
        let (exit, text) = running.end();

        assert_eq!(exit, Some(code), "{text}");
        assert!(text.contains("interrupted after "), "{text}");
        assert_eq!(json(folder.path())["stopped"], name);
    }
}

#[test]
fn a_killed_run_leaves_reports_that_say_that_it_has_not_ended() {
    let folder = folder();
    let mut running = Running::start(folder.path());
    running.wait_for_a_scenario(folder.path());

    running.signal("-KILL");
    let (exit, _) = running.end();

    assert_eq!(exit, None);
    let report = json(folder.path());
    assert_eq!(report["complete"], false);
    assert_eq!(report["stopped"]["why"], "unfinished");
    assert_eq!(report["exit_code"], 3);
    assert!(
        report["not_run"]
            .as_array()
            .is_some_and(|rest| !rest.is_empty())
    );
    let junit = junit(folder.path());
    assert!(
        junit.contains("<error") && junit.ends_with("</testsuites>\n"),
        "{junit}"
    );
}

#[test]
fn the_second_signal_does_not_wait_for_a_report() {
    let folder = folder();
    let mut running = Running::start(folder.path());
    running.wait_for_a_scenario(folder.path());

    // Both are there when it goes on.
    for signal in ["-STOP", "-INT", "-TERM", "-CONT"] {
        running.signal(signal);
    }
    let (exit, text) = running.end();

    assert!(matches!(exit, Some(130 | 143)), "{exit:?}");
    assert_eq!(text, "");
    assert_eq!(json(folder.path())["complete"], false);
}

#[test]
fn a_report_of_an_earlier_run_is_not_taken_for_one_of_this() {
    let folder = folder();
    fs::write(
        folder.path().join("r.json"),
        r#"{"complete":true,"exit_code":0}"#,
    )
    .unwrap();
    let mut running = Running::start(folder.path());
    running.wait_for_a_scenario(folder.path());

    running.signal("-KILL");
    running.end();

    assert_eq!(json(folder.path())["complete"], false);
}
