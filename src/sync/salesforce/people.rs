//! What only guessing clients ask: who is there, who has this address, who owns this.

use super::login::{query, quoted};
use super::{data, refusal};
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::look_up::Listed;
use reqwest::Method;
use serde_json::Value;

/// Queues first, then users.
pub(in crate::sync) async fn listed(
    connection: &mut Connection<'_>,
) -> Result<Vec<Listed>, Failure> {
    let queues = rows(
        connection,
        "SELECT Id, Name FROM Group WHERE Type = 'Queue'",
    )
    .await?;
    let users = "SELECT Id, Name, Email, IsActive FROM User";
    let users = rows(connection, users).await?;
    let queue = |row: &Value| Listed {
        queue: true,
        active: true,
        ..person(row)
    };
    Ok(queues
        .iter()
        .map(queue)
        .chain(users.iter().map(person))
        .collect())
}

/// The first contact with this address.
pub(in crate::sync) async fn contact_by_email(
    connection: &mut Connection<'_>,
    email: &str,
) -> Result<Option<String>, Failure> {
    let soql = format!("SELECT Id FROM Contact WHERE Email = '{}'", quoted(email));
    let found = rows(connection, &soql).await?;
    Ok(found.first().map(|row| text(row, "Id")))
}

/// Who owns a lead: a user or a queue.
pub(in crate::sync) async fn lead_owner(
    connection: &mut Connection<'_>,
    id: &str,
) -> Result<Option<String>, Failure> {
    let request = data(Method::GET, &["sobjects", "Lead", id]).query("fields", "OwnerId");
    let answer = connection.call(&request).await?;
    Ok(answer.text("/OwnerId").map(str::to_owned))
}

async fn rows(connection: &mut Connection<'_>, soql: &str) -> Result<Vec<Value>, Failure> {
    let answer = query(connection, soql).await?;
    match (
        answer.status.is_success(),
        answer.body["records"].as_array(),
    ) {
        (true, Some(records)) => Ok(records.clone()),
        _ => Err(refusal(&answer)),
    }
}

fn person(row: &Value) -> Listed {
    let id = text(row, "Id");
    Listed {
        owner_id: id.clone(),
        user_id: id,
        name: text(row, "Name"),
        email: text(row, "Email"),
        active: row["IsActive"] == Value::Bool(true),
        queue: false,
    }
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}
