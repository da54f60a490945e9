//! What a property takes, in which form it keeps it, and what it says of what it does not take.

use mock_crm::hubspot::spec::PropertySpec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

fn portal() -> TestPortal {
    let property = |name: &str, kind: &str, field: Option<&str>| PropertySpec {
        object: "contacts".to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        field_type: field.map(str::to_owned),
        options: match kind {
            "enumeration" => vec!["red".to_owned(), "blue".to_owned()],
            _ => Vec::new(),
        },
        ..PropertySpec::default()
    };
    TestPortal::with(|spec| {
        spec.properties.extend([
            property("vip", "bool", None),
            property("day", "date", None),
            property("seen", "datetime", None),
            property("hue", "enumeration", None),
            property("hues", "enumeration", Some("checkbox")),
        ]);
    })
}

#[tokio::test]
async fn each_kind_keeps_its_own_form() {
    let crm = portal();
    for (name, sent, kept) in [
        ("firstname", json!(" Ada "), json!(" Ada ")),
        ("firstname", json!(7), json!("7")),
        ("firstname", json!(true), json!("true")),
        ("email", json!("ADA@X.example"), json!("ada@x.example")),
        ("score", json!(2.5), json!("2.5")),
        ("score", json!("-3"), json!("-3")),
        ("vip", json!(true), json!("true")),
        ("vip", json!("FALSE"), json!("false")),
        ("vip", json!("True"), json!("true")),
        ("day", json!("2026-02-03"), json!("2026-02-03")),
        ("day", json!(1_770_076_800_000_i64), json!("2026-02-03")),
        (
            "seen",
            json!(1_770_076_800_001_i64),
            json!("2026-02-03T00:00:00.001Z"),
        ),
        (
            "seen",
            json!("2026-02-03T01:00:00+01:00"),
            json!("2026-02-03T00:00:00.000Z"),
        ),
        ("hue", json!("red"), json!("red")),
        ("hues", json!("blue;red"), json!("blue;red")),
        ("score", json!(""), Value::Null),
        ("score", Value::Null, Value::Null),
    ] {
        let id = crm.given_contact(json!({ name: sent })).await;
        assert_eq!(crm.contact(&id, name).await[name], kept, "{name} {sent}");
    }
}

/// Messages of `READ_ONLY_VALUE`, `LEADING_TRAILING_WHITESPACE` and `INVALID_DATE` are not recorded, so only their codes
/// are looked at.
#[tokio::test]
async fn what_is_not_taken_has_its_code_and_recorded_words() {
    let crm = portal();
    for (name, sent, code, message) in [
        (
            "email",
            json!("dsfsafas@"),
            "INVALID_EMAIL",
            "Email address dsfsafas@ is invalid",
        ),
        (
            "score",
            json!("1/1/1"),
            "INVALID_LONG",
            "1/1/1 was not a valid long.",
        ),
        (
            "score",
            json!(true),
            "INVALID_LONG",
            "true was not a valid long.",
        ),
        (
            "seen",
            json!("tomorrow"),
            "INVALID_LONG",
            "tomorrow was not a valid long.",
        ),
        (
            "day",
            json!("2024-01-30T01:07:09"),
            "INVALID_LONG",
            "2024-01-30T01:07:09 was not a valid long.",
        ),
        ("day", json!(1), "INVALID_DATE", ""),
        (
            "vip",
            json!("yes"),
            "INVALID_OPTION",
            "yes was not one of the allowed options: [true, false]",
        ),
        (
            "hue",
            json!("Red"),
            "INVALID_OPTION",
            "Red was not one of the allowed options: [red, blue]",
        ),
        (
            "hues",
            json!("red;"),
            "INVALID_OPTION",
            "red; was not one of the allowed options: [red, blue]",
        ),
        ("score", json!("1 "), "LEADING_TRAILING_WHITESPACE", ""),
        (
            "hubspot_owner_id",
            json!(" 1"),
            "LEADING_TRAILING_WHITESPACE",
            "",
        ),
        ("createdate", json!("2026-01-01"), "READ_ONLY_VALUE", ""),
    ] {
        let answer = crm
            .post(CONTACTS, json!({ "properties": { name: sent } }))
            .await
            .expect(400);

        let error = &answer.body["errors"][0];
        assert_eq!(error["code"], code, "{name} {sent}");
        assert_eq!(error["context"], json!({ "propertyName": [name] }));
        if !message.is_empty() {
            assert_eq!(error["message"], message);
        }
    }
    assert!(crm.creates().is_empty());
}

#[tokio::test]
async fn a_stage_that_its_pipeline_does_not_have_is_told_twice() {
    let crm = portal();
    let deal = json!({ "properties": { "dealname": "x", "dealstage": "registered" } });

    let answer = crm.post("/crm/v3/objects/deals", deal).await.expect(400);

    assert_eq!(answer.body["error"], "INVALID_OPTION");
    let message = answer.body["errors"][0]["message"].as_str().unwrap();
    let recorded =
        "registered is not a valid pipeline stage ID. Valid options are: pipelineId=default : [";
    assert!(message.starts_with(recorded), "{message}");
}

#[tokio::test]
async fn lists_and_objects_are_no_values() {
    let crm = portal();
    for (sent, token) in [
        (json!(["red"]), "START_ARRAY"),
        (json!({ "a": 1 }), "START_OBJECT"),
    ] {
        let answer = crm
            .post(CONTACTS, json!({ "properties": { "hues": sent } }))
            .await
            .expect(400);

        let message = answer.body["message"].as_str().unwrap();
        assert!(
            message.starts_with("Invalid input JSON on line 1, column "),
            "{message}"
        );
        assert!(
            message.ends_with(&format!("(token `JsonToken.{token}`)")),
            "{message}"
        );
        assert_eq!(answer.body.get("category"), None);
    }
}

fn sent() -> impl Strategy<Value = Value> {
    prop_oneof![
        ".{0,12}".prop_map(Value::from),
        "[0-9]{0,6}(\\.[0-9]{1,3})?".prop_map(Value::from),
        "(red|blue|;){1,3}".prop_map(Value::from),
        "20[0-9]{2}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z)?"
            .prop_map(Value::from),
        "[a-zA-Z]{1,3}@[a-zA-Z.]{1,6}".prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ]
}

const NAMES: [&str; 9] = [
    "firstname",
    "email",
    "score",
    "vip",
    "day",
    "seen",
    "hue",
    "hues",
    "hubspot_owner_id",
];

async fn stays_as_it_was_kept(
    crm: &TestPortal,
    name: &str,
    sent: Value,
) -> Result<(), TestCaseError> {
    let answer = crm
        .post(CONTACTS, json!({ "properties": { name: sent } }))
        .await;
    if answer.status != 201 {
        // An address of an earlier case is taken.
        let taken = answer.status == 409;
        prop_assert!(
            taken || answer.body["errors"][0]["code"].is_string(),
            "{}",
            answer.body
        );
        return Ok(());
    }
    let id = answer.id();
    let kept = crm.contact(&id, name).await[name].clone();
    let again = json!({ "properties": { name: kept } });
    let again = crm.patch(&format!("{CONTACTS}/{id}"), again).await;
    prop_assert_eq!(again.status.as_u16(), 200, "{}", again.body);
    prop_assert_eq!(&crm.contact(&id, name).await[name], &kept);
    Ok(())
}

#[test]
fn a_value_is_refused_or_kept_in_a_form_that_stays() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let crm = portal();
    let config = ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);

    let result = runner.run(
        &(prop::sample::select(NAMES.to_vec()), sent()),
        |(name, sent)| runtime.block_on(stays_as_it_was_kept(&crm, name, sent)),
    );

    result.unwrap_or_else(|error| panic!("{error}"));
}
