//! Connecting many records at once, in the words of each generation.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

const THREE: &str = "/crm/v3/associations/contacts/companies/batch";
const FOUR: &str = "/crm/v4/associations/contacts/companies/batch";
const DATED: &str = "/crm/associations/2026-03/contacts/companies/batch";

async fn company(crm: &TestPortal) -> String {
    let body = json!({ "properties": { "name": "Acme" } });
    let answer = crm.post("/crm/v3/objects/companies", body).await;
    answer.expect(201).id()
}

fn number(id: &str) -> u64 {
    id.parse().unwrap()
}

fn pair(from: &str, to: &str) -> Value {
    json!({ "from": { "id": from }, "to": { "id": to } })
}

fn inputs(inputs: &[Value]) -> Value {
    json!({ "inputs": inputs })
}

fn typed(from: &str, to: &str, category: &str, type_id: u32) -> Value {
    let mut pair = pair(from, to);
    pair["types"] = json!([{ "associationCategory": category, "associationTypeId": type_id }]);
    pair
}

/// What the contact is connected with, as v4 reads it.
async fn connected(crm: &TestPortal, contact: &str) -> Value {
    let path = format!("/crm/v4/objects/contacts/{contact}/associations/companies");
    crm.get(&path).await.expect(200).body["results"].take()
}

#[tokio::test]
async fn v3_connects_reads_and_disconnects_by_the_name_of_a_type() {
    let crm = TestPortal::new();
    let (contact, company) = (crm.given_contact(json!({})).await, company(&crm).await);
    let mut named = pair(&contact, &company);
    named["type"] = json!("contact_to_company_unlabeled");

    let created = crm
        .post(&format!("{THREE}/create"), inputs(&[named.clone()]))
        .await
        .expect(201);

    assert_eq!(created.body["results"], json!([named]));
    assert_eq!(created.body["status"], "COMPLETE");
    let back = "/crm/v3/associations/company/contact/batch/read";
    let read = crm
        .post(back, inputs(&[json!({ "id": number(&company) })]))
        .await
        .expect(200);
    let to = json!([
        { "id": contact, "type": "company_to_contact" },
        { "id": contact, "type": "company_to_contact_unlabeled" },
    ]);
    assert_eq!(
        read.body["results"],
        json!([{ "from": { "id": company }, "to": to }])
    );
    crm.post(&format!("{THREE}/archive"), inputs(&[named]))
        .await
        .expect(204);
    assert_eq!(connected(&crm, &contact).await, json!([]));
}

#[tokio::test]
async fn v4_names_types_by_number_and_answers_with_numbers() {
    let crm = TestPortal::new();
    let (contact, company) = (crm.given_contact(json!({})).await, company(&crm).await);
    let input = typed(&contact, &company, "HUBSPOT_DEFINED", 279);

    let created = crm
        .post(&format!("{FOUR}/create"), inputs(&[input]))
        .await
        .expect(201);

    assert_eq!(
        created.body["results"],
        json!([{
            "fromObjectTypeId": "0-1", "fromObjectId": number(&contact),
            "toObjectTypeId": "0-2", "toObjectId": number(&company), "labels": [],
        }])
    );
    let asked = inputs(&[json!({ "id": contact })]);
    let read = crm.post(&format!("{FOUR}/read"), asked.clone()).await;
    let types = json!([
        { "category": "HUBSPOT_DEFINED", "typeId": 1, "label": "Primary" },
        { "category": "HUBSPOT_DEFINED", "typeId": 279, "label": null },
    ]);
    assert_eq!(
        read.expect(200).body["results"],
        json!([{
            "from": { "id": contact },
            "to": [{ "toObjectId": number(&company), "associationTypes": types }],
        }])
    );
    let dated = crm.post(&format!("{DATED}/read"), asked).await.expect(200);
    assert_eq!(dated.body["results"][0]["to"][0]["toObjectId"], company);
}

#[tokio::test]
async fn archiving_answers_204_in_v4_and_an_empty_batch_in_the_dated_versions() {
    let crm = TestPortal::new();
    let (contact, first) = (crm.given_contact(json!({})).await, company(&crm).await);
    let second = company(&crm).await;
    let both = inputs(&[pair(&contact, &first), pair(&contact, &second)]);
    let archive = |id: &str| inputs(&[json!({ "from": { "id": contact }, "to": [{ "id": id }] })]);

    let made = crm
        .post(&format!("{DATED}/associate/default"), both)
        .await
        .expect(200);
    assert_eq!(made.body["results"].as_array().unwrap().len(), 4);
    crm.post(&format!("{FOUR}/archive"), archive(&first))
        .await
        .expect(204);
    let dated = crm
        .post(&format!("{DATED}/archive"), archive(&second))
        .await
        .expect(200);

    assert_eq!(
        (&dated.body["status"], &dated.body["results"]),
        (&json!("COMPLETE"), &json!([]))
    );
    assert_eq!(connected(&crm, &contact).await, json!([]));
}

#[tokio::test]
async fn a_type_can_be_taken_away_and_without_the_plain_one_nothing_is_left() {
    let crm = TestPortal::new();
    let (contact, company) = (crm.given_contact(json!({})).await, company(&crm).await);
    let primary = inputs(&[typed(&contact, &company, "HUBSPOT_DEFINED", 1)]);
    let plain = inputs(&[typed(&contact, &company, "HUBSPOT_DEFINED", 279)]);
    crm.post(&format!("{FOUR}/create"), primary.clone())
        .await
        .expect(201);
    let archive = format!("{FOUR}/labels/archive");

    crm.post(&archive, primary).await.expect(204);
    let left = connected(&crm, &contact).await;
    crm.post(&archive, plain).await.expect(204);

    assert_eq!(left[0]["associationTypes"][0]["typeId"], 279);
    assert_eq!(left[0]["associationTypes"].as_array().unwrap().len(), 1);
    assert_eq!(connected(&crm, &contact).await, json!([]));
}

#[tokio::test]
async fn what_is_wrong_with_one_input_is_told_beside_the_results_of_the_others() {
    let crm = TestPortal::new();
    let (contact, company) = (crm.given_contact(json!({})).await, company(&crm).await);
    let wrong = [
        typed("unknown_id", &company, "HUBSPOT_DEFINED", 279),
        typed(&contact, &company, "HUBSPOT_DEFINED", 4),
        typed(&contact, &company, "USER_DEFINED", 279),
        typed(&contact, &company, "HUBSPOT_DEFINED", 279),
    ];

    let answer = crm
        .post(&format!("{DATED}/create"), inputs(&wrong))
        .await
        .expect(207);

    assert_eq!(answer.body["numErrors"], 3);
    assert_eq!(answer.body["results"].as_array().unwrap().len(), 1);
    assert_eq!(
        answer.body["errors"][0],
        json!({
            "status": "error", "category": "VALIDATION_ERROR",
            "subCategory": "crm.associations.INVALID_IDENTIFIER",
            "message": "unknown_id is not a valid ID",
        })
    );
    for index in [1, 2] {
        let sub_category = &answer.body["errors"][index]["subCategory"];
        assert_eq!(sub_category, "crm.associations.INVALID_ASSOCIATION_TYPE");
    }
}

#[tokio::test]
async fn a_record_is_not_connected_with_itself() {
    let crm = TestPortal::new();
    let contact = crm.given_contact(json!({})).await;
    let path = "/crm/v4/associations/contacts/contacts/batch/associate/default";

    let batch = crm.post(path, inputs(&[pair(&contact, &contact)])).await;
    let path =
        format!("/crm/v4/objects/contacts/{contact}/associations/default/contacts/{contact}");
    let single = crm.put(&path, json!(null)).await.expect(400);

    let text = format!("Object {contact} cannot be associated to itself ({contact})");
    assert_eq!(batch.expect(207).body["errors"][0]["message"], text);
    assert_eq!(single.body["message"], text);
}

#[tokio::test]
async fn a_record_that_is_connected_with_nothing_is_an_error_of_a_read() {
    let crm = TestPortal::new();
    let contact = crm.given_contact(json!({})).await;
    let asked = inputs(&[json!({ "id": contact }), json!({ "id": "x" })]);

    let answer = crm.post(&format!("{FOUR}/read"), asked).await.expect(207);

    assert_eq!(
        answer.body["errors"],
        json!([
            {
                "status": "error", "category": "OBJECT_NOT_FOUND",
                "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
                "message": format!("No company is associated with contact {contact}."),
                "context": {
                    "fromObjectId": [contact],
                    "fromObjectType": ["contact"], "toObjectType": ["company"],
                },
            },
            {
                "status": "error", "category": "VALIDATION_ERROR",
                "subCategory": "crm.associations.INVALID_IDENTIFIER",
                "message": "x is not a valid ID",
            },
        ])
    );
    assert_eq!(answer.body["results"], json!([]));
}

#[tokio::test]
async fn a_v3_read_pages_after_a_hundred() {
    let crm = TestPortal::new();
    let company = company(&crm).await;
    let associations = json!([{
        "to": { "id": company },
        "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279 }],
    }]);
    let contact = json!({ "properties": {}, "associations": associations });
    for _ in 0..2 {
        let batch = inputs(&vec![contact.clone(); 60]);
        let path = format!("{CONTACTS}/batch/create");
        crm.post(&path, batch).await.expect(201);
    }
    let path = "/crm/v3/associations/companies/contacts/batch/read";
    let contacts = |answer: &Value| {
        let to = answer["results"][0]["to"].as_array().unwrap();
        let mut ids: Vec<String> = to.iter().map(|to| to["id"].to_string()).collect();
        ids.dedup();
        ids
    };

    let first = crm
        .post(path, inputs(&[json!({ "id": company })]))
        .await
        .expect(200)
        .body;
    let after = &first["results"][0]["paging"]["next"]["after"];
    let second = inputs(&[json!({ "id": company, "after": after })]);
    let second = crm.post(path, second).await.expect(200).body;

    assert_eq!((contacts(&first).len(), contacts(&second).len()), (100, 20));
    assert!(second["results"][0].get("paging").is_none());
    let shown = crm
        .get(&format!(
            "/crm/v3/objects/companies/{company}?associations=contacts"
        ))
        .await
        .expect(200);
    assert_eq!(
        &shown.body["associations"]["contacts"]["paging"]["next"]["after"],
        after
    );
}

#[tokio::test]
async fn a_batch_has_inputs_and_not_too_many() {
    let crm = TestPortal::new();
    let many = vec![json!({ "id": "1" }); 1001];

    for wrong in [json!([]), json!({ "inputs": [] }), json!({}), inputs(&many)] {
        let answer = crm.post(&format!("{FOUR}/read"), wrong).await.expect(400);
        assert_eq!(answer.body["status"], "error");
    }
}
