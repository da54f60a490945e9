//! In which ways records can be connected: HubSpot's own, those of custom types, and labels.

use mock_crm::hubspot::spec::{AppSpec, ObjectSpec};
use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

const LABELS: &str = "/crm/v4/associations/contacts/companies/labels";

fn with_vehicles() -> TestPortal {
    TestPortal::with(|spec| {
        spec.objects.push(ObjectSpec {
            name: "vehicle".to_owned(),
            ..ObjectSpec::default()
        });
    })
}

async fn given(crm: &TestPortal, object: &str) -> String {
    let path = format!("/crm/v3/objects/{object}");
    let properties = match object {
        "notes" | "calls" | "tasks" | "emails" | "meetings" => {
            json!({ "hs_timestamp": "2026-01-01T00:00:00Z" })
        }
        _ => json!({}),
    };
    let answer = crm.post(&path, json!({ "properties": properties })).await;
    answer.expect(201).id()
}

fn named(results: &Value) -> Vec<(u64, Option<&str>)> {
    let results = results.as_array().unwrap().iter();
    results
        .map(|one| (one["typeId"].as_u64().unwrap(), one["label"].as_str()))
        .collect()
}

#[tokio::test]
async fn v3_and_v4_list_the_same_types_in_their_own_words() {
    let crm = TestPortal::new();

    let three = crm
        .get("/crm/v3/associations/contact/company/types")
        .await
        .expect(200);
    let four = crm.get(LABELS).await.expect(200);
    let other = crm
        .get("/crm/associations/v4/0-1/0-2/labels")
        .await
        .expect(200);

    assert_eq!(
        three.body["results"],
        json!([
            { "id": "1", "name": "contact_to_company" },
            { "id": "279", "name": "contact_to_company_unlabeled" },
        ])
    );
    assert_eq!(
        named(&four.body["results"]),
        [(1, Some("Primary")), (279, None)]
    );
    assert_eq!(other.body, four.body);
}

#[tokio::test]
async fn every_activity_can_be_connected_with_every_record_it_may_be_about() {
    let crm = TestPortal::new();
    for about in ["contacts", "companies", "deals"] {
        let record = given(&crm, about).await;
        for activity in ["tasks", "calls", "emails", "notes", "meetings"] {
            let id = given(&crm, activity).await;
            let path =
                format!("/crm/v4/objects/{activity}/{id}/associations/default/{about}/{record}");
            let answer = crm.put(&path, json!(null)).await.expect(200);
            assert_eq!(answer.body["results"].as_array().unwrap().len(), 2);
            let back = format!("/crm/v4/objects/{about}/{record}/associations/{activity}");
            let back = crm.get(&back).await.expect(200);
            assert_eq!(
                back.body["results"].as_array().unwrap().len(),
                1,
                "{about} {activity}"
            );
        }
    }
}

#[tokio::test]
async fn records_of_a_custom_type_are_connected_by_types_of_the_portal() {
    let crm = with_vehicles();
    let (vehicle, contact) = (
        given(&crm, "vehicles").await,
        crm.given_contact(json!({})).await,
    );
    let labels = crm
        .get("/crm/v4/associations/p_vehicles/contacts/labels")
        .await
        .expect(200);
    let way = &labels.body["results"][0];

    assert_eq!(
        (&way["category"], &way["label"]),
        (&json!("USER_DEFINED"), &Value::Null)
    );
    let types =
        json!([{ "associationCategory": "USER_DEFINED", "associationTypeId": way["typeId"] }]);
    let body =
        json!({ "properties": {}, "associations": [{ "to": { "id": contact }, "types": types }] });
    let second = crm
        .post("/crm/v3/objects/vehicles", body)
        .await
        .expect(201)
        .id();
    let path = format!("/crm/v4/objects/vehicles/{vehicle}/associations/contacts/{contact}");
    crm.put(&path, types).await.expect(201);

    let read = crm
        .get(&format!("{CONTACTS}/{contact}?associations=vehicles"))
        .await
        .expect(200);
    let key = format!("p{}_vehicle", crm.portal.hub_id);
    let ids: Vec<&Value> = read.body["associations"][&key]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| &result["id"])
        .collect();
    assert_eq!(ids, [&json!(vehicle), &json!(second)]);
    let unknown = crm
        .get(&format!("{CONTACTS}/{contact}?associations=butterflies"))
        .await;
    assert_eq!(
        unknown.expect(400).body["message"],
        "Unable to infer object type from: butterflies"
    );
}

#[tokio::test]
async fn a_label_has_a_type_for_each_end_and_takes_the_place_of_another_one() {
    let crm = TestPortal::new();
    let (contact, company) = (
        crm.given_contact(json!({})).await,
        given(&crm, "companies").await,
    );
    let new = json!({ "name": "manager_employer", "label": "Manager", "inverseLabel": "Employer" });

    let made = crm.post(LABELS, new.clone()).await.expect(200);
    crm.post(LABELS, json!({ "name": "chef", "label": "Chef" }))
        .await
        .expect(200);
    crm.post(LABELS, new.clone()).await.expect(400);

    assert_eq!(
        named(&made.body["results"]),
        [(1, Some("Manager")), (2, Some("Employer"))]
    );
    let path = format!("/crm/v4/objects/contacts/{contact}/associations/companies");
    let set = |number: u32| {
        let types = json!([{ "associationCategory": "USER_DEFINED", "associationTypeId": number }]);
        (format!("{path}/{company}"), types)
    };
    let (to, types) = set(1);
    assert_eq!(
        crm.put(&to, types).await.expect(201).body["labels"],
        json!(["Manager"])
    );
    let (to, types) = set(3);
    crm.put(&to, types).await.expect(201);
    let read = crm.get(&path).await.expect(200);
    let types = named(&read.body["results"][0]["associationTypes"]);
    assert_eq!(
        types,
        [(1, Some("Primary")), (279, None), (3, Some("Chef"))]
    );
    let between_contacts = "/crm/v4/associations/contacts/contacts/labels";
    let same = crm.post(between_contacts, new).await.expect(200);
    assert_eq!(
        named(&same.body["results"]),
        [(5, Some("Manager")), (6, Some("Employer"))]
    );
    // The other end's number is none from here.
    let (to, types) = set(2);
    let wrong = crm.put(&to, types).await.expect(400);
    assert_eq!(
        wrong.body["message"],
        "One or more associations are invalid"
    );
    assert_eq!(
        wrong.body["context"],
        json!({
            "associationSpec": ["USER_DEFINED=2"],
            "INVALID_ASSOCIATION_TYPE_ID": ["USER_DEFINED=2 is not a valid association definition id"],
        })
    );
}

#[tokio::test]
async fn a_label_is_renamed_and_deleted_and_records_stay_connected() {
    let crm = TestPortal::new();
    let (contact, company) = (
        crm.given_contact(json!({})).await,
        given(&crm, "companies").await,
    );
    crm.post(LABELS, json!({ "name": "chef", "label": "Chef" }))
        .await
        .expect(200);
    let path = format!("/crm/v4/objects/contacts/{contact}/associations/companies");
    let types = json!([{ "associationCategory": "USER_DEFINED", "associationTypeId": 1 }]);
    crm.put(&format!("{path}/{company}"), types)
        .await
        .expect(201);

    let renamed = json!({ "associationTypeId": 1, "label": "Cook" });
    crm.put(LABELS, renamed).await.expect(204);
    let read = crm.get(&path).await.expect(200);
    let types = named(&read.body["results"][0]["associationTypes"]);
    assert_eq!(types[2], (1, Some("Cook")));
    crm.delete(&format!("{LABELS}/1")).await.expect(204);
    crm.delete(&format!("{LABELS}/1")).await.expect(404);
    let read = crm.get(&path).await.expect(200);
    assert_eq!(
        read.body["results"][0]["associationTypes"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn activities_have_no_labels_and_names_are_plain() {
    let crm = TestPortal::new();
    let label = json!({ "name": "chef", "label": "Chef" });

    crm.post("/crm/v4/associations/notes/contacts/labels", label)
        .await
        .expect(400);
    for name in ["with-hyphen", "1st", ""] {
        crm.post(LABELS, json!({ "name": name, "label": "Chef" }))
            .await
            .expect(400);
    }
    crm.put(LABELS, json!({ "associationTypeId": 279, "label": "Chef" }))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_connection_needs_the_scopes_of_both_ends() {
    let crm = TestPortal::with(|spec| {
        spec.apps.push(AppSpec {
            client_id: Some("contacts only".to_owned()),
            client_secret: Some("secret".to_owned()),
            scopes: vec![
                "crm.objects.contacts.read".to_owned(),
                "crm.objects.contacts.write".to_owned(),
                "crm.objects.companies.read".to_owned(),
            ],
            ..AppSpec::default()
        });
    });
    let (contact, company) = (
        crm.given_contact(json!({})).await,
        given(&crm, "companies").await,
    );
    let crm = crm.with_token_of("Dana Reyes", "contacts only");

    let path =
        format!("/crm/v4/objects/contacts/{contact}/associations/default/companies/{company}");
    let refused = crm.put(&path, json!(null)).await.expect(403);
    crm.get(LABELS).await.expect(200);

    assert_eq!(refused.body["category"], "MISSING_SCOPES");
}

#[tokio::test]
async fn v3_connects_one_record_by_the_name_of_a_type() {
    let crm = TestPortal::new();
    let (contact, deal) = (
        crm.given_contact(json!({})).await,
        given(&crm, "deals").await,
    );
    let path = format!("{CONTACTS}/{contact}/associations/deals");

    let connected = crm
        .put(
            &format!("{path}/{deal}/contact_to_deal?associations=deals"),
            json!(null),
        )
        .await
        .expect(200);
    let listed = crm.get(&path).await.expect(200);
    crm.delete(&format!("{path}/{deal}/4")).await.expect(204);
    let wrong = crm
        .put(&format!("{path}/{deal}/test"), json!(null))
        .await
        .expect(400);

    let results = json!([{ "id": deal, "type": "contact_to_deal" }]);
    assert_eq!(connected.body["associations"]["deals"]["results"], results);
    assert_eq!(listed.body["results"], results);
    assert_eq!(
        (&wrong.body["message"], &wrong.body["subCategory"]),
        (
            &json!("test is not a valid association type between contacts and deals"),
            &json!("crm.associations.INVALID_ASSOCIATION_TYPE")
        )
    );
}

#[tokio::test]
async fn a_lead_is_created_with_a_contact_that_is_there_and_has_it_as_the_primary_one() {
    let crm = TestPortal::new();
    let (contact, company) = (
        crm.given_contact(json!({})).await,
        given(&crm, "companies").await,
    );
    let lead = |id: &str, type_id: u32| {
        let types =
            json!([{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id }]);
        let associations = json!([{ "to": { "id": id }, "types": types }]);
        json!({ "properties": { "hs_lead_name": "Ada" }, "associations": associations })
    };
    let leads = "/crm/v3/objects/leads";

    let made = crm.post(leads, lead(&contact, 578)).await.expect(201).id();
    for wrong in [
        json!({ "properties": { "hs_lead_name": "Ada" } }),
        lead("1", 578),
        lead(&company, 578),
        lead(&company, 610),
    ] {
        let answer = crm.post(leads, wrong.clone()).await.expect(400);
        assert_eq!(
            answer.body["message"],
            "one or more associations are not valid"
        );
        let batch = json!({ "inputs": [lead(&contact, 578), wrong] });
        crm.post(&format!("{leads}/batch/create"), batch)
            .await
            .expect(400);
    }

    let path = format!("/crm/v4/objects/leads/{made}/associations/contacts");
    let read = crm.get(&path).await.expect(200);
    let types = named(&read.body["results"][0]["associationTypes"]);
    assert_eq!(types, [(578, Some("Primary")), (608, None)]);
    let rows = crm
        .creates()
        .into_iter()
        .filter(|row| row.object == "leads");
    assert_eq!(rows.count(), 1);
}

#[tokio::test]
async fn a_label_is_changed_and_deleted_between_its_own_types_only() {
    let crm = TestPortal::new();
    crm.post(LABELS, json!({ "name": "chef", "label": "Chef" }))
        .await
        .expect(200);
    let renamed = json!({ "associationTypeId": 1, "label": "Cook" });

    for pair in ["contacts/deals", "companies/contacts", "contacts/contacts"] {
        let labels = format!("/crm/v4/associations/{pair}/labels");
        crm.put(&labels, renamed.clone()).await.expect(404);
        crm.delete(&format!("{labels}/1")).await.expect(404);
    }

    let kept = crm.get(LABELS).await.expect(200);
    assert!(named(&kept.body["results"]).contains(&(1, Some("Chef"))));
}
