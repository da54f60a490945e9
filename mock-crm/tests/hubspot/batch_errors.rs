//! What a batch refuses whole, what it refuses in part, and in which order it looks.

use mock_crm::hubspot::spec::ErrorSchemaMode;
use serde_json::{Value, json};

use crate::harness::{Answer, CONTACTS, TestPortal};

fn batch(operation: &str) -> String {
    format!("{CONTACTS}/batch/{operation}")
}

/// The errors of a batch that was done in part.
#[track_caller]
fn errors(answer: &Answer) -> &Value {
    assert_eq!(answer.body["status"], "COMPLETE");
    let errors = &answer.body["errors"];
    assert_eq!(
        answer.body["numErrors"],
        errors.as_array().map_or(0, Vec::len)
    );
    errors
}

#[tokio::test]
async fn an_update_of_missing_records_says_which_and_whose() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;
    let input = |id: &str, trace: &str| json!({ "id": id, "objectWriteTraceId": trace, "properties": { "city": "x" } });
    let inputs = json!({ "inputs": [input("7", "a"), input(&id, "b"), input("unknown888", "c")] });

    let answer = crm.post(&batch("update"), inputs).await.expect(207);

    insta::assert_json_snapshot!(errors(&answer), @r#"
    [
      {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "message": "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.",
        "context": {
          "ids": [
            "7",
            "unknown888"
          ],
          "objectWriteTraceId": [
            "a",
            "c"
          ]
        }
      }
    ]
    "#);
    assert_eq!(answer.body["results"][0]["objectWriteTraceId"], "b");
}

#[tokio::test]
async fn the_errors_of_a_batch_have_what_the_published_models_require_where_a_portal_says_so() {
    let crm = TestPortal::with(|spec| {
        spec.switches.error_schema_mode = ErrorSchemaMode::Specified;
    });

    let answer = crm
        .post(&batch("read"), json!({ "inputs": [{ "id": "7" }] }))
        .await
        .expect(207);

    let error = &errors(&answer)[0];
    assert_eq!(error["context"], json!({ "ids": ["7"] }));
    assert_eq!(
        (&error["errors"], &error["links"]),
        (&json!([]), &json!({}))
    );
}

#[tokio::test]
async fn trace_ids_that_are_not_unique_tell_nothing_apart() {
    let crm = TestPortal::new();
    crm.given_contact(json!({ "email": "a@x.example" })).await;
    let input = |email: &str, trace: Value| json!({ "properties": { "email": email }, "objectWriteTraceId": trace });
    for traces in [[json!("1"), json!("1")], [json!("1"), Value::Null]] {
        let [one, other] = traces;
        let inputs = json!({ "inputs": [input("a@x.example", one), input("b@x.example", other)] });

        let answer = crm.post(&batch("create"), inputs).await.expect(409);

        assert_eq!(answer.body["category"], "CONFLICT");
        assert_eq!(crm.creates().len(), 1);
    }
}

#[tokio::test]
async fn the_second_of_two_equal_inputs_conflicts_with_the_first() {
    let crm = TestPortal::new();
    let input = |trace: &str| json!({ "properties": { "email": "a@x.example" }, "objectWriteTraceId": trace });

    let answer = crm
        .post(
            &batch("create"),
            json!({ "inputs": [input("1"), input("2")] }),
        )
        .await
        .expect(207);

    let created = answer.body["results"][0]["id"].clone();
    let context = json!({ "objectWriteTraceId": ["2"], "existingId": [created] });
    assert_eq!(errors(&answer)[0]["context"], context);
    assert_eq!(crm.creates().len(), 1);
}

#[tokio::test]
async fn values_are_looked_at_before_what_is_taken_and_nothing_is_written() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "email": "a@x.example" })).await;
    let other = crm.given_contact(json!({ "email": "b@x.example" })).await;
    let bad = |more: Value| {
        let mut input = json!({ "properties": { "score": "many", "city": "x" } });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    let taken = json!({ "properties": { "email": "a@x.example" } });
    let changed = json!({ "id": other, "properties": { "email": "a@x.example" } });
    let upserted =
        json!({ "id": "a@x.example", "idProperty": "email", "properties": { "city": "x" } });
    for (operation, inputs, status) in [
        ("create", json!([taken, bad(json!({}))]), 400),
        (
            "create",
            json!([taken, json!({ "properties": { "city": "x" } })]),
            409,
        ),
        ("update", json!([changed, bad(json!({ "id": id }))]), 400),
        ("update", json!([changed]), 409),
        (
            "upsert",
            json!([
                upserted,
                bad(json!({ "id": "new@x.example", "idProperty": "email" }))
            ]),
            400,
        ),
    ] {
        let answer = crm
            .post(&batch(operation), json!({ "inputs": inputs }))
            .await
            .expect(status);

        let category = if status == 409 {
            "CONFLICT"
        } else {
            "VALIDATION_ERROR"
        };
        assert_eq!(answer.body["category"], category, "{operation}");
        assert_eq!(crm.creates().len(), 2, "{operation}");
        assert_eq!(
            crm.contact(&id, "city").await["city"],
            Value::Null,
            "{operation}"
        );
    }
}

#[tokio::test]
async fn the_problems_of_all_inputs_are_told_at_once() {
    let crm = TestPortal::new();
    let inputs = json!([{ "properties": { "nope": "1" } }, { "properties": {} }, { "properties": { "score": "x", "vip": "y" } }]);

    let answer = crm
        .post(&batch("create"), json!({ "inputs": inputs }))
        .await
        .expect(400);

    let codes: Vec<&Value> = (answer.body["errors"].as_array().unwrap().iter())
        .map(|error| &error["code"])
        .collect();
    assert_eq!(
        codes,
        [
            "PROPERTY_DOESNT_EXIST",
            "INVALID_LONG",
            "PROPERTY_DOESNT_EXIST"
        ]
    );
}

#[tokio::test]
async fn an_input_without_an_id_is_a_wrong_body() {
    let crm = TestPortal::new();
    let input = json!({ "inputs": [{ "properties": { "city": "x" } }] });
    for operation in ["read", "update", "upsert", "archive"] {
        let answer = crm.post(&batch(operation), input.clone()).await.expect(400);

        let message = answer.body["message"].as_str().unwrap();
        assert!(
            message.starts_with("Invalid input JSON on line 1, column "),
            "{message}"
        );
        assert!(
            message.ends_with(". Some required fields were not set: [id]"),
            "{message}"
        );
        assert_eq!(answer.body.get("category"), None);
    }
}

#[tokio::test]
async fn each_operation_takes_one_to_a_hundred_inputs() {
    let crm = TestPortal::new();
    let input = |number: usize| json!({ "id": format!("{number}@x.example"), "idProperty": "email", "properties": { "city": "x" } });
    for (operation, full) in [
        ("create", 201),
        ("read", 207),
        ("update", 207),
        ("upsert", 200),
        ("archive", 204),
    ] {
        for (inputs, status) in [(0, 400), (100, full), (101, 400)] {
            let inputs: Vec<Value> = (0..inputs).map(input).collect();
            let answer = crm
                .post(&batch(operation), json!({ "inputs": inputs }))
                .await
                .expect(status);
            if status == 400 {
                assert_eq!(answer.body["category"], "VALIDATION_ERROR");
            }
        }
    }
}

#[tokio::test]
async fn an_id_that_is_named_three_times_is_told_once() {
    let crm = TestPortal::new();
    let input = json!({ "id": "5", "properties": { "city": "x" } });

    let answer = crm
        .post(&batch("update"), json!({ "inputs": [input, input, input] }))
        .await
        .expect(400);

    assert_eq!(answer.body["context"], json!({ "ids": ["5"] }));
}
