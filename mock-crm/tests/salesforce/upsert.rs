//! Records by external id.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use insta::assert_compact_json_snapshot;
use serde_json::json;

use crate::collections::with_external_id;
use crate::harness::{Answer, TestOrg};

const PATH: &str = "/sobjects/Contact/Apollo_Id__c/a1";

#[tokio::test]
async fn an_upsert_creates_and_then_updates_without_moving_the_owner() {
    let crm = TestOrg::of(with_external_id(true));

    let first = crm
        .patch("Dana Reyes", PATH, json!({ "LastName": "Lee" }))
        .await;
    let again = crm
        .patch("Robin Cole", PATH, json!({ "LastName": "Li" }))
        .await;

    let id = first.id();
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::OK)
    );
    assert_eq!(
        first.text,
        format!(r#"{{"id":"{id}","success":true,"errors":[],"created":true}}"#)
    );
    assert_eq!(
        again.text,
        format!(r#"{{"id":"{id}","success":true,"errors":[],"created":false}}"#)
    );
    let dana = crm.id("Dana Reyes");
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await,
        (dana.clone(), dana)
    );
    assert_eq!(crm.creates().len(), 1);
}

#[tokio::test]
async fn an_older_version_answers_an_update_without_a_body() {
    let crm = TestOrg::of(with_external_id(true));
    crm.patch("Dana Reyes", PATH, json!({ "LastName": "Lee" }))
        .await;
    let request = Request::builder()
        .method(Method::PATCH)
        .uri(format!("/services/data/v45.0{PATH}"))
        .header(
            "authorization",
            format!("Bearer {}", crm.token("Dana Reyes")),
        )
        .body(Body::from("{}"));

    let answer = crm.send(request.unwrap()).await;

    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
}

#[tokio::test]
async fn several_matches_are_answered_with_their_addresses() {
    let crm = TestOrg::of(with_external_id(false));
    for _ in 0..2 {
        crm.given(
            "Dana Reyes",
            "Contact",
            json!({ "LastName": "Lee", "Apollo_Id__c": "a1" }),
        )
        .await;
    }

    let answer: Answer = crm
        .patch("Dana Reyes", PATH, json!({ "LastName": "Li" }))
        .await;

    assert_eq!(answer.status, StatusCode::MULTIPLE_CHOICES);
    let first = answer.body[0].as_str().unwrap();
    assert!(
        first.starts_with("/services/data/v60.0/sobjects/Contact/003"),
        "{first}"
    );
    assert_eq!(
        crm.get("Dana Reyes", PATH).await.status,
        StatusCode::MULTIPLE_CHOICES
    );
}

#[tokio::test]
async fn update_only_creates_nothing() {
    let crm = TestOrg::of(with_external_id(true));

    let answer = crm
        .patch(
            "Dana Reyes",
            &format!("{PATH}?updateOnly=true"),
            json!({ "LastName": "Lee" }),
        )
        .await;

    assert_eq!(
        (answer.status, answer.code()),
        (StatusCode::NOT_FOUND, "NOT_FOUND")
    );
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn a_record_is_read_and_deleted_by_its_external_id() {
    let crm = TestOrg::of(with_external_id(true));
    crm.patch("Dana Reyes", PATH, json!({ "LastName": "Lee" }))
        .await;

    assert_eq!(crm.get("Dana Reyes", PATH).await.body["LastName"], "Lee");
    assert_eq!(
        crm.delete("Dana Reyes", PATH).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        crm.get("Dana Reyes", PATH).await.status,
        StatusCode::NOT_FOUND
    );

    let again = crm
        .patch("Dana Reyes", PATH, json!({ "LastName": "Lee" }))
        .await;
    assert_eq!(again.status, StatusCode::CREATED);
}

#[tokio::test]
async fn keys_that_are_none_are_refused() {
    let crm = TestOrg::of(with_external_id(true));

    let no_key = crm
        .patch(
            "Dana Reyes",
            "/sobjects/Contact/Title/x",
            json!({ "LastName": "Lee" }),
        )
        .await;
    let in_body = crm
        .patch(
            "Dana Reyes",
            PATH,
            json!({ "LastName": "Lee", "apollo_id__c": "a1" }),
        )
        .await;

    assert_compact_json_snapshot!(no_key.body, @r#"[{"message": "Provided external ID field does not exist or is not accessible: Title", "errorCode": "NOT_FOUND"}]"#);
    assert_compact_json_snapshot!(in_body.body, @r#"
    [
      {
        "message": "The Apollo_Id__c field should not be specified in the sobject data.",
        "errorCode": "INVALID_FIELD",
        "fields": []
      }
    ]
    "#);
}

#[tokio::test]
async fn a_value_that_another_record_has_is_refused() {
    let crm = TestOrg::of(with_external_id(true));
    crm.given(
        "Dana Reyes",
        "Contact",
        json!({ "LastName": "Lee", "Apollo_Id__c": "a1" }),
    )
    .await;

    let answer = crm
        .post(
            "Dana Reyes",
            "/sobjects/Contact",
            json!({ "LastName": "Li", "Apollo_Id__c": "A1" }),
        )
        .await;

    assert_compact_json_snapshot!(answer.body, @r#"
    [
      {
        "message": "duplicate value found: Apollo_Id__c duplicates value on record with id: 003001000000011",
        "errorCode": "DUPLICATE_VALUE",
        "fields": [
          "Apollo_Id__c"
        ]
      }
    ]
    "#);
}

#[tokio::test]
async fn a_freed_value_can_be_used_again() {
    let crm = TestOrg::of(with_external_id(true));
    let id = crm
        .given(
            "Dana Reyes",
            "Contact",
            json!({ "LastName": "Lee", "Apollo_Id__c": "a1" }),
        )
        .await;
    crm.patch(
        "Dana Reyes",
        &format!("/sobjects/Contact/{id}"),
        json!({ "Apollo_Id__c": "a2" }),
    )
    .await;

    crm.given(
        "Dana Reyes",
        "Contact",
        json!({ "LastName": "Li", "Apollo_Id__c": "a1" }),
    )
    .await;

    let path = "/sobjects/Contact/Apollo_Id__c/a2";
    assert_eq!(crm.get("Dana Reyes", path).await.body["Id"], id);
}

#[tokio::test]
async fn another_record_is_referred_to_by_its_external_id() {
    let crm = TestOrg::of(with_external_id(true));
    crm.given(
        "Dana Reyes",
        "Contact",
        json!({ "LastName": "Boss", "Apollo_Id__c": "a1" }),
    )
    .await;

    let reports_to = |id: &str| json!({ "LastName": "Lee", "ReportsTo": { "Apollo_Id__c": id } });
    let id = crm.given("Dana Reyes", "Contact", reports_to("a1")).await;
    let refused = crm
        .post("Dana Reyes", "/sobjects/Contact", reports_to("a9"))
        .await;

    let soql = format!("SELECT ReportsTo.LastName FROM Contact WHERE Id = '{id}'");
    assert_eq!(
        crm.query("Dana Reyes", &soql).await.body["records"][0]["ReportsTo"]["LastName"],
        "Boss"
    );
    assert_compact_json_snapshot!(refused.body, @r#"
    [
      {
        "message": "Foreign key external ID: a9 not found for field Apollo_Id__c in entity Contact",
        "errorCode": "INVALID_FIELD",
        "fields": []
      }
    ]
    "#);
}
