//! `/job/{id}/batch` and what is below it. Answers have the form of the job, whatever the request says.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::Map;

use super::{Classic, Form, answered, show, written, xml, xml_answer};
use crate::salesforce::Salesforce;
use crate::salesforce::answer;
use crate::salesforce::bulk::job::{Batch, BatchState, Content, Job, JobState, Results};
use crate::salesforce::bulk::jobs::Task;
use crate::salesforce::bulk::refusal::{BulkCode, BulkRefusal};
use crate::salesforce::bulk::spool::{Spool, blank};
use crate::salesforce::bulk::table::disk;
use crate::salesforce::bulk::v2::not_received;
use crate::salesforce::bulk::{streamed, work};
use crate::salesforce::error::ApiError;
use crate::salesforce::rest::Segments;

/// Bytes of a batch. Bulk API guide, "Bulk API Limits": 10,000,000 characters.
const LARGEST_BATCH: u64 = 10_000_000;

/// `POST /job/{id}/batch`
pub(super) async fn add(
    State(salesforce): State<Arc<Salesforce>>,
    classic: Classic,
    Segments([id]): Segments<1>,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    let job = match classic.job(&id) {
        Ok(job) => job,
        Err(error) => return super::refused(classic.form, error),
    };
    let added = added(&salesforce, &classic, &job, (&headers, body)).await;
    answered(Form::of_job(&job), added)
}

async fn added(
    salesforce: &Salesforce,
    classic: &Classic,
    job: &Arc<Job>,
    (headers, body): (&HeaderMap, Body),
) -> Result<Response<Body>, ApiError> {
    let org = &classic.caller.session.tenant;
    let data = Spool::receive(body, headers, LARGEST_BATCH).await;
    let data = data.map_err(not_received)?;
    if blank(data.reader()).map_err(|error| disk(&error))? {
        return Err(BulkRefusal::new(BulkCode::ClientInputError, "The batch is empty").into());
    }
    let batch = org.jobs.batch(org, classic.caller.request(), data);
    let form = Form::of_job(job);
    let answer = written(
        form,
        StatusCode::CREATED,
        "batchInfo",
        &show::batch(job, &batch, form),
    );
    let place = {
        let mut progress = job.progress.lock();
        if progress.state != JobState::Open {
            let message = format!("Job is {:?}: it takes no more batches", progress.state);
            return Err(BulkRefusal::new(BulkCode::InvalidJobState, message).into());
        }
        progress.batches.push(batch);
        progress.batches.len() - 1
    };
    let (job, batch) = (job.clone(), place);
    work::enqueue(org, &salesforce.server, Task { job, batch });
    Ok(answer)
}

/// `GET /job/{id}/batch`
pub(super) async fn list(classic: Classic, Segments([id]): Segments<1>) -> Response<Body> {
    let job = match classic.job(&id) {
        Ok(job) => job,
        Err(error) => return super::refused(classic.form, error),
    };
    let form = Form::of_job(&job);
    let batches = job.progress.lock().batches.clone();
    let shown = batches.iter().map(|batch| show::batch(&job, batch, form));
    match form {
        Form::Xml => {
            let infos = shown
                .map(|fields| format!("<batchInfo>{}</batchInfo>", xml::elements(&fields)))
                .collect::<String>();
            xml_answer(StatusCode::OK, xml::document("batchInfoList", &infos))
        }
        Form::Json => {
            let infos: Vec<Map<_, _>> = shown
                .map(|fields| {
                    let fields = fields.into_iter();
                    fields
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect()
                })
                .collect();
            let list = serde_json::json!({ "batchInfo": infos });
            answer::json(StatusCode::OK, answer::to_json(&list))
        }
    }
}

/// What is asked of one batch.
fn of_batch(
    classic: &Classic,
    job: &str,
    batch: &str,
    ask: impl FnOnce(&Job, Batch) -> Result<Response<Body>, ApiError>,
) -> Response<Body> {
    let job = match classic.job(job) {
        Ok(job) => job,
        Err(error) => return super::refused(classic.form, error),
    };
    let found = {
        let progress = job.progress.lock();
        let mut batches = progress.batches.iter();
        batches
            .find(|known| batch == known.id.as_str() || batch == known.id.short())
            .cloned()
    };
    let missing = || BulkRefusal::new(BulkCode::InvalidBatch, "Unable to find batch");
    let found = found.ok_or_else(missing).map_err(ApiError::from);
    answered(Form::of_job(&job), found.and_then(|found| ask(&job, found)))
}

/// `GET /job/{id}/batch/{batch}`
pub(super) async fn show(classic: Classic, Segments([id, batch]): Segments<2>) -> Response<Body> {
    of_batch(&classic, &id, &batch, |job, batch| {
        let form = Form::of_job(job);
        let fields = show::batch(job, &batch, form);
        Ok(written(form, StatusCode::OK, "batchInfo", &fields))
    })
}

/// `GET /job/{id}/batch/{batch}/request`: what was uploaded.
pub(super) async fn request(
    classic: Classic,
    Segments([id, batch]): Segments<2>,
) -> Response<Body> {
    of_batch(&classic, &id, &batch, |job, batch| {
        file(job, Vec::new(), &batch.data)
    })
}

/// `GET /job/{id}/batch/{batch}/result`
pub(super) async fn result(classic: Classic, Segments([id, batch]): Segments<2>) -> Response<Body> {
    of_batch(&classic, &id, &batch, |job, batch| match &batch.results {
        Results::Ordered(results) if batch.state == BatchState::Completed => {
            file(job, Vec::new(), results)
        }
        Results::Found(found) => {
            let id = found.id.as_str();
            Ok(match Form::of_job(job) {
                Form::Json => answer::json(StatusCode::OK, answer::to_json(&[id])),
                Form::Xml => {
                    let result = xml::element("result", id);
                    xml_answer(StatusCode::OK, xml::document("result-list", &result))
                }
            })
        }
        _ => Err(no_results(&batch).into()),
    })
}

/// `GET /job/{id}/batch/{batch}/result/{result}`: the records that a query found.
pub(super) async fn found(
    classic: Classic,
    Segments([id, batch, result]): Segments<3>,
) -> Response<Body> {
    of_batch(&classic, &id, &batch, |job, batch| match &batch.results {
        Results::Found(found) if result == found.id.as_str() || result == found.id.short() => {
            file(job, found.head.clone(), &found.rows)
        }
        Results::Found(_) => Err(BulkRefusal::new(
            BulkCode::InvalidBatch,
            format!("Unable to find result {result}"),
        )
        .into()),
        _ => Err(no_results(&batch).into()),
    })
}

fn no_results(batch: &Batch) -> BulkRefusal {
    let message = match &batch.message {
        Some(message) => format!("Batch failed: {message}"),
        None => format!("Batch is {:?}: it has no results", batch.state),
    };
    BulkRefusal::new(BulkCode::InvalidBatch, message)
}

/// Data in the job's form.
fn file(job: &Job, head: Vec<u8>, data: &Spool) -> Result<Response<Body>, ApiError> {
    let content = match job.description.content {
        Content::Csv => "text/csv",
        Content::Json => "application/json;charset=UTF-8",
        Content::Xml => "application/xml",
    };
    let mut answer = streamed(data.body(head, 0, data.length()))?;
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content));
    Ok(answer)
}
