//! Who a token belongs to, which owner that is, and whether it is a super admin.

use super::refusal;
use crate::sync::connection::{Connection, Renewed};
use crate::sync::failure::Failure;
use crate::sync::login::Sought;
use crate::sync::request::{Answer, Request};
use crate::sync::{Identity, Permission};
use reqwest::{Method, StatusCode};
use serde_json::Value;

/// `POST /oauth/v1/token` with the refresh token.
pub(in crate::sync) async fn renew(
    connection: &Connection<'_>,
    refresh_token: &str,
) -> Result<Renewed, Failure> {
    let app = connection.hubspot()?;
    let request = Request::new(Method::POST, &["oauth", "v1", "token"]).form(vec![
        ("grant_type", "refresh_token".into()),
        ("client_id", app.client_id.clone()),
        ("client_secret", app.client_secret.clone()),
        ("refresh_token", refresh_token.into()),
    ]);
    let answer = connection.call_as_app(&request).await?;
    connection.read_renewal(&answer)
}

/// Asks for the user behind the token, then for the owner that this user is. An inactive token is refreshed once.
pub(in crate::sync) async fn identity(
    connection: &mut Connection<'_>,
) -> Result<Identity, Failure> {
    let mut known = introspect(connection).await?;
    if known.body["active"] != Value::Bool(true) {
        connection.renew().await?;
        known = introspect(connection).await?;
    }
    match known.body["user_id"].as_u64() {
        Some(user_id) => {
            let user_id = user_id.to_string();
            Ok(Identity {
                owner_id: owner_of(connection, &user_id).await?,
                user_id,
            })
        }
        None => Err(connection.dead("HubSpot says that its token is not active")),
    }
}

/// `POST /oauth/2026-03/token/introspect`, with the app's secret.
async fn introspect(connection: &Connection<'_>) -> Result<Answer, Failure> {
    let app = connection.hubspot()?;
    let request =
        Request::new(Method::POST, &["oauth", "2026-03", "token", "introspect"]).form(vec![
            ("client_id", app.client_id.clone()),
            ("client_secret", app.client_secret.clone()),
            ("token", connection.access_token().into()),
            ("token_type_hint", "access_token".into()),
        ]);
    let answer = connection.call_as_app(&request).await?;
    match answer.status.is_success() {
        true => Ok(answer),
        false => Err(refusal(&answer)),
    }
}

/// The owner id of a user. Owners are numbered apart from users; a user who was deactivated is an archived owner, and a queue is no person.
async fn owner_of(
    connection: &mut Connection<'_>,
    user_id: &str,
) -> Result<Option<String>, Failure> {
    let request = Request::get(&["crm", "v3", "owners", user_id])
        .query("idProperty", "userId")
        .query("archived", "false");
    let answer = connection.call(&request).await?;
    match answer.status {
        StatusCode::NOT_FOUND => Ok(None),
        status if status.is_success() => Ok(active_person(&answer.body)),
        _ => Err(refusal(&answer)),
    }
}

/// The first owner with this address. A deactivated user is an archived owner, which a list has only when it is asked for those.
pub(in crate::sync) async fn owner_by_email(
    connection: &mut Connection<'_>,
    email: &str,
    sought: Sought,
) -> Result<Option<String>, Failure> {
    let active = owners(connection, email, "false").await?;
    if let Some(owner) = active.iter().find_map(active_person) {
        return Ok(Some(owner));
    }
    match sought {
        Sought::Active => Ok(None),
        Sought::ActiveOrNot => {
            let archived = owners(connection, email, "true").await?;
            Ok(archived
                .iter()
                .find_map(|owner| owner["id"].as_str().map(str::to_owned)))
        }
    }
}

async fn owners(
    connection: &mut Connection<'_>,
    email: &str,
    archived: &str,
) -> Result<Vec<Value>, Failure> {
    let request = Request::get(&["crm", "v3", "owners"])
        .query("email", email)
        .query("archived", archived);
    let answer = connection.call(&request).await?;
    match answer.status.is_success() {
        true => Ok(answer.body["results"]
            .as_array()
            .cloned()
            .unwrap_or_default()),
        false => Err(refusal(&answer)),
    }
}

fn active_person(owner: &Value) -> Option<String> {
    let active = owner["archived"] != Value::Bool(true)
        && owner["type"].as_str().unwrap_or("PERSON") == "PERSON";
    active
        .then(|| owner["id"].as_str().map(str::to_owned))
        .flatten()
}

/// `superAdmin` of the settings users: the only permission that the API tells.
pub(in crate::sync) async fn permission(
    connection: &mut Connection<'_>,
    who: &Identity,
) -> Result<Permission, Failure> {
    let answer = connection
        .call(&Request::get(&["settings", "v3", "users", &who.user_id]))
        .await?;
    // A user who may not see the users is no super admin.
    match answer.body["superAdmin"] {
        Value::Bool(true) => Ok(Permission::ChangesEverything),
        _ => Ok(Permission::Ordinary),
    }
}
