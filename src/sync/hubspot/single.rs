//! One record, one request.

use super::existing::{Conflict, adopt, find};
use super::record::{associations, properties};
use super::{objects, refusal};
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::patience::ATTEMPTS;
use crate::sync::write::Written;
use crate::sync::{Change, Creates, Write};
use reqwest::{Method, StatusCode};
use serde_json::json;

/// Creates or updates one record.
pub(in crate::sync) async fn write_one(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
) -> Result<Written, Failure> {
    match &write.change {
        Change::Update { crm_id } => update(connection, creates, write, crm_id).await,
        Change::Create { external_id } => create(connection, creates, write, external_id).await,
    }
}

async fn update(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
    crm_id: &str,
) -> Result<Written, Failure> {
    let unique_property = &connection.hubspot()?.unique_property;
    let body = json!({ "properties": properties(write, creates, unique_property) });
    let answer = connection
        .call(&objects(Method::PATCH, write.object, &[crm_id]).json(body))
        .await?;
    match answer.status.is_success() {
        true => Ok(Written::new(crm_id)),
        false => Err(refusal(&answer)),
    }
}

/// Creates it once: when the answer gets lost, looks whether it is there before trying again.
async fn create(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
    external_id: &str,
) -> Result<Written, Failure> {
    for _ in 0..ATTEMPTS {
        match create_once(connection, creates, write, external_id).await {
            Err(Failure::AnswerLost { wait }) => connection.sleeper.sleep(wait).await,
            done => return done,
        }
        if creates == Creates::Findable
            && let Some(crm_id) = find(connection, write.object, external_id).await?
        {
            return Ok(Written::new(crm_id));
        }
    }
    Err(Failure::Unavailable {
        message: "HubSpot never answered, and the record is not there".into(),
    })
}

async fn create_once(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
    external_id: &str,
) -> Result<Written, Failure> {
    let unique_property = &connection.hubspot()?.unique_property;
    let body = json!({ "properties": properties(write, creates, unique_property), "associations": associations(write) });
    let request = objects(Method::POST, write.object, &[])
        .json(body)
        .only_once();
    let answer = connection.call(&request).await?;
    match answer.status {
        status if status.is_success() => answer.expect_text("/id").map(Written::new),
        StatusCode::CONFLICT => {
            adopt(
                connection,
                creates,
                write,
                external_id,
                &Conflict::of_answer(&answer),
            )
            .await
        }
        _ => Err(refusal(&answer)),
    }
}
