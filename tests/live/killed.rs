//! Nothing of a run stays in the CRMs, however it ends; and nothing else is ever touched.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::crm::Crm;
use crate::{check_exit, command, crm_conformance, text};

/// Enough scenarios that a run is still at them when it is ended.
const MANY: [&str; 3] = ["run", "--tags", "@R01 or @R04 or @R05 or @H1 or @T1"];

/// A run that is in the middle of something: so many records are there.
fn begun_with(crm: &Crm, records: usize) -> Child {
    let running = command(crm, &MANY)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while crm.count("crmc") < records {
        assert!(Instant::now() < until, "the run writes nothing");
        std::thread::sleep(Duration::from_millis(2));
    }
    running
}

/// With the record that is called almost like those of a run, in each of the two CRMs.
const SOMEBODY_ELSES: usize = 2;

#[test]
fn after_a_kill_a_sweep_leaves_nothing_behind_and_touches_nothing_else() {
    let crm = Crm::start();
    assert_eq!(crm.count("crmc"), SOMEBODY_ELSES);
    let mut left = 0;
    // Where the kill hit a moment at which everything was deleted, it is tried again.
    for _ in 0..20 {
        let mut running = begun_with(&crm, SOMEBODY_ELSES + 1);
        running.kill().unwrap();
        running.wait().unwrap();
        left = crm.count("crmc") - SOMEBODY_ELSES;
        if left > 0 {
            break;
        }
    }
    assert!(left > 0, "the kill has left records");

    let listed = crm_conformance(&crm, &["sweep", "--dry-run"]);
    check_exit(&listed, 0);
    assert_eq!(
        crm.count("crmc"),
        SOMEBODY_ELSES + left,
        "a dry run deletes nothing"
    );
    let swept = crm_conformance(&crm, &["sweep"]);

    check_exit(&swept, 0);
    assert!(text(&swept).contains(" of run crmc"), "{}", text(&swept));
    assert_eq!(crm.count("crmc"), SOMEBODY_ELSES, "{}", text(&swept));
    let again = crm_conformance(&crm, &["sweep"]);
    assert!(text(&again).contains("0 records found"), "{}", text(&again));
}

#[test]
fn a_sweep_of_one_run_leaves_the_others_alone() {
    let crm = Crm::start();
    let mut running = begun_with(&crm, SOMEBODY_ELSES + 1);
    running.kill().unwrap();
    running.wait().unwrap();
    let left = crm.count("crmc");

    let swept = crm_conformance(&crm, &["sweep", "--run", "crmc00000000"]);

    check_exit(&swept, 0);
    assert_eq!(crm.count("crmc"), left);
    let misspelt = crm_conformance(&crm, &["sweep", "--run", "acme"]);
    check_exit(&misspelt, 2);
}

#[test]
fn a_run_that_is_interrupted_sweeps_up_after_itself() {
    let crm = Crm::start();
    let mut running = begun_with(&crm, SOMEBODY_ELSES + 1);

    let id = running.id().to_string();
    let told = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    let ended = running.wait().unwrap();

    assert!(told.unwrap().success());
    assert_eq!(ended.code(), Some(130));
    assert_eq!(crm.count("crmc"), SOMEBODY_ELSES);
}
