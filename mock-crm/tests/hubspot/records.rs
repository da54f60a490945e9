//! Creating, reading, changing, archiving, listing: the shapes of answers.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};
use mock_crm::hubspot::spec::{DeleteMissingPolicy, ObjectSpec, RecordSpec};

#[tokio::test]
async fn a_create_answers_with_what_was_written_and_what_hubspot_worked_out() {
    let crm = TestPortal::new();

    let body = json!({ "properties": { "email": "A@Example.com", "firstname": "Ada", "lastname": "", "score": 7 } });
    let answer = crm.post(CONTACTS, body).await.expect(201);

    insta::assert_json_snapshot!(answer.body, @r#"
    {
      "id": "210453397509",
      "properties": {
        "createdate": "2026-01-01T00:00:00.000Z",
        "email": "a@example.com",
        "firstname": "Ada",
        "hs_all_contact_vids": "210453397509",
        "hs_associated_target_accounts": "0",
        "hs_currently_enrolled_in_prospecting_agent": "false",
        "hs_email_domain": "example.com",
        "hs_full_name_or_email": "Ada",
        "hs_is_contact": "true",
        "hs_is_unworked": "true",
        "hs_lifecyclestage_lead_date": "1767225600000",
        "hs_membership_has_accessed_private_content": "0",
        "hs_object_id": "210453397509",
        "hs_object_source": "INTEGRATION",
        "hs_object_source_id": "9280840",
        "hs_object_source_label": "INTEGRATION",
        "hs_pipeline": "contacts-lifecycle-pipeline",
        "hs_registered_member": "0",
        "lastmodifieddate": "2026-01-01T00:00:00.000Z",
        "lifecyclestage": "lead",
        "num_notes": "0",
        "score": "7"
      },
      "createdAt": "2026-01-01T00:00:00.000Z",
      "updatedAt": "2026-01-01T00:00:00.000Z",
      "archived": false,
      "url": "https://app.hubspot.com/contacts/62515/record/0-1/210453397509"
    }
    "#);
}

#[tokio::test]
async fn every_generation_of_paths_and_every_name_of_a_type_leads_to_the_same_record() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "firstname": "Ada" })).await;

    for root in [
        "/crm/v3/objects",
        "/crm/v4/objects",
        "/crm/objects/2025-09",
        "/crm/objects/2026-03",
        "/crm/objects/2026-09",
        "/crm/objects/2026-09-beta",
    ] {
        for name in ["contacts", "contact", "0-1"] {
            for end in ["", "/"] {
                let answer = crm
                    .get(&format!("{root}/{name}/{id}{end}"))
                    .await
                    .expect(200);
                assert_eq!(answer.property("firstname"), "Ada");
            }
        }
    }
}

#[tokio::test]
async fn a_read_shows_the_default_properties_or_those_it_names() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "firstname": "Ada" })).await;
    let names = async |query: &str| -> Vec<String> {
        let answer = crm
            .get(&format!("{CONTACTS}/{id}{query}"))
            .await
            .expect(200);
        answer.body["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };

    assert_eq!(
        names("").await,
        [
            "createdate",
            "email",
            "firstname",
            "hs_object_id",
            "lastmodifieddate",
            "lastname"
        ]
    );
    let asked = [
        "company",
        "createdate",
        "hs_object_id",
        "lastmodifieddate",
        "phone",
    ];
    assert_eq!(
        names("?properties=phone&properties=company,%20nonsense").await,
        asked
    );
    assert_eq!(names("?properties=phone%2Ccompany").await, asked);
    let read = crm.contact(&id, "phone").await;
    assert_eq!(read["phone"], Value::Null);
}

#[tokio::test]
async fn a_record_is_found_by_a_unique_property_and_by_no_other() {
    let crm = TestPortal::new();
    let id = crm
        .given_contact(json!({ "email": "a@x.example", "apollo_id": "A1" }))
        .await;

    let by_email = crm
        .get(&format!("{CONTACTS}/A%40x.example?idProperty=email"))
        .await
        .expect(200);
    let by_own = crm
        .get(&format!("{CONTACTS}/a1?idProperty=apollo_id"))
        .await
        .expect(200);
    crm.get(&format!("{CONTACTS}/Ada?idProperty=firstname"))
        .await
        .expect(400);
    crm.patch(
        &format!("{CONTACTS}/a@x.example?idProperty=email"),
        json!({ "properties": { "city": "Oslo" } }),
    )
    .await
    .expect(200);

    assert_eq!([by_email.id(), by_own.id()], [id.clone(), id.clone()]);
    assert_eq!(crm.contact(&id, "city").await["city"], "Oslo");
}

#[tokio::test]
async fn a_change_answers_with_what_changed_and_stamps() {
    let crm = TestPortal::new();
    let id = crm
        .given_contact(json!({ "email": "a@x.example", "firstname": "Ada" }))
        .await;
    crm.advance(5);

    let answer = crm
        .patch(
            &format!("{CONTACTS}/{id}"),
            json!({ "properties": { "email": "b@x.example", "firstname": null } }),
        )
        .await
        .expect(200);

    assert_eq!(answer.body["updatedAt"], "2026-01-01T00:00:05.000Z");
    let names: Vec<&String> = answer.body["properties"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(
        names,
        [
            "createdate",
            "email",
            "hs_object_id",
            "hs_object_source",
            "hs_object_source_id",
            "hs_object_source_label",
            "lastmodifieddate"
        ]
    );
    assert_eq!(
        crm.contact(&id, "firstname").await["firstname"],
        Value::Null
    );
    crm.get(&format!("{CONTACTS}/a@x.example?idProperty=email"))
        .await
        .expect(404);
    crm.given_contact(json!({ "email": "a@x.example" })).await;
}

#[tokio::test]
async fn an_archived_record_is_gone_from_reads_and_its_email_is_free() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "email": "a@x.example" })).await;

    crm.delete(&format!("{CONTACTS}/{id}")).await.expect(204);

    crm.get(&format!("{CONTACTS}/{id}")).await.expect(404);
    let archived = crm
        .get(&format!("{CONTACTS}/{id}?archived=True"))
        .await
        .expect(200);
    assert_eq!(archived.body["archived"], true);
    let again = crm.given_contact(json!({ "email": "a@x.example" })).await;
    assert_ne!(again, id);
}

#[tokio::test]
async fn archiving_what_is_not_there_goes_by_the_switch() {
    let quiet = TestPortal::new();
    let loud = TestPortal::with(|spec| {
        spec.switches.delete_missing_policy = DeleteMissingPolicy::NotFound
    });

    quiet.delete(&format!("{CONTACTS}/1")).await.expect(204);
    loud.delete(&format!("{CONTACTS}/1")).await.expect(404);
}

#[tokio::test]
async fn a_list_pages_to_its_end() {
    let crm = TestPortal::new();
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(crm.given_contact(json!({})).await);
    }

    let (mut listed, mut after) = (Vec::new(), String::new());
    loop {
        let page = crm
            .get(&format!("{CONTACTS}?limit=2&after={after}"))
            .await
            .expect(200);
        listed.extend(
            page.body["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|record| record["id"].as_str().unwrap().to_owned()),
        );
        match page.body["paging"]["next"]["after"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }

    assert_eq!(listed, ids);
    crm.get(&format!("{CONTACTS}?limit=101")).await.expect(400);
}

#[tokio::test]
async fn a_create_without_properties_goes_by_the_switch() {
    let lenient = TestPortal::new();
    let strict = TestPortal::with(|spec| spec.switches.strict_create_body = true);

    lenient
        .post(CONTACTS, json!({ "email": "a@x.example" }))
        .await
        .expect(201);
    strict
        .post(CONTACTS, json!({ "email": "a@x.example" }))
        .await
        .expect(400);
}

#[tokio::test]
async fn a_task_gets_its_defaults() {
    let crm = TestPortal::new();
    let body = json!({ "properties": { "hs_timestamp": "2026-01-02T09:00:00Z", "hs_task_subject": "Call", "hs_task_status": "COMPLETED" } });

    let task = crm.post("/crm/v3/objects/tasks", body).await.expect(201);

    for (name, value) in [
        ("hs_timestamp", "2026-01-02T09:00:00Z"),
        ("hs_task_type", "TODO"),
        ("hs_task_status", "COMPLETED"),
        ("hs_task_is_completed", "1"),
        ("hs_createdate", "2026-01-01T00:00:00.000Z"),
    ] {
        assert_eq!(task.property(name), value, "{name}");
    }
    assert_eq!(task.body["properties"].get("hubspot_owner_id"), None);
}

#[tokio::test]
async fn a_cleared_default_stays_cleared() {
    let crm = TestPortal::new();

    let id = crm.given_contact(json!({ "lifecyclestage": "" })).await;

    assert_eq!(
        crm.contact(&id, "lifecyclestage").await["lifecyclestage"],
        Value::Null
    );
}

#[tokio::test]
async fn custom_types_and_seeded_records_are_there() {
    let crm = TestPortal::with(|spec| {
        spec.objects.push(ObjectSpec {
            name: "vehicle".to_owned(),
            ..ObjectSpec::default()
        });
        spec.properties.push(mock_crm::hubspot::spec::PropertySpec {
            object: "vehicle".to_owned(),
            name: "plate".to_owned(),
            ..Default::default()
        });
        spec.records.push(RecordSpec {
            object: "contacts".to_owned(),
            owner: Some("Sam Low".to_owned()),
            properties: [("email".to_owned(), "old@x.example".to_owned())].into(),
            ..RecordSpec::default()
        });
    });

    let vehicle = crm
        .post(
            "/crm/v3/objects/vehicles",
            json!({ "properties": { "plate": "X1" } }),
        )
        .await
        .expect(201);
    let old = crm.get(&format!("{CONTACTS}/old@x.example?idProperty=email&properties=hubspot_owner_id,hs_object_source,hs_created_by_user_id")).await.expect(200);

    crm.get(&format!("/crm/v3/objects/p_vehicle/{}", vehicle.id()))
        .await
        .expect(200);
    crm.get(&format!("/crm/v3/objects/2-1000000/{}", vehicle.id()))
        .await
        .expect(200);
    assert_eq!(old.property("hubspot_owner_id"), &crm.owner_id("Sam Low"));
    assert_eq!(old.property("hs_object_source"), "CRM_UI");
    assert_eq!(
        old.property("hs_created_by_user_id"),
        &crm.user_id("Dana Reyes")
    );
    assert_eq!(crm.creates().len(), 1, "a seeded record has no row");
    assert_eq!(crm.creates()[0].object, "vehicles");
}

#[tokio::test]
async fn definitions_can_be_read() {
    let crm = TestPortal::new();

    let owner = crm
        .get("/crm/v3/properties/contacts/hubspot_owner_id")
        .await
        .expect(200);
    let all = crm
        .get("/crm/properties/2026-03/contacts")
        .await
        .expect(200);
    crm.get("/crm/v3/properties/contacts/nonsense")
        .await
        .expect(404);

    assert_eq!(
        (
            &owner.body["externalOptions"],
            &owner.body["referencedObjectType"]
        ),
        (&json!(true), &json!("OWNER"))
    );
    let custom = all.body["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|property| property["name"] == "apollo_id");
    assert_eq!(custom.unwrap()["hasUniqueValue"], true);
}

#[tokio::test]
async fn what_was_written_survives_many_changes() {
    let crm = TestPortal::new();
    let id = crm
        .given_contact(json!({ "email": "a@x.example", "zip": "1", "city": "Oslo" }))
        .await;
    let path = format!("{CONTACTS}/{id}");

    for number in 1..=25 {
        crm.advance(1);
        let changed =
            json!({ "properties": { "zip": number, "address": "Street", "apollo_id": "a1" } });
        crm.patch(&path, changed).await.expect(200);
    }

    let read = crm.contact(&id, "email,zip,city,address,apollo_id").await;
    assert_eq!(
        [&read["email"], &read["zip"], &read["city"]],
        ["a@x.example", "25", "Oslo"]
    );
    assert_eq!([&read["address"], &read["apollo_id"]], ["Street", "a1"]);
    let history = crm.get(&format!("{path}?propertiesWithHistory=zip")).await;
    let history = history.body["propertiesWithHistory"]["zip"]
        .as_array()
        .unwrap();
    assert_eq!((history.len(), &history[0]["value"]), (20, &json!("25")));
}
