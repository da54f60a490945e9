use insta::assert_snapshot;
use jiff::civil::date;

use super::*;

/// So many scenarios, by their titles.
fn whole() -> RunReport {
    let mut report = run(Judgement::Passed);
    report.selection.features = Some("0123456789abcdef".to_owned());
    let numbered = |number: usize| ScenarioReport {
        name: format!("scenario {number}"),
        location: format!("features/salesforce.feature:{number}"),
        ..scenario(vec![verdict(Judgement::Passed)])
    };
    report.scenarios = (1..=30).map(numbered).collect();
    report
}

/// The same, cut into three parts.
fn parts() -> Vec<Part> {
    let part = |number| {
        let shard = Shard::new(number, 3).unwrap();
        let mut report = whole();
        report.selection.shard = Some(shard);
        report
            .scenarios
            .retain(|one| shard.holds(&one.feature, &one.name));
        assert!(report.scenarios.len() > 2);
        Part {
            file: format!("{number}.json"),
            report,
        }
    };
    (1..=3).map(part).collect()
}

/// What is said of the three parts, once one thing about them is spoilt.
#[track_caller]
fn refused(spoil: fn(&mut Vec<Part>)) -> String {
    let mut parts = parts();
    spoil(&mut parts);
    let problems = merge(parts).expect_err("these are no three parts of one run");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn the_parts_in_any_order_are_the_whole() {
    let mut parts = parts();
    parts.rotate_left(1);

    let merged = merge(parts).unwrap();

    assert_eq!(merged, whole());
    assert_eq!(merged.digest(), whole().digest());
}

#[test]
fn a_missing_part_is_told_and_so_is_one_that_is_there_twice() {
    assert_snapshot!(refused(|parts| { parts.remove(1); }), @r#"shard 2/3 is missing: what was not run proves nothing, so all 3 have to be there"#);
    assert_snapshot!(refused(|parts| { let again = Part { file: "again.json".to_owned(), ..parts[0].clone() }; parts.push(again); }), @r#"shard 1/3 is there more than once: 1.json, again.json"#);
    assert_snapshot!(refused(|parts| { parts[1] = parts[0].clone(); }), @r#"
    shard 2/3 is missing: what was not run proves nothing, so all 3 have to be there
    shard 1/3 is there more than once: 1.json, 1.json
    "#);
    assert_snapshot!(refused(Vec::clear), @r#"no report was named: expected those of all parts of a run, such as part-*.json"#);
}

#[test]
fn a_part_that_is_not_finished_is_told() {
    assert_snapshot!(refused(|parts| parts[0].report.stopped = Some(Stopped::Unfinished)), @r#"1.json (shard 1/3) is not finished: the run has not ended: this is how far it had got when this was written"#);
    assert_snapshot!(refused(|parts| parts[1].report.stopped = Some(Stopped::Hangs { in_a_row: 3 })), @r#"2.json (shard 2/3) is not finished: system under test: it hung in 3 scenarios one after the other, so that no more were run"#);
    assert_snapshot!(refused(|parts| parts[2].report.not_run.push(NotRun {
        feature: "F".to_owned(), name: "n".to_owned(), location: "f.feature:3".to_owned(),
    })), @r#"3.json (shard 3/3) is not finished: 1 of its scenarios were not run"#);
    assert_snapshot!(refused(|parts| parts[2].report.feature_errors.push("a.feature:3: no such step".to_owned())), @r#"3.json (shard 3/3) has run nothing: a.feature:3: no such step"#);
    assert_snapshot!(refused(|parts| parts[0].report.selection.shard = None), @r#"
    1.json is no part of a run: it was written without --shard
    hint: `crm-conformance report show 1.json` prints a whole report
    "#);
}

#[test]
fn parts_of_different_runs_are_told_by_what_differs() {
    assert_snapshot!(refused(|parts| parts[1].report.harness_version = "0.2.0".to_owned()), @r#"2.json is of another run than 1.json: the version of crm-conformance is 0.2.0, there 0.1.0"#);
    assert_snapshot!(refused(|parts| parts[1].report.edition = rules::Edition::Older), @r#"2.json is of another run than 1.json: the edition is older, there newer"#);
    assert_snapshot!(refused(|parts| parts[1].report.strict = true), @r#"2.json is of another run than 1.json: --strict is on, there off"#);
    assert_snapshot!(refused(|parts| parts[1].report.seed = 18), @r#"
    2.json is of another run than 1.json: the seed is 18, there 17
    hint: give all parts one --random-seed: it decides who is called what, in the whole run
    "#);
    assert_snapshot!(refused(|parts| parts[1].report.system.version = "0.2.0".to_owned()), @r#"2.json is of another run than 1.json: the system under test is 'reference client 0.2.0', there 'reference client 0.1.0'"#);
    assert_snapshot!(refused(|parts| parts[1].report.system.capabilities.push("update".to_owned())), @r#"2.json is of another run than 1.json: what the system declares is update, there nothing"#);
    assert_snapshot!(refused(|parts| parts[1].report.required.push(row("R05"))), @r#"2.json is of another run than 1.json: the list of required rows is R05, there empty"#);
    assert_snapshot!(refused(|parts| parts[1].report.known_failures = Some(known_tests::list(vec![known_tests::entry("R05")]))), @r#"2.json is of another run than 1.json: the list of known failures is [R05, until 2026-12-31 (batches are rewritten in June, https://tracker.example.com/7)], there none"#);
    assert_snapshot!(refused(|parts| parts[1].report.selection.features = Some("ba9876543210".to_owned())), @r#"
    2.json is of another run than 1.json: the choice of features is built-in, ba9876543210, there built-in, 0123456789ab
    hint: the parts were cut from other scenarios: by other features, tags, names or CRMs
    "#);
    assert_snapshot!(refused(|parts| parts[1].report.selection.filtered = true), @r#"
    2.json is of another run than 1.json: the choice of features is built-in, filtered, 0123456789ab, there built-in, 0123456789ab
    hint: the parts were cut from other scenarios: by other features, tags, names or CRMs
    "#);
    assert_snapshot!(refused(|parts| parts[2].report.selection.shard = Some(Shard::new(1, 2).unwrap())), @r#"
    3.json is of another run than 1.json: the number of shards is 2, there 3
    3.json (shard 1/2) has a scenario that is not its own: 'scenario 4'
    3.json (shard 1/2) has a scenario that is not its own: 'scenario 16'
    3.json (shard 1/2) has a scenario that is not its own: 'scenario 21'
    "#);
}

#[test]
fn where_a_part_has_run_is_its_own_affair() {
    let mut parts = parts();
    parts[1].report.arguments = vec!["--sut".to_owned(), "http://10.0.0.2:80".to_owned()];

    assert!(merge(parts).is_ok());
}

#[test]
fn a_part_has_its_own_scenarios_once() {
    let foreign = refused(|parts| {
        let foreign = parts[0].report.scenarios[0].clone();
        parts[1].report.scenarios.push(foreign);
    });
    let repeated = refused(|parts| {
        let again = parts[0].report.scenarios[0].clone();
        parts[0].report.scenarios.push(again);
    });

    assert_snapshot!(foreign, @r#"2.json (shard 2/3) has a scenario that is not its own: 'scenario 2'"#);
    assert_snapshot!(repeated, @r#"1.json has 'scenario 2' more than once"#);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let problems = refused(|parts| {
        parts[1].report.strict = true;
        parts[1].report.seed = 18;
        parts.pop();
    });
    assert_eq!(
        problems
            .lines()
            .filter(|line| !line.starts_with("hint"))
            .count(),
        3,
        "{problems}"
    );
}

#[test]
fn what_broke_in_a_part_is_broken_in_the_whole() {
    let mut parts = parts();
    parts[1]
        .report
        .harness_errors
        .push("could not bind".to_owned());

    let merged = merge(parts).unwrap();

    assert_eq!(merged.harness_errors, ["shard 2/3: could not bind"]);
    assert_eq!(merged.exit().code(), 3);
}

#[test]
fn whether_a_known_failure_is_stale_is_seen_in_the_whole() {
    let mut parts = parts();
    for part in &mut parts {
        part.report.known_failures = Some(known_tests::list(vec![known_tests::entry("R05")]));
    }
    let codes: Vec<u8> = parts.iter().map(|part| part.report.exit().code()).collect();

    let passing = merge(parts.clone()).unwrap();
    parts[1].report.scenarios[0].verdicts[0] = verdict(Judgement::Failed);
    let failing = merge(parts.clone()).unwrap();
    let list = parts[2].report.known_failures.as_mut().unwrap();
    list.today = date(2027, 1, 1);
    let later = merge(parts).unwrap();

    assert_eq!(codes, [0, 0, 0]);
    assert_eq!((passing.exit().code(), failing.exit().code()), (5, 0));
    assert_eq!(
        later.exit().code(),
        5,
        "one part ran on the day after the last"
    );
}

#[test]
fn a_required_row_that_no_part_has_tried_is_missed_in_the_whole() {
    let mut parts = parts();
    for part in &mut parts {
        part.report.required = vec![row("H1")];
    }

    assert_eq!(parts[0].report.exit().code(), 0);
    assert_eq!(merge(parts).unwrap().exit().code(), 1);
}
