//! The schema against the Rust messages, and what is said of a message that is wrong.

use super::super::message::{HelloAnswer, Method, Nothing};
use super::super::rpc::{ErrorObject, Request, Response};
use super::super::*;
use super::*;

fn document() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// The examples of a definition, or of the one that it stands for.
fn examples(name: &str) -> Vec<Value> {
    let definition = &document()["$defs"][name];
    if let Some(other) = definition["$ref"].as_str() {
        return examples(other.trim_start_matches("#/$defs/"));
    }
    let examples = definition["examples"].as_array();
    examples
        .unwrap_or_else(|| panic!("{name} has no example"))
        .clone()
}

#[test]
fn the_schema_is_one_and_has_every_method() {
    let document = document();
    assert!(jsonschema::meta::is_valid(&document));

    let definitions = document["$defs"].as_object().unwrap();
    let of_definitions: Vec<&str> = definitions
        .keys()
        .filter_map(|name| name.strip_suffix(".params"))
        .collect();
    let named = document["$defs"]["request"]["properties"]["method"]["enum"].clone();

    assert_eq!(json!(of_definitions), named);
    for method in of_definitions {
        assert!(
            definitions.contains_key(&format!("{method}.result")),
            "{method}"
        );
    }
}

fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(name: &str) {
    for example in examples(name) {
        let message: T = serde_json::from_value(example.clone())
            .unwrap_or_else(|error| panic!("{name} {example}: {error}"));
        assert_eq!(serde_json::to_value(message).unwrap(), example, "{name}");
    }
}

/// Params and result, and whole messages of them.
fn check_method<M: Method>() {
    round_trip::<M>(&format!("{}.params", M::NAME));
    round_trip::<M::Answer>(&format!("{}.result", M::NAME));
    for params in examples(&format!("{}.params", M::NAME)) {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": M::NAME, "params": params });
        assert_eq!(validate(M::NAME, Direction::Request, &request), Ok(()));
    }
    for result in examples(&format!("{}.result", M::NAME)) {
        let answer = json!({ "jsonrpc": "2.0", "id": "q1", "result": result });
        assert_eq!(validate(M::NAME, Direction::Answer, &answer), Ok(()));
    }
}

#[test]
fn every_message_reads_the_examples_and_writes_them_back() {
    check_method::<Hello>();
    check_method::<Reset>();
    check_method::<AddUser>();
    check_method::<CredentialLink>();
    check_method::<CredentialUnlink>();
    check_method::<Connect>();
    check_method::<Disconnect>();
    check_method::<NewRecord>();
    check_method::<RecordUpdate>();
    check_method::<RecordRead>();
    check_method::<PushRecords>();
    check_method::<ActivityLog>();
    check_method::<ErrorLog>();
    round_trip::<Request>("request");
    round_trip::<Response>("response");
    round_trip::<ErrorObject>("error");
    round_trip::<HelloAnswer>("hello.result");
    round_trip::<Nothing>("nothing");
}

#[track_caller]
fn check(method: &str, direction: Direction, message: Value, expected: &[&str]) {
    let violations = validate(method, direction, &message)
        .err()
        .unwrap_or_default();
    let said: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(said, expected);
}

fn result(result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "result": result })
}

#[test]
fn an_answer_that_is_wrong_is_named_with_its_place() {
    let answer = |method: &str, message: Value, expected: &[&str]| {
        check(method, Direction::Answer, message, expected);
    };
    answer(
        "reset",
        result(Value::Null),
        &["/result: expected an object, found null"],
    );
    answer(
        "record.read",
        result(json!({ "record": 7 })),
        &[
            "/result: \"owner\" is missing",
            "/result/record: expected a string, found 7",
        ],
    );
    answer(
        "push",
        result(json!({ "results": [{ "record": "a1", "outcome": "done" }] })),
        &["/result/results/0/outcome: expected one of \"pushed\", \"refused\", found \"done\""],
    );
    answer(
        "push",
        result(json!({ "results": [{ "record": "a1", "outcome": "pushed" }] })),
        &["/result/results/0: \"crm_id\" is missing"],
    );
    answer(
        "hello",
        result(json!({ "protocol": 2, "name": "", "version": "1", "capabilities": "all" })),
        &[
            "/result/protocol: expected 1, found 2",
            "/result/name: expected a text that is not empty",
            "/result/capabilities: expected an array, found \"all\"",
        ],
    );
    answer(
        "activity.log",
        result(json!({ "results": [] })),
        &["/result/results: expected at least 1, found fewer"],
    );
}

#[test]
fn an_answer_is_a_result_or_an_error_of_the_protocol() {
    let answer = |message: Value, expected: &[&str]| {
        check("reset", Direction::Answer, message, expected);
    };
    let error = |error: Value| json!({ "jsonrpc": "2.0", "id": 1, "error": error });
    answer(json!("done"), &["expected an object, found \"done\""]);
    answer(
        json!({ "id": 1, "result": {} }),
        &["\"jsonrpc\" is missing"],
    );
    answer(
        json!({ "jsonrpc": "2.0", "id": 1 }),
        &["expected either a result or an error, found neither"],
    );
    let both = json!({ "jsonrpc": "2.0", "id": 1, "result": {}, "error": { "code": -32601, "message": "" } });
    answer(both, &["expected either a result or an error, found both"]);
    answer(
        error(json!({ "code": 1, "message": "boom" })),
        &["/error: \"data\" is missing"],
    );
    answer(
        error(json!({ "code": 2, "message": "no", "data": {} })),
        &["/error/data: \"capability\" is missing"],
    );
    answer(
        error(json!({ "code": 500, "message": "boom" })),
        &["/error/code: expected one of 1, 2, -32601, -32602, -32600, -32700, found 500"],
    );
}

#[test]
fn answers_may_say_more_and_params_may_not() {
    let more = json!({ "record": "a1", "owner": "u1", "etag": 3 });
    check("record.read", Direction::Answer, result(more), &[]);

    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": "record.read", "params": { "record": "a1", "etag": 3 } });
    check(
        "record.read",
        Direction::Request,
        request,
        &["/params: the protocol has no \"etag\""],
    );
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": "record.delete", "params": {} });
    let said = validate("record.delete", Direction::Request, &request).unwrap_err();
    assert_eq!(said[0].pointer, "/method");
}

#[test]
fn a_long_value_is_shown_in_part() {
    let said = validate("reset", Direction::Answer, &json!("é".repeat(500))).unwrap_err();

    assert!(said[0].what.ends_with("éé…"), "{}", said[0]);
    assert!(said[0].what.chars().count() < 100, "{}", said[0]);
}
