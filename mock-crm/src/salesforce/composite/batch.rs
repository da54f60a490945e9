//! `/composite/batch`: sub-requests that know nothing of each other.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::LIMIT;
use super::subrequest::{Done, Inner, Subrequest};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::rest::{Outer, Payload, Within};
use crate::salesforce::{answer, body};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Batch {
    #[serde(default)]
    halt_on_error: bool,
    batch_requests: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    method: String,
    url: String,
    rich_input: Option<Value>,
}

impl Wanted {
    /// The address may start at the version: `v60.0/sobjects/Contact/describe`.
    fn subrequest(self) -> Subrequest {
        let url = self.url.trim_start_matches('/');
        let url = match url.starts_with("services/") {
            true => format!("/{url}"),
            false => format!("/services/data/{url}"),
        };
        Subrequest {
            method: self.method,
            url,
            headers: HeaderMap::new(),
            body: self
                .rich_input
                .as_ref()
                .map(answer::to_json)
                .unwrap_or_default(),
        }
    }
}

/// `POST /composite/batch`
pub(super) async fn batch(
    State(inner): State<Inner>,
    outer: Outer,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let batch: Batch = body::typed(&body)?;
    if batch.batch_requests.len() > LIMIT {
        return Err(ApiError::TooManySubrequests { limit: LIMIT }.into());
    }
    let done = run(&inner, &outer.within("batch"), batch).await;
    Ok(answer::json(StatusCode::OK, results(&done)))
}

/// Answers each; after a failure nothing more is done where that is wanted.
async fn run(inner: &Inner, within: &Within, batch: Batch) -> Vec<Done> {
    let mut answers: Vec<Done> = Vec::with_capacity(batch.batch_requests.len());
    let mut halted = false;
    for wanted in batch.batch_requests {
        let done = match halted {
            true => Done::refused(ApiError::BatchHalted),
            false => inner.answer(within, wanted.subrequest()).await,
        };
        halted |= batch.halt_on_error && done.failed();
        answers.push(done);
    }
    answers
}

/// `{"hasErrors":false,"results":[{"statusCode":200,"result":…}]}`
fn results(answers: &[Done]) -> Vec<u8> {
    let failed = answers.iter().any(Done::failed);
    let mut json = format!(r#"{{"hasErrors":{failed},"results":["#).into_bytes();
    for (place, done) in answers.iter().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let status = done.status.as_u16();
        json.extend_from_slice(format!(r#"{comma}{{"statusCode":{status},"result":"#).as_bytes());
        done.push_body(&mut json);
        json.push(b'}');
    }
    json.extend_from_slice(b"]}");
    json
}
