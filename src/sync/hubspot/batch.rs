//! Many records of one object, one request. Answers come in any order, and one bad value refuses them all.

use super::existing::{Conflict, adopt, find_many};
use super::record::{associations, properties};
use super::{objects, refusal, single};
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::patience::ATTEMPTS;
use crate::sync::request::{Answer, Request};
use crate::sync::write::Written;
use crate::sync::{Batches, Change, Creates, Write};
use reqwest::Method;
use serde_json::{Value, json};

/// Inputs of one batch request.
pub(in crate::sync) const BATCH_LIMIT: usize = 100;

type RowResult = Result<Written, Failure>;

/// Writes up to [`BATCH_LIMIT`] rows, which are all creates or all updates of one object. One result a row, in their order.
///
/// A batch that is refused as a whole is halved until the bad rows stand alone: the good ones still go through, with the same login.
pub(in crate::sync) async fn write_many(
    connection: &mut Connection<'_>,
    creates: Creates,
    writes: &[&Write],
) -> Vec<RowResult> {
    let mut results: Vec<RowResult> = vec![
        Err(Failure::Unavailable {
            message: "HubSpot never answered".into()
        });
        writes.len()
    ];
    let mut batches: Vec<Vec<usize>> = vec![(0..writes.len()).collect()];
    let mut answers_lost = 0;
    while let Some(mut rows) = batches.pop() {
        match send(connection, creates, writes, &rows).await {
            Ok(answer) if connection.batches == Batches::InOrder => {
                read_in_order(&rows, &answer, &mut results);
            }
            Ok(answer) => read(connection, creates, writes, &rows, &answer, &mut results).await,
            Err(Failure::Refused { code, .. })
                if code != "MISSING_SCOPES" && connection.batches.halves() =>
            {
                match rows[..] {
                    [row] => {
                        results[row] = single::write_one(connection, creates, writes[row]).await
                    }
                    _ => {
                        batches.push(rows.split_off(rows.len() / 2));
                        batches.push(rows);
                    }
                }
            }
            Err(Failure::AnswerLost { wait }) if answers_lost < ATTEMPTS => {
                answers_lost += 1;
                connection.sleeper.sleep(wait).await;
                let missing = without_found(connection, creates, writes, rows, &mut results).await;
                batches.extend((!missing.is_empty()).then_some(missing));
            }
            Err(failure) => rows
                .into_iter()
                .for_each(|row| results[row] = Err(failure.clone())),
        }
    }
    results
}

async fn send(
    connection: &mut Connection<'_>,
    creates: Creates,
    writes: &[&Write],
    rows: &[usize],
) -> Result<Answer, Failure> {
    let Some(first) = rows.first().map(|row| writes[*row]) else {
        return Err(Failure::refused("no_rows", "there is nothing to send"));
    };
    let unique_property = connection.hubspot()?.unique_property.clone();
    let inputs: Vec<Value> = rows
        .iter()
        .map(|row| input(writes[*row], creates, &unique_property, *row))
        .collect();
    let verb = match first.change {
        Change::Create { .. } => "create",
        Change::Update { .. } => "update",
    };
    let request =
        objects(Method::POST, first.object, &["batch", verb]).json(json!({ "inputs": inputs }));
    let answer = connection.call(&once_if_create(request, first)).await?;
    match answer.status.is_success() {
        true => Ok(answer),
        false => Err(refusal(&answer)),
    }
}

fn once_if_create(request: Request, write: &Write) -> Request {
    match write.change {
        Change::Create { .. } => request.only_once(),
        Change::Update { .. } => request,
    }
}

/// One row, named by its place among the writes: `objectWriteTraceId` comes back with its result or its error.
fn input(write: &Write, creates: Creates, unique_property: &str, row: usize) -> Value {
    let properties = properties(write, creates, unique_property);
    match &write.change {
        Change::Create { .. } => {
            json!({ "objectWriteTraceId": row.to_string(), "properties": properties, "associations": associations(write) })
        }
        Change::Update { crm_id } => {
            json!({ "objectWriteTraceId": row.to_string(), "id": crm_id, "properties": properties })
        }
    }
}

/// Hands each result and each error to its row; a row that neither names is looked for alone.
async fn read(
    connection: &mut Connection<'_>,
    creates: Creates,
    writes: &[&Write],
    rows: &[usize],
    answer: &Answer,
    results: &mut [RowResult],
) {
    let mut open: Vec<usize> = rows.to_vec();
    for result in answer.body["results"].as_array().into_iter().flatten() {
        let named = open
            .iter()
            .position(|row| names(connection, result, writes[*row], *row));
        if let (Some(place), Some(id)) = (named, result["id"].as_str()) {
            results[open.swap_remove(place)] = Ok(Written::new(id));
        }
    }
    for error in answer.body["errors"].as_array().into_iter().flatten() {
        for row in named_by_error(error, writes, &open) {
            open.retain(|other| *other != row);
            results[row] = read_error(connection, creates, writes[row], error).await;
        }
    }
    for row in open {
        results[row] = find_or_write(connection, creates, writes[row]).await;
    }
}

/// What a client does that takes the answers to stand in the order of the rows.
fn read_in_order(rows: &[usize], answer: &Answer, results: &mut [RowResult]) {
    let answers = answer.body["results"].as_array().into_iter().flatten();
    let mut ids = answers.map(|result| result["id"].as_str().unwrap_or_default());
    for row in rows {
        results[*row] = match ids.next() {
            Some(id) => Ok(Written::new(id)),
            None => Err(Failure::refused("no_answer", "the row was never answered")),
        };
    }
}

/// Whether a result is about this row: by trace id, by id, by Apollo's id, or by address.
fn names(connection: &Connection<'_>, result: &Value, write: &Write, row: usize) -> bool {
    if let Some(trace) = result["objectWriteTraceId"].as_str() {
        return trace == row.to_string();
    }
    let unique_property = connection
        .hubspot()
        .map(|app| app.unique_property.as_str())
        .unwrap_or_default();
    let properties = &result["properties"];
    match &write.change {
        Change::Update { crm_id } => result["id"].as_str() == Some(crm_id),
        Change::Create { external_id } if properties[unique_property].is_string() => {
            properties[unique_property] == external_id.as_str()
        }
        Change::Create { .. } => same_address(&properties["email"], write.properties.get("email")),
    }
}

/// HubSpot stores addresses in lower case.
fn same_address(stored: &Value, sent: Option<&Value>) -> bool {
    let lower = |value: &Value| value.as_str().map(str::to_lowercase);
    sent.and_then(lower)
        .is_some_and(|sent| lower(stored) == Some(sent))
}

/// The rows that an error is about: one error can name several.
fn named_by_error(error: &Value, writes: &[&Write], open: &[usize]) -> Vec<usize> {
    let listed = |pointer: &str| -> Vec<String> {
        let list = error
            .pointer(pointer)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        list.filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    };
    let (traces, ids) = (
        listed("/context/objectWriteTraceId"),
        listed("/context/ids"),
    );
    let named = |row: &usize| match &writes[*row].change {
        Change::Update { crm_id } => ids.contains(crm_id) || traces.contains(&row.to_string()),
        Change::Create { .. } => traces.contains(&row.to_string()),
    };
    open.iter().copied().filter(named).collect()
}

async fn read_error(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
    error: &Value,
) -> RowResult {
    match (&write.change, error["category"].as_str()) {
        (Change::Create { external_id }, Some("CONFLICT")) => {
            adopt(
                connection,
                creates,
                write,
                external_id,
                &Conflict::of_error(error),
            )
            .await
        }
        (_, category) => Err(Failure::refused(
            category.unwrap_or("error"),
            error["message"].as_str().unwrap_or_default(),
        )),
    }
}

/// A success that says nothing about a row: look, and write it alone if it is not there.
async fn find_or_write(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
) -> RowResult {
    if let (Change::Create { external_id }, Creates::Findable) = (&write.change, creates)
        && let Some(crm_id) = super::existing::find(connection, write.object, external_id).await?
    {
        return Ok(Written::new(crm_id));
    }
    single::write_one(connection, creates, write).await
}

/// After a lost answer: notes the rows that did arrive, and gives back those that did not.
async fn without_found(
    connection: &mut Connection<'_>,
    creates: Creates,
    writes: &[&Write],
    rows: Vec<usize>,
    results: &mut [RowResult],
) -> Vec<usize> {
    let external_id = |row: usize| match &writes[row].change {
        Change::Create { external_id } => external_id.as_str(),
        Change::Update { crm_id } => crm_id.as_str(),
    };
    let object = rows.first().map(|row| writes[*row].object);
    let (Some(object), Creates::Findable) = (object, creates) else {
        return rows;
    };
    let ids: Vec<&str> = rows.iter().map(|row| external_id(*row)).collect();
    match find_many(connection, object, &ids).await {
        Ok(found) => {
            let (arrived, missing) = rows
                .into_iter()
                .partition::<Vec<_>, _>(|row| found.contains_key(external_id(*row)));
            arrived
                .into_iter()
                .for_each(|row| results[row] = Ok(Written::new(found[external_id(row)].as_str())));
            missing
        }
        Err(failure) => {
            rows.into_iter()
                .for_each(|row| results[row] = Err(failure.clone()));
            vec![]
        }
    }
}
