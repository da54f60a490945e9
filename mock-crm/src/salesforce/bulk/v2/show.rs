//! Jobs as version 2.0 shows them.

use axum::body::Body;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;

use crate::salesforce::answer;
use crate::salesforce::bulk::job::{Api, Content, Job, JobState, Operation};
use crate::salesforce::bulk::refusal::{BulkCode, BulkRefusal};
use crate::salesforce::bulk::table::{Delimiter, LineEnding};
use crate::salesforce::error::Refused;
use crate::salesforce::rest::Caller;

/// Jobs on a page of a list. REST guide: "up to 1,000".
const PAGE: usize = 1000;

/// How much of a job is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// As the answer to its creation and to a change of its state.
    Created,
    /// With counts and times.
    Whole,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'j> {
    id: &'j str,
    operation: Operation,
    object: &'j str,
    created_by_id: &'j str,
    created_date: String,
    system_modstamp: String,
    state: JobState,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id_field_name: Option<&'j str>,
    concurrency_mode: &'static str,
    content_type: Content,
    api_version: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignment_rule_id: Option<&'j str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_url: Option<String>,
    line_ending: LineEnding,
    column_delimiter: Delimiter,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
}

/// The times are 0: a mock's are nobody's business.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    retries: u32,
    total_processing_time: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_active_processing_time: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    apex_processing_time: Option<u32>,
    number_records_processed: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_records_failed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
}

fn shown(job: &Job, detail: Detail) -> Shown<'_> {
    let (processed, failed) = job.counts();
    let progress = job.progress.lock();
    let (description, ingest) = (&job.description, job.api == Api::Ingest);
    let whole = detail == Detail::Whole;
    Shown {
        id: job.id.as_str(),
        operation: description.operation,
        object: &description.object.name,
        created_by_id: &job.writer.user,
        created_date: job.created_at.iso_without_colon().to_string(),
        system_modstamp: progress.modified_at.iso_without_colon().to_string(),
        state: progress.state,
        external_id_field_name: description.key.as_deref(),
        concurrency_mode: "Parallel",
        content_type: description.content,
        api_version: description.version.number(),
        assignment_rule_id: description.assignment_rule.as_deref(),
        job_type: match ingest {
            true => whole.then_some("V2Ingest"),
            false => whole.then_some("V2Query"),
        },
        content_url: ingest.then(|| {
            let base = description.version.base();
            format!("{}/jobs/ingest/{}/batches", &base[1..], job.id)
        }),
        line_ending: description.dialect.line_ending,
        column_delimiter: description.dialect.delimiter,
        counts: whole.then(|| Counts {
            retries: 0,
            total_processing_time: 0,
            api_active_processing_time: ingest.then_some(0),
            apex_processing_time: ingest.then_some(0),
            number_records_processed: processed,
            number_records_failed: ingest.then_some(failed),
            error_message: progress.error.clone(),
        }),
    }
}

/// 200 with the job.
pub(super) fn job(job: &Job, detail: Detail) -> Response<Body> {
    answer::json(StatusCode::OK, answer::to_json(&shown(job, detail)))
}

/// A page of the caller's jobs.
pub(super) fn list(
    caller: &Caller,
    api: Api,
    locator: Option<&str>,
) -> Result<Response<Body>, Refused> {
    let start = match locator {
        Some(text) => read_locator(text)?,
        None => 0,
    };
    let jobs = caller.org().jobs.list(caller, api);
    let page = jobs.get(start..).unwrap_or_default();
    let end = start + page.len().min(PAGE);
    let shown: Vec<_> = page
        .iter()
        .take(PAGE)
        .map(|job| shown(job, Detail::Whole))
        .collect();
    let kind = match api {
        Api::Query => "query",
        Api::Ingest | Api::Classic => "ingest",
    };
    let next = (end < jobs.len()).then(|| {
        let base = caller.version.base();
        format!("{base}/jobs/{kind}?queryLocator={}", locator_text(end))
    });
    let list = json!({ "done": next.is_none(), "records": shown, "nextRecordsUrl": next });
    Ok(answer::json(StatusCode::OK, answer::to_json(&list)))
}

/// `MTAwMDAw`: the number of what comes before, as real locators are.
pub(super) fn locator_text(start: usize) -> String {
    STANDARD_NO_PAD.encode(start.to_string())
}

pub(super) fn read_locator(text: &str) -> Result<usize, BulkRefusal> {
    let bytes = STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok();
    let start = bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok());
    start.ok_or_else(|| {
        BulkRefusal::new(
            BulkCode::ClientInputError,
            format!("invalid query locator {text}"),
        )
    })
}
