//! What a job leaves to be fetched.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};
use serde::Deserialize;

use super::invalid_state;
use super::show::{locator_text, read_locator};
use crate::salesforce::answer;
use crate::salesforce::bulk::job::{Api, Job, Results};
use crate::salesforce::bulk::refusal::{BulkCode, BulkRefusal};
use crate::salesforce::bulk::table::disk;
use crate::salesforce::bulk::{select, streamed};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::rest::{Caller, QueryString, Segments};

const CSV: HeaderValue = HeaderValue::from_static("text/csv");

static LOCATOR: HeaderName = HeaderName::from_static("sforce-locator");
static NUMBER: HeaderName = HeaderName::from_static("sforce-numberofrecords");

/// `GET /jobs/ingest/{id}/successfulResults`, `…/failedResults`, `…/unprocessedrecords`; clients spell them in any case.
pub(super) async fn part(
    caller: Caller,
    Segments([id, part]): Segments<2>,
) -> Result<Response<Body>, Refused> {
    let job = caller.org().jobs.find(&caller, Api::Ingest, &id)?;
    let part = part.to_ascii_lowercase();
    if part == "batches" {
        return Err(ApiError::MethodNotAllowed {
            method: "GET".to_owned(),
            allowed: "PUT",
        }
        .into());
    }
    let spool = match (part.as_str(), results(&job)?) {
        ("successfulresults", Results::Apart { successful, .. }) => Some(successful),
        ("failedresults", Results::Apart { failed, .. }) => Some(failed),
        ("unprocessedrecords", Results::Apart { unprocessed, .. }) => Some(unprocessed),
        ("successfulresults" | "failedresults" | "unprocessedrecords", _) => None,
        _ => return Err(ApiError::NotFound.into()),
    };
    let mut answer = match spool {
        Some(spool) => streamed(spool.body(Vec::new(), 0, spool.length()))?,
        None => Response::new(Body::empty()),
    };
    answer.headers_mut().insert(header::CONTENT_TYPE, CSV);
    Ok(answer)
}

/// The results of a job that is over. The text of the refusal is unverified.
fn results(job: &Job) -> Result<Results, ApiError> {
    let progress = job.progress.lock();
    if !progress.state.over() {
        return Err(invalid_state(format!(
            "Job is {:?}: it has no results yet",
            progress.state
        )));
    }
    let batch = progress.batches.first();
    Ok(batch.map(|batch| batch.results.clone()).unwrap_or_default())
}

/// `?locator=MTAw&maxRecords=100`
#[derive(Debug, Deserialize)]
pub(super) struct PageOptions {
    locator: Option<String>,
    #[serde(rename = "maxRecords")]
    most: Option<usize>,
}

/// `GET /jobs/query/{id}/results`
pub(super) async fn page(
    caller: Caller,
    Segments([id, part]): Segments<2>,
    QueryString(options): QueryString<PageOptions>,
) -> Result<Response<Body>, Refused> {
    if !part.eq_ignore_ascii_case("results") {
        return Err(ApiError::NotFound.into());
    }
    let job = caller.org().jobs.find(&caller, Api::Query, &id)?;
    let Results::Found(found) = results(&job)? else {
        return Err(invalid_state("The job has no results").into());
    };
    let start = match options.locator.as_deref() {
        Some(text) if !text.is_empty() => read_locator(text)?,
        _ => 0,
    };
    let total = usize::try_from(found.count).unwrap_or(usize::MAX);
    if start > total {
        let message = format!("invalid query locator {}", locator_text(start));
        return Err(ApiError::from(BulkRefusal::new(BulkCode::ClientInputError, message)).into());
    }
    let most = options.most.unwrap_or(select::PAGE).clamp(1, select::PAGE);
    let end = start.saturating_add(most).min(total);
    let place = |row| select::place(&found, row).map_err(|error| disk(&error));
    let (from, to) = (place(start)?, place(end)?);
    let mut answer = streamed(found.rows.body(found.head.clone(), from, to))?;
    let next = match end < total {
        true => locator_text(end),
        false => "null".to_owned(),
    };
    let answer_headers = answer.headers_mut();
    answer_headers.insert(header::CONTENT_TYPE, CSV);
    answer_headers.insert(NUMBER.clone(), (end - start).into());
    Ok(answer::with_header(answer, LOCATOR.clone(), &next))
}
