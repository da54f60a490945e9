//! How long webhooks wait between attempts, what counts as taken, and which values are told.

use std::time::Duration;

use mock_crm::hubspot::spec::WebhooksSpec;
use mock_crm::hubspot::webhooks::DeliveryState;
use serde_json::json;

use crate::harness::{CONTACTS, TestPortal};
use crate::receiver::Receiver;
use crate::webhooks::{events, subscribed, to, until};

#[tokio::test]
async fn a_receiver_that_sends_elsewhere_has_not_taken_it() {
    let receiver = Receiver::answering(&[302, 204]).await;
    let crm = subscribed(&receiver);

    crm.given_contact(json!({})).await;

    receiver.calls(2).await;
    until(|| crm.portal.deliveries()[0].state == DeliveryState::Delivered).await;
    let delivery = crm.portal.deliveries().remove(0);
    let statuses: Vec<_> = delivery.attempts.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Some(302), Some(204)]);
}

#[tokio::test]
async fn each_pause_is_twice_the_one_before() {
    let receiver = Receiver::answering(&[500; 4]).await;
    let crm = TestPortal::with(|spec| {
        spec.switches.webhook_retry_milliseconds = 100;
        spec.apps[0].webhooks = Some(WebhooksSpec {
            target_url: receiver.url.clone(),
            subscriptions: vec![to("contact.creation", None)],
            ..WebhooksSpec::default()
        });
    });
    let begun = std::time::Instant::now();

    crm.given_contact(json!({})).await;
    receiver.calls(4).await;

    // A busy machine is later than this, and none is earlier.
    assert!(begun.elapsed() >= Duration::from_millis(100 + 200 + 400));
}

#[tokio::test]
async fn values_of_a_new_record_are_told_only_where_the_switch_says_so() {
    for on_creation in [true, false] {
        let receiver = Receiver::answering(&[]).await;
        let crm = TestPortal::with(|spec| {
            spec.switches.webhook_property_changes_on_creation = on_creation;
            spec.apps[0].webhooks = Some(WebhooksSpec {
                target_url: receiver.url.clone(),
                subscriptions: vec![
                    to("contact.creation", None),
                    to("contact.propertyChange", Some("hubspot_owner_id")),
                    to("contact.propertyChange", Some("hubspot_owner_assigneddate")),
                ],
                ..WebhooksSpec::default()
            });
        });
        let (dana, sam) = (crm.owner_id("Dana Reyes"), crm.owner_id("Sam Low"));
        let id = crm.given_contact(json!({ "hubspot_owner_id": dana })).await;
        for owner in [&*sam, ""] {
            let body = json!({ "properties": { "hubspot_owner_id": owner } });
            crm.patch(&format!("{CONTACTS}/{id}"), body)
                .await
                .expect(200);
        }

        until(|| events(&receiver).len() == 5 + usize::from(on_creation)).await;
        let events = events(&receiver);
        let values: Vec<(&str, &str)> = events
            .iter()
            .map(|event| {
                let text = |name: &str| event[name].as_str().unwrap_or_default();
                (text("propertyName"), text("propertyValue"))
            })
            .collect();
        let (owner, assigned) = ("hubspot_owner_id", "hubspot_owner_assigneddate");
        let mut expected = vec![("", ""), (owner, &*dana)];
        expected.truncate(1 + usize::from(on_creation));
        expected.extend([
            (assigned, "2026-01-01T00:00:00.000Z"),
            (owner, &*sam),
            (assigned, ""),
            (owner, ""),
        ]);
        assert_eq!(values, expected);
        for event in &events {
            let source = (&event["changeSource"], &event["sourceId"]);
            assert_eq!(source, (&json!("INTEGRATION"), &json!("9280840")));
        }
    }
}
