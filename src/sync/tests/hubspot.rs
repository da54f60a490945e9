//! HubSpot, by script.

mod batch;
mod existing;

use super::scripted::{Reply, Script, Seen};
use super::{Team, pushed};
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
