//! The JSON Schema of the driver protocol, and what in a message is not as it says.

mod words;

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

/// The schema, as people read it.
pub const SCHEMA: &str = include_str!("../../docs/schema/driver-protocol-v1.schema.json");

/// Who sends a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The suite asks.
    Request,
    /// The driver answers.
    Answer,
}

/// One thing in a message that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where in the message: a JSON pointer, empty for the message itself.
    pub pointer: String,
    /// What was expected there, and what was found.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => f.write_str(&self.what),
            pointer => write!(f, "{pointer}: {}", self.what),
        }
    }
}

/// Whether a message is as the schema says: a request to `method`, or an answer to one.
///
/// # Errors
/// Everything that is wrong with it.
pub fn validate(method: &str, direction: Direction, message: &Value) -> Result<(), Vec<Violation>> {
    static COMPILED: OnceLock<Result<Compiled, String>> = OnceLock::new();
    let compiled = match COMPILED.get_or_init(Compiled::new) {
        Ok(compiled) => compiled,
        Err(why) => return Err(vec![of_message(format!("the schema is broken: {why}"))]),
    };
    let validator = match direction {
        Direction::Request => &compiled.request,
        Direction::Answer => compiled.answers.get(method).unwrap_or(&compiled.any_answer),
    };
    let mut violations: Vec<Violation> = validator.iter_errors(message).map(violation).collect();
    // A result is described twice: as any answer's, and as this method's.
    violations.dedup();
    if !message.is_object() {
        // What is no message lacks everything else as well.
        violations.truncate(1);
    }
    match violations.is_empty() {
        true => Ok(()),
        false => Err(violations),
    }
}

fn violation(error: jsonschema::ValidationError<'_>) -> Violation {
    Violation {
        pointer: error.instance_path().to_string(),
        what: words::of(&error),
    }
}

fn of_message(what: String) -> Violation {
    Violation {
        pointer: String::new(),
        what,
    }
}

/// The schema, ready for use.
#[derive(Debug)]
struct Compiled {
    request: Validator,
    answers: BTreeMap<String, Validator>,
    /// The answer to a method that the protocol does not have.
    any_answer: Validator,
}

impl Compiled {
    fn new() -> Result<Self, String> {
        let document: Value = serde_json::from_str(SCHEMA).map_err(|error| error.to_string())?;
        let part = |rest: Value| {
            let mut schema = json!({ "$schema": document["$schema"], "$defs": document["$defs"] });
            for (key, value) in rest.as_object().into_iter().flatten() {
                schema[key] = value.clone();
            }
            jsonschema::validator_for(&schema).map_err(|error| error.to_string())
        };
        let methods = document["$defs"].as_object().into_iter().flatten();
        let methods = methods.filter_map(|(name, _)| name.strip_suffix(".result"));
        let answer = |method: &str| {
            let result = json!({ "$ref": format!("#/$defs/{method}.result") });
            part(json!({ "$ref": "#/$defs/response", "properties": { "result": result } }))
                .map(|validator| (method.to_owned(), validator))
        };
        Ok(Compiled {
            request: part(json!({ "$ref": "#/$defs/request" }))?,
            answers: methods.map(answer).collect::<Result<_, String>>()?,
            any_answer: part(json!({ "$ref": "#/$defs/response" }))?,
        })
    }
}

#[cfg(test)]
mod tests;
