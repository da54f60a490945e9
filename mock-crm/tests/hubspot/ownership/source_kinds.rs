//! Records that came by pages, imports and forms, and the details of a source.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};
use crate::ownership::STAMPS;
use mock_crm::hubspot::spec::{FormSpec, ImportSpec, RecordSpec, SourceDetails};

/// A contact that Sam brought in, read with its stamps.
async fn seeded(change: impl FnOnce(&mut RecordSpec)) -> (TestPortal, Value) {
    let mut record = RecordSpec {
        object: "contacts".to_owned(),
        created_by: Some("Sam Low".to_owned()),
        properties: [("email".to_owned(), "old@x.example".to_owned())].into(),
        ..RecordSpec::default()
    };
    change(&mut record);
    let crm = TestPortal::with(|spec| spec.records.push(record));
    let asked = format!("properties={STAMPS},hs_was_imported&propertiesWithHistory=email");
    let path = format!("{CONTACTS}/old@x.example?idProperty=email&{asked}");
    let read = crm.get(&path).await.expect(200);
    (crm, read.body)
}

#[track_caller]
fn check(stamps: &Value, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        let shown = stamps[name].as_str().unwrap_or_default();
        assert_eq!(shown, *value, "{name}");
    }
}

#[tokio::test]
async fn a_record_made_in_the_pages_shows_its_user_everywhere() {
    let (crm, read) = seeded(|_| {}).await;
    let sam = crm.user_id("Sam Low");

    let expected = [
        ("hs_object_source", "CRM_UI"),
        ("hs_object_source_label", "CRM_UI"),
        ("hs_object_source_id", &*format!("userId:{sam}")),
        ("hs_object_source_user_id", &sam),
        ("hs_created_by_user_id", &sam),
        ("hs_updated_by_user_id", &sam),
        ("hs_object_source_detail_1", "Sam Low"),
    ];
    check(&read["properties"], &expected);
    let entry = &read["propertiesWithHistory"]["email"][0];
    assert_eq!(entry["sourceType"], "CRM_UI");
    assert_eq!(entry["sourceId"], format!("userId:{sam}"));
    assert_eq!(entry["updatedByUserId"].to_string(), sam);
}

#[tokio::test]
async fn an_imported_record_shows_the_import_and_its_user() {
    let import = ImportSpec {
        id: 31_947_329,
        file: "leads.csv".to_owned(),
    };
    let (crm, read) = seeded(|record| record.import = Some(import)).await;
    let sam = crm.user_id("Sam Low");

    let expected = [
        ("hs_object_source", "IMPORT"),
        ("hs_object_source_label", "IMPORT"),
        ("hs_object_source_id", "31947329"),
        ("hs_object_source_user_id", &sam),
        ("hs_created_by_user_id", &sam),
        ("hs_updated_by_user_id", &sam),
        ("hs_object_source_detail_1", "leads.csv"),
        ("hs_was_imported", "true"),
    ];
    check(&read["properties"], &expected);
    let entry = &read["propertiesWithHistory"]["email"][0];
    assert_eq!(entry["sourceId"], "31947329");
    assert_eq!(entry["updatedByUserId"].to_string(), sam);
}

#[tokio::test]
async fn a_record_of_a_form_shows_the_form_and_nobody() {
    let form = FormSpec {
        id: "b4e1-77".to_owned(),
        name: "Contact us".to_owned(),
    };
    let (_, read) = seeded(|record| record.form = Some(form)).await;

    let expected = [
        ("hs_object_source", "FORM"),
        ("hs_object_source_id", "b4e1-77"),
        ("hs_object_source_detail_1", "Contact us"),
        ("hs_object_source_user_id", ""),
        ("hs_created_by_user_id", ""),
        ("hs_updated_by_user_id", ""),
    ];
    check(&read["properties"], &expected);
}

#[tokio::test]
async fn a_change_by_an_app_leaves_the_user_of_the_pages_as_creator_and_updater() {
    let (crm, read) = seeded(|_| {}).await;
    let id = read["id"].as_str().unwrap();

    let body = json!({ "properties": { "city": "Oslo" } });
    let path = format!("{CONTACTS}/{id}");
    crm.patch(&path, body).await.expect(200);

    let after = crm.contact(id, STAMPS).await;
    for name in STAMPS.split(',') {
        assert_eq!(after[name], read["properties"][name], "{name}");
    }
}

#[tokio::test]
async fn the_first_detail_is_not_in_the_answer_of_a_create_and_comes_later() {
    let crm = TestPortal::with(|spec| spec.switches.source_detail_lag_milliseconds = 5_000);

    let created = crm.post(CONTACTS, json!({ "properties": {} })).await;
    let at_once = crm.contact(&created.id(), STAMPS).await;
    crm.advance(5);
    let later = crm.contact(&created.id(), STAMPS).await;

    let name = "hs_object_source_detail_1";
    assert_eq!(created.expect(201).body["properties"].get(name), None);
    assert_eq!(at_once[name], Value::Null);
    assert_eq!(later[name], "Sync app");
}

#[tokio::test]
async fn an_app_can_set_the_second_and_third_detail_when_it_creates_and_never_again() {
    let crm = TestPortal::new();
    let details =
        json!({ "hs_object_source_detail_2": "Push", "hs_object_source_detail_3": "Run 7" });

    let id = crm.given_contact(details.clone()).await;

    let asked = "hs_object_source_detail_2,hs_object_source_detail_3";
    let read = crm.contact(&id, asked).await;
    check(
        &read,
        &[
            ("hs_object_source_detail_2", "Push"),
            ("hs_object_source_detail_3", "Run 7"),
        ],
    );
    let path = format!("{CONTACTS}/{id}");
    let refused = crm.patch(&path, json!({ "properties": details })).await;
    let refused = refused.expect(400);
    for error in refused.body["errors"].as_array().unwrap() {
        assert_eq!(error["code"], "READ_ONLY_VALUE");
    }
}

#[tokio::test]
async fn no_detail_can_be_set_where_the_switch_says_so() {
    let crm = TestPortal::with(|spec| spec.switches.source_details = SourceDetails::ReadOnly);

    for number in 1..=3 {
        let name = format!("hs_object_source_detail_{number}");
        let body = json!({ "properties": { name: "x" } });
        let refused = crm.post(CONTACTS, body).await.expect(400);
        assert_eq!(refused.body["errors"][0]["code"], "READ_ONLY_VALUE");
    }
}
