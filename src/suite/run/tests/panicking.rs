//! A panic at each place where one can happen. No run is green.

use std::sync::{OnceLock, Weak};

use mock_crm::serve::Vendor as _;
use mock_crm::store::{Observer, Occurrence};
use mock_crm::tenant::Hosted;

use super::*;

/// Runs one scenario, and checks that it is told of a panic.
#[track_caller]
fn check(options: &Options, said: &str) {
    let report = run(one(), options, |_| {}).unwrap();
    check_report(&report, said);
}

#[track_caller]
fn check_report(report: &RunReport, said: &str) {
    assert_eq!(report.exit().code(), 3, "{said}: {report:?}");
    let ended = &report.scenarios[0].ended;
    assert!(
        matches!(ended, Ended::HarnessError { what } if what.contains(said)),
        "{said}: {ended:?}"
    );
}

#[test]
fn in_a_step() {
    let options = spoilt("push", || panic!("in a step"));

    check(&options, "in a step, at src/suite/run/tests/panicking.rs:");
}

#[test]
fn in_a_task_on_the_thread_of_the_scenario() {
    let options = spoilt("push", || {
        tokio::spawn(async { panic!("in a task") });
        Mischief::None
    });

    check(&options, "in a task, at ");
}

#[test]
fn in_a_task_that_the_last_step_leaves_behind() {
    let options = spoilt("record.read", || {
        tokio::spawn(async { panic!("in a task left behind") });
        Mischief::None
    });

    check(&options, "in a task left behind, at ");
}

#[test]
fn in_work_on_a_thread_of_the_runtime() {
    let options = spoilt("push", || {
        drop(tokio::task::spawn_blocking(|| panic!("in blocking work")));
        // It has to have begun: what has not, never does once the scenario is over.
        Mischief::Wait(Duration::from_millis(200))
    });

    check(&options, "in blocking work, at ");
}

#[test]
fn while_connecting() {
    let mut options = Options::new(1);
    let first = std::sync::atomic::AtomicBool::new(true);
    options.connect = Connect::new(move || {
        // The first connection asks who is there.
        if !first.swap(false, std::sync::atomic::Ordering::Relaxed) {
            panic!("while connecting");
        }
        Driver::in_process(Reference::new(Policy::reference(), Arc::new(TokioSleeper)))
    });

    check(&options, "while connecting, at ");
}

#[test]
fn while_asking_who_is_there() {
    let options = spoilt("hello", || panic!("while saying hello"));

    let report = run(several(2), &options, |_| {}).unwrap();

    assert_eq!((report.exit().code(), report.not_run.len()), (3, 2));
    assert!(
        report.harness_errors[0].contains("while saying hello, at "),
        "{report:?}"
    );
}

#[test]
fn one_scenario_that_panics_does_not_take_the_others_along() {
    let connections = std::sync::atomic::AtomicUsize::new(0);
    let mut options = Options::new(1);
    options.concurrency = 1;
    options.connect = Connect::new(move || {
        if connections.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 2 {
            panic!("the third time");
        }
        Driver::in_process(Reference::new(Policy::reference(), Arc::new(TokioSleeper)))
    });

    let report = run(several(4), &options, |_| {}).unwrap();

    let judged = |scenario: &ScenarioReport| scenario.ended == Ended::Judged;
    let judged: Vec<bool> = report.scenarios.iter().map(judged).collect();
    assert_eq!(judged, [true, false, true, true]);
    assert_eq!((report.exit().code(), report.not_run.len()), (3, 0));
}

/// Does something in the mock, on its thread, whenever a record is written.
struct OnWrite(fn());

impl fmt::Debug for OnWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnWrite")
    }
}

impl Observer for OnWrite {
    fn listens(&self) -> bool {
        true
    }

    fn happened(&self, _: Vec<Occurrence>) {
        (self.0)();
    }
}

/// A run in which every portal has such an observer once something is pushed.
fn run_in_a_spoilt_mock(on_write: fn()) -> RunReport {
    let harness: Arc<OnceLock<Weak<Harness>>> = Arc::default();
    let known = harness.clone();
    let options = spoilt("push", move || {
        let harness = known.get().and_then(Weak::upgrade).unwrap();
        for portal in harness.mock.hubspot.directory().all() {
            let observer = Arc::new(OnWrite(on_write));
            portal.tenant().write().observe(observer);
        }
        Mischief::None
    });
    let started = Harness::start(
        options.connect.clone(),
        options.seed,
        options.mocks.clone(),
        None,
    )
    .unwrap();
    harness.set(Arc::downgrade(&started)).unwrap();
    run_on(&started, one(), &options, |_| {}).unwrap()
}

#[test]
fn in_a_handler_of_the_mock() {
    let report = run_in_a_spoilt_mock(|| panic!("in a handler"));

    check_report(&report, "the mock panicked: in a handler");
    assert!(
        report.harness_errors[0].contains("on thread mock-crm-"),
        "{:?}",
        report.harness_errors
    );
}

#[test]
fn in_a_task_of_the_mock_that_nobody_waits_for() {
    let report = run_in_a_spoilt_mock(|| {
        tokio::spawn(async { panic!("in the background") });
    });

    assert_eq!(report.exit().code(), 3);
    assert!(
        report.harness_errors[0].contains("it panicked: in the background, at "),
        "{:?}",
        report.harness_errors
    );
}
