//! `/job` and `/job/{id}`.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, Limited};
use serde::de::DeserializeOwned;

use super::{Classic, Form, answered, show, written, xml};
use crate::salesforce::body::{self, Given};
use crate::salesforce::bulk::hard_delete;
use crate::salesforce::bulk::job::{
    Api, BatchState, Content, Description, Job, JobState, Operation,
};
use crate::salesforce::bulk::refusal::{BulkCode, BulkRefusal};
use crate::salesforce::bulk::table::Dialect;
use crate::salesforce::bulk::v2::{key, rule};
use crate::salesforce::error::ApiError;
use crate::salesforce::rest::{Caller, Segments, plain};
use crate::tenant::Hosted;

/// The longest `jobInfo`.
const LARGEST: usize = 64 << 10;

fn invalid_job(message: impl Into<String>) -> ApiError {
    BulkRefusal::new(BulkCode::InvalidJob, message).into()
}

/// What a `jobInfo` says.
#[derive(Debug)]
struct JobInfo(Vec<(String, String)>);

impl JobInfo {
    async fn read(body: Body, headers: &HeaderMap, form: Form) -> Result<Self, ApiError> {
        let unreadable = || invalid_job("Unable to parse Job");
        let body = Limited::new(body, LARGEST).collect().await;
        let bytes = body.map_err(|_| unreadable())?.to_bytes();
        let bytes = plain(headers, bytes).map_err(|_| unreadable())?;
        if form == Form::Xml {
            return xml::fields(&bytes).map(Self).map_err(|_| unreadable());
        }
        let pairs = body::object(&bytes).map_err(|_| unreadable())?;
        let given = pairs
            .into_iter()
            .filter(|(_, value)| *value != Given::Null)
            .map(|(name, value)| (name.into_owned(), value.to_string()));
        Ok(Self(given.collect()))
    }

    /// What is empty is as if it were left out.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn word<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ApiError> {
        let word = |text: &str| {
            serde_json::from_value(text.into())
                .map_err(|_| invalid_job(format!("{text} is no {name}")))
        };
        self.get(name).map(word).transpose()
    }

    fn description(&self, caller: &Caller) -> Result<Description, ApiError> {
        let operation: Operation = self
            .word("operation")?
            .ok_or_else(|| invalid_job("operation is missing"))?;
        if operation == Operation::HardDelete {
            return Err(hard_delete(&caller.principal));
        }
        let name = self
            .get("object")
            .ok_or_else(|| invalid_job("object is missing"))?;
        let object = caller.write(Api::Classic.door()).object(name);
        let object = object.map_err(|_| invalid_job(format!("Unable to find object: {name}")))?;
        if let Some(zip) = self
            .get("contentType")
            .filter(|content| content.starts_with("ZIP_"))
        {
            return Err(ApiError::NotSimulated {
                what: format!("bulk jobs with the content type {zip}"),
            });
        }
        Ok(Description {
            operation,
            key: key(&object, operation, self.get("externalIdFieldName"))?,
            content: self.word("contentType")?.unwrap_or(Content::Xml),
            dialect: Dialect::PLAIN,
            assignment_rule: rule(self.get("assignmentRuleId"))?,
            // One client sends the number of the mode.
            serial_mode: matches!(self.get("concurrencyMode"), Some("Serial" | "1")),
            version: caller.version,
            query: None,
            object,
        })
    }
}

/// `POST /job`
pub(super) async fn create(classic: Classic, headers: HeaderMap, body: Body) -> Response<Body> {
    answered(classic.form, created(&classic, (&headers, body)).await)
}

async fn created(
    classic: &Classic,
    (headers, body): (&HeaderMap, Body),
) -> Result<Response<Body>, ApiError> {
    let (caller, form) = (&classic.caller, classic.form);
    let description = JobInfo::read(body, headers, form)
        .await?
        .description(caller)?;
    let job = caller.org().jobs.create(caller, Api::Classic, description);
    Ok(shown(&job, form, StatusCode::CREATED))
}

fn shown(job: &Job, form: Form, status: StatusCode) -> Response<Body> {
    written(form, status, "jobInfo", &show::job(job, form))
}

/// `GET /job/{id}`
pub(super) async fn show(classic: Classic, Segments([id]): Segments<1>) -> Response<Body> {
    let job = classic.job(&id);
    answered(
        classic.form,
        job.map(|job| shown(&job, classic.form, StatusCode::OK)),
    )
}

/// `POST /job/{id}`: no more batches come, or the job is given up.
pub(super) async fn change(
    classic: Classic,
    Segments([id]): Segments<1>,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    let changed = changed(&classic, &id, (&headers, body)).await;
    answered(classic.form, changed)
}

async fn changed(
    classic: &Classic,
    id: &str,
    (headers, body): (&HeaderMap, Body),
) -> Result<Response<Body>, ApiError> {
    let job = classic.job(id)?;
    let info = JobInfo::read(body, headers, classic.form).await?;
    let state = match info.get("state") {
        Some("Closed") => JobState::Closed,
        Some("Aborted") => JobState::Aborted,
        other => {
            let message = format!("{} is no state to go to", other.unwrap_or("nothing"));
            return Err(BulkRefusal::new(BulkCode::InvalidJobState, message).into());
        }
    };
    go(&job, state, classic.caller.org().tenant().clock.now())?;
    Ok(shown(&job, classic.form, StatusCode::OK))
}

fn go(job: &Job, state: JobState, now: crate::clock::Timestamp) -> Result<(), ApiError> {
    let mut progress = job.progress.lock();
    match (progress.state, state) {
        (JobState::Open, _) | (JobState::Closed, JobState::Aborted) => {}
        (now, _) => {
            let message = format!("Job is {now:?}: it can't be {state:?}");
            return Err(BulkRefusal::new(BulkCode::InvalidJobState, message).into());
        }
    }
    progress.state = state;
    progress.modified_at = now;
    if state == JobState::Aborted {
        let waiting = progress
            .batches
            .iter_mut()
            .filter(|batch| batch.state == BatchState::Queued);
        waiting.for_each(|batch| batch.state = BatchState::NotProcessed);
    }
    Ok(())
}
