use insta::assert_snapshot;
use jiff::civil::{Date, date};

use super::*;
use crate::observe::{ApolloOwner, Observation, RecordKey, Subject};
use crate::rules::{Kind, Mode, Situation, Source};

const TODAY: Date = date(2026, 6, 15);

/// An entry that names a row alone, and is accepted for a long time.
pub(super) fn entry(id: &str) -> KnownFailure {
    KnownFailure {
        line: 3,
        row: Some(row(id)),
        crm: None,
        kind: None,
        mode: None,
        field: None,
        scenario: None,
        reason: "batches are rewritten in June".to_owned(),
        link: "https://tracker.example.com/7".to_owned(),
        expires: date(2026, 12, 31),
    }
}

pub(super) fn list(entries: Vec<KnownFailure>) -> KnownFailures {
    KnownFailures {
        file: "known.yaml".to_owned(),
        today: TODAY,
        entries,
    }
}

/// A run in which R05's Created By fails, of a contact that was pushed in bulk to Salesforce.
fn failing_with(entries: Vec<KnownFailure>) -> RunReport {
    let mut report = run(Judgement::Failed);
    report.scenarios[0].observation = Some(observation(Kind::Contact, Mode::Bulk));
    report.known_failures = Some(list(entries));
    report
}

fn observation(kind: Kind, mode: Mode) -> Observation {
    let subject = Subject {
        name: "Ann Lee".to_owned(),
        key: RecordKey {
            crm: Crm::Salesforce,
            object: "Contact".to_owned(),
            value: "ann@example.com".to_owned(),
        },
        situation: Situation {
            mode,
            ..Situation::create(Crm::Salesforce, kind, Source::Prospecting)
        },
        cast: Default::default(),
        apollo_cast: Default::default(),
        apollo_owner: ApolloOwner::default(),
        before: None,
        reported: None,
        requests: None,
        phone: None,
    };
    Observation {
        subjects: vec![subject],
        ..Observation::default()
    }
}

fn stale(report: &RunReport) -> Vec<Stale> {
    let entries = report.stale_entries().into_iter();
    entries.map(|(_, stale)| stale).collect()
}

#[test]
fn what_is_listed_is_no_failure_and_its_row_is_still_not_kept() {
    let report = failing_with(vec![entry("R05")]);

    assert_eq!(report.exit().code(), 0);
    assert_eq!(
        (report.counts().known_failures, report.counts().failed),
        (1, 0)
    );
    assert_eq!(report.conformance().broken, 1);
    assert_eq!(report.digest(), failing_with(vec![]).digest());
}

/// Whether an entry covers the failure of that run.
#[track_caller]
fn check(covers: bool, change: fn(&mut KnownFailure)) {
    let mut changed = entry("R05");
    change(&mut changed);
    let report = failing_with(vec![changed]);
    assert_eq!(report.unexpected().next().is_none(), covers);
    assert_eq!(report.exit().code(), if covers { 0 } else { 1 });
}

#[test]
fn an_entry_covers_what_fits_all_that_it_says() {
    check(true, |_| {});
    check(true, |entry| entry.crm = Some(Crm::Salesforce));
    check(true, |entry| entry.kind = Some(Kind::Contact));
    check(true, |entry| entry.mode = Some(Mode::Bulk));
    check(true, |entry| entry.field = Some(Field::CreatedBy));
    check(true, |entry| {
        entry.scenario = Some("prospecting, and it's linked".to_owned());
    });
    check(false, |entry| entry.row = Some(row("R06")));
    check(false, |entry| entry.row = None);
    check(false, |entry| entry.crm = Some(Crm::Hubspot));
    check(false, |entry| entry.kind = Some(Kind::Lead));
    check(false, |entry| entry.mode = Some(Mode::Single));
    check(false, |entry| entry.field = Some(Field::Owner));
    check(false, |entry| entry.scenario = Some("another".to_owned()));
}

#[test]
fn one_failure_that_is_not_listed_makes_its_scenario_fail() {
    let mut report = failing_with(vec![entry("R05")]);
    report.scenarios[0].verdicts.push(Verdict {
        row: Some(row("R06")),
        ..verdict(Judgement::Failed)
    });

    assert_eq!(report.exit().code(), 1);
    assert_eq!(
        (report.counts().known_failures, report.counts().failed),
        (0, 1)
    );
    assert!(report.scenarios[0].failed(report.known_failures.as_ref()));
}

#[test]
fn a_crash_is_never_a_known_failure() {
    let mut report = failing_with(vec![entry("R05")]);
    report.scenarios[0].ended = Ended::SystemFailed {
        what: "exited with signal 11".to_owned(),
    };

    assert_eq!(report.exit().code(), 1);
    assert_eq!(report.counts().failed, 1);
}

#[test]
fn what_the_harness_could_not_judge_is_never_a_known_failure() {
    let mut report = failing_with(vec![entry("R05")]);
    report.scenarios[0].verdicts.push(verdict(Judgement::Error));

    assert_eq!(report.exit().code(), 3);
}

#[test]
fn an_entry_that_passes_again_is_stale() {
    let mut report = failing_with(vec![entry("R05")]);
    report.scenarios[0].verdicts = vec![verdict(Judgement::Passed)];

    assert_eq!(stale(&report), [Stale::PassesAgain]);
    assert_eq!(report.exit().code(), 5);

    report.scenarios[0]
        .verdicts
        .push(verdict(Judgement::Failed));

    assert_eq!(stale(&report), [], "one of two still fails");

    report.scenarios[0].verdicts = vec![verdict(Judgement::Warning)];

    assert_eq!(stale(&report), [], "a warning is no pass");
}

#[test]
fn an_entry_that_fits_nothing_is_stale() {
    let mut report = failing_with(vec![entry("R05"), entry("H1")]);
    assert_eq!(stale(&report), [Stale::FitsNothing]);
    assert_eq!(report.exit().code(), 5);

    report.scenarios.push(scenario(vec![Verdict {
        row: Some(row("H1")),
        ..verdict(Judgement::Unsupported)
    }]));

    assert_eq!(stale(&report), [Stale::FitsNothing], "nothing was tried");
}

#[test]
fn an_entry_past_its_day_is_stale_and_what_it_lists_is_still_no_news() {
    let mut report = failing_with(vec![KnownFailure {
        expires: TODAY,
        ..entry("R05")
    }]);
    assert_eq!(report.exit().code(), 0, "the last day counts");

    report.known_failures.as_mut().unwrap().today = date(2026, 6, 16);

    assert_eq!(stale(&report), [Stale::Expired]);
    assert_eq!(report.exit().code(), 5);
    assert_eq!(report.counts().known_failures, 1);

    report.scenarios[0].verdicts.push(Verdict {
        row: Some(row("R06")),
        ..verdict(Judgement::Failed)
    });

    assert_eq!(
        report.exit().code(),
        1,
        "a failure that nobody knew is worse"
    );
}

#[test]
fn a_run_of_a_part_calls_nothing_stale_that_the_rest_may_need() {
    let mut report = failing_with(vec![entry("R05"), entry("H1")]);
    report.scenarios[0].verdicts = vec![verdict(Judgement::Passed)];
    assert_eq!(stale(&report), [Stale::PassesAgain, Stale::FitsNothing]);
    let parts: [fn(&mut RunReport); 4] = [
        |report| report.selection.filtered = true,
        |report| report.selection.shard = Some(Shard::new(1, 2).unwrap()),
        |report| report.stopped = Some(Stopped::FirstFailure),
        |report| {
            report.scenarios.push(ScenarioReport {
                ended: Ended::NotRunHere {
                    why: "a second portal".to_owned(),
                },
                ..scenario(vec![])
            });
        },
    ];

    for part in parts {
        let mut report = report.clone();
        part(&mut report);
        assert_eq!(stale(&report), []);
        // What it has judged is past its day whatever the rest says; of H1 it can't tell.
        report.known_failures.as_mut().unwrap().today = date(2030, 1, 1);
        assert_eq!(stale(&report), [Stale::Expired]);
    }
}

#[test]
fn what_a_crm_does_not_show_may_still_fail() {
    let mut report = failing_with(vec![entry("R05")]);
    report.scenarios[0].verdicts = vec![
        verdict(Judgement::Passed),
        verdict(Judgement::NotObservable),
    ];

    assert_eq!(stale(&report), []);
}

#[test]
fn what_a_feature_claims_without_a_row_is_listed_without_a_row() {
    let mut report = failing_with(vec![KnownFailure {
        row: None,
        field: Some(Field::CreatedBy),
        scenario: Some("prospecting, and it's linked".to_owned()),
        ..entry("R05")
    }]);
    assert_eq!(report.exit().code(), 1, "this one has a row");

    let claimed = &mut report.scenarios[0].verdicts[0];
    claimed.row = None;
    claimed.line = Some(9);

    assert_eq!(report.exit().code(), 0);
}

#[test]
fn the_terminal_tells_known_failures_by_their_entry() {
    let mut report = failing_with(vec![KnownFailure {
        crm: Some(Crm::Salesforce),
        mode: Some(Mode::Bulk),
        field: Some(Field::CreatedBy),
        ..entry("R05")
    }]);
    report.scenarios[0]
        .verdicts
        .push(verdict(Judgement::Passed));

    let text = format_tests::plain(&report);

    assert!(!text.contains("\nFAILED"), "{text}");
    assert_snapshot!(&text[text.find("Known failures").unwrap()..], @r#"
    Known failures (listed, and no news)
      R05 Created By, Salesforce, pushed in bulk: 1 of 2 fail, in 1 scenario
        reason  batches are rewritten in June
        link    https://tracker.example.com/7
        until   2026-12-31

    1 scenario: 0 passed, 1 known failure; seed 17
    reference client 0.1.0; newer edition
    verdicts 75fbde1878e9f7d793bab30ec5effecf944dd0194a2e9e8853f1e89aba56b7d8
    conformant for 0 of 24 documented rows, 23 not proved either way (exit code 0)
    "#);
}

#[test]
fn junit_skips_what_is_known_with_its_reason_and_fails_what_is_not() {
    let mut report = failing_with(vec![entry("R05")]);

    let known = format_tests::junit_of(&report);
    report.scenarios[0].verdicts.push(Verdict {
        row: Some(row("R06")),
        ..verdict(Judgement::Failed)
    });
    let both = format_tests::junit_of(&report);

    let skipped = "<skipped message=\"known failure until 2026-12-31: batches are rewritten in June (https://tracker.example.com/7): R05 Created By";
    assert!(known.contains(skipped), "{known}");
    assert!(
        known.contains("failures=\"0\" errors=\"0\" skipped=\"1\""),
        "{known}"
    );
    assert!(both.contains("<failure message=\"R06 Created By"), "{both}");
    assert!(
        both.contains("<system-out>known failure until 2026-12-31"),
        "{both}"
    );
}

#[test]
fn the_json_document_tells_what_became_of_each_entry() {
    let report = failing_with(vec![entry("R05"), entry("H1")]);

    let text = format_tests::json_of(&report);

    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let known = &document["known"];
    assert_eq!(known[0]["entry"]["reason"], "batches are rewritten in June");
    assert_eq!(
        known[0]["failing"][0]["location"],
        "features/salesforce.feature:12"
    );
    assert_eq!(known[0]["stale"], serde_json::Value::Null);
    assert_eq!(known[1]["stale"], "fits_nothing");
    assert_eq!(document["known_failures"]["today"], "2026-06-15");
    assert_eq!(json::read(&text).unwrap(), report);
}
