use std::time::Duration;

use mock_crm::seed::Seed;
use serde_json::{Value, json};

use crate::code;
use crate::document::assert_described;
use crate::with_fixed_clock;

const SEED: &str = "
hubspot:
  - id: 77
    switches: {webhook_retry_milliseconds: 3600000}
    apps:
      - client_id: c
        client_secret: x
        webhooks:
          # Nobody listens there.
          target_url: http://127.0.0.1:1/hook
          subscriptions: [{event_type: contact.creation}]
    users: [{name: Dana Reyes, token: true}]
";

#[tokio::test]
async fn a_webhook_shows_what_was_sent_and_what_came_of_it() {
    let control = with_fixed_clock().await;
    Seed::parse(SEED, "seed")
        .unwrap()
        .open(&control.crm)
        .unwrap();
    let dana = control.crm.portals().remove(0).users.remove(0);
    let url = format!("{}/crm/v3/objects/contacts", control.crm.hubspot_url());
    let create = control.http.post(url).bearer_auth(dana.token.unwrap());
    let created = create
        .json(&json!({ "properties": {} }))
        .send()
        .await
        .unwrap();
    let created: Value = created.json().await.unwrap();

    let mut shown = Value::Null;
    for _ in 0..500 {
        shown = control.get("/orgs/77/webhooks").await.1["webhooks"][0].clone();
        if shown["attempts"][0].is_object() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    let (_, document) = control.get("/openapi.json").await;
    assert_described(&document, "Webhook", &shown);
    assert_described(&document, "WebhookAttempt", &shown["attempts"][0]);
    assert_eq!(
        (&shown["state"], &shown["attempts"][0]["status"]),
        (&json!("pending"), &Value::Null)
    );
    assert_eq!(
        shown["events"][0]["objectId"].to_string(),
        created["id"].as_str().unwrap()
    );
    assert_eq!(
        code(&control.get("/orgs/1/webhooks").await),
        (404, "unknown_org")
    );
}
