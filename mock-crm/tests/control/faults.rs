use reqwest::Method;
use serde_json::json;

use crate::{code, controlled};

#[tokio::test]
async fn a_fault_is_played_counted_and_taken_away() {
    let control = controlled().await;
    let answer = json!({ "answer": { "status": 418, "body": "tea" } });
    let fault = json!({ "crm": "hubspot", "path": "/crm/*", "times": 2, "action": answer });

    let (status, armed) = control.post("/faults", fault).await;
    assert_eq!((status, armed["id"].as_str()), (201, Some("f1")));
    control.stray("/crm/v3/owners").await;

    let (_, listed) = control.get("/faults").await;
    assert_eq!(listed["faults"][0]["hits"], 1);
    let (_, removed) = control.send(Method::DELETE, "/faults/f1", None).await;
    assert_eq!(removed["hits"], 1);
    let again = control.send(Method::DELETE, "/faults/f1", None).await;
    assert_eq!(code(&again), (404, "unknown_fault"));
    let (_, requests) = control.get("/requests").await;
    assert_eq!(requests["requests"][0]["status"], 418);
    assert_eq!(requests["requests"][0]["fault"], "f1");
}

#[tokio::test]
async fn what_is_no_fault_is_refused() {
    let control = controlled().await;

    for body in [
        json!({}),
        json!({ "action": "explode" }),
        json!({ "action": "reset_before", "pth": "/" }),
        json!({ "action": { "answer": { "status": 99 } } }),
        json!({ "crm": "zoho", "action": "reset_before" }),
        json!({ "action": { "refuse": "teapot" } }),
        json!({ "action": { "refuse": { "gateway": { "status": 500 } } } }),
        json!({ "action": { "refuse_after": { "gateway": { "status": 200 } } } }),
    ] {
        let answer = control.post("/faults", body.clone()).await;
        assert_eq!(code(&answer), (400, "bad_body"), "{body}");
    }
    assert_eq!(control.get("/faults").await.1, json!({ "faults": [] }));
}
