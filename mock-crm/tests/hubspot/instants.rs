//! The instants and ids that every record repeats among its properties.

use serde_json::{Value, json};

use crate::harness::TestPortal;

const TYPES: [(&str, &str, &str); 8] = [
    ("contacts", "createdate", "lastmodifieddate"),
    ("companies", "createdate", "hs_lastmodifieddate"),
    ("deals", "createdate", "hs_lastmodifieddate"),
    ("tasks", "hs_createdate", "hs_lastmodifieddate"),
    ("calls", "hs_createdate", "hs_lastmodifieddate"),
    ("emails", "hs_createdate", "hs_lastmodifieddate"),
    ("notes", "hs_createdate", "hs_lastmodifieddate"),
    ("meetings", "hs_createdate", "hs_lastmodifieddate"),
];

async fn read(crm: &TestPortal, path: &str) -> Value {
    crm.get(path).await.expect(200).body
}

#[tokio::test]
async fn every_type_repeats_its_id_and_instants() {
    let crm = TestPortal::new();

    for (object, created, modified) in TYPES {
        let path = format!("/crm/v3/objects/{object}");
        let properties = match created {
            "createdate" => json!({}),
            _ => json!({ "hs_timestamp": "2026-01-02T09:00:00Z" }),
        };
        let body = json!({ "properties": properties });
        let id = crm.post(&path, body).await.expect(201).id();
        let path = format!("{path}/{id}");
        crm.advance(1);
        let team = json!({ "properties": { "hubspot_owner_id": crm.owner_id("Sam Low") } });
        crm.patch(&path, team).await.expect(200);

        let record = read(&crm, &path).await;

        let properties = &record["properties"];
        assert_eq!(properties["hs_object_id"], record["id"], "{object}");
        assert_eq!(properties[created], record["createdAt"], "{object}");
        assert_eq!(properties[modified], record["updatedAt"], "{object}");
        assert_ne!(record["createdAt"], record["updatedAt"], "{object}");
    }
}

#[tokio::test]
async fn a_deal_has_a_create_date_of_its_own_that_can_be_written() {
    let crm = TestPortal::new();
    let body = json!({ "properties": { "dealname": "Big", "createdate": "2025-06-01" } });

    let id = crm
        .post("/crm/v3/objects/deals", body)
        .await
        .expect(201)
        .id();

    let asked = "createdate,hs_createdate,hs_is_closed";
    let deal = read(
        &crm,
        &format!("/crm/v3/objects/deals/{id}?properties={asked}"),
    )
    .await;
    assert_eq!(deal["properties"]["createdate"], "2025-06-01T00:00:00.000Z");
    assert_eq!(deal["properties"]["hs_createdate"], deal["createdAt"]);
    assert_eq!(deal["properties"]["hs_is_closed"], "false");
    assert_eq!(deal["createdAt"], "2026-01-01T00:00:00.000Z");
}

#[tokio::test]
async fn a_company_answers_as_recorded() {
    let crm = TestPortal::new();

    let body = json!({ "properties": { "name": "Acme" } });
    let company = crm
        .post("/crm/v3/objects/companies", body)
        .await
        .expect(201);

    insta::assert_json_snapshot!(company.body["properties"], @r#"
    {
      "createdate": "2026-01-01T00:00:00.000Z",
      "hs_lastmodifieddate": "2026-01-01T00:00:00.000Z",
      "hs_object_id": "210453397509",
      "hs_object_source": "INTEGRATION",
      "hs_object_source_id": "9280840",
      "hs_object_source_label": "INTEGRATION",
      "name": "Acme"
    }
    "#);
}

#[tokio::test]
async fn an_email_shows_the_addresses_of_its_headers() {
    let crm = TestPortal::new();
    let headers = json!({
        "from": { "email": "a@x.example", "firstName": "Ada" },
        "to": [{ "email": "b@x.example" }, { "email": "c@x.example" }],
    });
    let body = json!({ "properties": {
        "hs_timestamp": "2026-01-02T09:00:00Z", "hs_email_headers": headers.to_string(),
    } });

    let email = crm.post("/crm/v3/objects/emails", body).await.expect(201);

    assert_eq!(email.property("hs_email_from_email"), "a@x.example");
    assert_eq!(email.property("hs_email_from_firstname"), "Ada");
    assert_eq!(
        email.property("hs_email_to_email"),
        "b@x.example;c@x.example"
    );
}

#[tokio::test]
async fn the_link_to_the_next_page_can_be_followed() {
    let crm = TestPortal::new();
    for city in ["Oslo", "Bergen"] {
        crm.given_contact(json!({ "city": city })).await;
    }

    let path = "/crm/v3/objects/contacts?limit=1&properties=city,%20zip&archived=False";
    let first = read(&crm, path).await;
    let link = first["paging"]["next"]["link"].as_str().unwrap();
    let second = read(&crm, link.strip_prefix("https://api.hubapi.com").unwrap()).await;

    assert_eq!(second["results"][0]["properties"]["city"], "Bergen");
    assert_eq!(second.get("paging"), None);
}
