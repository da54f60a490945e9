//! What is said of a body that is not the JSON that a call wants.

use super::ApiError;

impl ApiError {
    /// Members of a body are missing. Which line and column HubSpot names is recorded of an empty object only, where it is
    /// the end; that is what it is here for every body.
    pub(crate) fn missing_fields(body: &[u8], fields: &[&str]) -> Self {
        let last_line = body
            .rsplit(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        Self::InvalidJson {
            line: body.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: last_line.len(),
            problem: not_set(&fields.join(", ")),
        }
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let place = text.rfind(" at line ").unwrap_or(text.len());
        Self::InvalidJson {
            line: error.line(),
            column: error.column(),
            problem: problem(&text[..place]),
        }
    }
}

/// HubSpot's words for what the parser says, with the punctuation before them.
fn problem(text: &str) -> String {
    if let Some(field) = quoted(text, "missing field `") {
        return not_set(field);
    }
    let wrong = text.strip_prefix("invalid type: ");
    if let Some((found, expected)) = wrong.and_then(|wrong| wrong.rsplit_once(", expected ")) {
        let (kind, token) = kind(found);
        // HubSpot names a class of its own, which a client has no use for.
        return format!(
            ": Cannot deserialize value of type `{expected}` from {kind} value (token `JsonToken.{token}`)"
        );
    }
    format!(": {text}")
}

fn quoted<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    text.strip_prefix(before)?.strip_suffix('`')
}

fn not_set(fields: &str) -> String {
    format!(". Some required fields were not set: [{fields}]")
}

/// The kind and the token of a value, as HubSpot's parser calls them.
fn kind(found: &str) -> (&'static str, &'static str) {
    match found.split([' ', '`']).next().unwrap_or_default() {
        "map" => ("Object", "START_OBJECT"),
        "sequence" => ("Array", "START_ARRAY"),
        "string" => ("String", "VALUE_STRING"),
        "integer" => ("Integer", "VALUE_NUMBER_INT"),
        "floating" => ("Floating-point", "VALUE_NUMBER_FLOAT"),
        "boolean" if found.contains("true") => ("Boolean", "VALUE_TRUE"),
        "boolean" => ("Boolean", "VALUE_FALSE"),
        _ => ("Null", "VALUE_NULL"),
    }
}
