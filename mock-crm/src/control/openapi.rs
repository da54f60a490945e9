//! The OpenAPI document, made from the same table as the router.

use serde_json::{Map, Value, json};

use super::health::OPEN;
use super::operation::{Kind, Operation, Parameter, Place};

/// The schemas of bodies and answers, by name.
const SCHEMAS: &str = include_str!("openapi/schemas.json");

pub(super) fn document() -> Value {
    let mut paths = Map::new();
    for operation in super::operations() {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method.as_str().to_ascii_lowercase()] = described(&operation);
    }
    // A test holds that the file is JSON.
    let schemas: Value = serde_json::from_str(SCHEMAS).unwrap_or_default();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "mock-crm control API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who created which record, owned by whom, and why; what was sent; faults, time, orgs and tokens.",
        },
        "security": [{ "controlToken": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "controlToken": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

fn described(operation: &Operation) -> Value {
    let mut described = json!({
        "summary": operation.summary,
        "parameters": operation.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "responses": responses(operation),
    });
    if OPEN.contains(&operation.path) {
        described["security"] = json!([]);
    }
    if let Some(schema) = operation.body {
        let content = json!({ "application/json": { "schema": reference(schema) } });
        described["requestBody"] = json!({ "required": true, "content": content });
    }
    described
}

fn responses(operation: &Operation) -> Value {
    let mut success = json!({ "description": operation.summary });
    if let Some(schema) = operation.answer {
        success["content"] = json!({ "application/json": { "schema": reference(schema) } });
    }
    let error = json!({ "application/json": { "schema": reference("Error") } });
    json!({
        operation.status.to_string(): success,
        "default": { "description": "What is wrong, and a hint.", "content": error },
    })
}

fn parameter(parameter: &Parameter) -> Value {
    let schema = match parameter.kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Number => json!({ "type": "integer", "minimum": 0 }),
        Kind::OneOf(values) => json!({ "type": "string", "enum": values }),
    };
    json!({
        "name": parameter.name,
        "in": match parameter.place {
            Place::Query => "query",
            Place::Path => "path",
            Place::Header => "header",
        },
        "required": matches!(parameter.place, Place::Path),
        "description": parameter.description,
        "schema": schema,
    })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}
