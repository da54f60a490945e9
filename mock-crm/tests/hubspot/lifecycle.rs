//! Lifecycle stages.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

const STAGES: &str = "lifecyclestage,hs_lifecyclestage_lead_date,hs_lifecyclestage_customer_date,hs_lifecyclestage_subscriber_date";

async fn to_stage(crm: &TestPortal, id: &str, stage: &str) -> Value {
    crm.advance(60);
    let body = json!({ "properties": { "lifecyclestage": stage } });
    let path = format!("{CONTACTS}/{id}");
    crm.patch(&path, body).await.expect(200).body["properties"].clone()
}

#[tokio::test]
async fn a_stage_moves_forward_and_not_back() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;

    let forward = to_stage(&crm, &id, "customer").await;
    let back = to_stage(&crm, &id, "lead").await;

    assert_eq!(forward["lifecyclestage"], "customer");
    assert_eq!(back["lifecyclestage"], "customer");
}

#[tokio::test]
async fn a_cleared_stage_can_be_any_again() {
    let crm = TestPortal::new();
    let id = crm
        .given_contact(json!({ "lifecyclestage": "customer" }))
        .await;

    to_stage(&crm, &id, "").await;
    let again = to_stage(&crm, &id, "subscriber").await;

    assert_eq!(again["lifecyclestage"], "subscriber");
}

#[tokio::test]
async fn the_date_of_each_stage_is_noted() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;

    to_stage(&crm, &id, "customer").await;

    let read = crm.contact(&id, STAGES).await;
    assert_eq!(
        read["hs_lifecyclestage_lead_date"],
        "2026-01-01T00:00:00.000Z"
    );
    assert_eq!(
        read["hs_lifecyclestage_customer_date"],
        "2026-01-01T00:01:00.000Z"
    );
    assert_eq!(read["hs_lifecyclestage_subscriber_date"], Value::Null);
}

#[tokio::test]
async fn the_first_change_of_a_default_keeps_it_in_history() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;

    to_stage(&crm, &id, "customer").await;

    let read = crm
        .get(&format!(
            "{CONTACTS}/{id}?propertiesWithHistory=lifecyclestage,nonsense"
        ))
        .await;
    let history = read.body["propertiesWithHistory"].as_object().unwrap();
    let values = history["lifecyclestage"].as_array().unwrap().iter();
    let values: Vec<&Value> = values.map(|entry| &entry["value"]).collect();
    assert_eq!(values, ["customer", "lead"]);
    assert_eq!(history.len(), 1);
}
