//! Bulk API 2.0: `/jobs/ingest` and `/jobs/query`.

mod ingest;
mod query;
mod results;
mod show;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, put};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::job::{Job, JobState};
use super::refusal::{BulkCode, BulkRefusal};

use crate::salesforce::Salesforce;
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::org::Org;
use crate::salesforce::rest::Payload;
use crate::salesforce::routes::only;
use crate::tenant::Hosted;

pub(super) use ingest::{key, not_received, rule};

/// The routes. They are entered like every other of the REST API.
pub(in crate::salesforce) fn routes() -> Router<Arc<Salesforce>> {
    const BASE: &str = "/services/data/{version}/jobs";
    Router::new()
        .route(
            &format!("{BASE}/ingest"),
            only("HEAD,GET,POST", get(ingest::list).post(ingest::create)),
        )
        .route(
            &format!("{BASE}/ingest/{{id}}"),
            only(
                "HEAD,GET,PATCH,DELETE",
                get(ingest::show)
                    .patch(ingest::change)
                    .delete(ingest::delete),
            ),
        )
        .route(
            &format!("{BASE}/ingest/{{id}}/{{part}}"),
            only("HEAD,GET,PUT", put(ingest::upload).get(results::part)),
        )
        .route(
            &format!("{BASE}/query"),
            only("HEAD,GET,POST", get(query::list).post(query::create)),
        )
        .route(
            &format!("{BASE}/query/{{id}}"),
            only(
                "HEAD,GET,PATCH,DELETE",
                get(query::show).patch(query::change).delete(query::delete),
            ),
        )
        .route(
            &format!("{BASE}/query/{{id}}/{{part}}"),
            only("HEAD,GET", get(results::page)),
        )
}

/// Reads a JSON body. Keys that the mock does not know are left alone: later versions have more of them.
fn described<T: DeserializeOwned>(body: &Payload) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| {
        ApiError::JsonParser {
            message: error.to_string(),
            line: error.line().max(1),
            column: error.column().max(1),
        }
        .into()
    })
}

fn invalid_job(message: impl Into<String>) -> ApiError {
    BulkRefusal::new(BulkCode::InvalidJob, message).into()
}

fn invalid_state(message: impl Into<String>) -> ApiError {
    BulkRefusal::new(BulkCode::InvalidJobState, message).into()
}

/// `{"state":"UploadComplete"}`
#[derive(Debug, Deserialize)]
struct StateChange {
    state: String,
}

/// `?queryLocator=…`: from the how-manieth job on.
#[derive(Debug, Deserialize)]
struct ListOptions {
    #[serde(rename = "queryLocator")]
    locator: Option<String>,
}

/// Gives a job up, unless it is over already.
fn abort(org: &Org, job: &Job) -> Result<(), ApiError> {
    let mut progress = job.progress.lock();
    if progress.state.over() {
        return Err(invalid_state(format!(
            "Aborting a job that is {:?} is not allowed",
            progress.state
        )));
    }
    progress.state = JobState::Aborted;
    progress.modified_at = org.tenant().clock.now();
    Ok(())
}

/// Takes a job away. One that is open or being processed has to be aborted first.
fn remove(org: &Org, job: &Job) -> Result<(), ApiError> {
    let mut progress = job.progress.lock();
    if matches!(progress.state, JobState::Open | JobState::InProgress) {
        return Err(invalid_state(format!(
            "Deleting a job that is {:?} is not allowed",
            progress.state
        )));
    }
    if progress.state == JobState::UploadComplete {
        progress.state = JobState::Aborted;
    }
    drop(progress);
    org.jobs.remove(job);
    Ok(())
}
