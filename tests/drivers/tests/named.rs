//! Every fault is named by the check that is about it, and a driver without one passes them all.

use std::time::Duration;

use crm_conformance::check::{Address, Check, Options, Report, Status, check};

fn report(arguments: &str) -> Report {
    let driver = env!("CARGO_BIN_EXE_broken-driver");
    let options = Options {
        address: Address::Command(format!("exec '{driver}' {arguments}")),
        proxy: false,
        deadline: Duration::from_secs(4),
    };
    check(&options).expect("the harness is whole")
}

fn with(report: &Report, status: Status) -> Vec<&Check> {
    let checks = report.checks.iter();
    checks.filter(|check| check.status == status).collect()
}

/// The check that fails, and what it says. No other fails but those named as well.
#[track_caller]
fn check_fault(fault: &str, name: &str, says: &str) {
    check_faults(fault, &[name], says);
}

#[track_caller]
fn check_faults(fault: &str, names: &[&str], says: &str) {
    let report = report(fault);

    let failed = with(&report, Status::Failed);
    let found: Vec<&str> = failed.iter().map(|check| check.check).collect();
    assert_eq!(found, names, "{failed:#?}");
    let first = failed[0].what.as_deref().unwrap_or_default();
    assert!(first.contains(says), "{first}");
    assert!(
        failed[0].hint.is_some() || says.contains("its last words"),
        "{first}"
    );
    assert_eq!(report.exit().code(), 1);
}

#[test]
fn a_sound_driver_passes_every_check() {
    let report = report("none");

    let others: Vec<&Check> = report
        .checks
        .iter()
        .filter(|check| check.status != Status::Ok)
        .collect();
    assert!(others.is_empty(), "{others:#?}");
    assert_eq!(report.exit().code(), 0);
}

#[test]
fn another_version_of_the_protocol() {
    check_faults(
        "another-protocol",
        &["hello", "answers"],
        "version 2 of the protocol",
    );
}

#[test]
fn a_misspelt_capability() {
    check_fault(
        "misspelt-capability",
        "capabilities",
        "\"crm:saleforce\" is no capability",
    );
}

#[test]
fn an_answer_with_a_field_missing() {
    check_fault(
        "owner-left-out",
        "answers",
        "in the answer to record.read, /result: \"owner\" is missing",
    );
}

#[test]
fn an_answer_of_null() {
    check_fault(
        "null-result",
        "answers",
        "in the answer to credential.link, /result: expected an object, found null",
    );
}

#[test]
fn an_error_without_its_trace() {
    check_faults(
        "no-trace",
        &["errors", "unknown-method"],
        "/error: \"data\" is missing",
    );
}

#[test]
fn an_error_code_of_no_protocol() {
    check_fault(
        "unknown-error-code",
        "errors",
        "/error/code: expected one of",
    );
}

#[test]
fn a_number_that_comes_back_as_text() {
    check_fault("id-as-text", "ids", "has the id \"");
}

#[test]
fn an_id_that_is_lost() {
    check_fault("no-id", "ids", "with the id \"q-1\" has the id null");
}

#[test]
fn a_request_answered_twice() {
    check_fault(
        "answers-twice",
        "one-answer",
        "a request is answered more than once",
    );
}

#[test]
fn answers_in_another_order() {
    check_fault("out-of-order", "order", "is answered before");
}

#[test]
fn a_method_that_is_none() {
    check_fault(
        "any-method-will-do",
        "unknown-method",
        "is answered with a result",
    );
}

#[test]
fn an_unknown_method_that_raises() {
    check_fault(
        "unknown-method-raises",
        "unknown-method",
        "is answered with code 1 and not with -32601",
    );
}

#[test]
fn a_failure_taken_for_an_unknown_method() {
    check_fault(
        "key-error-is-an-unknown-method",
        "failure",
        "as if there were no method record.read",
    );
}

#[test]
fn a_capability_that_is_unsupported() {
    check_fault(
        "declares-activities",
        "declared",
        "it declares activity:email in Salesforce, and answers activity.log as unsupported",
    );
}

#[test]
fn a_capability_whose_method_is_missing() {
    check_faults(
        "push-is-not-there",
        &["failure", "declared", "nothing"],
        "push of a record that nobody knows is answered as if there were no method push",
    );
}

#[test]
fn an_answer_before_the_work_is_done() {
    check_fault("answers-too-early", "done", "and nothing was created there");
}

#[test]
fn a_push_of_nothing_that_writes() {
    check_fault(
        "pushes-everything",
        "nothing",
        "a push of no record, while there is one, writes",
    );
}

#[test]
fn a_record_kept_over_a_reset() {
    check_fault("keeps-records", "forgets-records", "can still be read");
}

#[test]
fn a_user_kept_over_a_reset() {
    check_fault(
        "keeps-users",
        "forgets-users",
        "a user who was added before reset",
    );
}

#[test]
fn a_login_kept_over_a_reset() {
    check_fault(
        "keeps-logins",
        "forgets-logins",
        "with no login linked since reset, a push to Salesforce writes with an old one",
    );
}

#[test]
fn an_error_log_kept_over_a_reset() {
    check_fault(
        "keeps-errors",
        "forgets-errors",
        "the error log is not empty",
    );
}

#[test]
fn a_long_line() {
    check_fault(
        "dies-of-a-long-line",
        "long",
        "its last words: Error: Custom",
    );
}

#[test]
fn letters_beyond_ascii() {
    check_faults("ascii", &["ids", "unicode"], "has the id");
}

#[test]
fn a_process_that_outlives_its_input() {
    check_fault("outlives-its-input", "ends", "it still runs 5 s after");
}

#[test]
fn a_process_that_leaves_another_behind() {
    check_fault(
        "leaves-a-child",
        "ends",
        "something that it has started still runs",
    );
}

/// Whatever comes after it is not known: no other check says anything of a driver that does not say hello.
#[track_caller]
fn check_silent(fault: &str, says: &str) {
    let report = report(fault);

    let hello = &report.checks[0];
    let what = hello.what.as_deref().unwrap_or_default();
    assert!(what.contains(says), "{what}");
    assert_eq!(with(&report, Status::Failed), [hello]);
    assert_eq!(
        with(&report, Status::Skipped).len(),
        report.checks.len() - 1
    );
}

#[test]
fn answers_that_stay_in_a_buffer() {
    check_silent("buffered", "standard output is buffered");
}

#[test]
fn answers_without_a_line_break() {
    check_silent("no-line-break", "does not end with a line break");
}

#[test]
fn answers_over_several_lines() {
    check_silent("indented", "goes over several lines");
}

#[test]
fn a_command_that_is_none() {
    check_silent(
        "--no-such-option",
        "it ended with exit code 2; its last words: ",
    );
}

#[test]
fn a_driver_that_dies_of_a_reset_is_started_again_for_the_next_check() {
    let report = report("dies-of-the-third-reset");

    let many = report
        .checks
        .iter()
        .find(|check| check.check == "many-resets");
    let what = many
        .and_then(|check| check.what.clone())
        .unwrap_or_default();
    assert!(what.contains("reset number"), "{what}");
    assert!(what.contains("too many open files"), "{what}");
    assert!(report.count(Status::Ok) > 5, "{report:#?}");
}

#[test]
fn a_driver_that_hangs() {
    let report = report("hangs-in-reset");

    let hangs = with(&report, Status::Failed);
    let says = |check: &&Check| {
        check
            .what
            .as_ref()
            .is_some_and(|what| what.contains("there is no answer to reset within 4 s"))
    };
    assert!(hangs.iter().any(says), "{hangs:#?}");
}

#[test]
fn a_process_that_is_killed_and_leaves_a_lock() {
    let folder = std::env::temp_dir().join(format!("broken-driver-{}", std::process::id()));
    let lock = folder.with_extension("lock");

    let report = report(&format!("leaves-a-lock --lock '{}'", lock.display()));
    let left = std::fs::remove_file(&lock);

    let failed = with(&report, Status::Failed);
    let found: Vec<&str> = failed.iter().map(|check| check.check).collect();
    assert_eq!(found, ["parallel", "restart"], "{failed:#?}");
    assert!(left.is_ok(), "the lock is what the kill leaves");
}

#[test]
fn noise_is_a_warning_and_no_more() {
    let report = report("chatty");

    let warned = with(&report, Status::Warning);
    let found: Vec<&str> = warned.iter().map(|check| check.check).collect();
    assert_eq!((found, report.exit().code()), (vec!["noise"], 0));
    assert!(
        warned[0]
            .hint
            .as_ref()
            .is_some_and(|hint| hint.contains("standard error"))
    );
}

#[test]
fn a_driver_that_can_do_nothing_yet_is_sound_and_told_so() {
    let report = report("no-capability");

    let warned = with(&report, Status::Warning);
    let found: Vec<&str> = warned.iter().map(|check| check.check).collect();
    assert_eq!((found, report.exit().code()), (vec!["capabilities"], 0));
}
