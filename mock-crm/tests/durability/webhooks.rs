//! What apps subscribed to while a portal was open.

use mock_crm::MockCrm;
use mock_crm::serve::Vendor;
use reqwest::Client;
use serde_json::{Value, json};

use crate::{client, started};

/// A token of the seed's app itself.
async fn app_token(http: &Client, crm: &MockCrm) -> String {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "c"),
        ("client_secret", "x"),
    ];
    let request = http.post(format!("{}/oauth/v3/token", crm.hubspot_url()));
    let answer = request.form(&form).send().await.unwrap();
    let body: Value = answer.json().await.unwrap();
    body["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn subscriptions_and_the_token_they_were_made_with_are_there_after_a_restart() {
    const PATH: &str = "/webhooks/v3/9280840/subscriptions";
    let directory = tempfile::tempdir().unwrap();
    let http = client();
    let crm = started(directory.path(), None).await;
    let token = app_token(&http, &crm).await;
    let wanted = json!({ "eventType": "contact.deletion", "active": true });
    let request = http
        .post(format!("{}{PATH}", crm.hubspot_url()))
        .json(&wanted);
    let made = request.bearer_auth(&token).send().await.unwrap();
    assert_eq!(made.status(), 201);
    let settings =
        json!({ "targetUrl": "http://127.0.0.1:9/", "throttling": { "maxConcurrentRequests": 1 } });
    let path = format!("{}/webhooks/v3/9280840/settings", crm.hubspot_url());
    let request = http.put(path).json(&settings).bearer_auth(&token);
    assert_eq!(request.send().await.unwrap().status(), 200);
    drop(crm);

    let crm = started(directory.path(), None).await;

    deleted_contact(&http, &crm).await;
    told(&crm).await;
    let request = http.get(format!("{}{PATH}", crm.hubspot_url()));
    let listed = request.bearer_auth(&token).send().await.unwrap();
    let listed: Value = listed.json().await.unwrap();
    assert_eq!(listed["results"][0], made.json::<Value>().await.unwrap());
}

/// Makes and archives a contact.
async fn deleted_contact(http: &Client, crm: &MockCrm) {
    let dana = crm.portals()[0].users[0].token.clone().unwrap();
    let contacts = format!("{}/crm/v3/objects/contacts", crm.hubspot_url());
    let request = http
        .post(&contacts)
        .json(&json!({ "properties": {} }))
        .bearer_auth(&dana);
    let made: Value = request.send().await.unwrap().json().await.unwrap();
    let path = format!("{contacts}/{}", made["id"].as_str().unwrap());
    let gone = http.delete(path).bearer_auth(&dana).send().await.unwrap();
    assert_eq!(gone.status(), 204);
}

/// Waits for an event to be on its way.
async fn told(crm: &MockCrm) {
    let portal = crm.hubspot.directory().all().remove(0);
    for _ in 0..500 {
        if let [delivery] = &portal.deliveries()[..] {
            assert_eq!(delivery.events[0]["subscriptionType"], "contact.deletion");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("nobody was told");
}
