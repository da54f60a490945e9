//! Finding what is in HubSpot already: a record of ours whose answer was lost, or somebody else's with the same address.

use super::record::properties;
use super::{objects, refusal};
use crate::apollo::CrmObject;
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::request::Answer;
use crate::sync::write::Written;
use crate::sync::{Creates, Recognition, Write};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The id of the record that holds this id of Apollo's. Read by the property itself: the search index lags behind.
pub(super) async fn find(
    connection: &mut Connection<'_>,
    object: CrmObject,
    external_id: &str,
) -> Result<Option<String>, Failure> {
    let property = connection.hubspot()?.unique_property.clone();
    if connection.recognition == Recognition::BySearch {
        return search(connection, object, &property, external_id).await;
    }
    let request = objects(Method::GET, object, &[external_id]).query("idProperty", property);
    let answer = connection.call(&request).await?;
    match answer.status {
        StatusCode::NOT_FOUND => Ok(None),
        status if status.is_success() => answer.expect_text("/id").map(Some),
        _ => Err(refusal(&answer)),
    }
}

/// What the search index has by now.
async fn search(
    connection: &mut Connection<'_>,
    object: CrmObject,
    property: &str,
    value: &str,
) -> Result<Option<String>, Failure> {
    let filter = json!({ "propertyName": property, "operator": "EQ", "value": value });
    let body = json!({ "filterGroups": [{ "filters": [filter] }] });
    let answer = connection
        .call(&objects(Method::POST, object, &["search"]).json(body))
        .await?;
    Ok(answer.text("/results/0/id").map(str::to_owned))
}

/// The same for many: Apollo's id to HubSpot's, for those that exist. At most 100.
pub(super) async fn find_many(
    connection: &mut Connection<'_>,
    object: CrmObject,
    external_ids: &[&str],
) -> Result<HashMap<String, String>, Failure> {
    let property = connection.hubspot()?.unique_property.clone();
    let inputs: Vec<Value> = external_ids.iter().map(|id| json!({ "id": id })).collect();
    let body = json!({ "idProperty": property, "properties": [property], "inputs": inputs });
    let answer = connection
        .call(&objects(Method::POST, object, &["batch", "read"]).json(body))
        .await?;
    if !answer.status.is_success() {
        return Err(refusal(&answer));
    }
    let results = answer.body["results"].as_array().into_iter().flatten();
    let found = results.filter_map(|result| {
        let external_id = result["properties"][&property].as_str()?;
        Some((external_id.to_owned(), result["id"].as_str()?.to_owned()))
    });
    Ok(found.collect())
}

/// HubSpot has a record with this unique value already, most often a contact's address.
///
/// Either it is ours, from an attempt whose answer got lost; or it is not, and then it takes the values but keeps its owner,
/// as with any update.
pub(super) async fn adopt(
    connection: &mut Connection<'_>,
    creates: Creates,
    write: &Write,
    external_id: &str,
    conflict: &Conflict,
) -> Result<Written, Failure> {
    if creates == Creates::Findable
        && let Some(ours) = find(connection, write.object, external_id).await?
    {
        return Ok(Written::new(ours));
    }
    let Some(theirs) = &conflict.existing else {
        return Err(Failure::refused("CONFLICT", conflict.message.clone()));
    };
    match connection.recognition {
        Recognition::BySearch => {
            return Err(Failure::refused("CONFLICT", conflict.message.clone()));
        }
        Recognition::Replaces => return replace(connection, write, theirs).await,
        _ => {}
    }
    let values = Write {
        owner: None,
        ..write.clone()
    };
    let body = json!({ "properties": properties(&values, Creates::Blindly, "") });
    let answer = connection
        .call(&objects(Method::PATCH, write.object, &[theirs]).json(body))
        .await?;
    match answer.status.is_success() {
        true => Ok(Written {
            crm_id: theirs.clone(),
            note: Some("HubSpot had it already: updated, the owner left alone".into()),
        }),
        false => Err(refusal(&answer)),
    }
}

/// Deletes what is in the way, and makes it anew.
async fn replace(
    connection: &mut Connection<'_>,
    write: &Write,
    theirs: &str,
) -> Result<Written, Failure> {
    connection
        .call(&objects(Method::DELETE, write.object, &[theirs]))
        .await?;
    let body = json!({ "properties": properties(write, Creates::Blindly, "") });
    let request = objects(Method::POST, write.object, &[])
        .json(body)
        .only_once();
    let answer = connection.call(&request).await?;
    match answer.status.is_success() {
        true => answer.expect_text("/id").map(Written::new),
        false => Err(refusal(&answer)),
    }
}

/// What HubSpot says about the record in the way.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    pub(super) existing: Option<String>,
    pub(super) message: String,
}

impl Conflict {
    /// A single create's: the id stands in the message alone, "Contact already exists. Existing ID: 777".
    pub(super) fn of_answer(answer: &Answer) -> Self {
        Conflict::of_error(&answer.body)
    }

    /// A batch row's: the id stands in `context.existingId` as well.
    pub(super) fn of_error(error: &Value) -> Self {
        let message = error["message"].as_str().unwrap_or_default().to_owned();
        let in_context = error
            .pointer("/context/existingId/0")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let in_message = message
            .split_once("Existing ID:")
            .map(|(_, rest)| digits(rest))
            .filter(|id| !id.is_empty());
        Conflict {
            existing: in_context.or(in_message),
            message,
        }
    }
}

fn digits(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect()
}
