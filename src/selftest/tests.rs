use super::*;
use crate::observe::{Field, Judgement, Shown};
use crate::report::Exit;
use crate::report::Signal;
use crate::rules::RowId;
use crate::suite::feature::{Scenario, Source, parse};
use crate::suite::run::{Connect, Stop};
use crate::sync::Policy;

fn row(id: &str) -> RowId {
    id.parse().unwrap()
}

fn mark(id: &str, judgement: Judgement) -> Mark {
    Mark {
        judgement,
        row: Some(row(id)),
        crm: None,
        subject: "Ann Lee".to_owned(),
        field: Field::Owner,
        line: Some(7),
        recorded: Shown::plain("Dana Reyes"),
        cause: None,
    }
}

/// A scenario of R05 that failed by these.
fn scene(red: Vec<Mark>) -> Scene {
    Scene {
        location: "x.feature:3".to_owned(),
        rows: vec![row("R05")],
        judged: true,
        worst: red.iter().map(|mark| mark.judgement).max(),
        red,
    }
}

#[track_caller]
fn check_caught(by: &str, scene: Scene, caught: bool) {
    let recording = Recording {
        scenes: vec![scene],
    };
    let found = kills(&recording, &[row(by)]);
    assert_eq!(found[0].red, usize::from(caught), "{recording:?}");
}

#[test]
fn a_client_is_caught_by_the_row_it_breaks_in_a_scenario_of_the_row() {
    check_caught("R05", scene(vec![mark("R05", Judgement::Failed)]), true);
}

#[test]
fn a_warning_of_the_row_counts_where_something_else_of_the_scenario_fails() {
    let warned = mark("R05", Judgement::Warning);

    check_caught("R05", scene(vec![warned.clone()]), false);
    check_caught(
        "R05",
        scene(vec![warned, mark("N6", Judgement::Failed)]),
        true,
    );
}

#[test]
fn neither_another_row_nor_another_rows_scenario_is_a_catch() {
    check_caught("R05", scene(vec![mark("R04", Judgement::Failed)]), false);
    check_caught("R04", scene(vec![mark("R04", Judgement::Failed)]), false);
}

#[test]
fn neither_a_crash_of_the_client_nor_an_error_of_the_suite_is_a_catch() {
    let failed = scene(vec![mark("R05", Judgement::Failed)]);
    let ended_early = Scene {
        judged: false,
        ..failed.clone()
    };
    let with_an_error = Scene {
        worst: Some(Judgement::Error),
        ..failed
    };

    check_caught("R05", ended_early, false);
    check_caught("R05", with_an_error, false);
}

fn scenarios(tag: &str, then: &str) -> Vec<Scenario> {
    let text = format!(
        "Feature: F\n  {tag}\n  Scenario: S\n    Given Dana has linked her Salesforce login\n    \
         And team sync is connected to Salesforce as the integration user\n    And Dana has saved a contact by hand\n    \
         When Dana pushes the contact to Salesforce on its own\n    Then {then}\n"
    );
    let path = "x.feature".to_owned();
    parse(&Source { path, text }).unwrap()
}

fn options(scenarios: Vec<Scenario>, clients: Vec<Client>) -> Options {
    Options {
        seed: 1,
        concurrency: 2,
        scenarios,
        known: clients.len(),
        stop: Stop::default(),
        clients,
        scope: Scope::Everything,
        weaken: false,
    }
}

const GOOD: &str =
    "Salesforce records Dana as Owner\n    And Salesforce records Dana as Created By";

fn faulty(policy: Policy) -> Client {
    Client {
        kind: Kind::Faulty,
        breaks: vec![row("R01")],
        connect: Connect::reference(policy),
        ..Client::reference()
    }
}

#[test]
fn a_self_test_that_can_tell_right_from_wrong_is_not_void() {
    let found = run(&options(scenarios("@R01", GOOD), vec![]), |_| {}).unwrap();

    assert_eq!(found.void, Vec::<String>::new());
}

#[test]
fn a_suite_that_catches_nothing_voids_the_self_test() {
    // No row is tagged, so that none can catch anybody.
    let found = run(
        &options(scenarios("@untold", GOOD), vec![Client::reference()]),
        |_| {},
    )
    .unwrap();

    let refusing = |line: &String| line.starts_with("canary-refuses ");
    assert!(found.void.iter().any(refusing), "{:?}", found.void);
    assert_eq!((found.clients.len(), found.exit()), (0, Exit::HarnessBroke));
}

#[test]
fn a_suite_that_the_reference_client_fails_voids_the_self_test() {
    // Words that differ from the table are an error of the feature, which must not count as a catch either.
    let wrong = "Salesforce records Lee as Owner\n    And Salesforce records Lee as Created By";

    let found = run(&options(scenarios("@R01", wrong), vec![]), |_| {}).unwrap();

    let reference = |line: &String| line.starts_with("reference ");
    assert!(found.void.iter().any(reference), "{:?}", found.void);
    assert_eq!(found.exit().code(), 3);
}

#[test]
fn a_fault_that_is_switched_off_is_reported_as_missed() {
    let clients = vec![Client::reference(), faulty(Policy::reference())];

    let found = run(&options(scenarios("@R01", GOOD), clients), |_| {}).unwrap();

    let outcomes: Vec<_> = found.clients.iter().map(|tested| tested.outcome).collect();
    assert_eq!(outcomes, [Outcome::Passed, Outcome::Missed]);
    assert_eq!(found.exit().code(), 1);
}

#[test]
fn a_client_that_is_said_to_be_right_and_is_not_is_a_false_alarm() {
    let policy = Policy {
        owners: |_| vec![crate::sync::Owner::Of(crate::sync::Whose::TeamSync)],
        ..Policy::reference()
    };
    let clients = vec![Client::permitted("not-permitted", "", policy)];

    let found = run(&options(scenarios("@R01", GOOD), clients), |_| {}).unwrap();

    assert_eq!(found.clients[0].outcome, Outcome::FalseAlarm);
    assert_eq!(found.exit().code(), 1);
}

fn told(found: &SelfTest) -> String {
    let mut text = Vec::new();
    terminal::write(found, anstream::StripStream::new(&mut text)).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn a_part_of_the_clients_says_nothing_of_the_suite() {
    let mut some = options(scenarios("@R01", GOOD), vec![Client::reference()]);
    some.known = 3;

    let found = run(&some, |_| {}).unwrap();

    let text = told(&found);
    assert!(
        text.contains("1 client of 3: passed; nothing is said of the others (exit code 0)"),
        "{text}"
    );
    assert!(
        text.contains("canary: the plainly wrong client caught"),
        "{text}"
    );
    assert!(!text.contains("every wrong client"), "{text}");
    assert!(!text.contains("Documented rows"), "{text}");
}

#[test]
fn a_self_test_that_is_ended_tells_of_the_clients_that_had_ended() {
    let clients = vec![faulty(Policy::reference()), Client::reference()];
    let all = options(scenarios("@R01", GOOD), clients);

    let found = run(&all, |_| all.stop.ask(Signal::Interrupt)).unwrap();

    assert_eq!((found.clients.len(), found.exit()), (1, Exit::Interrupted));
    let text = told(&found);
    assert!(
        text.contains(
            "interrupted after 1 client of 2: nothing is said of the others (exit code 130)"
        ),
        "{text}"
    );
}

#[test]
fn a_matrix_is_no_wider_than_100_columns() {
    let mut tested = run(
        &options(scenarios("@R01", GOOD), vec![faulty(Policy::reference())]),
        |_| {},
    )
    .unwrap();
    tested.clients[0].red_rows = crate::rules::rows().iter().map(|row| row.id).collect();

    let mut text = Vec::new();
    terminal::write(&tested, anstream::StripStream::new(&mut text)).unwrap();

    let text = String::from_utf8(text).unwrap();
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(100), "{text}");
    assert!(text.contains("MISSED"), "{text}");
}
