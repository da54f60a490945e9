use super::*;

#[test]
fn kept_rows_are_conformant() {
    assert_eq!(run(Judgement::Passed).exit().code(), 0);
}

#[test]
fn a_warning_is_still_conformant() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].verdicts.push(Verdict {
        level: Some(Status::Inferred),
        ..verdict(Judgement::Warning)
    });
    assert_eq!(report.exit().code(), 0);
}

#[test]
fn a_broken_row_is_not_conformant() {
    assert_eq!(run(Judgement::Failed).exit().code(), 1);
}

#[test]
fn a_crash_of_the_system_under_test_is_not_conformant() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].ended = Ended::SystemFailed {
        what: "exited with signal 11".to_owned(),
    };
    assert_eq!(report.exit().code(), 1);
    assert_eq!(report.conformance().kept, 0);
}

#[test]
fn a_run_that_was_left_off_proves_nothing_whatever_it_kept_so_far() {
    let mut report = run(Judgement::Passed);
    report.stopped = Some(Stopped::LeftOff);
    assert_eq!(report.exit().code(), 4);

    report.scenarios[0].verdicts = vec![verdict(Judgement::Failed)];

    assert_eq!(report.exit().code(), 1);
}

#[test]
fn a_required_row_that_is_unsupported_is_not_conformant() {
    let mut report = run(Judgement::Passed);
    let h1 = Verdict {
        row: Some(row("H1")),
        ..verdict(Judgement::Unsupported)
    };
    report.scenarios.push(scenario(vec![h1]));
    assert_eq!(report.exit().code(), 0);

    report.required = vec![row("H1")];

    assert_eq!(report.exit().code(), 1);
}

#[test]
fn a_wrong_feature_is_exit_code_2() {
    let mut outside = run(Judgement::Passed);
    outside
        .feature_errors
        .push("features/a.feature:3: no such step".to_owned());
    let mut inside = run(Judgement::Passed);
    inside.scenarios[0].ended = Ended::FeatureError {
        what: "words differ from R05".to_owned(),
    };

    assert_eq!((outside.exit().code(), inside.exit().code()), (2, 2));
}

#[test]
fn a_broken_harness_is_exit_code_3() {
    let mut outside = run(Judgement::Passed);
    outside.harness_errors.push("could not bind".to_owned());
    let mut inside = run(Judgement::Passed);
    inside.scenarios[0].ended = Ended::HarnessError {
        what: "step panicked".to_owned(),
    };
    let in_verdict = run(Judgement::Error);

    assert_eq!(
        [outside, inside, in_verdict].map(|report| report.exit().code()),
        [3, 3, 3]
    );
}

#[test]
fn no_verdict_at_all_proves_nothing() {
    let mut empty = run(Judgement::Passed);
    empty.scenarios.clear();
    let mut silent = run(Judgement::Passed);
    silent.scenarios[0].verdicts.clear();
    let unsupported = run(Judgement::Unsupported);

    assert_eq!(
        [empty, silent, unsupported].map(|report| report.exit().code()),
        [4, 4, 4]
    );
}

#[test]
fn the_whole_suite_without_a_documented_row_proves_nothing() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].verdicts[0].level = Some(Status::Inferred);
    assert_eq!(report.exit().code(), 4);

    report.selection.filtered = true;

    assert_eq!(report.exit().code(), 0);
}

#[test]
fn where_several_apply_the_order_is_2_3_1_5_4() {
    let mut report = run(Judgement::Failed);
    report.known_failures = Some(known_tests::list(vec![known_tests::entry("N8")]));
    report.harness_errors.push("could not bind".to_owned());
    report.feature_errors.push("no such step".to_owned());

    let mut codes = vec![report.exit().code()];
    report.feature_errors.clear();
    codes.push(report.exit().code());
    report.harness_errors.clear();
    codes.push(report.exit().code());
    report.scenarios.clear();
    codes.push(report.exit().code());
    report.known_failures = None;
    codes.push(report.exit().code());

    assert_eq!(codes, [2, 3, 1, 5, 4]);
}

#[test]
fn what_nobody_sees_of_a_claim_is_not_made_up_for_by_what_is_judged_everywhere() {
    let hidden = Verdict {
        row: None,
        line: Some(7),
        ..verdict(Judgement::NotObservable)
    };
    let kept_everywhere = Verdict {
        row: Some(row("N3")),
        ..verdict(Judgement::Passed)
    };
    let mut report = run(Judgement::Passed);
    report.selection.built_in = false;
    report.scenarios = vec![scenario(vec![hidden, kept_everywhere])];

    assert_eq!(report.scenarios[0].worst(), Some(Judgement::NotObservable));
    assert_eq!(report.exit().code(), 4);

    report.scenarios[0].verdicts.push(Verdict {
        line: Some(8),
        ..verdict(Judgement::Passed)
    });

    assert_eq!(report.scenarios[0].worst(), Some(Judgement::Passed));
    assert_eq!(report.exit().code(), 0);
}
