//! Two records that become one, and records whose contents are deleted for good.

use serde_json::{Value, json};

use crate::harness::{Answer, CONTACTS, TestPortal};
use mock_crm::hubspot::spec::{MergedContact, PropertySpec};

async fn merge(crm: &TestPortal, primary: &str, other: &str) -> Answer {
    let body = json!({ "primaryObjectId": primary, "objectIdToMerge": other });
    crm.post(&format!("{CONTACTS}/merge"), body).await
}

#[tokio::test]
async fn the_primary_keeps_its_values_and_takes_those_that_it_has_not() {
    let crm = TestPortal::new();
    let one = json!({ "email": "a@x.example", "city": "Oslo", "apollo_id": "A1" });
    let two = json!({ "email": "b@x.example", "city": "Bergen", "zip": "5003", "lifecyclestage": "customer" });
    let (primary, other) = (crm.given_contact(one).await, crm.given_contact(two).await);

    let merged = merge(&crm, &primary, &other).await.expect(200);

    assert_eq!(merged.id(), primary);
    assert_eq!(
        merged.property("hs_merged_object_ids"),
        &format!("{primary};{other}")
    );
    let names = "email,hs_additional_emails,city,zip,lifecyclestage,apollo_id";
    let read = crm.contact(&primary, names).await;
    for (name, value) in [
        ("email", "a@x.example"),
        ("hs_additional_emails", "b@x.example"),
        ("city", "Oslo"),
        ("zip", "5003"),
        ("lifecyclestage", "customer"),
        ("apollo_id", "A1"),
    ] {
        assert_eq!(read[name], value, "{name}");
    }
    let path = format!("{CONTACTS}/{primary}?propertiesWithHistory=zip");
    let history = crm.get(&path).await;
    let entry = &history.body["propertiesWithHistory"]["zip"][0];
    assert_eq!(entry["sourceType"], "MERGE_OBJECTS");
    assert_eq!(entry["sourceId"], other);
}

#[tokio::test]
async fn both_ids_and_both_addresses_lead_to_the_merged_contact() {
    let crm = TestPortal::new();
    let primary = crm.given_contact(json!({ "email": "a@x.example" })).await;
    let other = crm.given_contact(json!({ "email": "b@x.example" })).await;

    merge(&crm, &primary, &other).await.expect(200);

    for way in [
        primary.as_str(),
        &other,
        "a@x.example?idProperty=email",
        "B@x.example?idProperty=email",
    ] {
        let read = crm.get(&format!("{CONTACTS}/{way}")).await.expect(200);
        assert_eq!(read.id(), primary, "{way}");
    }
    let batch = json!({ "idProperty": "email", "inputs": [{ "id": "b@x.example" }] });
    let batch = crm.post(&format!("{CONTACTS}/batch/read"), batch).await;
    assert_eq!(batch.expect(200).body["results"][0]["id"], primary);
    let body = json!({ "properties": { "email": "b@x.example" } });
    let taken = crm.post(CONTACTS, body).await.expect(409);
    let message = taken.body["message"].as_str().unwrap();
    assert!(
        message.ends_with(&format!("Existing ID: {primary}")),
        "{message}"
    );
    crm.get(&format!("{CONTACTS}/{other}?archived=true"))
        .await
        .expect(404);
    let archived = crm.get(&format!("{CONTACTS}?archived=true")).await;
    assert_eq!(archived.body["results"], json!([]));
}

#[tokio::test]
async fn an_additional_address_can_become_the_first_one() {
    let crm = TestPortal::new();
    let primary = crm.given_contact(json!({ "email": "a@x.example" })).await;
    let other = crm.given_contact(json!({ "email": "b@x.example" })).await;
    merge(&crm, &primary, &other).await.expect(200);

    let path = format!("{CONTACTS}/b@x.example?idProperty=email");
    let body = json!({ "properties": { "email": "b@x.example" } });
    crm.patch(&path, body).await.expect(200);

    let read = crm.contact(&primary, "email,hs_additional_emails").await;
    assert_eq!(read["email"], "b@x.example");
    assert_eq!(read["hs_additional_emails"], Value::Null);
    crm.get(&path).await.expect(200);
    crm.delete(&format!("{CONTACTS}/{primary}"))
        .await
        .expect(204);
    for email in ["a@x.example", "b@x.example"] {
        crm.given_contact(json!({ "email": email })).await;
    }
}

#[tokio::test]
async fn an_owner_comes_from_the_other_record_only_where_there_is_none() {
    let crm = TestPortal::new();
    let sam = crm.owner_id("Sam Low");
    let ownerless = crm.given_contact(json!({})).await;
    let owned = crm.given_contact(json!({ "hubspot_owner_id": sam })).await;

    merge(&crm, &ownerless, &owned).await.expect(200);

    let read = crm.contact(&ownerless, "hubspot_owner_id").await;
    assert_eq!(read["hubspot_owner_id"], sam);
    let change = &crm.changes()[0];
    assert_eq!(change.owner_user.as_deref(), Some(&*crm.user_id("Sam Low")));
    assert_eq!(change.owner_reason, "merge");
}

#[tokio::test]
async fn the_connections_of_both_are_the_merged_contacts() {
    let crm = TestPortal::new();
    let primary = crm.given_contact(json!({})).await;
    let other = crm.given_contact(json!({})).await;
    let mut companies = Vec::new();
    for contact in [&primary, &other] {
        let company = crm
            .post("/crm/v3/objects/companies", json!({ "properties": {} }))
            .await
            .id();
        let root = "/crm/v4/objects/contacts";
        let path = format!("{root}/{contact}/associations/default/companies/{company}");
        crm.put(&path, json!({})).await.expect(200);
        companies.push(company);
    }

    merge(&crm, &primary, &other).await.expect(200);

    let path = format!("/crm/v4/objects/contacts/{primary}/associations/companies");
    let list = crm.get(&path).await.expect(200);
    let types = |index: usize| {
        list.body["results"][index]["associationTypes"]
            .as_array()
            .unwrap()
            .len()
    };
    let ids: Vec<String> = list.body["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["toObjectId"].to_string())
        .collect();
    assert_eq!(ids, companies);
    assert_eq!((types(0), types(1)), (2, 1), "one primary company");
    let back = format!(
        "/crm/v4/objects/companies/{}/associations/contacts",
        companies[1]
    );
    let back = crm.get(&back).await.expect(200);
    assert_eq!(back.body["results"][0]["toObjectId"].to_string(), primary);
}

#[tokio::test]
async fn two_contacts_become_a_third_one_where_the_switch_says_so() {
    let mut crm = TestPortal::with(|spec| spec.switches.merged_contact = MergedContact::NewId);
    let dana = crm.owner_id("Dana Reyes");
    let primary = json!({ "email": "a@x.example", "hubspot_owner_id": dana });
    let primary = crm.given_contact(primary).await;
    let other = crm.given_contact(json!({ "email": "b@x.example" })).await;
    crm.use_token(&crm.token_of("Sam Low", "other"));
    crm.advance(60);

    let merged = merge(&crm, &primary, &other).await.expect(200);

    assert_eq!(merged.body["createdAt"], "2026-01-01T00:00:00.000Z");
    assert!(![&primary, &other].contains(&&merged.id()));
    for way in [primary.as_str(), &other, "a@x.example?idProperty=email"] {
        let read = crm.get(&format!("{CONTACTS}/{way}")).await.expect(200);
        assert_eq!(read.id(), merged.id(), "{way}");
    }
    let row = &crm.creates()[2];
    assert_eq!(row.owner.as_deref(), Some(&*dana));
    assert_eq!(row.owner_user, Some(crm.user_id("Dana Reyes")));
    assert_eq!(row.created_by, crm.user_id("Dana Reyes"));
    assert_eq!(row.created_by_reason, "merge");
    assert_eq!(row.user, crm.user_id("Sam Low"));
}

#[tokio::test]
async fn what_can_not_be_merged_is_left_alone() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;
    let company = crm
        .post("/crm/v3/objects/companies", json!({ "properties": {} }))
        .await
        .id();

    merge(&crm, &id, &id).await.expect(400);
    merge(&crm, &id, &company).await.expect(404);
    merge(&crm, &id, "1").await.expect(404);
    crm.post(&format!("{CONTACTS}/merge"), json!({}))
        .await
        .expect(400);

    crm.get(&format!("{CONTACTS}/{id}")).await.expect(200);
}

#[tokio::test]
async fn an_erased_contact_is_gone_for_good_and_its_row_stays() {
    let crm = TestPortal::new();
    let erase = format!("{CONTACTS}/gdpr-delete");
    let one = crm.given_contact(json!({ "email": "a@x.example" })).await;
    let two = crm.given_contact(json!({ "email": "b@x.example" })).await;
    crm.delete(&format!("{CONTACTS}/{two}")).await.expect(204);

    let by_email = json!({ "objectId": "a@x.example", "idProperty": "email" });
    crm.post(&erase, by_email).await.expect(204);
    crm.post(&erase, json!({ "objectId": two }))
        .await
        .expect(204);
    crm.post(&erase, json!({ "objectId": "1" }))
        .await
        .expect(204);

    for id in [&one, &two] {
        for query in ["", "?archived=true"] {
            crm.get(&format!("{CONTACTS}/{id}{query}"))
                .await
                .expect(404);
        }
    }
    let archived = crm.get(&format!("{CONTACTS}?archived=true")).await;
    assert_eq!(archived.body["results"], json!([]));
    assert_eq!(crm.creates().len(), 2);
    let again = crm.given_contact(json!({ "email": "a@x.example" })).await;
    assert_ne!(again, one);
    let others = crm.post(
        "/crm/v3/objects/deals/gdpr-delete",
        json!({ "objectId": "1" }),
    );
    others.await.expect(501);
}

#[tokio::test]
async fn a_value_that_looks_like_the_id_of_an_archived_contact_does_not_erase_it() {
    let crm = TestPortal::with(|spec| {
        spec.properties.push(PropertySpec {
            object: "contacts".to_owned(),
            name: "badge".to_owned(),
            kind: "string".to_owned(),
            unique: true,
            ..PropertySpec::default()
        });
    });
    let archived = crm.given_contact(json!({ "firstname": "Ann" })).await;
    crm.delete(&format!("{CONTACTS}/{archived}"))
        .await
        .expect(204);

    let by_badge = json!({ "objectId": archived, "idProperty": "badge" });
    crm.post(&format!("{CONTACTS}/gdpr-delete"), by_badge)
        .await
        .expect(204);

    crm.get(&format!("{CONTACTS}/{archived}?archived=true"))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_deal_keeps_its_create_date_in_a_merge() {
    let crm = TestPortal::new();
    let deals = "/crm/v3/objects/deals";
    let given = async |properties| {
        let body = json!({ "properties": properties });
        crm.post(deals, body).await.expect(201).id()
    };
    let primary = given(json!({ "dealname": "One" })).await;
    let other = given(json!({ "createdate": "2020-02-02T00:00:00Z" })).await;

    let body = json!({ "primaryObjectId": primary, "objectIdToMerge": other });
    crm.post(&format!("{deals}/merge"), body).await.expect(200);

    let merged = crm.get(&format!("{deals}/{primary}")).await.expect(200);
    assert_eq!(merged.property("createdate"), "2026-01-01T00:00:00.000Z");
}
