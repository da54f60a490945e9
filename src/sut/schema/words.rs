//! What a validator finds, in plain words.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

/// So much of a value is shown.
const LONGEST: usize = 60;

/// What was expected, and what was found.
pub(super) fn of(error: &ValidationError<'_>) -> String {
    let found = shown(error.instance());
    match error.kind() {
        Kind::Type { kind } => format!("expected {}, found {found}", expected(kind)),
        Kind::Required { property } => format!("{property} is missing"),
        Kind::AdditionalProperties { unexpected } => {
            format!("the protocol has no {}", quoted(unexpected))
        }
        Kind::Enum { options } => format!("expected one of {}, found {found}", listed(options)),
        Kind::Constant { expected_value } => format!("expected {expected_value}, found {found}"),
        Kind::MinLength { .. } => "expected a text that is not empty".to_owned(),
        Kind::MinItems { limit } => format!("expected at least {limit}, found fewer"),
        Kind::MaxItems { limit } => format!("expected at most {limit}, found more"),
        // The schema has one such choice.
        Kind::OneOfNotValid { .. } => {
            "expected either a result or an error, found neither".to_owned()
        }
        Kind::OneOfMultipleValid { .. } => {
            "expected either a result or an error, found both".to_owned()
        }
        _ => error.to_string(),
    }
}

fn expected(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => word(*one).to_owned(),
        TypeKind::Multiple(several) => {
            let words: Vec<&str> = several.iter().map(word).collect();
            words.join(" or ")
        }
    }
}

fn word(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => return "null".to_owned(),
        Value::Object(fields) if fields.is_empty() => return "an empty object".to_owned(),
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        _ => "",
    };
    if !text.is_empty() {
        return text.to_owned();
    }
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn listed(options: &Value) -> String {
    let options = options.as_array().into_iter().flatten();
    let options: Vec<String> = options.map(Value::to_string).collect();
    options.join(", ")
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    names.join(", ")
}
