//! Leads.

use serde_json::{Value, json};

use crate::harness::TestPortal;
use mock_crm::hubspot::spec::PropertySpec;

const LEADS: &str = "/crm/v3/objects/leads";

/// A create of a lead about this contact, by the type of its primary one.
fn lead_about(contact: &str) -> Value {
    let types = json!([{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 578 }]);
    json!({
        "properties": { "hs_lead_name": "Ada" },
        "associations": [{ "to": { "id": contact }, "types": types }],
    })
}

#[tokio::test]
async fn a_lead_has_to_have_a_name() {
    let crm = TestPortal::new();

    for name in ["leads", "lead", "0-136"] {
        let path = format!("/crm/v3/objects/{name}");
        let refused = crm
            .post(&path, json!({ "properties": {} }))
            .await
            .expect(400);
        let context = &refused.body["context"]["properties"];
        assert_eq!(context, &json!(["hs_lead_name"]), "{}", refused.body);
        let message = "Error creating LEAD. Some required properties were not set.";
        assert_eq!(refused.body["message"], message);
    }
    assert!(crm.creates().is_empty());
}

#[tokio::test]
async fn a_lead_is_about_a_contact_that_is_there() {
    let crm = TestPortal::new();
    let gone = crm.given_contact(json!({})).await;
    let path = format!("/crm/v3/objects/contacts/{gone}");
    crm.delete(&path).await.expect(204);

    let alone = json!({ "properties": { "hs_lead_name": "Ada" } });
    for body in [alone, lead_about(&gone), lead_about("1")] {
        let refused = crm.post(LEADS, body).await.expect(400);
        assert_eq!(refused.body["category"], "VALIDATION_ERROR");
    }

    let leads = crm
        .creates()
        .into_iter()
        .filter(|row| row.object == "leads");
    assert_eq!(leads.count(), 0);
}

#[tokio::test]
async fn a_lead_names_its_contact_and_does_not_take_its_owner() {
    let crm = TestPortal::new();
    let owned = json!({ "hubspot_owner_id": crm.owner_id("Sam Low") });
    let contact = crm.given_contact(owned).await;

    let id = crm.post(LEADS, lead_about(&contact)).await.expect(201).id();

    let asked = "hs_primary_contact_id,hubspot_owner_id,hs_pipeline,hs_object_source_id";
    let lead = crm.get(&format!("{LEADS}/{id}?properties={asked}")).await;
    let lead = lead.expect(200);
    assert_eq!(lead.property("hs_primary_contact_id"), &contact);
    assert_eq!(lead.property("hubspot_owner_id"), &Value::Null);
    assert_eq!(lead.property("hs_pipeline"), "lead-pipeline-id");
    assert_eq!(lead.property("hs_object_source_id"), "9280840");
}

#[tokio::test]
async fn an_upsert_makes_no_lead_since_it_names_no_contact() {
    let crm = TestPortal::with(|spec| {
        spec.properties.push(PropertySpec {
            object: "leads".to_owned(),
            name: "lead_key".to_owned(),
            unique: true,
            ..PropertySpec::default()
        });
    });
    let contact = crm
        .post("/crm/v3/objects/contacts", json!({ "properties": {} }))
        .await
        .expect(201)
        .id();
    let upsert = |name: &str| {
        let properties = json!({ "hs_lead_name": name });
        json!({ "inputs": [{ "idProperty": "lead_key", "id": "k", "properties": properties }] })
    };
    let path = format!("{LEADS}/batch/upsert");

    for name in ["Ada", ""] {
        crm.post(&path, upsert(name)).await.expect(400);
    }
    assert_eq!(crm.creates().len(), 1);

    let mut lead = lead_about(&contact);
    lead["properties"]["lead_key"] = json!("k");
    let made = crm.post(LEADS, lead).await.expect(201).id();
    let changed = crm.post(&path, upsert("Bea")).await.expect(200);
    assert_eq!(changed.body["results"][0]["id"], made);
}
