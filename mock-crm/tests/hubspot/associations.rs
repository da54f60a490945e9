//! Connections between records, from both ends.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

async fn company(crm: &TestPortal) -> String {
    crm.post(
        "/crm/v3/objects/companies",
        json!({ "properties": { "name": "Acme" } }),
    )
    .await
    .expect(201)
    .id()
}

fn to(id: &str, type_id: u32) -> Value {
    json!({ "to": { "id": id }, "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id }] })
}

#[tokio::test]
async fn a_contact_is_created_with_its_company_which_becomes_the_primary_one() {
    let crm = TestPortal::new();
    let company = company(&crm).await;

    let contact = crm
        .post(
            CONTACTS,
            json!({ "properties": {}, "associations": [to(&company, 279)] }),
        )
        .await
        .expect(201)
        .id();

    let number: u64 = company.parse().unwrap();
    let from_contact = crm
        .get(&format!(
            "/crm/v4/objects/contacts/{contact}/associations/companies"
        ))
        .await
        .expect(200);
    let types = json!([
        { "category": "HUBSPOT_DEFINED", "typeId": 1, "label": "Primary" },
        { "category": "HUBSPOT_DEFINED", "typeId": 279, "label": null },
    ]);
    assert_eq!(
        from_contact.body,
        json!({ "results": [{ "toObjectId": number, "associationTypes": types }] })
    );
    let from_company = crm
        .get(&format!(
            "/crm/objects/2026-03/companies/{company}/associations/contacts"
        ))
        .await
        .expect(200);
    assert_eq!(from_company.body["results"][0]["toObjectId"], contact);
    let read = crm
        .get(&format!("{CONTACTS}/{contact}?associations=companies"))
        .await
        .expect(200);
    let results = json!([
        { "id": company, "type": "contact_to_company" },
        { "id": company, "type": "contact_to_company_unlabeled" },
    ]);
    assert_eq!(
        read.body["associations"],
        json!({ "companies": { "results": results } })
    );
}

#[tokio::test]
async fn an_association_with_nothing_or_of_a_wrong_type_creates_nothing() {
    let crm = TestPortal::new();
    let company = company(&crm).await;
    let contact = crm.given_contact(json!({})).await;

    for wrong in [to("1", 279), to(&company, 204), to(&contact, 279)] {
        let answer = crm
            .post(
                CONTACTS,
                json!({ "properties": {}, "associations": [wrong] }),
            )
            .await
            .expect(400);
        assert_eq!(
            answer.body["errors"][0]["subCategory"],
            "crm.associations.INVALID_IDENTIFIER"
        );
    }
    assert_eq!(crm.creates().len(), 2);
}

#[tokio::test]
async fn records_are_connected_and_disconnected_later() {
    let crm = TestPortal::new();
    let (company, contact) = (company(&crm).await, crm.given_contact(json!({})).await);
    let links = format!("/crm/v4/objects/contact/{contact}/associations/company");
    let count = async || {
        crm.get(&links).await.expect(200).body["results"]
            .as_array()
            .unwrap()
            .len()
    };

    let path = format!("/crm/v4/objects/contact/{contact}/associations/default/company/{company}");
    let answer = crm.put(&path, json!(null)).await.expect(200);
    assert_eq!(
        answer.body["results"][1]["associationSpec"]["associationTypeId"],
        280
    );
    assert_eq!(count().await, 1);
    crm.delete(&format!("{links}/{company}")).await.expect(204);
    assert_eq!(count().await, 0);
    let types = json!([{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279 }]);
    let labelled = crm
        .put(&format!("{links}/{company}"), types)
        .await
        .expect(201);
    assert_eq!(
        (
            &labelled.body["fromObjectTypeId"],
            &labelled.body["toObjectTypeId"]
        ),
        (&json!("0-1"), &json!("0-2"))
    );
    assert_eq!(count().await, 1);
    crm.put(&format!("{links}/1"), json!([])).await.expect(404);
}

#[tokio::test]
async fn a_contact_has_one_primary_company() {
    let crm = TestPortal::new();
    let (first, second) = (company(&crm).await, company(&crm).await);
    let body = json!({ "properties": {}, "associations": [to(&first, 279), to(&second, 1)] });

    let contact = crm.post(CONTACTS, body).await.expect(201).id();

    let links = crm
        .get(&format!(
            "/crm/v4/objects/contacts/{contact}/associations/companies"
        ))
        .await
        .expect(200);
    let primary: Vec<&Value> = links.body["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|link| link["associationTypes"].as_array().unwrap().len() == 2)
        .map(|link| &link["toObjectId"])
        .collect();
    assert_eq!(primary, [&json!(second.parse::<u64>().unwrap())]);
}

/// The company that a contact's property names, and the ids of all companies it is connected with.
async fn companies_of(crm: &TestPortal, contact: &str) -> (Value, Vec<String>) {
    let path = format!("/crm/v4/objects/contacts/{contact}/associations/companies");
    let links = crm.get(&path).await.expect(200);
    let links = links.body["results"].as_array().unwrap().iter();
    let ids = links.map(|link| link["toObjectId"].to_string()).collect();
    let read = crm.contact(contact, "associatedcompanyid").await;
    (read["associatedcompanyid"].clone(), ids)
}

#[tokio::test]
async fn the_first_company_stays_the_primary_one_until_another_is_named_or_it_is_gone() {
    let crm = TestPortal::new();
    let contact = crm.given_contact(json!({})).await;
    let (first, second) = (company(&crm).await, company(&crm).await);
    let path = |to: &str| format!("/crm/v4/objects/contacts/{contact}/associations/companies/{to}");
    let way = |number: u32| json!([{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": number }]);
    let both = vec![first.clone(), second.clone()];

    for to in &both {
        crm.put(&path(to), way(279)).await.expect(201);
    }
    assert_eq!(
        companies_of(&crm, &contact).await,
        (json!(first), both.clone())
    );

    // Again is nothing new.
    crm.put(&path(&second), way(279)).await.expect(201);
    assert_eq!(companies_of(&crm, &contact).await.0, json!(first));

    crm.put(&path(&second), way(1)).await.expect(201);
    assert_eq!(companies_of(&crm, &contact).await, (json!(second), both));

    crm.delete(&path(&second)).await.expect(204);
    assert_eq!(
        companies_of(&crm, &contact).await,
        (Value::Null, vec![first])
    );
}

#[tokio::test]
async fn an_archived_primary_company_makes_room_for_another() {
    let crm = TestPortal::new();
    let contact = crm.given_contact(json!({})).await;
    let (first, second) = (company(&crm).await, company(&crm).await);
    let connect = async |to: &str| {
        let path =
            format!("/crm/v4/objects/contacts/{contact}/associations/default/companies/{to}");
        crm.put(&path, Value::Null).await.expect(200);
    };
    connect(&first).await;

    crm.delete(&format!("/crm/v3/objects/companies/{first}"))
        .await
        .expect(204);
    assert_eq!(companies_of(&crm, &contact).await, (Value::Null, vec![]));
    connect(&second).await;

    assert_eq!(
        companies_of(&crm, &contact).await,
        (json!(second), vec![second.clone()])
    );
}

#[tokio::test]
async fn a_create_is_not_connected_by_a_type_that_begins_elsewhere() {
    let crm = TestPortal::new();
    let other = crm.given_contact(json!({})).await;

    // From a company to a contact.
    let body = json!({ "properties": {}, "associations": [to(&other, 280)] });
    crm.post(CONTACTS, body).await.expect(400);

    assert_eq!(crm.creates().len(), 1);
}
