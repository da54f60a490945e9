//! Each refusal has HubSpot's status, category and words.

use http::{Method, StatusCode};
use mock_crm::faults::{Action, Fault, Refusal};
use serde_json::{Value, json};

use crate::harness::{Answer, CONTACTS, TestPortal};

/// The body without the correlation id, which has to be there.
#[track_caller]
fn without_correlation_id(answer: &Answer) -> Value {
    let mut body = answer.body.clone();
    let id = body
        .as_object_mut()
        .and_then(|body| body.shift_remove("correlationId"));
    let id = id.unwrap_or_else(|| panic!("no correlationId in {}", answer.body));
    assert_eq!(
        answer.headers["x-hubspot-correlation-id"],
        id.as_str().unwrap()
    );
    body
}

#[tokio::test]
async fn a_call_without_or_with_an_unknown_token_is_refused() {
    let mut crm = TestPortal::new();
    for token in ["", "pat-na1-nobody-issued-this"] {
        crm.use_token(token);

        let answer = crm.get("/crm/v3/owners/").await.expect(401);

        assert_eq!(answer.body["category"], "INVALID_AUTHENTICATION");
        let message = answer.body["message"].as_str().unwrap();
        assert!(
            message
                .starts_with("Authentication credentials not found. This API supports OAuth 2.0")
        );
    }
}

#[tokio::test]
async fn an_expired_token_says_since_when() {
    let crm = TestPortal::new();
    crm.advance(1800 + 7200);

    let answer = crm.get(CONTACTS).await.expect(401);

    insta::assert_json_snapshot!(without_correlation_id(&answer), @r#"
    {
      "status": "error",
      "message": "The OAuth token used to make this call expired 2 hour(s) ago.",
      "context": {
        "expire time": [
          "2026-01-01T00:30:00.000Z"
        ]
      },
      "category": "EXPIRED_AUTHENTICATION"
    }
    "#);
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let crm = TestPortal::new().with_token_of("Dana Reyes", "reader");

    let answer = crm.post(CONTACTS, json!({})).await.expect(403);

    crm.get(CONTACTS).await.expect(200);
    insta::assert_json_snapshot!(without_correlation_id(&answer), @r#"
    {
      "status": "error",
      "message": "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
      "errors": [
        {
          "message": "One or more of the following scopes are required.",
          "context": {
            "requiredGranularScopes": [
              "crm.objects.contacts.write"
            ]
          }
        }
      ],
      "links": {
        "scopes": "https://developers.hubspot.com/scopes"
      },
      "category": "MISSING_SCOPES"
    }
    "#);
}

#[tokio::test]
async fn the_token_is_looked_at_before_the_scope_and_the_scope_before_the_body() {
    let mut crm = TestPortal::new().with_token_of("Dana Reyes", "reader");
    let broken = || "{".to_owned();

    let scope = crm.send(Method::POST, CONTACTS, broken()).await;
    crm.advance(3600);
    let expired = crm.send(Method::POST, CONTACTS, broken()).await;
    crm.use_token(&crm.token_of("Dana Reyes", "main"));
    let body = crm.send(Method::POST, CONTACTS, broken()).await;

    assert_eq!(
        [scope.status, expired.status, body.status],
        [403, 401, 400].map(|status| StatusCode::from_u16(status).unwrap())
    );
}

#[tokio::test]
async fn an_unknown_property_is_named_in_both_places() {
    let crm = TestPortal::new();

    let answer = crm
        .post(CONTACTS, json!({ "properties": { "first000name": "x" } }))
        .await
        .expect(400);

    insta::assert_json_snapshot!(without_correlation_id(&answer), @r#"
    {
      "status": "error",
      "message": "Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"first000name\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"first000name\"}]",
      "errors": [
        {
          "message": "Property \"first000name\" does not exist",
          "code": "PROPERTY_DOESNT_EXIST",
          "context": {
            "propertyName": [
              "first000name"
            ]
          }
        }
      ],
      "category": "VALIDATION_ERROR"
    }
    "#);
}

#[tokio::test]
async fn each_kind_of_wrong_value_has_its_code() {
    let crm = TestPortal::new();
    for (name, value, code) in [
        ("email", "dsfsafas@", "INVALID_EMAIL"),
        ("email", "a b@x.example", "INVALID_EMAIL"),
        ("lifecyclestage", "no such stage", "INVALID_OPTION"),
        ("score", "many", "INVALID_LONG"),
        ("score", " 1", "LEADING_TRAILING_WHITESPACE"),
        ("hs_object_id", "1", "READ_ONLY_VALUE"),
        ("hs_is_contact", "true", "READ_ONLY_VALUE"),
    ] {
        let answer = crm
            .post(CONTACTS, json!({ "properties": { name: value } }))
            .await
            .expect(400);
        assert_eq!(answer.body["errors"][0]["code"], code, "{name}={value}");
        assert_eq!(answer.body["errors"].as_array().unwrap().len(), 1);
    }
    assert!(crm.creates().is_empty());
}

#[tokio::test]
async fn all_wrong_values_are_told_at_once() {
    let crm = TestPortal::new();

    let answer = crm
        .post(
            CONTACTS,
            json!({ "properties": { "email": "x", "nope": "1", "score": "x" } }),
        )
        .await
        .expect(400);

    assert_eq!(answer.body["errors"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn an_email_address_is_one_contacts_only() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "email": "A@x.example" })).await;
    let other = crm.given_contact(json!({ "email": "b@x.example" })).await;
    let taken = json!({ "properties": { "email": "a@X.example" } });

    let created = crm.post(CONTACTS, taken.clone()).await.expect(409);
    let changed = crm
        .patch(&format!("{CONTACTS}/{other}"), taken)
        .await
        .expect(409);

    assert_eq!(
        created.body["message"],
        format!("Contact already exists. Existing ID: {id}")
    );
    assert_eq!(created.body["category"], "CONFLICT");
    assert_eq!(changed.body["message"], created.body["message"]);
    assert_eq!(crm.creates().len(), 2);
}

#[tokio::test]
async fn a_unique_value_of_another_record_is_refused_with_its_id() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "apollo_id": "a1" })).await;

    let answer = crm
        .post(CONTACTS, json!({ "properties": { "apollo_id": "a1" } }))
        .await
        .expect(400);

    let message = answer.body["message"].as_str().unwrap();
    assert!(
        message.starts_with("Cannot set PropertyValueCoordinates{portalId=62515"),
        "{message}"
    );
    assert!(
        message.ends_with(&format!("{id} already has that value.")),
        "{message}"
    );
    assert_eq!(answer.body["category"], "VALIDATION_ERROR");
}

#[tokio::test]
async fn a_task_without_its_date_is_refused() {
    let crm = TestPortal::new();

    let answer = crm
        .post(
            "/crm/v3/objects/tasks",
            json!({ "properties": { "hs_task_subject": "x" } }),
        )
        .await
        .expect(400);

    insta::assert_json_snapshot!(without_correlation_id(&answer), @r#"
    {
      "status": "error",
      "message": "Error creating TASK. Some required properties were not set.",
      "context": {
        "properties": [
          "hs_timestamp"
        ]
      },
      "category": "VALIDATION_ERROR"
    }
    "#);
}

#[tokio::test]
async fn a_body_that_is_no_json_says_where() {
    let crm = TestPortal::new();

    let broken = crm
        .send(Method::POST, CONTACTS, "{\n\"properties\": {".to_owned())
        .await
        .expect(400);
    let wrong = crm
        .post(CONTACTS, json!({ "properties": { "firstname": ["x"] } }))
        .await
        .expect(400);
    let list = crm.post(CONTACTS, json!([])).await.expect(400);
    let missing = crm
        .post(&format!("{CONTACTS}/batch/create"), json!({}))
        .await
        .expect(400);

    assert!(
        broken.body["message"]
            .as_str()
            .unwrap()
            .starts_with("Invalid input JSON on line 2, column 15: ")
    );
    assert!(
        wrong.body["message"]
            .as_str()
            .unwrap()
            .contains("Cannot deserialize value of type `java.lang.String` from Array value")
    );
    assert!(
        list.body["message"]
            .as_str()
            .unwrap()
            .contains("START_ARRAY")
    );
    assert!(
        missing.body["message"]
            .as_str()
            .unwrap()
            .ends_with(". Some required fields were not set: [inputs]")
    );
    assert_eq!(broken.body.get("category"), None);
}

#[tokio::test]
async fn a_type_that_hubspot_does_not_know_and_one_that_the_mock_does_not_are_told_apart() {
    let crm = TestPortal::new();

    let unknown = crm.get("/crm/v3/objects/butterflies").await.expect(400);
    let tickets = crm.get("/crm/v3/objects/tickets").await.expect(501);

    assert_eq!(
        unknown.body["message"],
        "Unable to infer object type from: butterflies"
    );
    assert_eq!(tickets.body["category"], "NOT_SIMULATED");
}

#[tokio::test]
async fn what_is_not_simulated_says_so_and_nonsense_does_not() {
    let crm = TestPortal::new();

    for (method, path) in [
        (Method::GET, "/crm/v3/imports"),
        (Method::GET, "/engagements/v1/dispositions"),
        (Method::POST, "/crm/v3/lists"),
        (Method::POST, "/crm/v3/exports/export/async"),
    ] {
        let answer = crm.send(method, path, "{}".to_owned()).await.expect(501);
        assert_eq!(answer.body["category"], "NOT_SIMULATED", "{path}");
        assert!(answer.body["message"].as_str().unwrap().contains(path));
    }
    crm.get("/nothing/here").await.expect(404);
    crm.send(Method::PUT, CONTACTS, String::new())
        .await
        .expect(405);
    crm.delete("/crm/v3/owners").await.expect(405);
}

#[tokio::test]
async fn a_record_that_is_not_there_is_not_found() {
    let crm = TestPortal::new();

    for id in ["1", "nonsense", "99999999999999999999999"] {
        let answer = crm.get(&format!("{CONTACTS}/{id}")).await.expect(404);
        assert_eq!(answer.body["category"], "OBJECT_NOT_FOUND");
        crm.patch(
            &format!("{CONTACTS}/{id}"),
            json!({ "properties": { "firstname": "x" } }),
        )
        .await
        .expect(404);
    }
}

#[tokio::test]
async fn an_update_of_nothing_is_refused() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;

    for body in [json!({}), json!({ "properties": {} })] {
        let answer = crm
            .patch(&format!("{CONTACTS}/{id}"), body)
            .await
            .expect(400);
        assert_eq!(
            answer.body["message"],
            "No properties found to update, please provide at least one."
        );
    }
}

#[tokio::test]
async fn faults_come_in_hubspots_shape() {
    let crm = TestPortal::new();
    for (refusal, status) in [
        (
            Refusal::RateLimit {
                retry_after: Some(3),
            },
            429,
        ),
        (Refusal::LockedRow, 423),
        (Refusal::Unavailable { retry_after: None }, 503),
        (Refusal::ServerError, 500),
    ] {
        let fault = json!({ "action": Action::Refuse(refusal) });
        let fault: Fault = serde_json::from_value(fault).unwrap();
        crm.hubspot.server.faults.add(fault);

        let answer = crm.get(CONTACTS).await.expect(status);

        let body = without_correlation_id(&answer);
        assert_eq!(body["status"], "error");
        if status == 429 {
            assert_eq!(body["policyName"], "TEN_SECONDLY_ROLLING");
            assert_eq!(body["errorType"], "RATE_LIMIT");
            assert_eq!(answer.headers["retry-after"], "3");
            assert_eq!(answer.headers["x-hubspot-ratelimit-remaining"], "0");
        }
    }
}
