//! What a rehearsal tells, and which scenarios it chooses.

use super::*;
use crate::report::Ended;
use crate::rules::Edition;
use crate::suite::feature::{Scenario, Source, parse};
use crate::suite::run::Options;

const FEATURE: &str = "Feature: F
  @R01
  Scenario: Short
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to Salesforce on its own
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By
  @R01
  Scenario: Long
    Given Dana has linked her Salesforce login
    And Lee has linked his Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to Salesforce on its own
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By
  @R02
  Scenario: From a file
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact from a CSV upload
    When Dana pushes the contact to Salesforce on its own
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By
";

fn scenarios() -> Vec<Scenario> {
    let path = "x.feature".into();
    let text = FEATURE.into();
    parse(&Source { path, text }).unwrap()
}

fn rehearsals(capabilities: &str) -> Vec<Rehearsal> {
    let capabilities: Vec<String> = capabilities.split(' ').map(str::to_owned).collect();
    let options = Options::new(1);
    let played = scenarios()
        .into_iter()
        .map(|scenario| rehearse(&scenario, &options, &capabilities));
    played.collect::<Result<_, _>>().unwrap()
}

const ALL: &str = "crm:salesforce record:contact source:manual source:csv mode:single";
const NO_CSV: &str = "crm:salesforce record:contact source:manual mode:single";

#[test]
fn a_rehearsal_counts_the_instructions_of_a_person() {
    let played = rehearsals(ALL);

    // How to begin, a login, team sync, the contact, the push, and its owner after it.
    assert_eq!(played[0].instructions, 6);
    assert_eq!(played[1].instructions, 7);
    assert!(played.iter().all(|one| !one.settled()));
}

#[test]
fn what_the_product_cannot_do_needs_nobody() {
    let played = rehearsals(NO_CSV);

    let unsupported = Ended::Unsupported {
        capability: "source:csv".to_owned(),
    };
    assert_eq!(played[2].report.ended, unsupported);
    assert!(played[2].settled() && !played[0].settled());
}

#[test]
fn of_each_row_the_shortest_scenario_is_chosen_and_what_is_unsupported_is_told() {
    assert_eq!(one_for_each_row(&rehearsals(ALL), Edition::Newer), [0, 2]);
    assert_eq!(
        one_for_each_row(&rehearsals(NO_CSV), Edition::Newer),
        [0, 2]
    );
}

#[test]
fn the_password_is_the_one_that_the_mock_gives_to_everybody() {
    assert_eq!(password(), "password1");
}
