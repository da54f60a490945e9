//! Requests that know nothing of each other in one request.

use http::StatusCode;
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{Answer, TestOrg};

pub(crate) fn sub(method: &str, url: &str, body: Value) -> Value {
    let mut sub = json!({ "method": method, "url": url });
    if !body.is_null() {
        sub["richInput"] = body;
    }
    sub
}

async fn batch(crm: &TestOrg, halt: bool, subs: &[Value]) -> Answer {
    let body = json!({ "haltOnError": halt, "batchRequests": subs });
    crm.post("Dana Reyes", "/composite/batch", body).await
}

#[tokio::test]
async fn describes_come_in_batches_of_25() {
    let crm = TestOrg::new();
    let subs: Vec<_> = (0..25)
        .map(|place| match place % 2 {
            0 => sub("GET", "v60.0/sobjects/Contact/describe", Value::Null),
            _ => sub(
                "GET",
                "/services/data/v59.0/sobjects/Lead/describe",
                Value::Null,
            ),
        })
        .collect();

    let answer = batch(&crm, false, &subs).await;

    assert_eq!(
        (answer.status, &answer.body["hasErrors"]),
        (StatusCode::OK, &json!(false))
    );
    let results = answer.body["results"].as_array().unwrap();
    assert_eq!(results.len(), 25);
    let alone = crm.get("Dana Reyes", "/sobjects/Contact/describe").await;
    assert_eq!(
        results[24],
        json!({ "statusCode": 200, "result": alone.body })
    );
    assert_eq!(results[1]["result"]["name"], "Lead");
    assert_eq!(
        answer.header("sforce-limit-info"),
        Some("api-usage=1/100000000")
    );
}

#[tokio::test]
async fn each_is_done_for_itself() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let subs = [
        sub(
            "POST",
            "v60.0/sobjects/Contact",
            json!({ "LastName": "Ash" }),
        ),
        sub("POST", "v60.0/sobjects/Contact", json!({})),
        sub(
            "PATCH",
            &format!("v60.0/sobjects/Contact/{id}"),
            json!({ "Title": "CEO" }),
        ),
        sub(
            "GET",
            "v60.0/query?q=select+LastName+from+Contact+where+Title+=+'CEO'",
            Value::Null,
        ),
    ];

    let answer = batch(&crm, false, &subs).await;

    let results = answer.body["results"].as_array().unwrap();
    let statuses: Vec<_> = results
        .iter()
        .map(|result| result["statusCode"].as_u64())
        .collect();
    assert_eq!(statuses, [Some(201), Some(400), Some(204), Some(200)]);
    assert_eq!(answer.body["hasErrors"], true);
    assert_eq!(
        results[1]["result"][0]["errorCode"],
        "REQUIRED_FIELD_MISSING"
    );
    assert_eq!(results[2]["result"], Value::Null);
    assert_eq!(results[3]["result"]["records"][0]["LastName"], "Lee");
    let row = crm.creates().pop().unwrap();
    assert_eq!(
        (row.api.as_str(), row.owner),
        ("batch", Some(crm.id("Dana Reyes")))
    );
}

#[tokio::test]
async fn a_failure_halts_the_batch_where_that_is_wanted() {
    let crm = TestOrg::new();
    let subs = [
        sub(
            "POST",
            "v60.0/sobjects/Contact",
            json!({ "LastName": "Ash" }),
        ),
        sub("GET", "v60.0/sobjects/Nothing", Value::Null),
        sub(
            "POST",
            "v60.0/sobjects/Contact",
            json!({ "LastName": "Lee" }),
        ),
    ];

    let answer = batch(&crm, true, &subs).await;

    assert_compact_json_snapshot!(answer.body["results"][2], @r#"
    {
      "statusCode": 412,
      "result": [
        {
          "message": "Execution halted: an earlier subrequest of the batch failed",
          "errorCode": "BATCH_PROCESSING_HALTED"
        }
      ]
    }
    "#);
    assert_eq!(
        (answer.status, &answer.body["hasErrors"]),
        (StatusCode::OK, &json!(true))
    );
    assert_eq!(crm.creates().len(), 1);
}

#[tokio::test]
async fn more_than_25_are_refused() {
    let crm = TestOrg::new();
    let subs = vec![sub("GET", "v60.0/limits", Value::Null); 26];

    assert_eq!(batch(&crm, false, &subs).await.code(), "LIMIT_EXCEEDED");
    assert_eq!(batch(&crm, false, &subs[..25]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn addresses_in_answers_are_those_the_call_came_to() {
    let crm = TestOrg::new();
    let body = json!({ "batchRequests": [sub("GET", "v60.0", Value::Null)] });

    let alone = crm.get("Dana Reyes", "").await;
    let inside = crm.post("Dana Reyes", "/composite/batch", body).await;

    assert_eq!(inside.body["results"][0]["result"], alone.body);
}
