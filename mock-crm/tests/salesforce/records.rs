//! Reading, changing and deleting single records.

use http::{Method, StatusCode};
use insta::assert_compact_json_snapshot;
use mock_crm::salesforce::DeletedRow;
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};

#[tokio::test]
async fn a_record_is_read_with_all_its_fields_or_those_asked_for() {
    let crm = TestOrg::new();
    let fields = json!({ "LastName": "Lee", "FirstName": "Ann", "MailingCity": "Oslo" });
    let id = crm.given("Dana Reyes", "Contact", fields).await;
    let path = format!("/sobjects/Contact/{}", &id[..15]);

    let some = crm
        .get(
            "Dana Reyes",
            &format!("{path}?fields=name,MailingAddress,email"),
        )
        .await;
    let all = crm.get("Dana Reyes", &path).await;

    assert_compact_json_snapshot!(some.body, @r#"
    {
      "attributes": {
        "type": "Contact",
        "url": "/services/data/v60.0/sobjects/Contact/003001000000011AAA"
      },
      "Name": "Ann Lee",
      "MailingAddress": {
        "city": "Oslo",
        "country": null,
        "geocodeAccuracy": null,
        "latitude": null,
        "longitude": null,
        "postalCode": null,
        "state": null,
        "street": null
      },
      "Email": null,
      "Id": "003001000000011AAA"
    }
    "#);
    assert_eq!(
        (&all.body["Id"], &all.body["Title"]),
        (&json!(id), &Value::Null)
    );
    assert_eq!(all.body["SystemModstamp"], "2026-01-01T00:00:03.000+0000");
    assert!(all.body.as_object().unwrap().len() > 55);
}

#[tokio::test]
async fn ids_that_lead_nowhere_are_told_apart() {
    let crm = TestOrg::new();
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;
    let missing = "/sobjects/Contact/003000000000001";
    let answers = [
        (crm.get("Dana Reyes", missing).await, 404, "NOT_FOUND"),
        (
            crm.get("Dana Reyes", "/sobjects/Contact/oops").await,
            404,
            "NOT_FOUND",
        ),
        (
            crm.get("Dana Reyes", &format!("/sobjects/Contact/{account}"))
                .await,
            404,
            "NOT_FOUND",
        ),
        (
            crm.patch("Dana Reyes", missing, json!({})).await,
            404,
            "NOT_FOUND",
        ),
        (
            crm.patch("Dana Reyes", "/sobjects/Contact/oops", json!({}))
                .await,
            400,
            "MALFORMED_ID",
        ),
        (
            crm.delete("Dana Reyes", missing).await,
            404,
            "INVALID_CROSS_REFERENCE_KEY",
        ),
    ];

    for (answer, status, code) in answers {
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (status, code),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn an_update_sets_clears_and_keeps() {
    let crm = TestOrg::new();
    let fields = json!({ "LastName": "Lee", "Title": "CEO", "Phone": "1", "Email": "a@x.example" });
    let id = crm.given("Dana Reyes", "Contact", fields).await;
    let path = format!("/sobjects/Contact/{id}");

    let answer = crm
        .patch(
            "Robin Cole",
            &path,
            json!({ "title": "", "PHONE": "2", "Email": null }),
        )
        .await;

    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    let record = crm.get("Dana Reyes", &path).await.body;
    assert_eq!(
        (&record["Title"], &record["Phone"], &record["Email"]),
        (&Value::Null, &json!("2"), &Value::Null)
    );
    assert_eq!(
        (&record["LastName"], &record["LastModifiedById"]),
        (&json!("Lee"), &json!(crm.id("Robin Cole")))
    );
}

#[tokio::test]
async fn an_update_that_may_not_be_is_refused_whole() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    for (fields, code) in [
        (
            json!({ "Title": "x", "LastName": null }),
            "REQUIRED_FIELD_MISSING",
        ),
        (
            json!({ "Title": "x", "CreatedById": crm.id("Dana Reyes") }),
            "INVALID_FIELD_FOR_INSERT_UPDATE",
        ),
        (json!({ "Title": "x", "Id": id }), "INVALID_FIELD"),
        (json!({ "Title": "x", "Oops": 1 }), "INVALID_FIELD"),
    ] {
        let answer = crm.patch("Dana Reyes", &path, fields).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::BAD_REQUEST, code)
        );
    }
    assert_eq!(
        crm.get("Dana Reyes", &path).await.body["Title"],
        Value::Null
    );
}

#[tokio::test]
async fn a_client_without_patch_sends_a_post_that_says_so() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");

    let answer = crm
        .post(
            "Dana Reyes",
            &format!("{path}?_HTTP_METHOD=PATCH"),
            json!({ "Title": "CEO" }),
        )
        .await;

    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        crm.post("Dana Reyes", &path, json!({})).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn a_deleted_record_is_in_the_recycle_bin_and_nowhere_else() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");

    assert_eq!(
        crm.delete("Dana Reyes", &path).await.status,
        StatusCode::NO_CONTENT
    );

    for answer in [
        crm.get("Dana Reyes", &path).await,
        crm.patch("Dana Reyes", &path, json!({ "Title": "x" }))
            .await,
        crm.delete("Dana Reyes", &path).await,
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let expected = json!([{ "message": "entity is deleted", "errorCode": "ENTITY_IS_DELETED", "fields": [] }]);
        assert_eq!(answer.body, expected);
    }
    let soql = "q=SELECT+Id,IsDeleted+FROM+Contact";
    let seen = crm.get("Dana Reyes", &format!("/query?{soql}")).await;
    let all = crm.get("Dana Reyes", &format!("/queryAll?{soql}")).await;
    assert_eq!(
        (
            &seen.body["totalSize"],
            &all.body["records"][0]["IsDeleted"]
        ),
        (&json!(0), &json!(true))
    );
}

#[tokio::test]
async fn reading_a_deleted_record_is_answered_as_the_switch_says() {
    let mut spec = spec();
    spec.switches.deleted_row_get = DeletedRow::NotFound;
    let crm = TestOrg::of(spec);
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    crm.delete("Dana Reyes", &path).await;

    assert_eq!(crm.get("Dana Reyes", &path).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn cases_are_numbered() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Case", json!({ "Subject": "Help" }))
        .await;

    let case = crm
        .get(
            "Dana Reyes",
            &format!("/sobjects/Case/{id}?fields=CaseNumber,Status"),
        )
        .await;

    assert_eq!(case.body["CaseNumber"].as_str().unwrap().len(), 8);
    assert_eq!(case.body["Status"], "New");
}

#[tokio::test]
async fn a_bad_field_in_the_list_is_refused() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    let answer = crm
        .get("Dana Reyes", &format!("/sobjects/Contact/{id}?fields=Oops"))
        .await;

    assert_eq!(
        (answer.status, answer.code()),
        (StatusCode::BAD_REQUEST, "INVALID_FIELD")
    );
    let head = crm
        .call(
            "Dana Reyes",
            Method::HEAD,
            &format!("/sobjects/Contact/{id}"),
            "",
        )
        .await;
    assert_eq!(head.status, StatusCode::OK);
}
