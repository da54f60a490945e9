//! `/jobs/ingest`: records in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::show::{self, Detail};
use super::{ListOptions, StateChange, abort, described, invalid_job, invalid_state, remove};
use crate::ids::SalesforceId;
use crate::salesforce::Salesforce;
use crate::salesforce::answer;
use crate::salesforce::bulk::job::{Api, Content, Description, Job, JobState, Operation, Progress};
use crate::salesforce::bulk::jobs::Task;
use crate::salesforce::bulk::refusal::{BulkCode, BulkRefusal};
use crate::salesforce::bulk::spool::{NotReceived, Spool};
use crate::salesforce::bulk::table::{Delimiter, Dialect, LineEnding, disk};
use crate::salesforce::bulk::{LARGEST_UPLOAD, hard_delete, work};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::rest::{Caller, Payload, QueryString, Segments};
use crate::salesforce::schema::SObject;
use crate::tenant::Hosted;

/// What `POST /jobs/ingest` describes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewJob {
    object: String,
    operation: Operation,
    external_id_field_name: Option<String>,
    content_type: Option<String>,
    line_ending: Option<LineEnding>,
    column_delimiter: Option<Delimiter>,
    assignment_rule_id: Option<String>,
}

/// `POST /jobs/ingest`
pub(super) async fn create(caller: Caller, body: Payload) -> Result<Response<Body>, Refused> {
    let new: NewJob = described(&body)?;
    let description = description(&caller, new)?;
    let job = caller.org().jobs.create(&caller, Api::Ingest, description);
    Ok(show::job(&job, Detail::Created))
}

fn description(caller: &Caller, new: NewJob) -> Result<Description, ApiError> {
    if new
        .content_type
        .is_some_and(|content| !content.eq_ignore_ascii_case("CSV"))
    {
        return Err(invalid_job("The only content type is CSV"));
    }
    let object = caller.write(Api::Ingest.door()).object(&new.object);
    let unknown = |_| invalid_job(format!("Unable to find object: {}", new.object));
    let object = object.map_err(unknown)?;
    match new.operation {
        Operation::Query | Operation::QueryAll => {
            return Err(invalid_job("A query is no operation of an ingest job"));
        }
        Operation::HardDelete => return Err(hard_delete(&caller.principal)),
        _ => {}
    }
    Ok(Description {
        operation: new.operation,
        key: key(
            &object,
            new.operation,
            new.external_id_field_name.as_deref(),
        )?,
        content: Content::Csv,
        dialect: Dialect {
            delimiter: new.column_delimiter.unwrap_or_default(),
            line_ending: new.line_ending.unwrap_or_default(),
        },
        assignment_rule: rule(new.assignment_rule_id.as_deref())?,
        serial_mode: false,
        version: caller.version,
        query: None,
        object,
    })
}

/// The field of an upsert, by its canonical name.
pub(in crate::salesforce::bulk) fn key(
    object: &SObject,
    operation: Operation,
    name: Option<&str>,
) -> Result<Option<String>, ApiError> {
    if operation != Operation::Upsert {
        return Ok(None);
    }
    let name = name.ok_or_else(|| invalid_job("An upsert needs an externalIdFieldName"))?;
    let field = object.field(name).filter(|field| field.upsert_key());
    let missing = || {
        invalid_job(format!(
            "Field name provided, {name} does not match an External ID for {}",
            object.name
        ))
    };
    Ok(Some(field.ok_or_else(missing)?.name.to_string()))
}

/// Whether there is such a rule is not asked: an unknown one assigns nothing. What real orgs say is unverified.
pub(in crate::salesforce::bulk) fn rule(text: Option<&str>) -> Result<Option<Arc<str>>, ApiError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let id = SalesforceId::parse(text).ok_or_else(|| ApiError::MalformedId {
        id: text.to_owned(),
    })?;
    Ok(Some(id.as_str().into()))
}

/// `PUT /jobs/ingest/{id}/batches`: the rows, once.
pub(super) async fn upload(
    caller: Caller,
    Segments([id, part]): Segments<2>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refused> {
    if !part.eq_ignore_ascii_case("batches") {
        return Err(ApiError::MethodNotAllowed {
            method: "PUT".to_owned(),
            allowed: "HEAD,GET",
        }
        .into());
    }
    let org = caller.org();
    let job = org.jobs.find(&caller, Api::Ingest, &id)?;
    takes_upload(&job.progress.lock())?;
    let data = Spool::receive(body, &headers, LARGEST_UPLOAD).await;
    let data = data.map_err(not_received)?;
    let batch = org.jobs.batch(org, caller.request(), data);
    let mut progress = job.progress.lock();
    // Somebody else may have been faster.
    takes_upload(&progress)?;
    progress.batches.push(batch);
    drop(progress);
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::CREATED;
    Ok(answer)
}

fn takes_upload(progress: &Progress) -> Result<(), ApiError> {
    match (progress.state, progress.batches.len()) {
        (JobState::Open, 0) => Ok(()),
        (JobState::Open, _) => Err(invalid_state("Found multiple contents for job")),
        (state, _) => Err(invalid_state(format!(
            "Job is {state:?}: data can be uploaded to an open job only"
        ))),
    }
}

/// What a failed upload is answered with.
pub(in crate::salesforce::bulk) fn not_received(reason: NotReceived) -> BulkRefusal {
    match reason {
        NotReceived::TooLarge => BulkRefusal::new(
            BulkCode::ClientInputError,
            format!("The upload is larger than {LARGEST_UPLOAD} bytes"),
        ),
        NotReceived::Broken => {
            BulkRefusal::new(BulkCode::ClientInputError, "The upload ended too early")
        }
        NotReceived::Packed => {
            BulkRefusal::new(BulkCode::ClientInputError, "The upload can't be unpacked")
        }
        NotReceived::Disk(error) => disk(&error),
    }
}

/// `GET /jobs/ingest/{id}`
pub(super) async fn show(
    caller: Caller,
    Segments([id]): Segments<1>,
) -> Result<Response<Body>, Refused> {
    let job = caller.org().jobs.find(&caller, Api::Ingest, &id)?;
    Ok(show::job(&job, Detail::Whole))
}

/// `PATCH /jobs/ingest/{id}`: the upload is complete, or the job is given up.
pub(super) async fn change(
    State(salesforce): State<Arc<Salesforce>>,
    caller: Caller,
    Segments([id]): Segments<1>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let job = caller.org().jobs.find(&caller, Api::Ingest, &id)?;
    let change: StateChange = described(&body)?;
    let org = &caller.session.tenant;
    match change.state.as_str() {
        "UploadComplete" => {
            complete(&caller, &job)?;
            // Before anybody is at work on it, so that the answer has the state that was asked for.
            let answer = show::job(&job, Detail::Created);
            work::enqueue(org, &salesforce.server, Task { job, batch: 0 });
            Ok(answer)
        }
        "Aborted" => {
            abort(org, &job)?;
            Ok(show::job(&job, Detail::Created))
        }
        other => Err(invalid_state(format!("{other} is no state to go to")).into()),
    }
}

fn complete(caller: &Caller, job: &Job) -> Result<(), ApiError> {
    let org = caller.org();
    // A job without an upload has no rows; what real orgs say to that is unverified.
    let nothing = org.jobs.batch(org, caller.request(), Spool::empty());
    let mut progress = job.progress.lock();
    if progress.state != JobState::Open {
        return Err(invalid_state(format!(
            "Job is {:?}: only an open job can be completed",
            progress.state
        )));
    }
    if progress.batches.is_empty() {
        progress.batches.push(nothing);
    }
    progress.state = JobState::UploadComplete;
    progress.modified_at = org.tenant().clock.now();
    Ok(())
}

/// `DELETE /jobs/ingest/{id}`
pub(super) async fn delete(
    caller: Caller,
    Segments([id]): Segments<1>,
) -> Result<Response<Body>, Refused> {
    let job = caller.org().jobs.find(&caller, Api::Ingest, &id)?;
    remove(caller.org(), &job)?;
    Ok(answer::no_content())
}

/// `GET /jobs/ingest`
pub(super) async fn list(
    caller: Caller,
    QueryString(options): QueryString<ListOptions>,
) -> Result<Response<Body>, Refused> {
    show::list(&caller, Api::Ingest, options.locator.as_deref())
}
