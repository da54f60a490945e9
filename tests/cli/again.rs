//! The command that a failure prints, pasted into a shell.

use std::env;
use std::path::Path;
use std::process::{Command, Output};

use super::{check_exit, crm_conformance, folder, stderr, stdout};

/// As a person runs it who has the program on the path.
fn shell(folder: &Path, command: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_crm-conformance"));
    let mut path = program.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(env::var_os("PATH").unwrap_or_default());
    Command::new("sh")
        .args(["-c", command])
        .env("PATH", path)
        .env_remove("GITHUB_ACTIONS")
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The first failure in an output, without the table before it.
fn failure(text: &str) -> &str {
    let from = text.find("\nFAILED").unwrap_or_else(|| panic!("{text}"));
    text[from..].trim_start().split("\n\n").next().unwrap()
}

fn command(failure: &str) -> &str {
    let line = failure.lines().last().unwrap();
    line.trim().strip_prefix("again").unwrap().trim()
}

#[test]
fn the_printed_command_runs_just_the_scenario_again_with_the_same_failure() {
    let folder = folder();
    let faulty = ["run", "--tags", "@R05", "--faulty", "owner-never-sent"];
    let first = crm_conformance(folder.path(), &faulty);
    check_exit(&first, 1);
    let first = stdout(&first);
    let failure_before = failure(&first);

    let again = shell(folder.path(), command(failure_before));

    check_exit(&again, 1);
    let again = stdout(&again);
    assert!(
        again.contains("\n1 scenario: 0 passed, 1 failed; seed "),
        "{again}"
    );
    // Requests are numbered through the whole run, so that theirs differ.
    for label in ["FAILED", "scenario", "expected", "recorded", "cause"] {
        let line = |text: &str| {
            let mut lines = text.lines();
            let line = lines.find(|line| line.trim_start().starts_with(label));
            line.map(str::to_owned)
        };
        assert!(
            line(failure_before).is_some(),
            "{label} in {failure_before}"
        );
        assert_eq!(line(failure(&again)), line(failure_before));
    }
}

#[test]
fn it_runs_features_of_ones_own_whatever_their_files_are_called() {
    let folder = folder();
    let name = "it's \"mine\" & $HOME.feature";
    std::fs::write(folder.path().join(name), super::features::GOOD).unwrap();
    let faulty = ["run", name, "--faulty", "owner-never-sent", "--strict"];
    let first = stdout(&crm_conformance(folder.path(), &faulty));

    let again = shell(folder.path(), command(failure(&first)));

    check_exit(&again, 1);
    assert!(stdout(&again).contains("\n1 scenario: 0 passed, 1 failed; seed "));
}

#[test]
fn a_place_where_no_scenario_stands_is_a_usage_error_with_the_nearest() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &["run", "--at", "features/updates.feature:9999"],
    );

    check_exit(&output, 2);
    let told = stderr(&output);
    assert!(
        told.contains("--at: no scenario stands at features/updates.feature:9999"),
        "{told}"
    );
    assert!(
        told.contains("hint: the nearest one stands at features/updates.feature:"),
        "{told}"
    );
}
