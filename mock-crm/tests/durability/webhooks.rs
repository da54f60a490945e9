//! What apps subscribed to while a portal was open.

use mock_crm::MockCrm;
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
    drop(crm);

    let crm = started(directory.path(), None).await;

    let request = http.get(format!("{}{PATH}", crm.hubspot_url()));
    let listed = request.bearer_auth(&token).send().await.unwrap();
    let listed: Value = listed.json().await.unwrap();
    assert_eq!(listed["results"][0], made.json::<Value>().await.unwrap());
}
