//! Several composites in one request, each of them whole or not at all.

use http::StatusCode;
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::composite::sub;
use crate::harness::{Answer, TestOrg};

async fn graphs(crm: &TestOrg, graphs: &[(&str, &[Value])]) -> Answer {
    let graphs: Vec<_> = graphs
        .iter()
        .map(|(id, subs)| json!({ "graphId": id, "compositeRequest": subs }))
        .collect();
    crm.post(
        "Dana Reyes",
        "/composite/graph",
        json!({ "graphs": graphs }),
    )
    .await
}

#[tokio::test]
async fn a_failure_takes_back_its_graph_and_no_other() {
    let crm = TestOrg::new();
    let account = |id: &str| sub(id, "POST", "/sobjects/Account", json!({ "Name": "Acme" }));
    let contact = |last: Value| json!({ "LastName": last, "AccountId": "@{acme.id}" });
    let good = [
        account("acme"),
        sub("lee", "POST", "/sobjects/Contact", contact("Lee".into())),
    ];
    let bad = [
        account("acme"),
        sub("ash", "POST", "/sobjects/Contact", contact(Value::Null)),
    ];

    let answer = graphs(&crm, &[("1", &bad), ("2", &good)]).await;

    assert_eq!(answer.status, StatusCode::OK);
    assert_compact_json_snapshot!(answer.body["graphs"][0], @r#"
    {
      "graphId": "1",
      "graphResponse": {
        "compositeResponse": [
          {
            "body": [
              {
                "message": "The transaction was rolled back since another operation in the same transaction failed.",
                "errorCode": "PROCESSING_HALTED"
              }
            ],
            "httpHeaders": {},
            "httpStatusCode": 400,
            "referenceId": "acme"
          },
          {
            "body": [
              {
                "message": "Required fields are missing: [LastName]",
                "errorCode": "REQUIRED_FIELD_MISSING",
                "fields": [
                  "LastName"
                ]
              }
            ],
            "httpHeaders": {},
            "httpStatusCode": 400,
            "referenceId": "ash"
          }
        ]
      },
      "isSuccessful": false
    }
    "#);
    let second = &answer.body["graphs"][1];
    assert_eq!(
        (&second["graphId"], &second["isSuccessful"]),
        (&json!("2"), &json!(true))
    );
    assert_eq!(
        second["graphResponse"]["compositeResponse"][1]["httpStatusCode"],
        201
    );
    let rows: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| (row.object, row.api))
        .collect();
    let row = |object: &str| (object.to_owned(), "graph".to_owned());
    assert_eq!(rows, [row("Account"), row("Contact")]);
}

#[tokio::test]
async fn limits_are_those_of_the_whole_request() {
    let crm = TestOrg::new();
    let nodes = |count: usize| -> Vec<Value> {
        let node = |id| {
            sub(
                &format!("n{id}"),
                "POST",
                "/sobjects/Contact",
                json!({ "LastName": "A" }),
            )
        };
        (0..count).map(node).collect()
    };
    let (few, many) = (nodes(250), nodes(251));

    assert_eq!(
        graphs(&crm, &[("1", &few), ("2", &many)]).await.code(),
        "LIMIT_EXCEEDED"
    );
    assert_eq!(crm.creates(), []);
    let answer = graphs(&crm, &[("1", &few), ("2", &few)]).await;
    assert_eq!(answer.body["graphs"][1]["isSuccessful"], true);
    assert_eq!(crm.creates().len(), 500);
}

#[tokio::test]
async fn a_graph_is_of_records_alone_and_came_with_version_50() {
    let crm = TestOrg::new();
    let query = sub("q", "GET", "/query?q=SELECT+Id+FROM+Contact", Value::Null);
    let old = http::Request::post("/services/data/v49.0/composite/graph").header(
        "authorization",
        format!("Bearer {}", crm.token("Dana Reyes")),
    );

    let answer = graphs(&crm, &[("1", &[query])]).await;
    let old = crm.send(old.body(r#"{"graphs":[]}"#.into()).unwrap()).await;

    let node = &answer.body["graphs"][0]["graphResponse"]["compositeResponse"][0];
    assert_eq!(node["httpStatusCode"], 501, "{}", answer.text);
    assert_eq!(old.code(), "NOT_FOUND");
}
