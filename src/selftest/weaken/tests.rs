use super::plan::plans;
use super::*;
use crate::observe::{Field, Judgement, Shown};
use crate::selftest::{Client, Mark, Recording, Scene, Scope};
use crate::suite::feature::{Scenario, Source, parse};

const FEATURE: &str = "Feature: F
  @R01
  Scenario Outline: A contact, <mode>
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records <creator> as Created By
    And nothing is created in HubSpot

    Examples:
      | mode       | creator |
      | on its own | Dana    |
      | in bulk    | Dana    |
";

fn scenarios() -> Vec<Scenario> {
    let path = "x.feature".to_owned();
    let text = FEATURE.to_owned();
    parse(&Source { path, text }).unwrap()
}

/// What faulty clients recorded: these marks, in the first row of the outline.
fn tested(red: Vec<Mark>) -> Tested {
    let reference = crate::report::RunReport::default();
    let scene = Scene {
        location: "x.feature:14".to_owned(),
        rows: vec![],
        judged: true,
        worst: red.iter().map(|mark| mark.judgement).max(),
        red,
    };
    Tested {
        name: "wrong".to_owned(),
        recording: Recording {
            scenes: vec![scene],
        },
        ..Tested::of(&Client::reference(), &reference)
    }
}

fn mark(line: Option<usize>, field: Field) -> Mark {
    Mark {
        judgement: Judgement::Failed,
        row: None,
        crm: None,
        subject: String::new(),
        field,
        line,
        recorded: Shown::plain("1 created"),
        cause: None,
    }
}

fn weakened(red: Vec<Mark>) -> Weakened {
    let options = Options {
        known: 0,
        stop: crate::suite::run::Stop::default(),
        seed: 1,
        concurrency: 2,
        scenarios: scenarios(),
        clients: vec![],
        scope: Scope::Everything,
        weaken: true,
    };
    weaken(&options, &[&tested(red)]).unwrap()
}

#[test]
fn each_then_is_dropped_and_each_person_loosened_by_outline_or_by_row() {
    let plans = plans(&scenarios());

    let found: Vec<_> = plans
        .iter()
        .map(|plan| (plan.line, plan.how == How::Dropped, plan.weakened.len()))
        .collect();
    let expected = [
        (8, true, 2),
        (8, false, 2),
        (9, true, 2),
        (9, false, 1),
        (9, false, 1),
        (10, true, 2),
    ];
    assert_eq!(found, expected);
    let How::Loosened { to } = &plans[1].how else {
        panic!("{:?}", plans[1]);
    };
    assert_eq!(
        to,
        "Salesforce records Dana or the integration user as Owner"
    );
}

#[test]
fn the_suite_refuses_words_that_differ_from_the_table_and_scenarios_that_say_too_little() {
    let found = weakened(vec![]);

    let refused: Vec<bool> = found
        .weakenings
        .iter()
        .map(|weakening| weakening.refused.is_some())
        .collect();
    assert_eq!(refused, [true, true, true, true, true, false]);
    assert!(!found.in_order());
}

#[test]
fn a_dropped_then_is_noticed_where_a_client_is_no_longer_red() {
    let found = weakened(vec![mark(Some(10), Field::NothingElse)]);

    let last = found.weakenings.last().unwrap();
    assert_eq!((last.by_claim.len(), last.by_scenario.len()), (1, 1));
    assert!(found.in_order());
}

#[test]
fn what_nobody_claims_keeps_the_scenario_red_and_not_the_claim() {
    let frame = mark(None, Field::Invariant);

    let found = weakened(vec![mark(Some(10), Field::NothingElse), frame]);

    let last = found.weakenings.last().unwrap();
    assert_eq!((last.by_claim.len(), last.by_scenario.len()), (1, 0));
}

#[test]
fn a_claim_that_another_line_makes_too_is_not_missed() {
    let twice = vec![
        mark(Some(10), Field::NothingElse),
        mark(Some(9), Field::NothingElse),
    ];

    let found = weakened(twice);

    assert!(!found.weakenings.last().unwrap().noticed());
}
