//! What only guessing clients ask: who is there.

use super::refusal;
use crate::sync::connection::Connection;
use crate::sync::failure::Failure;
use crate::sync::look_up::Listed;
use crate::sync::request::Request;
use serde_json::Value;

/// One page of the archived owners, then one of the others.
pub(in crate::sync) async fn listed(
    connection: &mut Connection<'_>,
    limit: usize,
) -> Result<Vec<Listed>, Failure> {
    let mut people = vec![];
    for archived in ["true", "false"] {
        let request = Request::get(&["crm", "v3", "owners"])
            .query("archived", archived)
            .query("limit", limit.to_string());
        let answer = connection.call(&request).await?;
        if !answer.status.is_success() {
            return Err(refusal(&answer));
        }
        let owners = answer.body["results"].as_array().into_iter().flatten();
        people.extend(owners.map(owner));
    }
    // Who can't be told from a queue by the name alone comes after it.
    people.sort_by_key(|one: &Listed| !one.queue);
    Ok(people)
}

fn owner(owner: &Value) -> Listed {
    let text = |field: &str| owner[field].as_str().unwrap_or_default();
    Listed {
        owner_id: text("id").to_owned(),
        user_id: owner["userId"]
            .as_u64()
            .map(|id| id.to_string())
            .unwrap_or_default(),
        name: format!("{} {}", text("firstName"), text("lastName"))
            .trim()
            .to_owned(),
        email: text("email").to_owned(),
        active: owner["archived"] != Value::Bool(true),
        queue: text("type") == "QUEUE",
    }
}
