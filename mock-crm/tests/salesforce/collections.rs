//! Many records in one call.

use http::StatusCode;
use insta::assert_compact_json_snapshot;
use mock_crm::salesforce::{CustomFieldSpec, OrgSpec};
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};

pub(crate) fn with_external_id(unique: bool) -> OrgSpec {
    OrgSpec {
        custom_fields: vec![CustomFieldSpec {
            object: "Contact".to_owned(),
            name: "Apollo_Id__c".to_owned(),
            external_id: true,
            unique,
            ..CustomFieldSpec::default()
        }],
        ..spec()
    }
}

fn records(all_or_none: bool, records: &[Value]) -> Value {
    let typed = records.iter().map(|record| {
        let mut typed = record.clone();
        if typed["attributes"].is_null() {
            typed["attributes"] = json!({ "type": "Contact" });
        }
        typed
    });
    json!({ "allOrNone": all_or_none, "records": typed.collect::<Vec<_>>() })
}

#[tokio::test]
async fn rows_are_answered_in_order_and_good_ones_are_kept() {
    let crm = TestOrg::new();
    let account = json!({ "attributes": { "type": "account" }, "Name": "Acme" });
    let body = records(
        false,
        &[
            json!({ "LastName": "Lee" }),
            json!({ "FirstName": "Bob" }),
            account,
        ],
    );

    let answer = crm.post("Dana Reyes", "/composite/sobjects", body).await;

    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body[0]["success"], true);
    assert_compact_json_snapshot!(answer.body[1], @r#"
    {
      "success": false,
      "errors": [
        {
          "statusCode": "REQUIRED_FIELD_MISSING",
          "message": "Required fields are missing: [LastName]",
          "fields": [
            "LastName"
          ]
        }
      ]
    }
    "#);
    let objects: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| (row.object, row.api, row.created_by))
        .collect();
    let dana = crm.id("Dana Reyes");
    let row = |object: &str| (object.to_owned(), "collections".to_owned(), dana.clone());
    assert_eq!(objects, [row("Contact"), row("Account")]);
}

#[tokio::test]
async fn all_or_none_keeps_none_when_one_is_bad() {
    let crm = TestOrg::new();
    let body = records(
        true,
        &[
            json!({ "LastName": "Lee" }),
            json!({ "LastName": "Ash", "OwnerId": "INVALID" }),
        ],
    );

    let answer = crm.post("Dana Reyes", "/composite/sobjects", body).await;

    assert_compact_json_snapshot!(answer.body, @r#"
    [
      {
        "success": false,
        "errors": [
          {
            "statusCode": "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "message": "Record rolled back because not all records were valid and the request was using AllOrNone header",
            "fields": []
          }
        ]
      },
      {
        "success": false,
        "errors": [
          {
            "statusCode": "MALFORMED_ID",
            "message": "Owner ID: id value of incorrect type: INVALID",
            "fields": [
              "OwnerId"
            ]
          }
        ]
      }
    ]
    "#);
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn two_rows_with_one_unique_value_are_not_both_kept() {
    for all_or_none in [true, false] {
        let crm = TestOrg::of(with_external_id(true));
        let row = |last: &str| json!({ "LastName": last, "Apollo_Id__c": "a1" });
        let body = records(all_or_none, &[row("Lee"), row("Ash")]);

        let answer = crm.post("Dana Reyes", "/composite/sobjects", body).await;

        assert_eq!(
            answer.body[1]["errors"][0]["statusCode"], "DUPLICATE_VALUE",
            "{}",
            answer.text
        );
        assert_eq!(crm.creates().len(), usize::from(!all_or_none));
    }
}

#[tokio::test]
async fn updates_and_deletes_name_their_records() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let body = records(
        false,
        &[
            json!({ "id": id, "Title": "CEO" }),
            json!({ "Title": "no id" }),
        ],
    );

    let updated = crm.patch("Dana Reyes", "/composite/sobjects", body).await;
    let title = crm
        .get("Dana Reyes", &format!("/sobjects/Contact/{id}"))
        .await
        .body["Title"]
        .clone();
    let deleted = crm
        .delete(
            "Dana Reyes",
            &format!("/composite/sobjects?ids={id},003000000000001&allOrNone=false"),
        )
        .await;

    assert_eq!(
        (
            &updated.body[0]["success"],
            &updated.body[1]["success"],
            title
        ),
        (&json!(true), &json!(false), json!("CEO"))
    );
    assert_eq!(deleted.body[0]["success"], true);
    assert_eq!(
        deleted.body[1]["errors"][0]["statusCode"],
        "INVALID_CROSS_REFERENCE_KEY"
    );
}

#[tokio::test]
async fn an_upsert_says_of_each_row_whether_it_was_created() {
    let crm = TestOrg::of(with_external_id(true));
    let row = |id: &str| json!({ "LastName": "Lee", "Apollo_Id__c": id });
    let path = "/composite/sobjects/Contact/Apollo_Id__c";
    crm.patch("Dana Reyes", path, records(false, &[row("a1")]))
        .await;

    let answer = crm
        .patch("Robin Cole", path, records(false, &[row("A1"), row("a2")]))
        .await;

    let created = [&answer.body[0]["created"], &answer.body[1]["created"]];
    assert_eq!(created, [&json!(false), &json!(true)], "{}", answer.text);
    let id = answer.body[0]["id"].as_str().unwrap();
    assert_eq!(
        crm.owner_and_creator("Contact", id).await.0,
        crm.id("Dana Reyes")
    );
}

#[tokio::test]
async fn a_failed_all_or_none_upsert_answers_created_for_every_row() {
    let crm = TestOrg::of(with_external_id(true));
    let body = records(
        true,
        &[
            json!({ "LastName": "Lee", "Apollo_Id__c": "a1", "OwnerId": "INVALID" }),
            json!({ "LastName": "Ash", "Apollo_Id__c": "a2" }),
        ],
    );

    let answer = crm
        .patch(
            "Dana Reyes",
            "/composite/sobjects/Contact/Apollo_Id__c",
            body,
        )
        .await;

    let row = |place: usize| {
        let row = &answer.body[place];
        (
            row["success"].clone(),
            row["created"].clone(),
            row["errors"][0]["statusCode"].clone(),
        )
    };
    assert_eq!(row(0), (json!(false), json!(true), json!("MALFORMED_ID")));
    assert_eq!(
        row(1),
        (
            json!(false),
            json!(true),
            json!("ALL_OR_NONE_OPERATION_ROLLED_BACK")
        )
    );
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn many_records_are_read_at_once() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    let by_get = crm
        .get(
            "Dana Reyes",
            &format!("/composite/sobjects/Contact?ids={id},003000000000001&fields=LastName"),
        )
        .await;
    let body = json!({ "ids": [id, "003000000000001"], "fields": ["LastName"] });
    let by_post = crm
        .post("Dana Reyes", "/composite/sobjects/Contact", body)
        .await;

    assert_eq!(by_get.text, by_post.text);
    assert_eq!(
        (&by_get.body[0]["LastName"], &by_get.body[1]),
        (&json!("Lee"), &Value::Null)
    );
}

#[tokio::test]
async fn more_than_200_records_are_refused() {
    let crm = TestOrg::new();
    let rows = vec![json!({ "LastName": "Lee" }); 201];

    let answer = crm
        .post("Dana Reyes", "/composite/sobjects", records(false, &rows))
        .await;

    assert_compact_json_snapshot!(answer.body, @r#"
    [
      {
        "message": "record limit reached. cannot submit more than 200 records in this request",
        "errorCode": "EXCEEDED_ID_LIMIT"
      }
    ]
    "#);
    assert_eq!(crm.creates(), []);
}
