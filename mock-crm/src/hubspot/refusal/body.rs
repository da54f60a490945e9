//! The JSON of a refusal.

use axum::body::Body;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value, json};

use super::ApiError;
use crate::hubspot::objects::accept::Problem;

/// The header that tells one answer from another. A refusal's body has the same text.
pub(crate) const CORRELATION_ID: HeaderName = HeaderName::from_static("x-hubspot-correlation-id");

impl ApiError {
    /// The answer; `correlation_id` tells it from others.
    pub(crate) fn into_response(self, correlation_id: &str) -> Response<Body> {
        let (status, _) = self.status_and_category();
        let body = self.into_body(correlation_id);
        let mut response = json_response(status, Value::Object(body).to_string().into_bytes());
        if let Ok(id) = HeaderValue::from_str(correlation_id) {
            response.headers_mut().insert(CORRELATION_ID, id);
        }
        response
    }

    /// The members of the answer's body.
    pub(super) fn into_body(self, correlation_id: &str) -> Map<String, Value> {
        let mut body = Map::new();
        body.insert("status".to_owned(), json!("error"));
        body.insert("message".to_owned(), json!(self.message()));
        body.insert("correlationId".to_owned(), json!(correlation_id));
        self.add_details(&mut body);
        body
    }

    /// A batch item's refusal: neither correlation id nor the rest of the envelope.
    pub(crate) fn into_item(self, context: Value) -> Value {
        let (_, category) = self.status_and_category();
        let mut item = json!({
            "status": "error",
            "category": category.unwrap_or("VALIDATION_ERROR"),
            "message": self.message(),
            "context": context,
        });
        if let Self::AlreadyExists {
            sub_category: Some(name),
            ..
        } = self
        {
            item["subCategory"] = json!(name);
        }
        item
    }

    fn message(&self) -> String {
        match self {
            Self::InvalidProperties(problems) => {
                let items: Vec<Value> = problems.iter().map(embedded).collect();
                format!("Property values were not valid: {}", Value::Array(items))
            }
            _ => self.to_string(),
        }
    }

    fn add_details(&self, body: &mut Map<String, Value>) {
        let body_id = body.get("correlationId").cloned().unwrap_or_default();
        let mut add = |name: &str, value: Value| body.insert(name.to_owned(), value);
        match self {
            Self::Expired { at, .. } => {
                add("context", json!({ "expire time": [at] }));
            }
            Self::MissingScopes { required } => {
                let message = "One or more of the following scopes are required.";
                let context = json!({ "requiredGranularScopes": required });
                add(
                    "errors",
                    json!([{ "message": message, "context": context }]),
                );
                add(
                    "links",
                    json!({ "scopes": "https://developers.hubspot.com/scopes" }),
                );
            }
            Self::InvalidProperties(problems) => {
                add("errors", problems.iter().map(listed).collect());
                if problems.iter().any(is_stage) {
                    add("error", json!("INVALID_OPTION"));
                }
            }
            Self::MissingRequired { properties, .. } => {
                add("context", json!({ "properties": properties }));
            }
            Self::AlreadyExists {
                sub_category: Some(name),
                ..
            } => {
                add("subCategory", json!(name));
            }
            Self::DuplicateIds(ids) => {
                add("context", json!({ "ids": ids }));
            }
            Self::InvalidAssociations(problems) => {
                let item = |problem| {
                    let code = "crm.associations.INVALID_IDENTIFIER";
                    json!({ "message": problem, "subCategory": code })
                };
                add("errors", problems.iter().map(item).collect());
            }
            Self::InvalidAssociationSpecs(specs) => {
                let wrong = |spec| format!("{spec} is not a valid association definition id");
                let problems: Vec<String> = specs.iter().map(wrong).collect();
                let context =
                    json!({ "associationSpec": specs, "INVALID_ASSOCIATION_TYPE_ID": problems });
                add("context", context);
            }
            Self::InvalidAssociationType { name, from, to } => {
                let context =
                    json!({ "type": [name], "fromObjectType": [from], "toObjectType": [to] });
                add("context", context);
                let code = "crm.associations.INVALID_ASSOCIATION_TYPE";
                add("subCategory", json!(code));
            }
            Self::RateLimited(policy) => {
                add("errorType", json!("RATE_LIMIT"));
                add("policyName", json!(policy.name()));
                add("requestId", body_id.clone());
            }
            _ => {}
        }
        if let (_, Some(category)) = self.status_and_category() {
            add("category", json!(category));
        }
    }
}

/// Bodies about a stage that its pipeline does not have carry the code once more.
fn is_stage(problem: &Problem) -> bool {
    problem.code == "INVALID_OPTION" && ["dealstage", "hs_pipeline_stage"].contains(&&*problem.name)
}

/// A problem as the message embeds it.
fn embedded(problem: &Problem) -> Value {
    let Problem {
        name,
        code,
        message,
    } = problem;
    json!({ "isValid": false, "message": message, "error": code, "name": name })
}

/// A problem as `errors` lists it.
fn listed(problem: &Problem) -> Value {
    let Problem {
        name,
        code,
        message,
    } = problem;
    json!({ "message": message, "code": code, "context": { "propertyName": [name] } })
}

/// An answer with a JSON body.
pub(crate) fn json_response(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json;charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
