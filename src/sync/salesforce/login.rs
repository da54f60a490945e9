//! Who a token belongs to, and what its user may do.

use super::{data, refusal};
use crate::sync::connection::{Connection, Renewed};
use crate::sync::failure::Failure;
use crate::sync::login::Sought;
use crate::sync::request::{Answer, Request};
use crate::sync::{Identity, Permission};
use reqwest::Method;
use serde_json::Value;

/// `POST /services/oauth2/token` with the refresh token.
pub(in crate::sync) async fn renew(
    connection: &Connection<'_>,
    refresh_token: &str,
) -> Result<Renewed, Failure> {
    let app = connection.salesforce()?;
    let request = Request::new(Method::POST, &["services", "oauth2", "token"]).form(vec![
        ("grant_type", "refresh_token".into()),
        ("client_id", app.client_id.clone()),
        ("client_secret", app.client_secret.clone()),
        ("refresh_token", refresh_token.into()),
    ]);
    let answer = connection.call_as_app(&request).await?;
    connection.read_renewal(&answer)
}

/// `GET /services/oauth2/userinfo`. A Salesforce user owns records by the user id itself.
pub(in crate::sync) async fn identity(
    connection: &mut Connection<'_>,
) -> Result<Identity, Failure> {
    let answer = connection
        .call(&Request::get(&["services", "oauth2", "userinfo"]))
        .await?;
    if !answer.status.is_success() {
        return Err(refusal(&answer));
    }
    if answer.body.get("active") == Some(&Value::Bool(false)) {
        return Err(connection.dead("its user is deactivated"));
    }
    let user_id = answer.expect_text("/user_id")?;
    Ok(Identity {
        owner_id: Some(user_id.clone()),
        user_id,
    })
}

/// The best of the user's permission sets. Every profile has one of its own (`IsOwnedByProfile`), so this query sees profiles too.
pub(in crate::sync) async fn permission(
    connection: &mut Connection<'_>,
    who: &Identity,
) -> Result<Permission, Failure> {
    let soql = format!(
        "SELECT PermissionSet.PermissionsModifyAllData, PermissionSet.PermissionsViewAllData \
         FROM PermissionSetAssignment WHERE AssigneeId = '{}'",
        quoted(&who.user_id)
    );
    let answer = query(connection, &soql).await?;
    // A user who may not see the setup sees no permission sets, and is nobody's administrator.
    if answer.status.is_client_error() {
        return Ok(Permission::Ordinary);
    }
    let assignments = answer.body["records"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    Ok(assignments
        .iter()
        .map(rank)
        .max()
        .unwrap_or(Permission::Ordinary))
}

/// The id of the first user with this address.
pub(in crate::sync) async fn user_by_email(
    connection: &mut Connection<'_>,
    email: &str,
    sought: Sought,
) -> Result<Option<String>, Failure> {
    let active = match sought {
        Sought::Active => " AND IsActive = true",
        Sought::ActiveOrNot => "",
    };
    let soql = format!(
        "SELECT Id FROM User WHERE Email = '{}'{active}",
        quoted(email)
    );
    let answer = query(connection, &soql).await?;
    match answer.status.is_success() {
        true => Ok(answer.text("/records/0/Id").map(str::to_owned)),
        false => Err(refusal(&answer)),
    }
}

pub(super) async fn query(connection: &mut Connection<'_>, soql: &str) -> Result<Answer, Failure> {
    connection
        .call(&data(Method::GET, &["query"]).query("q", soql))
        .await
}

fn rank(assignment: &Value) -> Permission {
    let has = |permission: &str| assignment["PermissionSet"][permission] == Value::Bool(true);
    if has("PermissionsModifyAllData") {
        Permission::ChangesEverything
    } else if has("PermissionsViewAllData") {
        Permission::ReadsEverything
    } else {
        Permission::Ordinary
    }
}

/// SOQL's escapes inside quotes.
pub(super) fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}
