//! Records with their children in one request.

use http::StatusCode;
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{Answer, TestOrg};

/// A record with a reference id.
pub(crate) fn node(object: &str, reference: &str, fields: Value) -> Value {
    let mut node = fields;
    node["attributes"] = json!({ "type": object, "referenceId": reference });
    node
}

fn records(records: &[Value]) -> Value {
    json!({ "records": records })
}

async fn tree(crm: &TestOrg, object: &str, nodes: &[Value]) -> Answer {
    let path = format!("/composite/tree/{object}");
    crm.post("Dana Reyes", &path, records(nodes)).await
}

#[tokio::test]
async fn children_are_created_with_their_parents_level_by_level() {
    let crm = TestOrg::new();
    let contacts = [
        node("Contact", "ref2", json!({ "LastName": "Lee" })),
        node("Contact", "ref3", json!({ "LastName": "Ash" })),
    ];
    let nodes = [
        node(
            "Account",
            "ref1",
            json!({ "Name": "Acme", "Contacts": records(&contacts) }),
        ),
        node("Account", "ref4", json!({ "Name": "Best" })),
    ];

    let answer = tree(&crm, "Account/", &nodes).await;

    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let results = answer.body["results"].as_array().unwrap();
    let references: Vec<_> = results
        .iter()
        .map(|result| &result["referenceId"])
        .collect();
    assert_eq!(references, ["ref1", "ref4", "ref2", "ref3"]);
    assert_eq!(answer.body["hasErrors"], false);
    let lee = crm
        .query(
            "Dana Reyes",
            "SELECT AccountId FROM Contact WHERE LastName = 'Lee'",
        )
        .await;
    assert_eq!(lee.body["records"][0]["AccountId"], results[0]["id"]);
    let dana = crm.id("Dana Reyes");
    for row in crm.creates() {
        assert_eq!(
            (row.api.as_str(), row.owner.as_ref()),
            ("tree", Some(&dana))
        );
    }
}

#[tokio::test]
async fn a_bad_record_leaves_nothing_and_is_the_only_one_told() {
    let crm = TestOrg::new();
    let contacts = [
        node(
            "Contact",
            "ref2",
            json!({ "LastName": "Lee", "Email": "123" }),
        ),
        node("Contact", "ref3", json!({ "LastName": "Ash" })),
    ];
    let nodes = [node(
        "Account",
        "ref1",
        json!({ "Name": "Acme", "Contacts": records(&contacts) }),
    )];

    let answer = tree(&crm, "Account", &nodes).await;

    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_compact_json_snapshot!(answer.body, @r#"
    {
      "hasErrors": true,
      "results": [
        {
          "referenceId": "ref2",
          "errors": [
            {
              "statusCode": "INVALID_EMAIL_ADDRESS",
              "message": "Email: invalid email address: 123",
              "fields": [
                "Email"
              ]
            }
          ]
        }
      ]
    }
    "#);
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn reference_ids_are_needed_and_stand_for_one_record() {
    let crm = TestOrg::new();
    let account = |reference: &str| node("Account", reference, json!({ "Name": "Acme" }));
    let nameless = json!({ "attributes": { "type": "Account" }, "Name": "Acme" });

    let twins = tree(&crm, "Account", &[account("a"), account("b"), account("a")]).await;
    let missing = tree(&crm, "Account", &[nameless]).await;
    let strange = tree(&crm, "Contact", &[account("a")]).await;

    assert_compact_json_snapshot!(twins.body, @r#"
    {
      "hasErrors": true,
      "results": [
        {
          "referenceId": "a",
          "errors": [
            {
              "statusCode": "INVALID_INPUT",
              "message": "Duplicate referenceId 'a'. Each reference ID must be unique in a request.",
              "fields": []
            }
          ]
        },
        {
          "referenceId": "a",
          "errors": [
            {
              "statusCode": "INVALID_INPUT",
              "message": "Duplicate referenceId 'a'. Each reference ID must be unique in a request.",
              "fields": []
            }
          ]
        }
      ]
    }
    "#);
    assert_eq!(
        (twins.status, missing.code()),
        (StatusCode::BAD_REQUEST, "INVALID_INPUT")
    );
    assert_eq!(strange.code(), "INVALID_TYPE");
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn a_tree_has_at_most_200_records_on_5_levels() {
    let crm = TestOrg::new();
    let many: Vec<_> = (0..201)
        .map(|place| node("Account", &format!("r{place}"), json!({ "Name": "Acme" })))
        .collect();
    let deep = |levels: usize| {
        (1..levels).fold(
            node("Account", "r0", json!({ "Name": "A" })),
            |child, level| {
                let fields = json!({ "Name": "A", "ChildAccounts": records(&[child]) });
                node("Account", &format!("r{level}"), fields)
            },
        )
    };

    assert_eq!(
        tree(&crm, "Account", &many).await.code(),
        "EXCEEDED_ID_LIMIT"
    );
    assert_eq!(
        tree(&crm, "Account", &[deep(6)]).await.code(),
        "LIMIT_EXCEEDED"
    );
    assert_eq!(crm.creates(), []);
    assert_eq!(
        tree(&crm, "Account", &[deep(5)]).await.status,
        StatusCode::CREATED
    );
    assert_eq!(
        tree(&crm, "Account", &many[..200]).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn what_is_no_tree_is_refused() {
    let crm = TestOrg::new();
    let unknown = node(
        "Account",
        "a",
        json!({ "Name": "A", "Nobodies": records(&[]) }),
    );

    for (object, body, code) in [
        ("Nothing", records(&[]), "NOT_FOUND"),
        ("Account", json!([]), "JSON_PARSER_ERROR"),
        ("Account", json!({}), "INVALID_FIELD"),
        ("Account", json!({ "records": [7] }), "JSON_PARSER_ERROR"),
        ("Account", records(&[json!({})]), "INVALID_INPUT"),
        ("Account", records(&[unknown]), "INVALID_FIELD"),
    ] {
        let answer = crm
            .post("Dana Reyes", &format!("/composite/tree/{object}"), body)
            .await;
        assert_eq!(answer.code(), code, "{}", answer.text);
    }
}
