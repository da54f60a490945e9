//! The text of each instruction.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Scene, ann, push};

/// What is shown for one message; the person does it, and owns what is saved.
async fn shown(method: &str, params: Value) -> String {
    let mut scene = Scene::saved("\n1\n").await;
    scene.say(method, params).await.unwrap();
    let text = scene.shown.take();
    let question = text.find("[Enter = done").unwrap();
    text[..question].trim().to_owned()
}

#[tokio::test]
async fn how_to_begin() {
    let mut scene = Scene::begun("\n\n").await;

    scene
        .say("team_sync.disconnect", json!({ "crm": "hubspot" }))
        .await
        .unwrap();

    assert_snapshot!(scene.shown.take());
}

#[tokio::test]
async fn how_to_link_and_unlink_a_login() {
    // Nobody answers there, so nobody says whose login it is.
    let grant = json!({ "access_token": "00D!abc", "refresh_token": "5Ae", "instance_url": "http://127.0.0.1:9" });
    let link = json!({ "user": "u1", "crm": "salesforce", "grant": grant });

    let linked = shown("credential.link", link).await;
    let team = shown(
        "team_sync.connect",
        json!({ "crm": "salesforce", "grant": grant }),
    )
    .await;
    let unlinked = shown(
        "credential.unlink",
        json!({ "user": "u1", "crm": "hubspot" }),
    )
    .await;

    assert_snapshot!([linked, team, unlinked].join("\n\n"));
}

#[tokio::test]
async fn how_to_save_from_each_source() {
    let mut texts = Vec::new();
    for source in [
        "manual",
        "csv",
        "gmail",
        "linkedin",
        "prospecting",
        "jobchange",
    ] {
        texts.push(shown("record.create", ann(source)).await);
    }
    let account = json!({ "kind": "account", "source": "manual", "user": "u2", "fields": { "name": "Acme", "domain": "acme.example" } });
    texts.push(shown("record.create", account).await);
    let mut with_account = ann("manual");
    with_account["account"] = json!("a1");
    texts.push(shown("record.create", with_account).await);

    assert_snapshot!(texts.join("\n\n"));
}

#[tokio::test]
async fn how_to_change_push_and_log() {
    let update =
        json!({ "record": "a1", "user": "u2", "fields": { "phone": "+1 555 1" }, "owner": "u2" });
    let mut lead = push("bulk", &["a1"]);
    lead["as"] = json!("lead");
    let mut nobody = push("single", &["a1"]);
    nobody["user"] = Value::Null;
    let call = json!({ "type": "call", "user": "u1", "about": "a1", "crm": "hubspot", "fields": { "subject": "Intro", "at": "2026-01-01T09:00:00Z" } });
    let mut automatic = call.clone();
    automatic["user"] = Value::Null;
    automatic["type"] = json!("email");

    let texts = [
        shown("record.update", update).await,
        shown("push", push("single", &["a1"])).await,
        shown("push", push("bulk", &["a1", "a1"])).await,
        shown("push", lead).await,
        shown("push", nobody).await,
        shown("activity.log", call).await,
        shown("activity.log", automatic).await,
    ];

    assert_snapshot!(texts.join("\n\n"));
}
