//! Who may say who created a record.

use insta::assert_compact_json_snapshot;
use serde_json::json;

use crate::harness::TestOrg;

#[tokio::test]
async fn audit_fields_are_refused_all_at_once_without_the_permission() {
    let crm = TestOrg::new();
    let fields = json!({
        "LastName": "Lee", "CreatedDate": "2020-01-01T00:00:00Z", "CreatedById": crm.id("Dana Reyes"),
        "SystemModstamp": "2020-01-01T00:00:00Z",
    });

    let answer = crm.post("Dana Reyes", "/sobjects/Contact", fields).await;

    assert_eq!(
        answer.body[0]["fields"],
        json!(["CreatedDate", "CreatedById", "SystemModstamp"])
    );
    assert_compact_json_snapshot!(answer.body, @r#"
    [
      {
        "message": "Unable to create/update fields: CreatedDate, CreatedById, SystemModstamp. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
        "errorCode": "INVALID_FIELD_FOR_INSERT_UPDATE",
        "fields": [
          "CreatedDate",
          "CreatedById",
          "SystemModstamp"
        ]
      }
    ]
    "#);
}

#[tokio::test]
async fn with_the_permission_the_creator_can_be_set_and_nothing_else_moves() {
    let crm = TestOrg::new();
    let fields = json!({
        "LastName": "Lee", "CreatedById": crm.id("Dana Reyes"), "CreatedDate": "2020-01-01T00:00:00Z",
    });
    let id = crm.given("Audi Ting", "Contact", fields).await;

    let record = crm
        .get("Audi Ting", &format!("/sobjects/Contact/{id}"))
        .await
        .body;

    let audi = crm.id("Audi Ting");
    assert_eq!(record["CreatedById"], crm.id("Dana Reyes"));
    assert_eq!(record["CreatedDate"], "2020-01-01T00:00:00.000+0000");
    assert_eq!(
        (&record["OwnerId"], &record["LastModifiedById"]),
        (&json!(audi), &json!(audi))
    );
    let row = crm.creates().pop().unwrap();
    assert_eq!(
        (row.created_by_reason.as_str(), row.user),
        ("audit_field", audi)
    );
    assert_eq!(row.created_by, crm.id("Dana Reyes"));

    let update = json!({ "CreatedById": crm.id("Robin Cole") });
    let answer = crm
        .patch("Audi Ting", &format!("/sobjects/Contact/{id}"), update)
        .await;
    assert_eq!(answer.code(), "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[tokio::test]
async fn a_set_last_change_is_good_until_the_next_one() {
    let crm = TestOrg::new();
    let fields = json!({
        "LastName": "Lee", "LastModifiedById": crm.id("Dana Reyes"), "LastModifiedDate": "2020-01-01T00:00:00Z",
    });
    let id = crm.given("Audi Ting", "Contact", fields).await;
    let path = format!("/sobjects/Contact/{id}");
    let last = async || {
        let record = crm.get("Ada Min", &path).await.body;
        (
            record["LastModifiedById"].clone(),
            record["LastModifiedDate"].clone(),
        )
    };

    assert_eq!(
        last().await,
        (
            json!(crm.id("Dana Reyes")),
            json!("2020-01-01T00:00:00.000+0000")
        )
    );

    crm.patch("Robin Cole", &path, json!({ "Title": "CEO" }))
        .await;
    assert_eq!(
        last().await,
        (
            json!(crm.id("Robin Cole")),
            json!("2026-01-01T00:00:03.000+0000")
        )
    );
}
