//! A server that is busy, or whose answers get lost.

use super::super::scripted::{Reply, Script};
use super::super::{Team, pushed, reason};
use super::healthy;
use crate::apollo::{Crm, Mode, Source};
use serde_json::json;

#[tokio::test]
async fn later_means_later_and_with_the_same_login() {
    let script = Script::start(|request, before| match (request.method.as_str(), before) {
        ("PATCH", 0) => Reply::Later(429, 7),
        ("PATCH", 1) => Reply::Later(503, 3),
        ("PATCH", 2) => Reply::Json(
            400,
            json!([{ "errorCode": "UNABLE_TO_LOCK_ROW", "message": "locked" }]),
        ),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(outcomes, [pushed("003x")]);
    assert_eq!(team.naps.seconds(), [7, 3, 4]);
    assert!(
        script
            .lines("/sobjects/")
            .iter()
            .all(|line| line.ends_with(" dana"))
    );
}

#[tokio::test]
async fn a_server_that_is_never_ready_is_given_up_and_logged() {
    let script = Script::start(|request, _| match request.method.as_str() {
        "PATCH" => Reply::Later(503, 1),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(
        (reason(&outcomes[0]), script.lines("/sobjects/").len()),
        ("crm_unreachable", 5)
    );
    assert_eq!(team.log(), ["a1 crm_unreachable"]);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_by_the_same_external_id() {
    let script = Script::start(|request, before| match (request.method.as_str(), before) {
        ("PATCH", 0) => Reply::CutOff,
        ("PATCH", _) => Reply::Json(
            200,
            json!({ "id": "003x", "success": true, "created": false, "errors": [] }),
        ),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script).link(Crm::Salesforce, "dana", "dana");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(outcomes, [pushed("003x")]);
    assert_eq!(
        script.lines("/sobjects/"),
        ["PATCH /services/data/v60.0/sobjects/Contact/Apollo_Id__c/run-a1 dana"; 2]
    );
}
