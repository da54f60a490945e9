//! Faults in HubSpot's shape, and calls that were done although the answer says otherwise.

use mock_crm::faults::Fault;
use serde_json::{Value, json};

use crate::harness::{Answer, CONTACTS, TestPortal};

fn play(crm: &TestPortal, fault: Value) {
    let fault: Fault = serde_json::from_value(fault).unwrap();
    crm.hubspot.server.faults.add(fault);
}

async fn refused(crm: &TestPortal, refusal: Value) -> Answer {
    play(crm, json!({ "action": { "refuse": refusal } }));
    crm.get(CONTACTS).await
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer
        .headers
        .get(name)
        .and_then(|value| value.to_str().ok())
}

#[tokio::test]
async fn each_refusal_has_its_status() {
    let crm = TestPortal::new();
    for (refusal, status, retry_after) in [
        (json!("not_public"), 403, None),
        (json!("uri_too_long"), 414, None),
        (json!("locked_row"), 423, None),
        (
            json!({ "rate_limit": { "retry_after": 3 } }),
            429,
            Some("3"),
        ),
        (json!("concurrent_limit"), 429, None),
        (json!({ "migrating": { "retry_after": 9 } }), 477, Some("9")),
        (json!("server_error"), 500, None),
        (json!({ "gateway": { "status": 502 } }), 502, None),
        (
            json!({ "unavailable": { "retry_after": 1 } }),
            503,
            Some("1"),
        ),
        (json!({ "gateway": { "status": 504 } }), 504, None),
        (json!({ "gateway": { "status": 521 } }), 521, None),
    ] {
        let answer = refused(&crm, refusal).await.expect(status);

        assert_eq!(answer.body["status"], "error");
        assert_eq!(header(&answer, "retry-after"), retry_after);
        let id = answer.body["correlationId"].as_str();
        assert_eq!(header(&answer, "x-hubspot-correlation-id"), id);
    }
}

#[tokio::test]
async fn each_limit_has_its_policy_and_headers() {
    let crm = TestPortal::new();
    for (refusal, policy, message, remaining, daily) in [
        (
            json!({ "rate_limit": {} }),
            "TEN_SECONDLY_ROLLING",
            "You have reached your ten_secondly_rolling limit.",
            Some("0"),
            None,
        ),
        (
            json!("search_limit"),
            "SECONDLY",
            "You have reached your secondly limit.",
            None,
            None,
        ),
        (
            json!("daily_limit"),
            "DAILY",
            "You have reached your daily limit.",
            Some("100"),
            Some("0"),
        ),
    ] {
        let answer = refused(&crm, refusal).await.expect(429);

        assert_eq!(answer.body["policyName"], policy);
        assert_eq!(answer.body["message"], message);
        assert_eq!(answer.body["errorType"], "RATE_LIMIT");
        assert_eq!(answer.body.get("category"), None);
        let of = |name| header(&answer, &format!("x-hubspot-ratelimit-{name}"));
        assert_eq!((of("remaining"), of("daily-remaining")), (remaining, daily));
    }
}

#[tokio::test]
async fn a_fault_hits_its_token_and_route_as_often_as_it_says() {
    let mut crm = TestPortal::new();
    let dana = crm.token_of("Dana Reyes", "main");
    let sam = crm.token_of("Sam Low", "main");
    let id = |text: &str| {
        let tokens = crm.hubspot.tokens(&crm.portal);
        let token = tokens.iter().find(|token| &*token.grant.text == text);
        token.unwrap().grant.id.to_string()
    };
    let action = json!({ "refuse": { "rate_limit": {} } });
    play(
        &crm,
        json!({ "token": id(&sam), "path": "/crm/*/search", "times": 2, "action": action }),
    );
    let search = format!("{CONTACTS}/search");

    let mut statuses = Vec::new();
    for token in [dana, sam] {
        crm.use_token(&token);
        statuses.push(crm.get(CONTACTS).await.status.as_u16());
        for _ in 0..3 {
            statuses.push(crm.post(&search, json!({})).await.status.as_u16());
        }
    }

    assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429, 200]);
}

#[tokio::test]
async fn a_batch_may_say_nothing_of_what_it_did_not_do() {
    let crm = TestPortal::new();
    play(
        &crm,
        json!({ "method": "POST", "times": 2, "action": { "refuse": "empty_results" } }),
    );
    let inputs = json!({ "inputs": [{ "properties": { "email": "a@x.example" } }] });

    let created = crm
        .post(&format!("{CONTACTS}/batch/create"), inputs)
        .await
        .expect(201);
    let read = crm
        .post(&format!("{CONTACTS}/batch/read"), json!({}))
        .await
        .expect(200);

    for answer in [created, read] {
        assert_eq!(answer.body["status"], "COMPLETE");
        assert_eq!(answer.body["results"], json!([]));
        assert_eq!(answer.body.get("errors"), None);
    }
    assert!(crm.creates().is_empty());
}

#[tokio::test]
async fn a_create_may_be_done_and_answered_with_an_error() {
    let crm = TestPortal::new();
    let contact = json!({ "properties": { "email": "a@x.example" } });
    play(
        &crm,
        json!({ "method": "POST", "action": { "refuse_after": { "gateway": { "status": 502 } } } }),
    );

    crm.post(CONTACTS, contact.clone()).await.expect(502);
    let again = crm.post(CONTACTS, contact).await.expect(409);

    assert_eq!(crm.creates().len(), 1);
    let message = again.body["message"].as_str().unwrap();
    assert!(message.starts_with("Contact already exists. Existing ID: "));
}
