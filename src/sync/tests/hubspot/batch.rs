//! Bulk pushes.

use super::super::scripted::{Reply, Script};
use super::super::{Team, pushed, reason};
use super::{healthy, writes};
use crate::apollo::{Crm, Mode, Source};
use crate::sync::Outcome;
use serde_json::json;

#[tokio::test]
async fn batch_answers_find_their_records_in_any_order() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contacts = ["A", "B", "C"].map(|name| team.contact("dana", Source::Manual, name));

    let outcomes = team.push(Crm::Hubspot, Mode::Bulk, &contacts).await;

    assert_eq!(outcomes, ["id-A", "id-B", "id-C"].map(pushed));
    assert_eq!(writes(&script).len(), 1);
}

#[tokio::test]
async fn a_bad_row_refuses_neither_its_batch_nor_changes_the_login() {
    let script = Script::start(|request, _| {
        let inputs = request.body["inputs"]
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![request.body.clone()]);
        if request.method == "POST"
            && inputs
                .iter()
                .any(|input| input["properties"]["lastname"] == "B")
        {
            let error = json!({ "message": "no", "code": "INVALID_EMAIL" });
            return Reply::Json(
                400,
                json!({ "category": "VALIDATION_ERROR", "message": "no", "errors": [error] }),
            );
        }
        healthy(request)
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Hubspot, "dana", "dana")
        .team_sync(Crm::Hubspot, "sync");
    let contacts = ["A", "B", "C"].map(|name| team.contact("dana", Source::Manual, name));

    let outcomes = team.push(Crm::Hubspot, Mode::Bulk, &contacts).await;

    assert_eq!(
        outcomes.iter().map(reason).collect::<Vec<_>>(),
        ["pushed", "crm_refused", "pushed"]
    );
    assert!(writes(&script).iter().all(|seen| seen.token == "dana"));
    assert_eq!(team.log(), ["a2 crm_refused"]);
}

#[tokio::test]
async fn a_partial_batch_reports_each_row() {
    let script = Script::start(|request, _| match request.path.ends_with("/batch/create") {
        true => Reply::Json(
            207,
            json!({
                "results": [{ "id": "5", "properties": { "email": "C@Y.example" } }],
                "errors": [{ "category": "CONFLICT", "message": "Contact already exists", "context": { "objectWriteTraceId": ["0"], "existingId": ["777"] } }],
            }),
        ),
        false => healthy(request),
    })
    .await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contacts = ["A", "B", "C"].map(|name| team.contact("dana", Source::Manual, name));

    let outcomes = team.push(Crm::Hubspot, Mode::Bulk, &contacts).await;

    let adopted = matches!(&outcomes[0], Outcome::Pushed { crm_id, .. } if crm_id == "777");
    assert!(adopted, "{outcomes:?}");
    assert_eq!(
        outcomes[1],
        pushed("1"),
        "named by nobody: looked for, and created alone"
    );
    assert_eq!(
        outcomes[2],
        pushed("5"),
        "named by its address, in another case"
    );
}

#[tokio::test]
async fn after_a_lost_batch_answer_only_what_is_missing_is_sent_again() {
    let script = Script::start(
        |request, before| match (request.path.rsplit('/').next(), before) {
            (Some("create"), 0) => Reply::CutOff,
            (Some("read"), _) => Reply::Json(
                207,
                json!({ "results": [{ "id": "50", "properties": { "apollo_id": "run-a1" } }] }),
            ),
            _ => healthy(request),
        },
    )
    .await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contacts = ["A", "B"].map(|name| team.contact("dana", Source::Manual, name));

    let outcomes = team.push(Crm::Hubspot, Mode::Bulk, &contacts).await;

    assert_eq!(outcomes, ["50", "id-B"].map(pushed));
}

#[tokio::test]
async fn a_batch_holds_100_rows() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contacts: Vec<_> = (0..101)
        .map(|number| team.contact("dana", Source::Csv, &format!("N{number}")))
        .collect();

    let outcomes = team.push(Crm::Hubspot, Mode::Bulk, &contacts).await;

    let sizes: Vec<_> = script
        .seen()
        .iter()
        .filter_map(|seen| Some(seen.body["inputs"].as_array()?.len()))
        .collect();
    assert_eq!((sizes, &outcomes[100]), (vec![100, 1], &pushed("id-N100")));
}
