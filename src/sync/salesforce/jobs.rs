//! Many records of one object, one job: Bulk API 2.0. Whoever opens the job creates what is in it, and no header keeps the
//! assignment rules off, since a job runs none unless it names one.

mod table;

use super::login::query;
use super::{data, object_name, refusal};
use crate::apollo::CrmObject;
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::request::{Answer, Body};
use crate::sync::write::Written;
use crate::sync::{Change, Write};
use reqwest::Method;
use serde_json::json;
use std::collections::HashMap;
use std::time::Duration;
use table::{Key, result_rows, upload_text};

/// How often a job is asked whether it is over, and how long it is left alone in between.
const POLLS: u32 = 600;
const PAUSE: Duration = Duration::from_secs(1);

type RowResult = Result<Written, Failure>;

/// Writes rows that are all creates or all updates of one object. One result a row, in their order.
pub(in crate::sync) async fn write_in_job(
    connection: &mut Connection<'_>,
    writes: &[&Write],
) -> Vec<RowResult> {
    match run(connection, writes).await {
        Ok(mut results) => writes
            .iter()
            .map(|write| {
                let unanswered = || Err(Failure::refused("no_answer", "the job passed it over"));
                results.remove(id_of(write)).unwrap_or_else(unanswered)
            })
            .collect(),
        Err(failure) => vec![Err(failure); writes.len()],
    }
}

/// The results by the id that each row carries: Apollo's in a create, Salesforce's in an update.
async fn run(
    connection: &mut Connection<'_>,
    writes: &[&Write],
) -> Result<HashMap<String, RowResult>, Failure> {
    let Some(first) = writes.first() else {
        return Ok(HashMap::new());
    };
    let key = match &first.change {
        Change::Create { .. } => Key::External(connection.salesforce()?.external_id_field.clone()),
        Change::Update { .. } => Key::Id,
    };
    let job = open(connection, first, &key).await?;
    let upload = data(Method::PUT, &["jobs", "ingest", &job, "batches"]);
    let upload = upload.body(Body::Csv(upload_text(writes, &key)?));
    done(connection.call(&upload).await?)?;
    close(connection, &job).await?;
    over(connection, &job).await?;
    let mut results = HashMap::new();
    for part in ["successfulResults", "failedResults"] {
        let answer = done(connection.call(&get(&job, &[part])).await?)?;
        results.extend(result_rows(answer.body.as_str().unwrap_or_default(), &key)?);
    }
    Ok(results)
}

fn id_of(write: &Write) -> &str {
    match &write.change {
        Change::Create { external_id } => external_id,
        Change::Update { crm_id } => crm_id,
    }
}

/// Creates are upserts by Apollo's id here, too, so that a job that is sent twice makes nothing twice.
async fn open(
    connection: &mut Connection<'_>,
    first: &Write,
    key: &Key,
) -> Result<String, Failure> {
    let mut job = json!({ "object": object_name(first.object), "contentType": "CSV" });
    match key {
        Key::Id => job["operation"] = "update".into(),
        Key::External(field) => {
            job["operation"] = "upsert".into();
            job["externalIdFieldName"] = field.as_str().into();
        }
    }
    if first.assignment_rules && first.object == CrmObject::Lead {
        job["assignmentRuleId"] = active_rule(connection).await?.into();
    }
    let request = data(Method::POST, &["jobs", "ingest"]).json(job);
    done(connection.call(&request).await?)?.expect_text("/id")
}

async fn active_rule(connection: &mut Connection<'_>) -> Result<Option<String>, Failure> {
    let soql = "SELECT Id FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true";
    let answer = query(connection, soql).await?;
    Ok(answer.text("/records/0/Id").map(str::to_owned))
}

/// A job that is closed already was closed by an attempt whose answer got lost.
async fn close(connection: &mut Connection<'_>, job: &str) -> Result<(), Failure> {
    let request = data(Method::PATCH, &["jobs", "ingest", job]);
    let request = request.json(json!({ "state": "UploadComplete" }));
    let answer = connection.call(&request).await?;
    let closed = answer.text("/0/errorCode") == Some("INVALIDJOBSTATE");
    if closed {
        return Ok(());
    }
    done(answer).map(|_| ())
}

async fn over(connection: &mut Connection<'_>, job: &str) -> Result<(), Failure> {
    for _ in 0..POLLS {
        let answer = done(connection.call(&get(job, &[])).await?)?;
        match answer.text("/state") {
            Some("JobComplete") => return Ok(()),
            Some(state @ ("Failed" | "Aborted")) => {
                let why = answer.text("/errorMessage").unwrap_or_default();
                return Err(Failure::refused(state, why));
            }
            _ => connection.sleeper.sleep(PAUSE).await,
        }
    }
    Err(Failure::Unavailable {
        message: "the job was never over".into(),
    })
}

fn get(job: &str, part: &[&str]) -> crate::sync::request::Request {
    data(Method::GET, &[&["jobs", "ingest", job], part].concat())
}

fn done(answer: Answer) -> Result<Answer, Failure> {
    match answer.status.is_success() {
        true => Ok(answer),
        false => Err(refusal(&answer)),
    }
}
