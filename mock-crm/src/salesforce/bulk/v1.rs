//! Bulk API 1.0: `/services/async/{version}/job`.

mod batch;
mod control;
mod rows;
mod show;
mod xml;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::json;

use super::job::{Api, Content, Job};
use super::refusal::BulkCode;
use crate::salesforce::Salesforce;
use crate::salesforce::answer;
use crate::salesforce::error::ApiError;
use crate::salesforce::rest::{Caller, bulk_caller};

pub(super) use rows::process;
pub(super) use xml::{QUERY_RESULT_END, QUERY_RESULT_START, push_record};

/// The routes. They let in by themselves: their refusals have a form of their own.
pub(in crate::salesforce) fn routes() -> Router<Arc<Salesforce>> {
    const JOB: &str = "/services/async/{version}/job";
    let routes: [(&str, MethodRouter<Arc<Salesforce>>); 7] = [
        ("", post(control::create)),
        ("/{id}", get(control::show).post(control::change)),
        ("/{id}/batch", get(batch::list).post(batch::add)),
        ("/{id}/batch/{batch}", get(batch::show)),
        ("/{id}/batch/{batch}/request", get(batch::request)),
        ("/{id}/batch/{batch}/result", get(batch::result)),
        ("/{id}/batch/{batch}/result/{result}", get(batch::found)),
    ];
    routes
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| {
            router.route(&format!("{JOB}{path}"), methods.fallback(wrong_method))
        })
}

async fn wrong_method(headers: HeaderMap, method: Method) -> Response<Body> {
    let error = ApiError::MethodNotAllowed {
        method: method.to_string(),
        allowed: "GET,POST",
    };
    refused(Form::of_request(&headers), error)
}

/// The form of an answer: that of the request for jobs, that of the job for batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Xml,
    Json,
}

impl Form {
    /// `Accept` does not count.
    fn of_request(headers: &HeaderMap) -> Self {
        let content = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        match content {
            Some(content) if content.to_ascii_lowercase().contains("json") => Self::Json,
            _ => Self::Xml,
        }
    }

    fn of_job(job: &Job) -> Self {
        match job.description.content {
            Content::Json => Self::Json,
            Content::Csv | Content::Xml => Self::Xml,
        }
    }
}

/// Who calls, and the form of the request.
#[derive(Debug)]
struct Classic {
    caller: Caller,
    form: Form,
}

impl FromRequestParts<Arc<Salesforce>> for Classic {
    type Rejection = Response<Body>;

    async fn from_request_parts(
        parts: &mut Parts,
        salesforce: &Arc<Salesforce>,
    ) -> Result<Self, Response<Body>> {
        let form = Form::of_request(&parts.headers);
        let version = parts.uri.path().split('/').nth(3).unwrap_or_default();
        match bulk_caller(salesforce, &parts.extensions, version) {
            Ok(caller) => Ok(Self { caller, form }),
            Err(error) => Err(refused(form, error)),
        }
    }
}

impl Classic {
    fn job(&self, id: &str) -> Result<Arc<Job>, ApiError> {
        self.caller.org().jobs.find(&self.caller, Api::Classic, id)
    }
}

/// A refusal: 400 whatever it is, but for what is not simulated.
fn refused(form: Form, error: ApiError) -> Response<Body> {
    let (status, code, message) = match error {
        ApiError::InvalidSession => {
            let code = BulkCode::InvalidSessionId.exception();
            (
                StatusCode::BAD_REQUEST,
                code,
                "Invalid session id".to_owned(),
            )
        }
        ApiError::Bulk(refusal) => (
            StatusCode::BAD_REQUEST,
            refusal.code.exception(),
            refusal.message,
        ),
        ApiError::NotFound => {
            let code = BulkCode::InvalidJob.exception();
            (
                StatusCode::BAD_REQUEST,
                code,
                "Unable to find job".to_owned(),
            )
        }
        ApiError::ApiDisabled => {
            let code = BulkCode::FeatureNotEnabled.exception();
            (StatusCode::BAD_REQUEST, code, error.to_string())
        }
        ApiError::RequestLimitExceeded => {
            let code = BulkCode::ExceededQuota.exception();
            (StatusCode::BAD_REQUEST, code, error.to_string())
        }
        ApiError::NotSimulated { .. } => (
            StatusCode::NOT_IMPLEMENTED,
            "NotSimulated",
            error.to_string(),
        ),
        other => {
            let code = BulkCode::ClientInputError.exception();
            (StatusCode::BAD_REQUEST, code, other.to_string())
        }
    };
    let fields = [
        ("exceptionCode", json!(code)),
        ("exceptionMessage", json!(message)),
    ];
    written(form, status, "error", &fields)
}

fn answered(form: Form, answer: Result<Response<Body>, ApiError>) -> Response<Body> {
    answer.unwrap_or_else(|error| refused(form, error))
}

/// One object of the API, in either form.
fn written(
    form: Form,
    status: StatusCode,
    root: &str,
    fields: &[(&str, serde_json::Value)],
) -> Response<Body> {
    match form {
        Form::Json => {
            let object: serde_json::Map<_, _> = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect();
            answer::json(status, answer::to_json(&object))
        }
        Form::Xml => xml_answer(status, xml::document(root, &xml::elements(fields))),
    }
}

fn xml_answer(status: StatusCode, text: String) -> Response<Body> {
    const XML: HeaderValue = HeaderValue::from_static("application/xml");
    let mut answer = (status, text).into_response();
    answer.headers_mut().insert(header::CONTENT_TYPE, XML);
    answer
}
