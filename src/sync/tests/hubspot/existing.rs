//! Creates whose answers get lost, and contacts that are there already.

use super::super::scripted::{Reply, Script};
use super::super::{Team, pushed};
use super::{healthy, writes};
use crate::apollo::{Crm, Mode, Source};
use crate::sync::Outcome;
use serde_json::json;

#[tokio::test]
async fn after_a_lost_answer_the_record_is_looked_for_before_it_is_created_again() {
    let script =
        Script::start(
            |request, _| match (request.method.as_str(), request.path.as_str()) {
                ("POST", "/crm/v3/objects/contacts") => Reply::CutOff,
                ("GET", "/crm/v3/objects/contacts/run-a1") => {
                    Reply::Json(200, json!({ "id": "77" }))
                }
                _ => healthy(request),
            },
        )
        .await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contact = team.contact("dana", Source::Manual, "Reyes");

    let outcomes = team.push(Crm::Hubspot, Mode::Single, &[contact]).await;

    assert_eq!(outcomes, [pushed("77")]);
    assert_eq!(writes(&script).len(), 1);
}

#[tokio::test]
async fn a_create_that_never_arrived_is_sent_again() {
    let script = Script::start(|request, before| {
        match (request.method.as_str(), request.path.as_str(), before) {
            ("POST", "/crm/v3/objects/contacts", 0) => Reply::Later(503, 11),
            _ => healthy(request),
        }
    })
    .await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contact = team.contact("dana", Source::Manual, "Reyes");

    let outcomes = team.push(Crm::Hubspot, Mode::Single, &[contact]).await;

    assert_eq!((outcomes, writes(&script).len()), (vec![pushed("1")], 2));
    assert_eq!(team.naps.seconds(), [11]);
}

#[tokio::test]
async fn a_contact_that_hubspot_has_already_takes_the_values_and_keeps_its_owner() {
    let script = Script::start(|request, _| match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/crm/v3/objects/contacts") => {
            Reply::Json(409, json!({ "category": "CONFLICT", "message": "Contact already exists. Existing ID: 777" }))
        }
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contact = team.contact("dana", Source::Manual, "Reyes");

    let outcomes = team.push(Crm::Hubspot, Mode::Single, &[contact]).await;

    let update = writes(&script).pop().unwrap();
    assert!(
        matches!(&outcomes[0], Outcome::Pushed { crm_id, message: Some(_) } if crm_id == "777"),
        "{outcomes:?}"
    );
    assert_eq!(
        (update.method.as_str(), update.path.as_str()),
        ("PATCH", "/crm/v3/objects/contacts/777")
    );
    assert_eq!(
        update.body["properties"],
        json!({ "email": "reyes@y.example", "lastname": "Reyes" })
    );
}
