//! The protocol as text, and what the driver makes of the answers of others.

use super::rpc::{Request, Response};
use super::*;
use crate::sync::{Policy, TokioSleeper};
use async_trait::async_trait;
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::sync::Arc;

fn reference() -> Reference {
    Reference::new(Policy::reference(), Arc::new(TokioSleeper))
}

async fn ask(reference: &mut Reference, method: &str, params: Value) -> String {
    let request = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
    reference.handle(&request.to_string()).await
}

async fn reset(reference: &mut Reference) {
    ask(reference, "hello", json!({ "protocols": [1], "run": "r7" })).await;
    ask(
        reference,
        "reset",
        json!({ "scenario": "s9c", "settings": { "assignment_rules": false } }),
    )
    .await;
}

#[tokio::test]
async fn hello_says_what_the_client_can_do() {
    let answer = ask(
        &mut reference(),
        "hello",
        json!({ "protocols": [1], "run": "r7" }),
    )
    .await;

    assert_snapshot!(answer, @r#"{"jsonrpc":"2.0","id":7,"result":{"protocol":1,"name":"crm-conformance","version":"0.1.0","capabilities":["crm:salesforce","crm:hubspot","record:contact","record:account","record:lead","source:manual","source:csv","source:gmail","source:linkedin","source:prospecting","source:jobchange","mode:single","mode:bulk","activity:email","activity:task","activity:call","update","error_log"]}}"#);
}

#[tokio::test]
async fn a_record_is_created_as_the_design_shows_it() {
    let mut reference = reference();
    reset(&mut reference).await;
    ask(&mut reference, "user.add", json!({ "user": "u1", "name": "Dana Reyes", "email": "dana@example.com", "role": "member" })).await;

    let params = json!({ "kind": "contact", "source": "search", "user": "u1", "account": null, "fields": { "last_name": "Lee" } });
    let created = ask(&mut reference, "record.create", params).await;
    let push = json!({ "records": ["a1"], "crm": "salesforce", "mode": "bulk", "user": null, "as": "lead" });
    let pushed = ask(&mut reference, "push", push).await;
    let log = ask(&mut reference, "error_log", json!({})).await;

    assert_snapshot!(created, @r#"{"jsonrpc":"2.0","id":7,"result":{"record":"a1","owner":"u1"}}"#);
    assert_snapshot!(pushed, @r#"{"jsonrpc":"2.0","id":7,"result":{"results":[{"record":"a1","outcome":"refused","reason":"no_credential","message":"nobody has a Salesforce login that works"}]}}"#);
    assert_snapshot!(log, @r#"{"jsonrpc":"2.0","id":7,"result":{"entries":[{"record":"a1","crm":"salesforce","user":"u1","reason":"no_credential","message":"nobody has a Salesforce login that works"}]}}"#);
}

#[tokio::test]
async fn what_cannot_be_answered_is_an_error_with_its_code() {
    let mut reference = reference();

    let early = ask(&mut reference, "error_log", json!({})).await;
    reset(&mut reference).await;
    let unknown_method = ask(&mut reference, "record.delete", json!({})).await;
    let misspelt = ask(&mut reference, "record.read", json!({ "recrod": "a1" })).await;
    let unknown_record = ask(&mut reference, "record.read", json!({ "record": "a1" })).await;
    let lead = json!({ "records": [], "crm": "hubspot", "mode": "single", "as": "lead" });
    let unsupported = ask(&mut reference, "push", lead).await;
    let no_json = reference.handle("{").await;
    let no_request = reference.handle("[]").await;

    assert_snapshot!(early, @r#"{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"there was no reset yet","data":{"trace":"there was no reset yet"}}}"#);
    assert_snapshot!(unknown_method, @r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"there is no method \"record.delete\""}}"#);
    assert_snapshot!(misspelt, @r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"unknown field `recrod`, expected `record`"}}"#);
    assert_snapshot!(unknown_record, @r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"there is no Apollo record a1"}}"#);
    assert_snapshot!(unsupported, @r#"{"jsonrpc":"2.0","id":7,"error":{"code":2,"message":"no record:lead in HubSpot","data":{"capability":"record:lead in HubSpot"}}}"#);
    assert_snapshot!(no_json, @r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"EOF while parsing an object at line 1 column 1"}}"#);
    assert_snapshot!(no_request, @r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid length 0, expected struct Request with 4 elements"}}"#);
}

/// Another system under test, which answers every call with this.
#[derive(Debug)]
struct Canned(Value);

#[async_trait]
impl Transport for Canned {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let request: Request = serde_json::from_str(&line).map_err(|error| TransportError {
            message: error.to_string(),
            source: None,
        })?;
        let mut answer = self.0.clone();
        answer["jsonrpc"] = "2.0".into();
        if answer.get("id").is_none() {
            answer["id"] = request.id;
        }
        Ok(answer.to_string())
    }
}

#[track_caller]
fn check(error: Result<Vec<LogEntry>, DriverError>, expected: &str) {
    let error = error.map_err(|error| error.to_string()).unwrap_err();
    assert!(error.starts_with(expected), "{error}");
}

#[tokio::test]
async fn the_driver_tells_the_failures_of_others_apart() {
    let answer = async |answer: Value| Driver::new(Canned(answer)).error_log().await;

    let raised =
        json!({ "error": { "code": 1, "message": "boom", "data": { "trace": "at line 3" } } });
    check(answer(raised).await, "the system under test failed: boom");
    let unsupported =
        json!({ "error": { "code": 2, "message": "no", "data": { "capability": "error_log" } } });
    check(
        answer(unsupported).await,
        "the system under test does not support error_log",
    );
    let unknown = json!({ "error": { "code": -32601, "message": "?" } });
    check(
        answer(unknown).await,
        "the system under test does not know the method error_log",
    );
    check(
        answer(json!({ "result": { "entries": 3 } })).await,
        "malformed answer to error_log: invalid type",
    );
    check(
        answer(json!({ "id": 99, "result": { "entries": [] } })).await,
        "malformed answer to error_log: its id",
    );
    check(
        answer(json!({})).await,
        "malformed answer to error_log: neither",
    );
}

#[tokio::test]
async fn a_push_that_leaves_a_record_out_is_malformed() {
    let mut driver = Driver::new(Canned(json!({ "result": { "results": [] } })));
    let records = vec![RecordId("a1".into())];
    let push = PushRecords {
        records,
        crm: Crm::Hubspot,
        mode: Mode::Single,
        user: None,
        pushed_as: PushedAs::Contact,
    };

    let error = driver.push(&push).await.unwrap_err();

    assert!(
        matches!(error, DriverError::MalformedAnswer { method: "push", .. }),
        "{error}"
    );
}

#[tokio::test]
async fn the_driver_and_the_reference_understand_each_other() {
    let mut driver = Driver::in_process(reference());
    let user = UserId("u1".into());
    driver.hello("r7").await.unwrap();
    let settings = PushSettings::default();
    driver
        .reset(&Reset {
            scenario: "s".into(),
            salesforce: None,
            hubspot: None,
            ca_file: None,
            settings,
        })
        .await
        .unwrap();
    driver
        .add_user(&AddUser {
            user: user.clone(),
            name: "Dana".into(),
            email: "d@x.example".into(),
            role: Role::Admin,
        })
        .await
        .unwrap();
    let fields = Fields::from([("name".to_owned(), "Acme".to_owned())]);
    let new = NewRecord {
        kind: Kind::Account,
        source: Source::Csv,
        user: user.clone(),
        account: None,
        fields,
    };

    let created = driver.create_record(&new).await.unwrap();
    let read = driver.read_record(&created.record).await.unwrap();
    let unlinked = driver.unlink(&user, Crm::Hubspot).await;

    assert_eq!((read.owner, &read.record), (user, &created.record));
    assert!(
        matches!(
            unlinked,
            Err(DriverError::InvalidParams {
                method: "credential.unlink",
                ..
            })
        ),
        "{unlinked:?}"
    );
}

#[test]
fn a_response_holds_a_result_or_an_error() {
    let response = Response::new(7.into(), Ok(json!({})));

    assert_eq!(
        serde_json::to_value(&response).unwrap(),
        json!({ "jsonrpc": "2.0", "id": 7, "result": {} })
    );
}

/// Says in an error what reached it.
#[derive(Debug)]
struct Echo;

#[async_trait]
impl Transport for Echo {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        Err(TransportError {
            message: line,
            source: None,
        })
    }
}

#[tokio::test]
async fn a_request_has_no_letter_that_anybody_takes_for_the_end_of_a_line() {
    let record = RecordId("a\u{2028}b\u{2029}c\nd".into());

    let error = Driver::new(Echo).read_record(&record).await.unwrap_err();

    let DriverError::NoAnswer { source, .. } = error else {
        panic!("{error}");
    };
    assert!(!source.message.contains(['\u{2028}', '\u{2029}', '\n']));
    let request: Request = serde_json::from_str(&source.message).unwrap();
    assert_eq!(request.params["record"], json!(record));
}
