//! Requests inside a request.

use http::StatusCode;
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{Answer, TestOrg};

const BASE: &str = "/services/data/v60.0";

/// A sub-request to a path under version 60.0.
pub(crate) fn sub(id: &str, method: &str, path: &str, body: Value) -> Value {
    let mut sub = json!({ "method": method, "url": format!("{BASE}{path}"), "referenceId": id });
    if !body.is_null() {
        sub["body"] = body;
    }
    sub
}

pub(crate) fn call(all_or_none: bool, subs: &[Value]) -> Value {
    json!({ "allOrNone": all_or_none, "collateSubrequests": true, "compositeRequest": subs })
}

pub(crate) async fn composite(crm: &TestOrg, all_or_none: bool, subs: &[Value]) -> Answer {
    crm.post("Dana Reyes", "/composite", call(all_or_none, subs))
        .await
}

pub(crate) fn statuses(answer: &Answer) -> Vec<u64> {
    let list = answer.body["compositeResponse"].as_array();
    let list = list.unwrap_or_else(|| panic!("{}", answer.text));
    list.iter()
        .map(|done| done["httpStatusCode"].as_u64().unwrap())
        .collect()
}

pub(crate) fn contact(last_name: &str) -> Value {
    json!({ "LastName": last_name })
}

#[tokio::test]
async fn later_requests_refer_to_the_answers_of_earlier_ones() {
    let crm = TestOrg::new();
    let subs = [
        sub(
            "acme",
            "POST",
            "/sobjects/Account",
            json!({ "Name": "Acme" }),
        ),
        sub(
            "lee",
            "POST",
            "/sobjects/Contact/",
            json!({ "LastName": "Lee", "AccountId": "@{acme.id}" }),
        ),
        sub(
            "found",
            "GET",
            "/query?q=SELECT Id, Name FROM Account WHERE Id = '@{acme.id}'",
            Value::Null,
        ),
        sub(
            "title",
            "PATCH",
            "/sobjects/Contact/@{lee.id}",
            json!({ "Title": "of @{found.records[0].Name}" }),
        ),
        sub(
            "read",
            "GET",
            "/sobjects/Contact/@{lee.id}?fields=Title,AccountId",
            Value::Null,
        ),
    ];

    let answer = composite(&crm, true, &subs).await;

    assert_eq!(
        statuses(&answer),
        [201, 201, 200, 204, 200],
        "{}",
        answer.text
    );
    let done = &answer.body["compositeResponse"];
    assert_eq!(done[4]["body"]["Title"], "of Acme");
    assert_eq!(done[4]["body"]["AccountId"], done[0]["body"]["id"]);
    assert_eq!(
        (&done[3]["body"], &done[3]["httpHeaders"]),
        (&Value::Null, &json!({}))
    );
    let id = done[0]["body"]["id"].as_str().unwrap();
    assert_eq!(
        done[0],
        json!({
            "body": { "id": id, "success": true, "errors": [] },
            "httpHeaders": { "Location": format!("{BASE}/sobjects/Account/{id}") },
            "httpStatusCode": 201,
            "referenceId": "acme",
        })
    );
}

#[tokio::test]
async fn every_record_is_the_callers_and_the_call_counts_once() {
    let crm = TestOrg::new();
    let subs = [
        sub("a", "POST", "/sobjects/Contact", contact("Lee")),
        sub(
            "b",
            "POST",
            "/composite/sobjects",
            json!({
                "records": [{ "attributes": { "type": "Contact" }, "LastName": "Ash" }]
            }),
        ),
    ];

    let answer = composite(&crm, false, &subs).await;

    let dana = crm.id("Dana Reyes");
    let rows: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| (row.api, row.owner.unwrap(), row.created_by, row.request))
        .collect();
    let row = (
        "composite".to_owned(),
        dana.clone(),
        dana,
        rows[0].3.clone(),
    );
    assert_eq!(rows, [row.clone(), row]);
    assert_eq!(
        answer.header("sforce-limit-info"),
        Some("api-usage=1/100000000")
    );
}

#[tokio::test]
async fn without_all_or_none_only_what_depends_on_a_failure_fails() {
    let crm = TestOrg::new();
    let subs = [
        sub("bad", "POST", "/sobjects/Account", json!({})),
        sub(
            "lost",
            "POST",
            "/sobjects/Contact",
            json!({ "LastName": "A", "AccountId": "@{bad.id}" }),
        ),
        sub("good", "POST", "/sobjects/Contact", contact("B")),
        sub("none", "GET", "/sobjects/Nothing/describe", Value::Null),
    ];

    let answer = composite(&crm, false, &subs).await;

    assert_eq!(statuses(&answer), [400, 400, 201, 404]);
    assert_compact_json_snapshot!(answer.body["compositeResponse"][1]["body"], @r#"
    [
      {
        "message": "Invalid reference specified. No value for bad.id found in bad. Provided referenceId ('bad.id') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').",
        "errorCode": "PROCESSING_HALTED"
      }
    ]
    "#);
    assert_compact_json_snapshot!(answer.body["compositeResponse"][3]["body"], @r#"
    [{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}]
    "#);
    assert_eq!(crm.creates().len(), 1);
}

#[tokio::test]
async fn with_all_or_none_a_failure_takes_everything_back() {
    let crm = TestOrg::new();
    let subs = [
        sub("good", "POST", "/sobjects/Contact", contact("A")),
        sub("bad", "POST", "/sobjects/Contact", json!({})),
        sub("after", "POST", "/sobjects/Contact", contact("B")),
    ];

    let answer = composite(&crm, true, &subs).await;

    assert_eq!(answer.status, StatusCode::OK);
    assert_compact_json_snapshot!(answer.body, @r#"
    {
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
          "referenceId": "good"
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
          "referenceId": "bad"
        },
        {
          "body": [
            {
              "message": "The transaction was rolled back since another operation in the same transaction failed.",
              "errorCode": "PROCESSING_HALTED"
            }
          ],
          "httpHeaders": {},
          "httpStatusCode": 400,
          "referenceId": "after"
        }
      ]
    }
    "#);
    assert_eq!(crm.creates(), []);
    let found = crm.query("Ada Min", "SELECT count() FROM Contact").await;
    assert_eq!(found.body["totalSize"], 0);
}

#[tokio::test]
async fn a_collection_with_a_bad_row_counts_as_a_failure_of_all() {
    let crm = TestOrg::new();
    let row = |fields: Value| {
        let mut row = fields;
        row["attributes"] = json!({ "type": "Contact" });
        row
    };
    let rows = json!({ "records": [row(contact("A")), row(json!({}))] });
    let subs = [
        sub("rows", "POST", "/composite/sobjects", rows),
        sub("one", "POST", "/sobjects/Contact", contact("B")),
    ];

    let kept = composite(&crm, false, &subs).await;
    assert_eq!((statuses(&kept), crm.creates().len()), (vec![200, 201], 2));

    let undone = composite(&crm, true, &subs).await;
    assert_eq!(
        (statuses(&undone), crm.creates().len()),
        (vec![200, 400], 2)
    );
    assert_eq!(
        undone.body["compositeResponse"][0]["body"][0]["success"],
        true
    );
}

#[tokio::test]
async fn a_request_inside_has_the_version_of_its_own_address() {
    let crm = TestOrg::new();
    let versions: Vec<_> = ["v45.0", "v60.0", "60", "v1"]
        .iter()
        .enumerate()
        .map(|(place, version)| {
            let url = format!("/services/data/{version}/sobjects/Contact");
            json!({ "method": "POST", "url": url, "referenceId": format!("r{place}"), "body": contact("A") })
        })
        .collect();

    let answer = composite(&crm, false, &versions).await;

    assert_eq!(statuses(&answer), [201, 201, 404, 404]);
    let location = &answer.body["compositeResponse"][0]["httpHeaders"]["Location"];
    assert!(
        location
            .as_str()
            .unwrap()
            .starts_with("/services/data/v45.0/")
    );
}

#[tokio::test]
async fn references_to_nulls_are_nulls_since_version_52() {
    for (version, status) in [("v51.0", 400), ("v52.0", 201)] {
        let crm = TestOrg::new();
        let id = crm.given("Dana Reyes", "Contact", contact("Wong")).await;
        let subs = [
            sub(
                "old",
                "GET",
                &format!("/sobjects/Contact/{id}"),
                Value::Null,
            ),
            sub(
                "new",
                "POST",
                "/sobjects/Contact",
                json!({
                    "FirstName": "@{old.FirstName}", "LastName": "@{old.LastName}",
                }),
            ),
        ];
        let request = http::Request::post(format!("/services/data/{version}/composite")).header(
            "authorization",
            format!("Bearer {}", crm.token("Dana Reyes")),
        );
        let answer = crm
            .send(request.body(call(false, &subs).to_string().into()).unwrap())
            .await;

        assert_eq!(statuses(&answer), [200, status], "{version}");
    }
}

#[tokio::test]
async fn the_composite_resources_are_listed() {
    let crm = TestOrg::new();

    let answer = crm.get("Dana Reyes", "/composite/").await;

    assert_compact_json_snapshot!(answer.body, @r#"
    {
      "tree": "/services/data/v60.0/composite/tree",
      "batch": "/services/data/v60.0/composite/batch",
      "sobjects": "/services/data/v60.0/composite/sobjects",
      "graph": "/services/data/v60.0/composite/graph"
    }
    "#);
}
