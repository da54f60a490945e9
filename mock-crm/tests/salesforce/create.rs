//! What a create must bring, and what is made of it.

use http::{Method, StatusCode};
use insta::{assert_compact_json_snapshot, assert_json_snapshot};
use serde_json::{Value, json};

use crate::harness::TestOrg;

/// A create that is refused.
async fn refused(object: &str, fields: Value) -> Value {
    let crm = TestOrg::new();

    let answer = crm
        .post("Dana Reyes", &format!("/sobjects/{object}"), fields)
        .await;

    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    assert_eq!(crm.creates(), []);
    answer.body
}

#[tokio::test]
async fn a_create_answers_with_the_id_and_where_the_record_is() {
    let crm = TestOrg::new();

    let answer = crm
        .post(
            "Dana Reyes",
            "/sobjects/contact/",
            json!({ "lastname": "Lee" }),
        )
        .await;

    let id = answer.id();
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(
        answer.text,
        format!(r#"{{"id":"{id}","success":true,"errors":[]}}"#)
    );
    let location = format!("/services/data/v60.0/sobjects/Contact/{id}");
    assert_eq!(answer.header("location"), Some(&*location));
    assert!(id.starts_with("003") && id.len() == 18, "{id}");
}

#[tokio::test]
async fn the_ledger_says_who_created_it_and_why() {
    let crm = TestOrg::new();
    crm.given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    let creates = crm.creates();

    assert_json_snapshot!(creates, @r#"
    [
      {
        "sequence": 1,
        "created_at": "2026-01-01T00:00:03.000Z",
        "crm": "salesforce",
        "org": "00D001000000000EAA",
        "object": "Contact",
        "record": "003001000000011AAA",
        "api": "rest",
        "owner_requested": null,
        "owner": "00500100000000DAAQ",
        "owner_user": "00500100000000DAAQ",
        "owner_reason": "caller_default",
        "created_by": "00500100000000DAAQ",
        "created_by_reason": "token",
        "token": "t2",
        "app": "app",
        "user": "00500100000000DAAQ",
        "request": "q1"
      }
    ]
    "#);
}

#[tokio::test]
async fn all_missing_fields_are_named_at_once() {
    let body = refused("Lead", json!({ "FirstName": "Ann" })).await;

    assert_compact_json_snapshot!(body, @r#"
    [
      {
        "message": "Required fields are missing: [LastName, Company]",
        "errorCode": "REQUIRED_FIELD_MISSING",
        "fields": [
          "LastName",
          "Company"
        ]
      }
    ]
    "#);
}

#[tokio::test]
async fn an_unknown_field_is_refused_by_name() {
    let body = refused("Contact", json!({ "LastName": "Lee", "Foo__c": "x" })).await;

    assert_compact_json_snapshot!(body, @r#"[{"message": "No such column 'Foo__c' on sobject of type Contact", "errorCode": "INVALID_FIELD", "fields": []}]"#);
}

#[tokio::test]
async fn several_bad_values_are_refused_one_by_one() {
    let body = refused(
        "Contact",
        json!({ "LastName": "x".repeat(81), "Email": "foo", "CleanStatus": "Sparkling" }),
    )
    .await;

    let codes: Vec<_> = body
        .as_array()
        .unwrap()
        .iter()
        .map(|error| &error["errorCode"])
        .collect();
    assert_eq!(
        codes,
        [
            "STRING_TOO_LONG",
            "INVALID_EMAIL_ADDRESS",
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
        ]
    );
    assert_eq!(body[1]["message"], "Email: invalid email address: foo");
    assert_eq!(body[1]["fields"], json!(["Email"]));
}

#[tokio::test]
async fn the_name_of_a_person_can_not_be_written() {
    let body = refused("Contact", json!({ "LastName": "Lee", "Name": "Ann Lee" })).await;

    assert_compact_json_snapshot!(body, @r#"
    [
      {
        "message": "Unable to create/update fields: Name. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
        "errorCode": "INVALID_FIELD_FOR_INSERT_UPDATE",
        "fields": [
          "Name"
        ]
      }
    ]
    "#);
}

#[tokio::test]
async fn an_id_in_an_insert_is_refused() {
    let body = refused(
        "Contact",
        json!({ "Id": "003000000000001", "LastName": "Lee" }),
    )
    .await;

    assert_eq!(body[0]["message"], "cannot specify Id in an insert call");
}

#[tokio::test]
async fn a_reference_to_another_object_or_to_nothing_is_refused() {
    let wrong = refused(
        "Contact",
        json!({ "LastName": "Lee", "AccountId": "003000000000001" }),
    )
    .await;
    assert_compact_json_snapshot!(wrong, @r#"
    [
      {
        "message": "Account ID: id value of incorrect type: 003000000000001",
        "errorCode": "MALFORMED_ID",
        "fields": [
          "AccountId"
        ]
      }
    ]
    "#);

    let missing = refused(
        "Contact",
        json!({ "LastName": "Lee", "AccountId": "001000000000001" }),
    )
    .await;
    assert_compact_json_snapshot!(missing, @r#"[{"message": "invalid cross reference id", "errorCode": "INVALID_CROSS_REFERENCE_KEY", "fields": []}]"#);
}

#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    let crm = TestOrg::new();
    for body in ["", "[]", "{\"LastName\":", "null", "\u{0}"] {
        let answer = crm
            .call("Dana Reyes", Method::POST, "/sobjects/Contact", body)
            .await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::BAD_REQUEST, "JSON_PARSER_ERROR"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn defaults_are_those_of_the_object() {
    let crm = TestOrg::new();
    let lead = crm
        .given(
            "Dana Reyes",
            "Lead",
            json!({ "LastName": "Lee", "Company": "Acme" }),
        )
        .await;
    let task = crm
        .given("Dana Reyes", "Task", json!({ "Subject": "Call" }))
        .await;

    let lead = crm
        .get("Dana Reyes", &format!("/sobjects/Lead/{lead}"))
        .await;
    let task = crm
        .get("Dana Reyes", &format!("/sobjects/Task/{task}"))
        .await;

    assert_eq!(lead.body["Status"], "Open - Not Contacted");
    assert_eq!(
        (&task.body["Status"], &task.body["Priority"]),
        (&json!("Not Started"), &json!("Normal"))
    );
    assert_eq!(task.body["IsClosed"], json!(false));
}

#[tokio::test]
async fn an_object_that_is_not_there_is_not_found() {
    let crm = TestOrg::new();

    let answer = crm.post("Dana Reyes", "/sobjects/Unicorn", json!({})).await;

    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_compact_json_snapshot!(answer.body, @r#"[{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}]"#);
}

#[tokio::test]
async fn what_the_api_can_not_create_is_refused() {
    let body = refused("Profile", json!({ "Name": "x" })).await;

    assert_eq!(body[0]["errorCode"], "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
}

#[tokio::test]
async fn a_value_of_another_type_is_refused_with_its_place_in_the_text() {
    let crm = TestOrg::new();
    let body =
        "{\n  \"LastName\": \"Lee\",\n  \"Email\": \"foo\", \"Birthdate\": \"14/10/2020\"\n}";

    let answer = crm
        .call("Dana Reyes", Method::POST, "/sobjects/Contact", body)
        .await;

    assert_compact_json_snapshot!(answer.body, @r#"
    [
      {
        "message": "Cannot deserialize instance of date from VALUE_STRING value 14/10/2020 or request may be missing a required field at [line:3, column:32]",
        "errorCode": "JSON_PARSER_ERROR"
      }
    ]
    "#);
}

#[tokio::test]
async fn a_reference_that_leads_to_several_objects_says_which_is_meant() {
    let crm = TestOrg::of(crate::collections::with_external_id(true));
    crm.given(
        "Dana Reyes",
        "Contact",
        json!({ "LastName": "Lee", "Apollo_Id__c": "a1" }),
    )
    .await;
    let who = |who: Value| json!({ "Subject": "Call", "Who": who });

    let typed = json!({ "attributes": { "type": "contact" }, "Apollo_Id__c": "a1" });
    crm.given("Dana Reyes", "Task", who(typed)).await;

    let untyped = who(json!({ "Apollo_Id__c": "a1" }));
    let answer = crm.post("Dana Reyes", "/sobjects/Task", untyped).await;
    assert_eq!(
        (answer.status, answer.code()),
        (StatusCode::BAD_REQUEST, "INVALID_FIELD")
    );
}
