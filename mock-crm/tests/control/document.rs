use reqwest::Method;
use serde_json::Value;

use crate::{code, controlled};

/// A path with ids that nobody has.
fn concrete(path: &str) -> String {
    let nobody = |segment: &str| match segment.starts_with('{') {
        true => "nobody".to_owned(),
        false => segment.to_owned(),
    };
    path.split('/').map(nobody).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_documented_operation_is_there_and_no_other_method_of_its_path_is() {
    let control = controlled().await;
    let (_, document) = control.get("/openapi.json").await;
    let paths = document["paths"].as_object().unwrap();

    assert!(paths.len() > 10, "{paths:?}");
    for (path, operations) in paths {
        for method in ["get", "post", "put", "patch", "delete"] {
            let verb: Method = method.to_ascii_uppercase().parse().unwrap();
            let answer = control.send(verb, &concrete(path), None).await;

            assert_ne!(code(&answer).1, "no_such_path", "{method} {path}");
            let there = code(&answer).1 != "no_such_method";
            assert_eq!(there, operations.get(method).is_some(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_schema_that_is_referred_to_is_in_the_document() {
    let control = controlled().await;
    let (_, document) = control.get("/openapi.json").await;
    let schemas = document["components"]["schemas"].as_object().unwrap();

    let mut referred = Vec::new();
    references(&document, &mut referred);

    assert!(!referred.is_empty());
    for reference in &referred {
        let name = reference.trim_start_matches("#/components/schemas/");
        assert!(schemas.contains_key(name), "{reference}");
    }
    for name in schemas.keys() {
        let unused = !referred
            .iter()
            .any(|reference| reference.ends_with(&format!("/{name}")));
        assert!(!unused, "nothing refers to {name}");
    }
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                found.push(reference.to_owned());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// The document says what fields an answer has, and they are what it has.
pub(crate) fn assert_described(document: &Value, schema: &str, answer: &Value) {
    let described = &document["components"]["schemas"][schema];
    let properties = described["properties"].as_object().unwrap();
    let answer = answer.as_object().unwrap();
    for name in answer.keys() {
        assert!(
            properties.contains_key(name),
            "{schema} does not have {name}"
        );
    }
    for name in described["required"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        assert!(answer.contains_key(name), "{schema} requires {name}");
    }
}

#[tokio::test]
async fn answers_have_the_fields_that_the_document_says() {
    let control = controlled().await;
    let (_, document) = control.get("/openapi.json").await;
    control.stray("/").await;
    let fault = serde_json::json!({ "action": "reset_before" });
    control.post("/faults", fault).await;

    for (path, schema, entries) in [
        ("/creates", "Creates", None),
        ("/changes", "Changes", None),
        ("/requests", "Requests", Some(("requests", "Request"))),
        ("/faults", "Faults", Some(("faults", "ArmedFault"))),
        ("/clock", "Clock", None),
        ("/panics", "Panics", None),
        ("/health", "Health", None),
        ("/creates?x=1", "Error", None),
    ] {
        let (_, answer) = control.get(path).await;
        assert_described(&document, schema, &answer);
        if let Some((list, entry)) = entries {
            assert_described(&document, entry, &answer[list][0]);
        }
    }
}
