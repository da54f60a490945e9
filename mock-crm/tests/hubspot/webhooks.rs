//! Webhooks: what is told to whom, how often, and how a receiver can tell that it is true.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use mock_crm::hubspot::spec::{SubscriptionSpec, WebhooksSpec};
use mock_crm::hubspot::webhooks::DeliveryState;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::harness::{CONTACTS, TestPortal};
use crate::receiver::Receiver;

pub(crate) fn to(event_type: &str, property: Option<&str>) -> SubscriptionSpec {
    SubscriptionSpec {
        event_type: event_type.to_owned(),
        property_name: property.map(str::to_owned),
        ..SubscriptionSpec::default()
    }
}

/// A portal whose first app hears of new contacts, of their owners, and of those that are gone.
pub(crate) fn subscribed(receiver: &Receiver) -> TestPortal {
    subscribed_to(receiver, "hubspot_owner_id")
}

fn subscribed_to(receiver: &Receiver, property: &str) -> TestPortal {
    TestPortal::with(|spec| {
        spec.switches.webhook_retry_milliseconds = 1;
        spec.switches.webhook_timeout_milliseconds = 300;
        spec.apps[0].webhooks = Some(WebhooksSpec {
            target_url: receiver.url.clone(),
            subscriptions: vec![
                to("contact.creation", None),
                to("contact.propertyChange", Some(property)),
                to("contact.deletion", None),
            ],
            ..WebhooksSpec::default()
        });
    })
}

/// What happened to which record, in few words.
fn told(event: &Value) -> (String, String, String) {
    let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
    let id = event["objectId"].to_string();
    (text("subscriptionType"), id, text("propertyValue"))
}

/// All events that came, whatever call they came with.
pub(crate) fn events(receiver: &Receiver) -> Vec<Value> {
    let calls = receiver.received();
    calls.iter().flat_map(|call| call.events()).collect()
}

pub(crate) async fn until(what: impl Fn() -> bool) {
    for _ in 0..500 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to be");
}

#[tokio::test]
async fn a_new_contact_and_its_owner_are_told_signed() {
    let receiver = Receiver::answering(&[]).await;
    let crm = subscribed(&receiver);
    let owner = crm.owner_id("Dana Reyes");

    let id = crm
        .given_contact(json!({ "email": "a@x.example", "hubspot_owner_id": owner }))
        .await;

    let call = receiver.calls(1).await.remove(0);
    let number: u64 = id.parse().unwrap();
    assert_eq!(
        call.events(),
        [
            json!({
                "eventId": 1,
                "subscriptionId": 1,
                "portalId": 62515,
                "appId": 9280840,
                "occurredAt": 1_767_225_600_000_i64,
                "subscriptionType": "contact.creation",
                "attemptNumber": 0,
                "objectId": number,
                "changeSource": "INTEGRATION",
                "sourceId": "9280840",
                "changeFlag": "CREATED",
            }),
            json!({
                "eventId": 2,
                "subscriptionId": 2,
                "portalId": 62515,
                "appId": 9280840,
                "occurredAt": 1_767_225_600_000_i64,
                "subscriptionType": "contact.propertyChange",
                "attemptNumber": 0,
                "objectId": number,
                "changeSource": "INTEGRATION",
                "sourceId": "9280840",
                "propertyName": "hubspot_owner_id",
                "propertyValue": owner,
            }),
        ]
    );
    let first = Sha256::digest(format!("secret{}", call.body));
    let first: String = first.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(call.header("x-hubspot-signature"), first);
    assert_eq!(call.header("x-hubspot-signature-version"), "v1");
    let timestamp = call.header("x-hubspot-request-timestamp");
    assert_eq!(timestamp, "1767225600000");
    let mut mac = Hmac::<Sha256>::new_from_slice(b"secret").unwrap();
    mac.update(format!("POST{}{}{timestamp}", receiver.url, call.body).as_bytes());
    let third = STANDARD
        .decode(call.header("x-hubspot-signature-v3"))
        .unwrap();
    assert!(mac.verify_slice(&third).is_ok());
}

#[tokio::test]
async fn changes_of_the_owner_and_deletions_are_told_and_nothing_else() {
    let receiver = Receiver::answering(&[]).await;
    let crm = subscribed(&receiver);
    let (dana, sam) = (crm.owner_id("Dana Reyes"), crm.owner_id("Sam Low"));
    let id = crm.given_contact(json!({})).await;
    let path = format!("{CONTACTS}/{id}");

    for properties in [
        json!({ "firstname": "Ann" }),
        json!({ "hubspot_owner_id": dana }),
        json!({ "hubspot_owner_id": dana }),
        json!({ "hubspot_owner_id": sam, "lastname": "Lee" }),
        json!({ "hubspot_owner_id": "" }),
    ] {
        crm.patch(&path, json!({ "properties": properties }))
            .await
            .expect(200);
    }
    crm.post(
        "/crm/v3/objects/companies",
        json!({ "properties": { "name": "Acme" } }),
    )
    .await
    .expect(201);
    crm.delete(&path).await.expect(204);

    until(|| {
        receiver
            .received()
            .iter()
            .map(|call| call.events().len())
            .sum::<usize>()
            == 5
    })
    .await;
    let events = receiver.received();
    let events: Vec<_> = events.iter().flat_map(|call| call.events()).collect();
    let expected = [
        ("contact.creation", ""),
        ("contact.propertyChange", &*dana),
        ("contact.propertyChange", &*sam),
        ("contact.propertyChange", ""),
        ("contact.deletion", ""),
    ]
    .map(|(kind, value)| (kind.to_owned(), id.clone(), value.to_owned()));
    assert_eq!(events.iter().map(told).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_batch_goes_out_in_hundreds_in_its_order_and_a_refused_one_not_at_all() {
    let receiver = Receiver::answering(&[]).await;
    let crm = subscribed(&receiver);
    let owner = crm.owner_id("Dana Reyes");
    let batch = |owner: &str| {
        let input = json!({ "properties": { "hubspot_owner_id": owner } });
        json!({ "inputs": vec![input; 75] })
    };

    crm.post(&format!("{CONTACTS}/batch/create"), batch("no owner"))
        .await
        .expect(400);
    let made = crm
        .post(&format!("{CONTACTS}/batch/create"), batch(&owner))
        .await
        .expect(201);

    let calls = receiver.calls(2).await;
    assert_eq!(
        [calls[0].events().len(), calls[1].events().len()],
        [100, 50]
    );
    let events = calls.iter().flat_map(|call| call.events());
    let created = events.filter(|event| event["subscriptionType"] == "contact.creation");
    let created: Vec<String> = created.map(|event| event["objectId"].to_string()).collect();
    let made = made.body["results"].as_array().unwrap().iter();
    let made: Vec<&str> = made.map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(created, made);
}

#[tokio::test]
async fn a_receiver_that_fails_is_called_again_until_it_takes_it() {
    // 102 stands for a receiver that never answers.
    let receiver = Receiver::answering(&[500, 102, 404]).await;
    let crm = subscribed(&receiver);

    crm.given_contact(json!({})).await;

    let calls = receiver.calls(4).await;
    let numbers: Vec<Value> = calls
        .iter()
        .map(|call| call.events()[0]["attemptNumber"].clone())
        .collect();
    assert_eq!(numbers, [0, 1, 2, 3]);
    until(|| crm.portal.deliveries()[0].state == DeliveryState::Delivered).await;
    let delivery = crm.portal.deliveries().remove(0);
    let statuses: Vec<_> = delivery
        .attempts
        .iter()
        .map(|attempt| attempt.status)
        .collect();
    assert_eq!(statuses, [Some(500), None, Some(404), Some(200)]);
    assert_eq!(delivery.attempts[1].answer, "no answer within 300ms");
    assert_eq!(
        (delivery.app.as_str(), delivery.url),
        ("9280840", receiver.url.clone())
    );
}

#[tokio::test]
async fn ten_attempts_are_enough_and_later_events_do_not_wait_for_them() {
    let receiver = Receiver::answering(&[503; 10]).await;
    let crm = subscribed(&receiver);

    crm.given_contact(json!({})).await;
    until(|| {
        let deliveries = crm.portal.deliveries();
        deliveries
            .first()
            .is_some_and(|one| one.state == DeliveryState::Failed)
    })
    .await;
    crm.given_contact(json!({})).await;

    let calls = receiver.calls(11).await;
    assert_eq!(calls[10].events()[0]["attemptNumber"], 0);
    // The pause before one more would be 512 milliseconds.
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(receiver.received().len(), 11);
    assert_eq!(crm.portal.deliveries()[0].attempts.len(), 10);
}

#[tokio::test]
async fn nothing_is_sent_once_the_portal_is_closed() {
    let receiver = Receiver::answering(&[500; 10]).await;
    let mut spec = crate::harness::people_of_every_kind();
    spec.switches.webhook_retry_milliseconds = 60;
    spec.apps[0].webhooks = Some(WebhooksSpec {
        target_url: receiver.url.clone(),
        subscriptions: vec![to("contact.creation", None)],
        ..WebhooksSpec::default()
    });
    let crm = TestPortal::of(spec);
    crm.given_contact(json!({})).await;
    receiver.calls(1).await;

    crm.hubspot.close("62515");

    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(receiver.received().len(), 1);
}

#[tokio::test]
async fn any_type_can_be_told_of_by_its_id() {
    let receiver = Receiver::answering(&[]).await;
    let crm = TestPortal::with(|spec| {
        let notes = |event_type, property| SubscriptionSpec {
            object_type_id: Some("0-46".to_owned()),
            ..to(event_type, property)
        };
        spec.apps[0].webhooks = Some(WebhooksSpec {
            target_url: receiver.url.clone(),
            subscriptions: vec![
                notes("object.creation", None),
                notes("object.propertyChange", Some("hs_note_body")),
                SubscriptionSpec {
                    active: false,
                    ..notes("object.propertyChange", Some("hs_timestamp"))
                },
            ],
            ..WebhooksSpec::default()
        });
    });
    let note = json!({ "hs_timestamp": "2026-01-01T00:00:00Z", "hs_note_body": "hello" });

    crm.post("/crm/v3/objects/notes", json!({ "properties": note }))
        .await
        .expect(201);

    let events = receiver.calls(1).await[0].events();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| {
            (
                &event["subscriptionType"],
                &event["objectTypeId"],
                &event["propertyValue"],
            )
        })
        .collect();
    assert_eq!(
        kinds,
        [
            (&json!("object.creation"), &json!("0-46"), &Value::Null),
            (
                &json!("object.propertyChange"),
                &json!("0-46"),
                &json!("hello")
            ),
        ]
    );
}

#[tokio::test]
async fn a_user_of_another_app_is_told_as_that_app() {
    let receiver = Receiver::answering(&[]).await;
    let crm = subscribed(&receiver).with_token_of("Sam Low", "other");

    crm.given_contact(json!({})).await;

    let event = receiver.calls(1).await[0].events().remove(0);
    assert_eq!(
        (&event["appId"], &event["sourceId"]),
        (&json!(9280840), &json!("9280841"))
    );
}

#[tokio::test]
async fn a_merge_is_told_once_and_as_no_deletion() {
    let receiver = Receiver::answering(&[]).await;
    let crm = TestPortal::with(|spec| {
        spec.apps[0].webhooks = Some(WebhooksSpec {
            target_url: receiver.url.clone(),
            subscriptions: vec![to("contact.merge", None), to("contact.deletion", None)],
            ..WebhooksSpec::default()
        });
    });
    let kept = crm.given_contact(json!({ "firstname": "Ann" })).await;
    let gone = crm.given_contact(json!({ "lastname": "Lee" })).await;

    let merge = json!({ "primaryObjectId": kept, "objectIdToMerge": gone });
    crm.post(&format!("{CONTACTS}/merge"), merge)
        .await
        .expect(200);
    crm.delete(&format!("{CONTACTS}/{kept}")).await.expect(204);

    until(|| events(&receiver).len() == 2).await;
    let events = events(&receiver);
    let number = |id: &str| id.parse::<u64>().unwrap();
    assert_eq!(events[0]["subscriptionType"], "contact.merge");
    assert_eq!(
        (&events[0]["primaryObjectId"], &events[0]["mergedObjectIds"]),
        (&json!(number(&kept)), &json!([number(&gone)]))
    );
    let (kind, id, _) = told(&events[1]);
    assert_eq!((kind.as_str(), id), ("contact.deletion", kept));
}

#[tokio::test]
async fn an_archived_contact_that_is_erased_is_told_as_deleted_once() {
    let receiver = Receiver::answering(&[]).await;
    let crm = subscribed_to(&receiver, "firstname");
    let erased = crm.given_contact(json!({ "firstname": "Ann" })).await;
    let other = crm.given_contact(json!({})).await;

    let erase = json!({ "objectId": erased });
    crm.delete(&format!("{CONTACTS}/{erased}")).await;
    crm.post(&format!("{CONTACTS}/gdpr-delete"), erase).await;
    crm.delete(&format!("{CONTACTS}/{other}")).await;

    let last = ("contact.deletion".to_owned(), other, String::new());
    until(|| events(&receiver).iter().map(told).any(|one| one == last)).await;
    let all = events(&receiver);
    let all = all.iter().map(told).filter(|(_, id, _)| *id == erased);
    let kinds: Vec<String> = all.map(|(kind, _, _)| kind).collect();
    let change = "contact.propertyChange";
    assert_eq!(kinds, ["contact.creation", change, "contact.deletion"]);
}
