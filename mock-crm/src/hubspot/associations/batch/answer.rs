//! The envelope of a batch's answer.

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::hubspot::associations::problem::Problem;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{AssociationType, TypeId};
use crate::hubspot::refusal::json_response;

/// Results and errors as they come together.
pub(in crate::hubspot::associations) struct Answer<'a> {
    call: &'a Call<'a>,
    started_at: String,
    pub(in crate::hubspot::associations) results: Vec<Value>,
    errors: Vec<Value>,
}

impl<'a> Answer<'a> {
    pub(in crate::hubspot::associations) fn new(call: &'a Call<'a>) -> Self {
        Self {
            call,
            started_at: call.portal.now().iso().to_string(),
            results: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Adds what came of an input.
    pub(super) fn add(&mut self, came: Result<Vec<Value>, Problem>) {
        match came {
            Ok(results) => self.results.extend(results),
            Err(problem) => self.errors.push(problem.item()),
        }
    }

    pub(super) fn complete(&self) -> bool {
        self.errors.is_empty()
    }

    /// `success`, or 207 where inputs failed. The order of results says nothing about the inputs.
    pub(in crate::hubspot::associations) fn into_response(
        mut self,
        success: StatusCode,
    ) -> Response<Body> {
        self.call.portal.shuffle(&mut self.results);
        let mut body = json!({
            "status": "COMPLETE",
            "results": self.results,
            "startedAt": self.started_at,
            "completedAt": self.call.portal.now().iso().to_string(),
        });
        let mut status = success;
        if !self.errors.is_empty() {
            status = StatusCode::MULTI_STATUS;
            body["numErrors"] = json!(self.errors.len());
            body["errors"] = json!(self.errors);
        }
        json_response(status, body.to_string().into_bytes())
    }
}

/// What a default connection answers: both directions.
pub(in crate::hubspot::associations) fn default_results(
    (from, to): (&str, &str),
    way: &AssociationType,
) -> Vec<Value> {
    let result = |from: &str, to: &str, id: TypeId| {
        let spec = json!({
            "associationCategory": id.category(), "associationTypeId": id.number(),
        });
        json!({ "from": { "id": from }, "to": { "id": to }, "associationSpec": spec })
    };
    vec![result(from, to, way.id), result(to, from, way.inverse)]
}
