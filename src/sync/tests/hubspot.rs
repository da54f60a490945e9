//! HubSpot, by script.

use super::scripted::{Reply, Script, Seen};
use super::{Team, pushed, reason};
use crate::apollo::{ActivityKind, Crm, Details, Mode, NewActivity, Source, UserId};
use serde_json::{Value, json};

/// The HubSpot user of a token, and the owner that this user is: numbered apart.
fn user_of(token: &str) -> (u64, &'static str) {
    match token {
        "dana" | "dana-2" => (101, "owner-1"),
        "lee" => (102, "owner-2"),
        _ => (103, "owner-3"),
    }
}

/// The value of a form field.
fn form<'a>(request: &'a Seen, name: &str) -> &'a str {
    let fields = request.body.as_str().unwrap_or_default().split('&');
    fields
        .filter_map(|field| field.split_once('='))
        .find(|(key, _)| *key == name)
        .map_or("", |(_, value)| value)
}

/// A portal without trouble, empty at the start.
fn healthy(request: &Seen) -> Reply {
    let path = request.path.as_str();
    if path.ends_with("/introspect") {
        return Reply::Json(
            200,
            json!({ "active": true, "user_id": user_of(form(request, "token")).0 }),
        );
    }
    if path.starts_with("/crm/v3/owners/") {
        return Reply::Json(
            200,
            json!({ "id": user_of(&request.token).1, "type": "PERSON", "archived": false }),
        );
    }
    if path.ends_with("/batch/create") {
        let mut results: Vec<Value> = request.body["inputs"]
            .as_array()
            .unwrap()
            .iter()
            .map(row_created)
            .collect();
        results.reverse();
        return Reply::Json(201, json!({ "status": "COMPLETE", "results": results }));
    }
    match request.method.as_str() {
        "GET" => Reply::Json(
            404,
            json!({ "category": "OBJECT_NOT_FOUND", "message": "resource not found" }),
        ),
        "PATCH" => Reply::Json(200, json!({ "id": "9" })),
        _ => Reply::Json(201, json!({ "id": "1" })),
    }
}

fn row_created(input: &Value) -> Value {
    let properties = &input["properties"];
    json!({ "id": format!("id-{}", properties["lastname"].as_str().unwrap()), "objectWriteTraceId": input["objectWriteTraceId"] })
}

fn writes(script: &Script) -> Vec<Seen> {
    script
        .seen()
        .into_iter()
        .filter(|seen| seen.path.starts_with("/crm/v3/objects/") && seen.method != "GET")
        .collect()
}

#[tokio::test]
async fn the_owner_is_the_owner_id_and_never_the_user_id() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script)
        .link(Crm::Hubspot, "dana", "dana")
        .team_sync(Crm::Hubspot, "sync");
    let contact = team.contact("dana", Source::Linkedin, "Reyes");

    let outcomes = team.push(Crm::Hubspot, Mode::Single, &[contact]).await;

    let writes = writes(&script);
    assert_eq!(outcomes, [pushed("1")]);
    assert_eq!((writes.len(), writes[0].token.as_str()), (1, "dana"));
    assert_eq!(
        writes[0].body["properties"],
        json!({ "email": "reyes@y.example", "lastname": "Reyes", "hubspot_owner_id": "owner-1", "apollo_id": "run-a1" })
    );
}

#[tokio::test]
async fn an_unlinked_user_is_not_the_owner() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Hubspot, "sync");
    let contact = team.contact("dana", Source::Manual, "Reyes");

    team.push(Crm::Hubspot, Mode::Single, &[contact]).await;

    let writes = writes(&script);
    assert_eq!(
        (
            writes[0].token.as_str(),
            &writes[0].body["properties"]["hubspot_owner_id"]
        ),
        ("sync", &json!("owner-3"))
    );
}

#[tokio::test]
async fn an_inactive_token_is_refreshed_before_it_is_asked_again() {
    let script = Script::start(|request, _| match request.path.as_str() {
        "/oauth/v1/token" => Reply::Json(
            200,
            json!({ "access_token": "dana-2", "refresh_token": "refresh-dana" }),
        ),
        path if path.ends_with("/introspect") && form(request, "token") == "dana" => {
            Reply::Json(200, json!({ "active": false }))
        }
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script).link(Crm::Hubspot, "dana", "dana");
    let contact = team.contact("dana", Source::Manual, "Reyes");

    let outcomes = team.push(Crm::Hubspot, Mode::Single, &[contact]).await;

    assert_eq!(outcomes, [pushed("1")]);
    assert_eq!(writes(&script)[0].token, "dana-2");
    assert_eq!(script.lines("/oauth/v1/token").len(), 1);
}

#[tokio::test]
async fn a_revoked_login_goes_to_team_sync() {
    let script = Script::start(|request, _| match request.path.as_str() {
        "/oauth/v1/token" => Reply::Json(
            400,
            json!({ "status": "BAD_REFRESH_TOKEN", "message": "missing or invalid refresh token" }),
        ),
        path if path.ends_with("/introspect") && form(request, "token") == "dana" => {
            Reply::Json(200, json!({ "active": false }))
        }
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Hubspot, "dana", "dana")
        .team_sync(Crm::Hubspot, "sync");
    let contact = team.contact("dana", Source::Manual, "Reyes");

    team.push(Crm::Hubspot, Mode::Single, &[contact]).await;

    assert_eq!(writes(&script)[0].token, "sync");
    assert_eq!(team.log(), ["a1 credential_unusable"]);
}

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
        matches!(&outcomes[0], crate::sync::Outcome::Pushed { crm_id, message: Some(_) } if crm_id == "777"),
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

    let adopted =
        matches!(&outcomes[0], crate::sync::Outcome::Pushed { crm_id, .. } if crm_id == "777");
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

#[tokio::test]
async fn a_call_is_logged_by_whoever_made_it_on_somebody_elses_contact() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team =
        Team::new(&script)
            .link(Crm::Hubspot, "dana", "dana")
            .link(Crm::Hubspot, "lee", "lee");
    let contact = team.contact("dana", Source::Manual, "Reyes");
    team.push(Crm::Hubspot, Mode::Single, std::slice::from_ref(&contact))
        .await;
    let details = Details {
        subject: "Intro".into(),
        at: "2026-01-01T09:00:00Z".into(),
        body: None,
    };
    let new = NewActivity {
        kind: ActivityKind::Call,
        user: Some(UserId("lee".into())),
        about: contact,
        details,
    };
    let activity = team.apollo.log_activity(new).unwrap().id.clone();

    let outcome = team
        .sync
        .log(&mut team.apollo, Crm::Hubspot, &activity)
        .await
        .unwrap();

    let call = writes(&script).pop().unwrap();
    assert_eq!(
        (outcome, call.token.as_str(), call.path.as_str()),
        (pushed("1"), "lee", "/crm/v3/objects/calls")
    );
    assert_eq!(
        call.body,
        json!({
            "properties": { "hs_timestamp": "2026-01-01T09:00:00Z", "hs_call_title": "Intro", "hubspot_owner_id": "owner-2", "apollo_id": "run-e1" },
            "associations": [{ "to": { "id": "1" }, "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194 }] }],
        })
    );
}
