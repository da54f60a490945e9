//! `/jobs/query`: records out.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::show::{self, Detail};
use super::{ListOptions, StateChange, abort, described, invalid_job, invalid_state, remove};
use crate::salesforce::Salesforce;
use crate::salesforce::answer;
use crate::salesforce::bulk::job::{Api, Content, Description, JobState, Operation};
use crate::salesforce::bulk::jobs::Task;
use crate::salesforce::bulk::spool::Spool;
use crate::salesforce::bulk::table::{Delimiter, Dialect, LineEnding};
use crate::salesforce::bulk::{select, work};
use crate::salesforce::error::Refused;
use crate::salesforce::rest::{Caller, Payload, QueryString, Segments};
use crate::tenant::Hosted;

/// What `POST /jobs/query` describes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewJob {
    operation: Operation,
    query: String,
    line_ending: Option<LineEnding>,
    column_delimiter: Option<Delimiter>,
}

/// `POST /jobs/query`: the query is checked, and then waits for its turn.
pub(super) async fn create(
    State(salesforce): State<Arc<Salesforce>>,
    caller: Caller,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let new: NewJob = described(&body)?;
    if !new.operation.queries() {
        return Err(invalid_job("The operation of a query job is query or queryAll").into());
    }
    let org = &caller.session.tenant;
    let object = {
        let store = org.tenant().read();
        let deleted = new.operation == Operation::QueryAll;
        let scope = select::scope(org, &store, &caller.principal, deleted);
        select::read(&new.query, scope, Content::Csv)?.object()
    };
    let description = Description {
        operation: new.operation,
        object,
        key: None,
        content: Content::Csv,
        dialect: Dialect {
            delimiter: new.column_delimiter.unwrap_or_default(),
            line_ending: new.line_ending.unwrap_or_default(),
        },
        assignment_rule: None,
        serial_mode: false,
        version: caller.version,
        query: Some(new.query),
    };
    let job = org.jobs.create(&caller, Api::Query, description);
    let batch = org.jobs.batch(org, caller.request(), Spool::empty());
    {
        let mut progress = job.progress.lock();
        progress.batches.push(batch);
        progress.state = JobState::UploadComplete;
    }
    org.jobs.query_jobs_used.count(org.tenant().clock.now());
    let answer = show::job(&job, Detail::Created);
    work::enqueue(org, &salesforce.server, Task { job, batch: 0 });
    Ok(answer)
}

/// `GET /jobs/query/{id}`
pub(super) async fn show(
    caller: Caller,
    Segments([id]): Segments<1>,
) -> Result<Response<Body>, Refused> {
    let job = caller.org().jobs.find(&caller, Api::Query, &id)?;
    Ok(show::job(&job, Detail::Whole))
}

/// `PATCH /jobs/query/{id}`: the job is given up.
pub(super) async fn change(
    caller: Caller,
    Segments([id]): Segments<1>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let job = caller.org().jobs.find(&caller, Api::Query, &id)?;
    let change: StateChange = described(&body)?;
    match change.state.as_str() {
        "Aborted" => abort(caller.org(), &job)?,
        other => return Err(invalid_state(format!("{other} is no state to go to")).into()),
    }
    Ok(show::job(&job, Detail::Created))
}

/// `DELETE /jobs/query/{id}`
pub(super) async fn delete(
    caller: Caller,
    Segments([id]): Segments<1>,
) -> Result<Response<Body>, Refused> {
    let job = caller.org().jobs.find(&caller, Api::Query, &id)?;
    remove(caller.org(), &job)?;
    Ok(answer::no_content())
}

/// `GET /jobs/query`
pub(super) async fn list(
    caller: Caller,
    QueryString(options): QueryString<ListOptions>,
) -> Result<Response<Body>, Refused> {
    show::list(&caller, Api::Query, options.locator.as_deref())
}
