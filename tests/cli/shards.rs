use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::{check_exit, crm_conformance, folder, stderr, stdout};

/// Some of the features, with rows that pass and rows that the faulty client breaks.
const CHOSEN: &str = "@R05 or @H1 or @U2 or @T1";
const OPTIONS: [&str; 5] = ["--tags", CHOSEN, "--random-seed", "7", "--json"];

fn start(folder: &Path, options: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_crm-conformance"))
        .arg("run")
        .args(OPTIONS)
        .args(options)
        .env_remove("GITHUB_ACTIONS")
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary can be started")
}

/// The report of one run, and that of three shards that ran side by side, merged; with the exit codes of both.
fn whole_and_merged(folder: &Path, options: &[&str]) -> ((Value, i32), (Value, i32)) {
    let shard =
        |name: &str, shard: &str| start(folder, &[&[name, "--shard", shard], options].concat());
    let mut running = [
        start(folder, &[&["whole.json"], options].concat()),
        shard("1.json", "1/3"),
        shard("2.json", "2/3"),
        shard("3.json", "3/3"),
    ];
    let codes: Vec<_> = running
        .iter_mut()
        .map(|child| child.wait().expect("it ends").code().expect("by itself"))
        .collect();
    let merged = crm_conformance(
        folder,
        &[
            "report",
            "merge",
            "3.json",
            "1.json",
            "2.json",
            "--json",
            "merged.json",
            "--junit",
            "merged.xml",
        ],
    );
    let code = merged.status.code().expect("it ended by itself");
    (
        (read(&folder.join("whole.json")), codes[0]),
        (read(&folder.join("merged.json")), code),
    )
}

/// A report, without what differs from one run of the same to the next.
fn read(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut report: Value = serde_json::from_str(&text).expect("it is JSON");
    for scenario in report["scenarios"]
        .as_array_mut()
        .expect("there are scenarios")
    {
        scenario["duration_ms"] = json!(0);
    }
    report
}

/// The same without the evidence, and of the requests that are to blame without number and path: the mocks of a process hand out
/// ids of requests, orgs and records in the order in which things happen.
fn without_ids(mut report: Value) -> Value {
    for scenario in report["scenarios"]
        .as_array_mut()
        .expect("there are scenarios")
    {
        assert!(scenario["observation"].is_object());
        scenario["observation"] = Value::Null;
        for verdict in scenario["verdicts"]
            .as_array_mut()
            .expect("there are verdicts")
        {
            if verdict["blamed"].is_object() {
                verdict["blamed"]["request"] = Value::Null;
                verdict["blamed"]["path"] = Value::Null;
            }
        }
    }
    report
}

#[test]
fn three_shards_merged_are_one_run() {
    let folder = folder();

    let ((whole, code), (merged, merged_code)) = whole_and_merged(folder.path(), &[]);

    assert_eq!((code, merged_code), (0, 0));
    assert!(whole["digest"].is_string());
    assert_eq!(whole["digest"], merged["digest"]);
    assert_eq!(without_ids(whole), without_ids(merged));
    assert!(
        fs::read_to_string(folder.path().join("merged.xml"))
            .unwrap()
            .contains("<testsuites")
    );
}

#[test]
fn three_shards_of_a_wrong_client_merged_are_one_run_of_it() {
    let folder = folder();

    let ((whole, code), (merged, merged_code)) =
        whole_and_merged(folder.path(), &["--faulty", "owner-never-sent"]);

    assert_eq!((code, merged_code), (1, 1));
    assert_eq!(whole["digest"], merged["digest"]);
    assert_eq!(without_ids(whole), without_ids(merged));
}

#[test]
fn parts_that_are_not_the_whole_are_refused_and_no_green_report_is_left() {
    let folder = folder();
    let mut running = [
        start(folder.path(), &["1.json", "--shard", "1/2"]),
        start(folder.path(), &["2.json", "--shard", "2/2", "--strict"]),
    ];
    running.iter_mut().for_each(|child| {
        child.wait().expect("it ends");
    });
    fs::write(folder.path().join("merged.json"), "of an earlier run").unwrap();
    let merge = |parts: &[&str]| {
        let options = ["--json", "merged.json", "--junit", "merged.xml"];
        crm_conformance(
            folder.path(),
            &[&["report", "merge"], parts, &options].concat(),
        )
    };

    let missing = merge(&["1.json"]);
    check_exit(&missing, 2);
    assert!(
        stderr(&missing).contains("error: shard 2/2 is missing"),
        "{}",
        stderr(&missing)
    );
    assert_eq!(stdout(&missing), "");
    let merged: Value =
        serde_json::from_slice(&fs::read(folder.path().join("merged.json")).unwrap()).unwrap();
    assert_eq!(merged["exit_code"], 2);
    let junit = fs::read_to_string(folder.path().join("merged.xml")).unwrap();
    assert!(junit.contains("<error"), "{junit}");

    let differs = merge(&["1.json", "2.json"]);
    check_exit(&differs, 2);
    assert!(
        stderr(&differs)
            .contains("2.json is of another run than 1.json: --strict is on, there off"),
        "{}",
        stderr(&differs)
    );

    fs::write(folder.path().join("2.json"), "{}").unwrap();
    let no_report = merge(&["1.json", "2.json", "nosuch.json"]);
    check_exit(&no_report, 2);
    for part in [
        "2.json: the report has version 0",
        "could not read nosuch.json",
    ] {
        assert!(stderr(&no_report).contains(part), "{}", stderr(&no_report));
    }
}

#[test]
fn a_stored_report_is_shown_as_it_was_with_its_exit_code() {
    let folder = folder();
    let run = crm_conformance(
        folder.path(),
        &[
            "--tags",
            "@H1",
            "--faulty",
            "owner-never-sent",
            "--json",
            "r.json",
        ],
    );
    check_exit(&run, 1);

    let shown = crm_conformance(folder.path(), &["report", "show", "r.json"]);

    check_exit(&shown, 1);
    assert_eq!(stdout(&shown), stdout(&run));
}

#[test]
fn a_shard_is_chosen_with_a_seed_and_counted_from_1() {
    let folder = folder();
    let run =
        |shard: &[&str]| crm_conformance(folder.path(), &[&["--tags", "@H1"], shard].concat());

    let seedless = run(&["--shard", "1/2"]);
    check_exit(&seedless, 2);
    assert!(
        stderr(&seedless).contains("--random-seed"),
        "{}",
        stderr(&seedless)
    );
    let zero = run(&["--shard", "0/2", "--random-seed", "1"]);
    check_exit(&zero, 2);
    assert!(
        stderr(&zero).contains("$((JOB_COMPLETION_INDEX + 1))/2"),
        "{}",
        stderr(&zero)
    );
}

#[test]
fn a_shard_without_a_scenario_proves_nothing() {
    let folder = folder();
    let shard = |number: usize| {
        let shard = format!("{number}/1000");
        let options = ["--tags", "@H1", "--random-seed", "1", "--shard", &shard];
        crm_conformance(folder.path(), &options).status.code()
    };

    let codes: Vec<_> = (1..=4).map(shard).collect();

    assert!(codes.contains(&Some(4)), "{codes:?}");
}
