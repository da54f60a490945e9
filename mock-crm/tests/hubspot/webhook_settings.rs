//! Who may say where webhooks go and what they tell.

use http::Method;
use mock_crm::hubspot::PortalSpec;
use mock_crm::hubspot::spec::{SubscriptionSpec, WebhooksSpec};
use serde_json::json;

use crate::harness::{Answer, TestPortal};
use crate::receiver::Receiver;

const APP: &str = "/webhooks/v3/9280840";

fn with_key() -> TestPortal {
    TestPortal::with(|spec| spec.developer_api_key = Some("dev key".to_owned()))
}

async fn send(crm: &TestPortal, method: Method, path: &str, body: serde_json::Value) -> Answer {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    crm.send(method, &format!("{path}?hapikey=dev+key"), body)
        .await
}

#[tokio::test]
async fn a_developer_says_where_and_what_and_events_follow_at_once() {
    let receiver = Receiver::answering(&[]).await;
    let crm = with_key();
    let settings =
        json!({ "targetUrl": receiver.url, "throttling": { "maxConcurrentRequests": 5 } });
    send(&crm, Method::GET, &format!("{APP}/settings"), json!(null))
        .await
        .expect(404);

    let put = send(&crm, Method::PUT, &format!("{APP}/settings"), settings)
        .await
        .expect(200);
    let wanted = json!({ "eventType": "contact.creation", "active": true });
    let subscribed = send(
        &crm,
        Method::POST,
        "/webhooks/2026-03/9280840/subscriptions",
        wanted,
    )
    .await
    .expect(201);
    crm.given_contact(json!({})).await;

    receiver.calls(1).await;
    assert_eq!(
        put.body,
        json!({
            "targetUrl": receiver.url,
            "throttling": { "maxConcurrentRequests": 5 },
            "createdAt": "2026-01-01T00:00:00.000Z",
            "updatedAt": "2026-01-01T00:00:00.000Z",
        })
    );
    assert_eq!(
        subscribed.body,
        json!({
            "id": "1",
            "eventType": "contact.creation",
            "active": true,
            "createdAt": "2026-01-01T00:00:00.000Z",
            "updatedAt": "2026-01-01T00:00:00.000Z",
        })
    );
}

#[tokio::test]
async fn subscriptions_are_listed_paused_and_taken_away() {
    let crm = with_key();
    let all = format!("{APP}/subscriptions");
    let owner = json!({ "eventType": "deal.propertyChange", "propertyName": "hubspot_owner_id" });
    let of_tasks =
        json!({ "eventType": "object.creation", "objectTypeId": "0-27", "active": true });
    send(&crm, Method::POST, &all, owner.clone())
        .await
        .expect(201);
    send(&crm, Method::POST, &all, of_tasks).await.expect(201);
    send(&crm, Method::POST, &all, owner).await.expect(400);

    let one = format!("{all}/1");
    let updated = send(&crm, Method::PATCH, &one, json!({ "active": true }))
        .await
        .expect(200);
    let batch = json!({ "inputs": [{ "id": 2, "active": false }, { "id": 9, "active": false }] });
    let batch = send(&crm, Method::POST, &format!("{all}/batch/update"), batch)
        .await
        .expect(207);
    let listed = send(&crm, Method::GET, &all, json!(null)).await.expect(200);
    send(&crm, Method::DELETE, &one, json!(null))
        .await
        .expect(204);
    send(&crm, Method::GET, &one, json!(null)).await.expect(404);
    send(&crm, Method::DELETE, &one, json!(null))
        .await
        .expect(404);
    send(&crm, Method::GET, &format!("{all}/2"), json!(null))
        .await
        .expect(200);

    assert_eq!(updated.body["active"], true);
    assert_eq!(batch.body["errors"][0]["context"]["ids"], json!(["9"]));
    let of = |index: usize, name: &str| listed.body["results"][index][name].clone();
    assert_eq!(
        (of(0, "active"), of(0, "propertyName")),
        (json!(true), json!("hubspot_owner_id"))
    );
    assert_eq!(
        (of(1, "active"), of(1, "objectTypeId")),
        (json!(false), json!("0-27"))
    );
}

#[tokio::test]
async fn only_the_developer_and_the_app_itself_may() {
    let mut crm = with_key();
    let path = format!("{APP}/subscriptions");
    // Dana's token of the very app is no developer's.
    crm.get(&path).await.expect(401);
    crm.get(&format!("{path}?hapikey=other")).await.expect(401);
    send(
        &crm,
        Method::GET,
        "/webhooks/v3/1/subscriptions",
        json!(null),
    )
    .await
    .expect(404);
    // A private app's webhooks are settled in HubSpot's pages.
    send(
        &crm,
        Method::GET,
        "/webhooks/v3/9280845/subscriptions",
        json!(null),
    )
    .await
    .expect(404);

    let form = "client_id=main&client_secret=secret&grant_type=client_credentials";
    let token = crm
        .send(Method::POST, "/oauth/v3/token", form.to_owned())
        .await
        .expect(200);
    crm.use_token(token.body["access_token"].as_str().unwrap());

    crm.get(&path).await.expect(200);
    crm.get("/webhooks/v3/9280841/subscriptions")
        .await
        .expect(404);
    crm.advance(1800);
    let late = crm.get(&path).await.expect(401);
    assert_eq!(late.body["category"], "EXPIRED_AUTHENTICATION");
}

#[tokio::test]
async fn what_can_not_be_told_is_refused() {
    let crm = with_key();
    let all = format!("{APP}/subscriptions");
    for (body, status) in [
        (json!({ "eventType": "contact.birthday" }), 400),
        (json!({ "eventType": "nonsense" }), 400),
        (json!({ "eventType": "contact.propertyChange" }), 400),
        (json!({ "eventType": "object.creation" }), 400),
        (
            json!({ "eventType": "object.creation", "objectTypeId": "9-9" }),
            400,
        ),
        (json!({ "active": true }), 400),
        (json!({ "eventType": "ticket.creation" }), 501),
        (json!({ "eventType": "contact.restore" }), 501),
    ] {
        send(&crm, Method::POST, &all, body.clone())
            .await
            .expect(status);
    }
    let settings = format!("{APP}/settings");
    for (url, status) in [
        ("https://app.example/hook", 501),
        ("ftp://x", 400),
        ("", 400),
    ] {
        let body = json!({ "targetUrl": url, "throttling": { "maxConcurrentRequests": 1 } });
        send(&crm, Method::PUT, &settings, body)
            .await
            .expect(status);
    }
    crm.send(Method::TRACE, &settings, String::new())
        .await
        .expect(405);
}

#[test]
fn a_seed_that_subscribes_to_nonsense_is_told_where() {
    let refused = |webhooks: WebhooksSpec| {
        let hubspot = crate::opening::hubspot();
        let mut spec = crate::harness::people_of_every_kind();
        spec.apps[1].webhooks = Some(webhooks);
        hubspot.open(spec, None).map(drop).unwrap_err().path
    };
    let nonsense = SubscriptionSpec {
        event_type: "contact.birthday".to_owned(),
        ..SubscriptionSpec::default()
    };

    let url = refused(WebhooksSpec::default());
    let event_type = refused(WebhooksSpec {
        target_url: "http://127.0.0.1:1/".to_owned(),
        subscriptions: vec![nonsense],
        ..WebhooksSpec::default()
    });

    assert_eq!(url, "apps[1].webhooks.target_url");
    assert_eq!(event_type, "apps[1].webhooks.subscriptions[0].event_type");
}

#[tokio::test]
async fn a_key_opens_one_portal_alone() {
    let crm = with_key();
    let with = |key: &str| PortalSpec {
        developer_api_key: Some(key.to_owned()),
        ..PortalSpec::default()
    };

    for taken in ["dev key", ""] {
        let refused = crm.hubspot.open(with(taken), None).unwrap_err();
        assert!(
            refused.to_string().contains("developer_api_key"),
            "{refused}"
        );
    }
    crm.hubspot.open(with("another key"), None).unwrap();
    crm.hubspot.close("62515");
    crm.hubspot.open(with("dev key"), None).unwrap();
}

#[tokio::test]
async fn a_new_target_keeps_the_day_it_was_made_and_no_subscription_gets_an_old_number() {
    let crm = with_key();
    let path = format!("{APP}/settings");
    let target =
        |url: &str| json!({ "targetUrl": url, "throttling": { "maxConcurrentRequests": 1 } });
    let first = target("http://127.0.0.1:9/a");
    send(&crm, Method::PUT, &path, first).await.expect(200);
    crm.advance(60);

    let second = target("http://127.0.0.1:9/b");
    send(&crm, Method::PUT, &path, second).await.expect(200);

    let read = send(&crm, Method::GET, &path, json!(null))
        .await
        .expect(200);
    let of = |name: &str| read.body[name].as_str().unwrap_or_default();
    assert_eq!(
        [of("targetUrl"), of("createdAt"), of("updatedAt")],
        [
            "http://127.0.0.1:9/b",
            "2026-01-01T00:00:00.000Z",
            "2026-01-01T00:01:00.000Z"
        ]
    );
    let all = format!("{APP}/subscriptions");
    let topic = |name: &str| json!({ "eventType": name });
    for (number, name) in [(1, "contact.creation"), (2, "contact.deletion")] {
        let made = send(&crm, Method::POST, &all, topic(name))
            .await
            .expect(201);
        assert_eq!(made.id(), number.to_string());
    }
    send(&crm, Method::DELETE, &format!("{all}/1"), json!(null))
        .await
        .expect(204);
    let third = send(&crm, Method::POST, &all, topic("contact.creation")).await;
    assert_eq!(third.expect(201).id(), "3");
}
