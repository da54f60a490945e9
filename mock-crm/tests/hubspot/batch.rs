//! Many records in one call: what fails whole, what fails in part, and who is in the ledger.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

fn batch(operation: &str) -> String {
    format!("{CONTACTS}/batch/{operation}")
}

fn ids(body: &Value) -> Vec<String> {
    let results = body["results"].as_array().unwrap();
    results
        .iter()
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn one_bad_owner_in_a_batch_writes_nothing() {
    let crm = TestPortal::new();
    let owners = [
        crm.owner_id("Dana Reyes"),
        crm.user_id("Dana Reyes"),
        crm.owner_id("Sam Low"),
    ];
    let inputs: Vec<Value> = owners
        .iter()
        .map(|owner| json!({ "properties": { "hubspot_owner_id": owner } }))
        .collect();

    let answer = crm
        .post(&batch("create"), json!({ "inputs": inputs }))
        .await
        .expect(400);

    assert_eq!(answer.body["errors"][0]["code"], "INVALID_OWNER_ID");
    assert!(crm.creates().is_empty());
}

#[tokio::test]
async fn each_record_of_a_batch_has_its_own_row_and_owner() {
    let crm = TestPortal::new();
    let (dana, sam) = (crm.owner_id("Dana Reyes"), crm.owner_id("Sam Low"));
    let inputs = json!([
        { "properties": { "firstname": "A", "hubspot_owner_id": dana }, "objectWriteTraceId": "0" },
        { "properties": { "firstname": "B", "hubspot_owner_id": sam }, "objectWriteTraceId": "1" },
        { "properties": { "firstname": "C" } },
    ]);

    let answer = crm
        .post(&batch("create"), json!({ "inputs": inputs }))
        .await
        .expect(201);

    assert_eq!(answer.body["status"], "COMPLETE");
    assert_eq!(answer.body["results"][1]["objectWriteTraceId"], "1");
    let rows: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| (row.owner, row.api))
        .collect();
    let batch = "batch".to_owned();
    assert_eq!(
        rows,
        [
            (Some(dana), batch.clone()),
            (Some(sam), batch.clone()),
            (None, batch)
        ]
    );
}

#[tokio::test]
async fn results_come_in_another_order_that_the_seed_decides() {
    let order = async || {
        let crm = TestPortal::with(|spec| spec.switches.shuffle_batch_results = true);
        let inputs: Vec<Value> = (0..10)
            .map(|number| json!({ "properties": { "firstname": number } }))
            .collect();
        let answer = crm
            .post(&batch("create"), json!({ "inputs": inputs }))
            .await
            .expect(201);
        ids(&answer.body)
    };

    let (first, second) = (order().await, order().await);

    let mut sorted = first.clone();
    sorted.sort();
    assert_ne!(first, sorted);
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_taken_email_fails_the_batch_or_its_item_if_items_can_be_told_apart() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "email": "a@x.example" })).await;
    let plain = json!({ "inputs": [{ "properties": { "email": "a@x.example" } }, { "properties": { "email": "b@x.example" } }] });
    let traced = json!({ "inputs": [
        { "properties": { "email": "a@x.example" }, "objectWriteTraceId": "0" },
        { "properties": { "email": "b@x.example" }, "objectWriteTraceId": "1" },
        { "properties": { "email": "B@x.example" }, "objectWriteTraceId": "2" },
    ] });

    let whole = crm.post(&batch("create"), plain).await.expect(409);
    assert_eq!(crm.creates().len(), 1);
    let partial = crm.post(&batch("create"), traced).await.expect(207);

    assert_eq!(
        whole.body["message"],
        format!("Contact already exists. Existing ID: {id}")
    );
    assert_eq!(partial.body["numErrors"], 2);
    let expected = json!({
        "status": "error", "category": "CONFLICT", "message": format!("Contact already exists. Existing ID: {id}"),
        "context": { "objectWriteTraceId": ["0"], "existingId": [id] },
    });
    assert_eq!(partial.body["errors"][0], expected);
    assert_eq!(ids(&partial.body).len(), 1);
    assert_eq!(crm.creates().len(), 2);
}

#[tokio::test]
async fn one_email_twice_in_a_batch_is_a_conflict() {
    let crm = TestPortal::new();
    let inputs = json!([{ "properties": { "email": "a@x.example" } }, { "properties": { "email": "a@x.example" } }]);

    let answer = crm
        .post(&batch("create"), json!({ "inputs": inputs }))
        .await
        .expect(409);

    assert_eq!(answer.body["message"], "Contact already exists");
    assert!(crm.creates().is_empty());
}

#[tokio::test]
async fn a_batch_read_lists_what_is_missing_in_one_error() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "email": "a@x.example" })).await;
    let by_id =
        json!({ "inputs": [{ "id": id }, { "id": 1 }, { "id": "x" }], "properties": ["phone"] });
    let by_email = json!({ "inputs": [{ "id": "A@x.example" }], "idProperty": "email" });

    let partial = crm.post(&batch("read"), by_id).await.expect(207);
    let whole = crm.post(&batch("read"), by_email).await.expect(200);

    insta::assert_json_snapshot!(partial.body["errors"], @r#"
    [
      {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "message": "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.",
        "context": {
          "ids": [
            "1",
            "x"
          ]
        }
      }
    ]
    "#);
    assert_eq!(
        partial.body["results"][0]["properties"]["phone"],
        Value::Null
    );
    assert_eq!(ids(&whole.body), [id]);
    assert_eq!(whole.body.get("numErrors"), None);
}

#[tokio::test]
async fn a_batch_update_changes_what_is_there() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "email": "a@x.example" })).await;
    let inputs = json!([
        { "id": id, "properties": { "firstname": "Ada" } },
        { "id": "1", "properties": { "firstname": "Bea" }, "objectWriteTraceId": "t" },
    ]);

    let answer = crm
        .post(&batch("update"), json!({ "inputs": inputs }))
        .await
        .expect(207);

    assert_eq!(
        answer.body["errors"][0]["context"],
        json!({ "ids": ["1"], "objectWriteTraceId": ["t"] })
    );
    assert_eq!(crm.contact(&id, "firstname").await["firstname"], "Ada");
}

#[tokio::test]
async fn a_batch_names_each_record_once_and_at_least_one() {
    let crm = TestPortal::new();
    let twice = json!({ "inputs": [{ "id": "5", "properties": { "city": "x" } }, { "id": 5, "properties": { "city": "y" } }] });
    let many: Vec<Value> = (0..101).map(|_| json!({ "properties": {} })).collect();

    let duplicate = crm.post(&batch("update"), twice).await.expect(400);
    let empty = crm
        .post(&batch("create"), json!({ "inputs": [] }))
        .await
        .expect(400);
    crm.post(&batch("create"), json!({ "inputs": many }))
        .await
        .expect(400);

    assert_eq!(
        duplicate.body["message"],
        "Duplicate IDs found in batch input: [5]. IDs must be unique"
    );
    assert_eq!(duplicate.body["context"], json!({ "ids": ["5"] }));
    assert_eq!(
        empty.body["message"],
        "Batch input provided should have at least one object."
    );
}

#[tokio::test]
async fn an_upsert_creates_or_changes_and_leaves_the_creator_of_what_was_there() {
    let mut crm = TestPortal::new();
    let (dana, sam) = (crm.owner_id("Dana Reyes"), crm.owner_id("Sam Low"));
    let old = crm
        .given_contact(json!({ "apollo_id": "a1", "hubspot_owner_id": dana }))
        .await;
    crm.use_token(&crm.token_of("Sam Low", "other"));
    let inputs = json!([
        { "id": "a1", "idProperty": "apollo_id", "properties": { "firstname": "Ada" }, "objectWriteTraceId": "x" },
        { "id": "a2", "idProperty": "apollo_id", "properties": { "firstname": "Bea", "hubspot_owner_id": sam } },
    ]);

    let answer = crm
        .post(&batch("upsert"), json!({ "inputs": inputs }))
        .await
        .expect(200);

    let results = answer.body["results"].as_array().unwrap();
    assert_eq!(
        [&results[0]["new"], &results[1]["new"]],
        [&json!(false), &json!(true)]
    );
    assert_eq!(results[0]["objectWriteTraceId"], "x");
    let read = crm
        .contact(&old, "hs_object_source_id,hubspot_owner_id,firstname")
        .await;
    assert_eq!(
        (&read["hs_object_source_id"], &read["hubspot_owner_id"]),
        (&json!("9280840"), &json!(dana))
    );
    let rows = crm.creates();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&*rows[1].api, &*rows[1].created_by),
        ("upsert", &*crm.user_id("Sam Low"))
    );
    let new = results[1]["id"].as_str().unwrap();
    assert_eq!(crm.contact(new, "apollo_id").await["apollo_id"], "a2");
}

#[tokio::test]
async fn an_upsert_needs_a_unique_property() {
    let crm = TestPortal::new();
    let inputs = json!([{ "id": "1", "properties": { "firstname": "Ada" } }]);

    crm.post(&batch("upsert"), json!({ "inputs": inputs }))
        .await
        .expect(400);
}

#[tokio::test]
async fn a_batch_archive_takes_what_is_there() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;

    crm.post(
        &batch("archive"),
        json!({ "inputs": [{ "id": id }, { "id": "1" }] }),
    )
    .await
    .expect(204);

    crm.get(&format!("{CONTACTS}/{id}")).await.expect(404);
}
