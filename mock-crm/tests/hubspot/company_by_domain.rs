//! The setting "create and associate companies with contacts".

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};
use mock_crm::hubspot::spec::RecordSpec;

const COMPANIES: &str = "/crm/v3/objects/companies";

fn portal() -> TestPortal {
    TestPortal::with(|spec| spec.switches.contact_company_autoassociate = true)
}

async fn companies(crm: &TestPortal) -> Vec<Value> {
    let list = crm.get(&format!("{COMPANIES}?properties=domain")).await;
    list.expect(200).body["results"].as_array().unwrap().clone()
}

/// The companies of a contact, each with the numbers of its association types.
async fn associated(crm: &TestPortal, contact: &str) -> Vec<(String, Vec<u64>)> {
    let path = format!("/crm/v4/objects/contacts/{contact}/associations/companies");
    let list = crm.get(&path).await.expect(200);
    let results = list.body["results"].as_array().unwrap();
    let one = |result: &Value| {
        let types = result["associationTypes"].as_array().unwrap();
        let mut types: Vec<u64> = types
            .iter()
            .filter_map(|kind| kind["typeId"].as_u64())
            .collect();
        types.sort_unstable();
        (result["toObjectId"].to_string(), types)
    };
    results.iter().map(one).collect()
}

#[tokio::test]
async fn a_new_contact_makes_its_company_and_is_associated_with_it() {
    let crm = portal();

    let contact = crm
        .given_contact(json!({ "email": "Ada@Acme.example" }))
        .await;

    let companies = companies(&crm).await;
    assert_eq!(companies.len(), 1);
    assert_eq!(companies[0]["properties"]["domain"], "acme.example");
    let id = companies[0]["id"].as_str().unwrap().to_owned();
    let read = crm.contact(&contact, "associatedcompanyid").await;
    assert_eq!(read["associatedcompanyid"], id);
    assert_eq!(associated(&crm, &contact).await, [(id, vec![1, 279])]);
}

#[tokio::test]
async fn the_company_is_hubspots_doing_and_its_row_says_so() {
    let crm = portal();

    crm.given_contact(json!({ "email": "ada@acme.example" }))
        .await;

    let stamps = "hs_object_source,hs_object_source_label,hs_object_source_id,hs_created_by_user_id,hubspot_owner_id";
    let id = companies(&crm).await[0]["id"].as_str().unwrap().to_owned();
    let read = crm
        .get(&format!("{COMPANIES}/{id}?properties={stamps}"))
        .await;
    let read = &read.expect(200).body["properties"];
    assert_eq!(read["hs_object_source"], "AUTO_ASSOCIATE_BY_DOMAIN");
    assert_eq!(read["hs_object_source_label"], "CRM_SETTING");
    for name in [
        "hs_object_source_id",
        "hs_created_by_user_id",
        "hubspot_owner_id",
    ] {
        assert_eq!(read[name], Value::Null, "{name}");
    }
    let rows = crm.creates();
    let row = rows.iter().find(|row| row.object == "companies").unwrap();
    assert_eq!(row.api, "auto_associate_by_domain");
    assert_eq!(row.created_by_reason, "auto_associate_by_domain");
    assert_eq!((row.owner.as_deref(), &*row.owner_reason), (None, "blank"));
    assert_eq!(row.request, rows[0].request);
    assert_eq!(row.user, crm.user_id("Dana Reyes"));
}

#[tokio::test]
async fn a_second_contact_of_the_domain_finds_the_company_whoever_made_it() {
    let crm = TestPortal::with(|spec| {
        spec.switches.contact_company_autoassociate = true;
        spec.records.push(RecordSpec {
            object: "companies".to_owned(),
            properties: [("domain".to_owned(), "seeded.example".to_owned())].into(),
            ..RecordSpec::default()
        });
    });
    let body = json!({ "properties": { "domain": "made.example" } });
    let made = crm.post(COMPANIES, body).await.expect(201).id();
    let body = json!({ "properties": { "domain": "moved.example" } });
    crm.patch(&format!("{COMPANIES}/{made}"), body)
        .await
        .expect(200);

    for email in ["a@seeded.example", "b@moved.example", "c@moved.example"] {
        crm.given_contact(json!({ "email": email })).await;
    }
    assert_eq!(companies(&crm).await.len(), 2);
    crm.given_contact(json!({ "email": "d@made.example" }))
        .await;
    assert_eq!(companies(&crm).await.len(), 3);
    crm.delete(&format!("{COMPANIES}/{made}")).await.expect(204);
    crm.given_contact(json!({ "email": "e@moved.example" }))
        .await;
    assert_eq!(companies(&crm).await.len(), 3);
}

#[tokio::test]
async fn no_company_comes_of_free_mail_of_no_address_or_without_the_setting() {
    let crm = portal();
    let off = TestPortal::new();

    crm.given_contact(json!({ "email": "ada@gmail.com" })).await;
    crm.given_contact(json!({ "firstname": "Ada" })).await;
    off.given_contact(json!({ "email": "ada@acme.example" }))
        .await;

    assert_eq!(companies(&crm).await.len(), 0);
    assert_eq!(companies(&off).await.len(), 0);
}

#[tokio::test]
async fn a_contact_that_names_its_company_gets_no_other() {
    let crm = portal();
    let company = crm
        .post(COMPANIES, json!({ "properties": { "name": "Acme" } }))
        .await;
    let company = company.expect(201).id();
    let types = json!([{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279 }]);
    let body = json!({
        "properties": { "email": "ada@acme.example" },
        "associations": [{ "to": { "id": company }, "types": types }],
    });

    let contact = crm.post(CONTACTS, body).await.expect(201).id();

    assert_eq!(companies(&crm).await.len(), 1);
    assert_eq!(associated(&crm, &contact).await, [(company, vec![1, 279])]);
}

#[tokio::test]
async fn batches_and_upserts_make_companies_too_and_each_domain_one() {
    let crm = portal();
    let create = json!({ "inputs": [
        { "properties": { "email": "a@one.example" } }, { "properties": { "email": "b@one.example" } },
    ] });
    let upsert = json!({ "inputs": [
        { "idProperty": "email", "id": "c@one.example", "properties": {} },
        { "idProperty": "email", "id": "d@two.example", "properties": {} },
    ] });

    crm.post(&format!("{CONTACTS}/batch/create"), create)
        .await
        .expect(201);
    crm.post(&format!("{CONTACTS}/batch/upsert"), upsert)
        .await
        .expect(200);

    let companies = companies(&crm).await;
    let domains = companies
        .iter()
        .map(|company| company["properties"]["domain"].clone());
    let domains: Vec<Value> = domains.collect();
    assert_eq!(domains, ["one.example", "two.example"]);
    let rows = crm.creates();
    let contacts = || rows.iter().filter(|row| row.object == "contacts");
    assert_eq!(contacts().count(), 4);
    for contact in contacts() {
        assert_eq!(associated(&crm, &contact.record).await.len(), 1);
    }
}

#[tokio::test]
async fn of_two_companies_of_a_domain_the_older_one_is_associated() {
    let crm = portal();
    let acme = json!({ "properties": { "domain": "acme.example" } });
    let older = crm.post(COMPANIES, acme.clone()).await.expect(201).id();
    crm.post(COMPANIES, acme).await.expect(201);

    let contact = crm
        .given_contact(json!({ "email": "ada@acme.example" }))
        .await;

    assert_eq!(associated(&crm, &contact).await, [(older, vec![1, 279])]);
}

#[tokio::test]
async fn a_company_that_is_archived_is_no_contacts_any_more() {
    let crm = portal();
    let contact = crm
        .given_contact(json!({ "email": "ada@acme.example" }))
        .await;
    let company = companies(&crm).await[0]["id"].as_str().unwrap().to_owned();
    let read = crm.contact(&contact, "associatedcompanyid").await;
    assert_eq!(read["associatedcompanyid"], company);

    crm.delete(&format!("{COMPANIES}/{company}"))
        .await
        .expect(204);

    let read = crm.contact(&contact, "associatedcompanyid").await;
    assert_eq!(read["associatedcompanyid"], Value::Null);
    assert_eq!(associated(&crm, &contact).await, []);
}
