//! A system under test that doesn't answer, and one that takes its time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::*;

fn in_a_hurry(mut options: Options) -> Options {
    options.step_deadline = Duration::from_millis(500);
    options.grace = Duration::from_millis(300);
    options
}

#[test]
fn a_system_that_hangs_is_not_waited_for() {
    let (report, ended) = run_one(&in_a_hurry(spoilt("push", || Mischief::Hang)));

    let what = "x.feature:5: it hangs: after 0.5 s there is no answer in \
                \"Dana pushes the contact to HubSpot on its own\"";
    let expected = Ended::SystemFailed { what: what.into() };
    assert_eq!((ended, report.exit().code()), (expected, 1));
}

#[test]
fn a_system_that_is_slow_and_in_time_is_judged() {
    let mut options = spoilt("record.create", || {
        Mischief::Wait(Duration::from_millis(700))
    });
    options.step_deadline = Duration::from_secs(30);

    let (report, ended) = run_one(&options);

    assert_eq!((ended, report.exit().code()), (Ended::Judged, 0));
}

#[test]
fn a_scenario_of_which_no_step_is_late_may_be_late_all_the_same() {
    let mut options = spoilt("user.add", || Mischief::Wait(Duration::from_millis(50)));
    options.scenario_deadline = Duration::from_millis(120);

    let (_, ended) = run_one(&options);

    assert!(
        matches!(&ended, Ended::SystemFailed { what }
            if what == "x.feature:3: it hangs: after 0.12 s there is no answer in \"Dana has linked her HubSpot login\""),
        "{ended:?}"
    );
}

#[test]
fn a_system_that_never_lets_others_go_on_is_given_up() {
    let block = || Mischief::Block(Duration::from_secs(4));
    let begun = Instant::now();

    let (report, ended) = run_one(&in_a_hurry(spoilt("push", block)));

    assert!(
        matches!(&ended, Ended::SystemFailed { what }
            if what.starts_with("x.feature:5: it hangs") && what.ends_with("and lets nothing else go on")),
        "{ended:?}"
    );
    assert_eq!(report.exit().code(), 1);
    assert!(begun.elapsed() < Duration::from_secs(4));
}

#[test]
fn a_run_in_which_every_scenario_hangs_ends_soon() {
    let options = in_a_hurry(spoilt("reset", || Mischief::Hang));

    let report = run(several(50), &options, |_| {}).unwrap();

    assert_eq!(report.stopped, Some(Stopped::Hangs { in_a_row: 3 }));
    assert_eq!((report.scenarios.len(), report.not_run.len()), (3, 47));
    assert_eq!((report.exit().code(), report.digest()), (1, None));
}

#[test]
fn scenarios_that_hang_now_and_then_do_not_end_the_run() {
    let pushes = AtomicUsize::new(0);
    let hang_every_other_time = move || match pushes.fetch_add(1, Ordering::Relaxed) % 2 {
        0 => Mischief::Hang,
        _ => Mischief::None,
    };
    let mut options = spoilt("push", hang_every_other_time);
    options.step_deadline = Duration::from_secs(2);
    options.most_hangs = 2;

    let report = run(several(4), &options, |_| {}).unwrap();

    let judged = |scenario: &ScenarioReport| scenario.ended == Ended::Judged;
    let judged: Vec<bool> = report.scenarios.iter().map(judged).collect();
    assert_eq!(judged, [false, true, false, true]);
    assert_eq!((report.stopped, report.not_run.len()), (None, 0));
}

#[test]
fn a_system_that_never_says_hello_gets_one_verdict_for_all() {
    let block = || Mischief::Block(Duration::from_secs(4));
    for options in [spoilt("hello", || Mischief::Hang), spoilt("hello", block)] {
        let report = run(several(50), &in_a_hurry(options), |_| {}).unwrap();

        let what = "it hangs: after 0.5 s it has not said hello".to_owned();
        assert_eq!(report.stopped, Some(Stopped::NoHello { what }));
        assert_eq!((report.scenarios.len(), report.not_run.len()), (0, 50));
        assert_eq!((report.exit().code(), report.harness_errors), (1, vec![]));
    }
}

#[test]
fn a_system_that_says_hello_wrongly_gets_one_verdict_for_all() {
    let options = spoilt("hello", || Mischief::Nonsense);

    let report = run(several(5), &options, |_| {}).unwrap();

    assert!(
        matches!(&report.stopped, Some(Stopped::NoHello { what }) if what.contains("nonsense")),
        "{:?}",
        report.stopped
    );
    assert_eq!((report.exit().code(), report.not_run.len()), (1, 5));
}
