//! One record, one request.

use super::record::body;
use super::{data, object_name, refusal, with_rules};
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::request::{Answer, Request};
use crate::sync::write::Written;
use crate::sync::{Change, Creates, Write};
use reqwest::Method;

/// Creates or updates. A create is an upsert by Apollo's id, so that repeating it after a lost answer makes no second record.
pub(in crate::sync) async fn write_one(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
) -> Result<Written, Failure> {
    let object = object_name(write.object);
    match (&write.change, creates) {
        (Change::Update { crm_id }, _) => {
            let request = data(Method::PATCH, &["sobjects", object, crm_id]);
            send(connection, request, write)
                .await
                .map(|_| Written::new(crm_id))
        }
        (Change::Create { external_id }, Creates::Findable) => {
            let field = &connection.salesforce()?.external_id_field;
            let request = data(Method::PATCH, &["sobjects", object, field, external_id]);
            match send(connection, request, write).await {
                Err(Failure::Refused { code, .. }) if code == SET_BY_CREATES_ALONE => {
                    found(connection, object, external_id).await
                }
                answer => answer?.expect_text("/id").map(Written::new),
            }
        }
        (Change::Create { .. }, Creates::Blindly) => {
            let answer = send(connection, data(Method::POST, &["sobjects", object]), write).await?;
            answer.expect_text("/id").map(Written::new)
        }
    }
}

/// What an upsert is told that finds a Task of ours: its subtype is set once. So the create went through, and its answer got lost.
const SET_BY_CREATES_ALONE: &str = "INVALID_FIELD_FOR_INSERT_UPDATE";

/// The record that carries Apollo's id.
async fn found(
    connection: &mut Connection<'_>,
    object: &str,
    external_id: &str,
) -> Result<Written, Failure> {
    let field = &connection.salesforce()?.external_id_field;
    let request = data(Method::GET, &["sobjects", object, field, external_id]);
    let answer = connection.call(&request).await?;
    match answer.status.is_success() {
        true => answer.expect_text("/Id").map(Written::new),
        false => Err(refusal(&answer)),
    }
}

async fn send(
    connection: &mut Connection<'_>,
    request: Request,
    write: &Write,
) -> Result<Answer, Failure> {
    let request = with_rules(request.json(body(write).into()), write);
    let answer = connection.call(&request).await?;
    match answer.status.is_success() {
        true => Ok(answer),
        false => Err(refusal(&answer)),
    }
}
