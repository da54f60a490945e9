//! Every report is as docs/schema/report-v1.schema.json says, and says nothing that does not stand there.

use std::fs;
use std::path::Path;

use crm_conformance::report::json::SCHEMA;
use serde_json::{Value, json};

use super::features::GOOD;
use super::{check_exit, crm_conformance, folder};

/// The schema, and the same where every object holds nothing but what is described.
fn schemas() -> [Value; 2] {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut closed = schema.clone();
    close(&mut closed);
    [schema, closed]
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            if fields.get("properties").is_some_and(Value::is_object) && fields.contains_key("type")
            {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[track_caller]
pub(crate) fn check(report: &Value) {
    for schema in schemas() {
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let errors = validator.iter_errors(report);
        let errors: Vec<String> = errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .map(|error| error.chars().take(300).collect())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

fn report(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("r.json")).unwrap()).unwrap()
}

#[track_caller]
fn run(arguments: &[&str], exit: i32) -> Value {
    let folder = folder();
    fs::write(folder.path().join("mine.feature"), GOOD).unwrap();
    fs::write(folder.path().join("wrong.feature"), "Feature: F\n").unwrap();
    let output = crm_conformance(
        folder.path(),
        &[&["run", "--json", "r.json"], arguments].concat(),
    );
    check_exit(&output, exit);
    report(folder.path())
}

#[test]
fn the_schema_is_one_of_2020_12() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();

    assert!(jsonschema::meta::is_valid(&schema));
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["$id"], crm_conformance::report::json::NAME);
}

#[test]
fn the_report_of_a_passing_run_is_by_the_schema() {
    check(&run(&["--tags", "@R05 or @U3 or @T5"], 0));
}

#[test]
fn the_report_of_a_failing_run_is_by_the_schema() {
    let failing = run(
        &[
            "--tags",
            "@H1 or @N2 or @R26",
            "--faulty",
            "hubspot-user-id-as-owner",
        ],
        1,
    );

    check(&failing);
    assert_eq!(failing["outcome"], "not_conformant");
}

#[test]
fn the_report_of_a_feature_error_is_by_the_schema() {
    let refused = run(&["wrong.feature"], 2);

    check(&refused);
    assert_eq!(refused["complete"], true);
}

#[test]
fn the_report_of_a_run_that_ended_early_is_by_the_schema() {
    let stopped = run(
        &[
            "--tags",
            "@H1",
            "--faulty",
            "owner-never-sent",
            "--fail-fast",
            "--concurrency",
            "1",
        ],
        1,
    );

    check(&stopped);
    assert_eq!(stopped["stopped"]["why"], "first_failure");
    assert!(!stopped["not_run"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_no_report_is_not_by_the_schema() {
    let [schema, _] = schemas();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut report = run(&["mine.feature"], 0);

    assert!(validator.is_valid(&report));
    report["scenarios"][0]["verdicts"][0]["judgement"] = json!("fine");

    assert!(!validator.is_valid(&report));
}
