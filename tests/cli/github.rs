use std::fs;
use std::process::Command;

use super::features::GOOD;
use super::{check_exit, crm_conformance, folder, stdout};

#[test]
fn where_github_runs_it_failures_are_annotations_and_the_summary_is_appended_to() {
    let folder = folder();
    fs::write(folder.path().join("mine.feature"), GOOD).unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "of another command\n").unwrap();

    let output = Command::new(env!("CARGO_BIN_EXE_crm-conformance"))
        .args(["run", "mine.feature", "--faulty", "owner-never-sent"])
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", &summary)
        .current_dir(folder.path())
        .output()
        .unwrap();

    check_exit(&output, 1);
    let text = stdout(&output);
    let annotation = text.lines().find(|line| line.starts_with("::error "));
    let annotation = annotation.unwrap_or_else(|| panic!("{text}"));
    assert!(
        annotation.starts_with("::error file=mine.feature,line=3,title=H1 Owner::"),
        "{annotation}"
    );
    let summary = fs::read_to_string(&summary).unwrap();
    assert!(
        summary.starts_with("of another command\n## ❌ not conformant"),
        "{summary}"
    );
    assert!(summary.contains("| H1 |"), "{summary}");
}

#[test]
fn elsewhere_there_are_annotations_only_where_they_are_asked_for() {
    let folder = folder();
    fs::write(folder.path().join("mine.feature"), GOOD).unwrap();
    let arguments = ["run", "mine.feature", "--faulty", "owner-never-sent"];

    let quiet = crm_conformance(folder.path(), &arguments);
    let asked = crm_conformance(folder.path(), &[&arguments[..], &["--github"]].concat());

    assert!(!stdout(&quiet).contains("::error"));
    assert!(stdout(&asked).contains("\n::error file=mine.feature,line=3,"));
}
