//! Runs that end before their last scenario, and reports that get lost.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::report::Signal;

#[test]
fn scenarios_are_reported_in_the_order_of_the_features() {
    let mut options = Options::new(1);
    options.concurrency = 3;

    let report = run(several(6), &options, |_| {}).unwrap();

    let names: Vec<&str> = report
        .scenarios
        .iter()
        .map(|scenario| scenario.name.as_str())
        .collect();
    assert_eq!(names, ["S0", "S1", "S2", "S3", "S4", "S5"]);
}

#[test]
fn an_interrupted_run_reports_what_has_ended_and_lists_the_rest() {
    for (signal, code) in [(Signal::Interrupt, 130), (Signal::Terminate, 143)] {
        let options = spoilt("push", || Mischief::None);

        let report = run(several(50), &options, |_| options.stop.ask(signal)).unwrap();

        assert_eq!(report.stopped, Some(Stopped::Interrupted { signal }));
        let (ended, not_run) = (report.scenarios.len(), report.not_run.len());
        assert!(ended >= 1 && not_run >= 40, "{ended} ended");
        assert_eq!(ended + not_run, 50);
        assert_eq!(report.scenarios[0].worst(), Some(Judgement::Passed));
        assert_eq!((report.exit().code(), report.digest()), (code, None));
    }
}

#[test]
fn an_interrupted_run_does_not_wait_for_a_system_that_hangs() {
    let options = spoilt("push", || Mischief::Hang);
    let stop = options.stop.clone();
    let begun = std::time::Instant::now();

    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        stop.ask(Signal::Interrupt);
    });
    let report = run(several(2), &options, |_| {}).unwrap();

    assert_eq!((report.exit().code(), report.not_run.len()), (130, 2));
    assert!(begun.elapsed() < options.step_deadline);
}

#[test]
fn the_first_failure_ends_the_run_where_that_is_asked_for() {
    let mut options = spoilt("push", || Mischief::Nonsense);
    options.fail_fast = true;

    let report = run(several(50), &options, |_| {}).unwrap();

    assert_eq!(report.stopped, Some(Stopped::FirstFailure));
    assert_eq!(report.scenarios.len() + report.not_run.len(), 50);
    assert!(report.not_run.len() >= 40);
    assert_eq!(report.exit().code(), 1);
}

#[test]
fn a_scenario_that_is_left_off_counts_for_nothing_and_the_run_proves_nothing() {
    let stop = Stop::default();
    let (asked, pushes) = (stop.clone(), AtomicUsize::new(0));
    let mut options = spoilt("push", move || {
        if pushes.fetch_add(1, Ordering::Relaxed) == 0 {
            return Mischief::None;
        }
        asked.leave_off();
        Mischief::Nonsense
    });
    options.stop = stop;

    let report = run(several(3), &options, |_| {}).unwrap();

    assert_eq!(report.stopped, Some(Stopped::LeftOff));
    assert_eq!((report.scenarios.len(), report.not_run.len()), (1, 2));
    assert_eq!(report.scenarios[0].worst(), Some(Judgement::Passed));
    assert_eq!((report.exit().code(), report.digest()), (4, None));
    options.stop.go_on();
    assert!(!options.stop.left_off());
}

#[test]
fn a_scenario_whose_report_is_lost_does_not_vanish() {
    let scenarios = several(2);
    let first = unjudged(&scenarios[0], Ended::Judged);
    let mut report = RunReport::default();

    gather(&scenarios, vec![Some(first), None], &mut report);

    assert_eq!(report.scenarios.len(), 1);
    assert_eq!(report.not_run, [not_run(&scenarios[1])]);
    let lost = "the report of a scenario was lost: S1 (x.feature:7)";
    assert_eq!(report.harness_errors, [lost]);
    assert_eq!(report.exit().code(), 3);
}
