//! The envelope of a batch's answer.

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::hubspot::call::Call;
use crate::hubspot::refusal::json_response;
use crate::hubspot::spec::ErrorSchemaMode;

/// Results and errors as they come together.
pub(super) struct Answer<'a> {
    call: &'a Call<'a>,
    started_at: String,
    results: Vec<Vec<u8>>,
    /// Why items failed.
    pub(super) errors: Vec<Value>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(call: &'a Call<'a>) -> Self {
        Self {
            call,
            started_at: call.portal.now().iso().to_string(),
            results: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Adds the JSON of a record.
    pub(super) fn result(&mut self, json: Vec<u8>) {
        self.results.push(json);
    }

    /// `success`, or 207 where items failed. The order of results says nothing about the inputs.
    pub(super) fn into_response(mut self, success: StatusCode) -> Response<Body> {
        self.call.portal.shuffle(&mut self.results);
        let mut out = b"{\"status\":\"COMPLETE\",\"results\":[".to_vec();
        for (index, result) in self.results.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(result);
        }
        out.push(b']');
        if self.call.portal.switches.error_schema_mode == ErrorSchemaMode::Specified {
            self.errors.iter_mut().for_each(complete);
        }
        if !self.errors.is_empty() {
            let number = self.errors.len().to_string();
            let errors = Value::Array(self.errors.clone()).to_string();
            for part in [",\"numErrors\":", &number, ",\"errors\":", &errors] {
                out.extend_from_slice(part.as_bytes());
            }
        }
        let completed_at = self.call.portal.now().iso().to_string();
        for part in [
            ",\"startedAt\":\"",
            &self.started_at,
            "\",\"completedAt\":\"",
            &completed_at,
            "\"}",
        ] {
            out.extend_from_slice(part.as_bytes());
        }
        let status = if self.errors.is_empty() {
            success
        } else {
            StatusCode::MULTI_STATUS
        };
        json_response(status, out)
    }
}

/// Adds what the published model of an error requires.
fn complete(error: &mut Value) {
    if let Some(members) = error.as_object_mut() {
        for (name, empty) in [
            ("context", json!({})),
            ("errors", json!([])),
            ("links", json!({})),
        ] {
            members.entry(name).or_insert(empty);
        }
    }
}
