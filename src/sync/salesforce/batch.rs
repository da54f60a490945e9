//! Many records of one object, one request: sObject Collections, whose answers stand in the order of the rows.

use super::record::row;
use super::{data, object_name, refusal, with_rules};
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::patience::{ATTEMPTS, LOCKED, backoff};
use crate::sync::request::Request;
use crate::sync::write::Written;
use crate::sync::{Batches, Change, Creates, Write};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Rows of one collection request.
pub(in crate::sync) const BATCH_LIMIT: usize = 200;

/// One row of the answer.
#[derive(Debug, Deserialize)]
struct RowAnswer {
    #[serde(default)]
    id: Option<String>,
    success: bool,
    #[serde(default)]
    errors: Vec<RowError>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RowError {
    status_code: String,
    message: String,
}

/// Writes up to [`BATCH_LIMIT`] rows, which are all creates or all updates of one object. One result a row, in their order.
pub(in crate::sync) async fn write_many(
    connection: &mut Connection<'_>,
    creates: Creates,
    writes: &[&Write],
) -> Vec<Result<Written, Failure>> {
    let mut results: Vec<Option<Result<Written, Failure>>> = vec![None; writes.len()];
    let attempts = match connection.batches {
        Batches::LockedGivenUp => 1,
        _ => ATTEMPTS,
    };
    for attempt in 0..attempts {
        let open: Vec<usize> = (0..writes.len())
            .filter(|index| !matches!(results[*index], Some(ref done) if !locked(done)))
            .collect();
        if open.is_empty() {
            break;
        }
        if attempt > 0 {
            connection.sleeper.sleep(backoff(attempt - 1)).await;
        }
        let rows: Vec<&Write> = open.iter().map(|index| writes[*index]).collect();
        for (index, result) in open.into_iter().zip(send(connection, creates, &rows).await) {
            results[index] = Some(result);
        }
    }
    results
        .into_iter()
        .map(|result| {
            result
                .unwrap_or_else(|| Err(Failure::refused("no_answer", "the row was never answered")))
        })
        .collect()
}

/// Only this row has to be sent again.
fn locked(result: &Result<Written, Failure>) -> bool {
    matches!(result, Err(Failure::Refused { code, .. }) if code == LOCKED)
}

/// Sends the rows once. A failure of the request is the failure of each of them.
async fn send(
    connection: &mut Connection<'_>,
    creates: Creates,
    writes: &[&Write],
) -> Vec<Result<Written, Failure>> {
    match answers(connection, creates, writes).await {
        Ok(answers) => answers.into_iter().map(RowAnswer::into_result).collect(),
        Err(failure) => vec![Err(failure); writes.len()],
    }
}

async fn answers(
    connection: &mut Connection<'_>,
    creates: Creates,
    writes: &[&Write],
) -> Result<Vec<RowAnswer>, Failure> {
    let answer = connection
        .call(&request(connection, creates, writes)?)
        .await?;
    if !answer.status.is_success() {
        return Err(refusal(&answer));
    }
    let rows: Vec<RowAnswer> = serde_json::from_value(answer.body)
        .map_err(|error| Failure::refused("malformed_answer", error.to_string()))?;
    match rows.len() == writes.len() {
        true => Ok(rows),
        false => Err(Failure::refused(
            "malformed_answer",
            format!("{} answers to {} rows", rows.len(), writes.len()),
        )),
    }
}

fn request(
    connection: &Connection<'_>,
    creates: Creates,
    writes: &[&Write],
) -> Result<Request, Failure> {
    let Some(first) = writes.first() else {
        return Err(Failure::refused("no_rows", "there is nothing to send"));
    };
    let field = &connection.salesforce()?.external_id_field;
    let object = object_name(first.object);
    let request = match (&first.change, creates) {
        (Change::Update { .. }, _) => data(Method::PATCH, &["composite", "sobjects"]),
        (Change::Create { .. }, Creates::Findable) => {
            data(Method::PATCH, &["composite", "sobjects", object, field])
        }
        (Change::Create { .. }, Creates::Blindly) => data(Method::POST, &["composite", "sobjects"]),
    };
    let records: Vec<Map<String, Value>> = writes
        .iter()
        .map(|write| identified(write, creates, field))
        .collect();
    Ok(with_rules(
        request.json(json!({ "allOrNone": connection.batches.all_or_none(), "records": records })),
        first,
    ))
}

/// The row, with the id by which Salesforce finds the record.
fn identified(write: &Write, creates: Creates, field: &str) -> Map<String, Value> {
    let mut row = row(write);
    match (&write.change, creates) {
        (Change::Update { crm_id }, _) => row.insert("id".into(), crm_id.as_str().into()),
        (Change::Create { external_id }, Creates::Findable) => {
            row.insert(field.into(), external_id.as_str().into())
        }
        (Change::Create { .. }, Creates::Blindly) => None,
    };
    row
}

impl RowAnswer {
    fn into_result(self) -> Result<Written, Failure> {
        match (self.success, self.id) {
            (true, Some(id)) => Ok(Written::new(id)),
            (true, None) => Err(Failure::refused("malformed_answer", "a row without an id")),
            (false, _) => Err(self.errors.into_iter().next().map_or_else(
                || Failure::refused("malformed_answer", "a refused row without an error"),
                |error| Failure::refused(error.status_code, error.message),
            )),
        }
    }
}
