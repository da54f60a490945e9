//! A HubSpot portal through its public API: search for what there is, batch reads for what it holds, archiving.
//!
//! The search shows a new record only after a while, and an old value for a while. So it gives ids alone, and those that are
//! known are read again by id.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{Client, LiveError};
use super::people::LiveUser;
use super::prefix::Whose;
use super::record::{Found, Stranger, text};
use super::target::Entry;

/// Every type that is looked at, with the properties that may bear a prefix.
const TYPES: [(&str, &[&str]); 7] = [
    ("emails", &["hs_email_subject"]),
    ("tasks", &["hs_task_subject"]),
    ("calls", &["hs_call_title"]),
    ("notes", &["hs_note_body"]),
    ("meetings", &["hs_meeting_title"]),
    ("contacts", &["email", "lastname"]),
    ("companies", &["name", "domain"]),
];
/// What else is read of each.
const PROPERTIES: [&str; 4] = [
    "hubspot_owner_id",
    "hs_created_by_user_id",
    "hs_updated_by_user_id",
    "phone",
];
/// Of a page of a search, and of a batch.
const PAGE: usize = 100;

/// Portal id, and the type of account.
pub(super) async fn account(client: &Client) -> Result<(String, Option<String>), LiveError> {
    let answer = client.get("/account-info/v3/details", &[]).await?;
    let body = client.expect(answer, "to say what kind of portal it is")?;
    let portal = body["portalId"].as_u64().unwrap_or_default().to_string();
    Ok((portal, text(&body, "accountType")))
}

/// The user that an entry of the target file means.
pub(super) async fn user(client: &Client, entry: &Entry) -> Result<Option<LiveUser>, LiveError> {
    let owner = match (&entry.user_id, &entry.email) {
        (Some(id), _) => owner_of_user(client, id.get()).await?,
        (None, Some(email)) => owner_by_email(client, email.get()).await?,
        (None, None) => return Ok(None),
    };
    match owner {
        Some(owner) => Ok(Some(person(&owner))),
        // A user need not be an owner.
        None => user_of_settings(client, entry).await,
    }
}

fn person(owner: &Value) -> LiveUser {
    let part = |field: &str| text(owner, field).unwrap_or_default();
    LiveUser {
        name: format!("{} {}", part("firstName"), part("lastName"))
            .trim()
            .to_owned(),
        user_id: owner["userId"]
            .as_u64()
            .map(|id| id.to_string())
            .unwrap_or_default(),
        owner_id: text(owner, "id"),
        email: part("email"),
        tokens: Default::default(),
    }
}

async fn owner_of_user(client: &Client, user_id: &str) -> Result<Option<Value>, LiveError> {
    let path = format!("/crm/v3/owners/{user_id}");
    found(client, &path, &[("idProperty", "userId")], "an owner").await
}

async fn owner_by_email(client: &Client, email: &str) -> Result<Option<Value>, LiveError> {
    let answer = client.get("/crm/v3/owners", &[("email", email)]).await?;
    let body = client.expect(answer, "its owners")?;
    let people = body["results"].as_array().into_iter().flatten();
    Ok(people
        .into_iter()
        .find(|one| one["userId"].is_u64())
        .cloned())
}

async fn user_of_settings(client: &Client, entry: &Entry) -> Result<Option<LiveUser>, LiveError> {
    let (key, property) = match (&entry.user_id, &entry.email) {
        (Some(id), _) => (id.get(), "USER_ID"),
        (None, Some(email)) => (email.get(), "EMAIL"),
        (None, None) => return Ok(None),
    };
    let path = format!("/settings/v3/users/{key}");
    let user = found(client, &path, &[("idProperty", property)], "its users").await?;
    Ok(user.map(|user| {
        let part = |field: &str| text(&user, field).unwrap_or_default();
        LiveUser {
            name: format!("{} {}", part("firstName"), part("lastName"))
                .trim()
                .to_owned(),
            user_id: part("id"),
            owner_id: None,
            email: part("email"),
            tokens: Default::default(),
        }
    }))
}

/// The user whose token this is.
pub(super) async fn whose_token(client: &Client) -> Result<String, LiveError> {
    let token = client.tokens().access_token.unwrap_or_default();
    let answer = client
        .get(&format!("/oauth/v1/access-tokens/{token}"), &[])
        .await?;
    let body = client.expect(answer, "to say whose token it is")?;
    Ok(body["user_id"]
        .as_u64()
        .map(|id| id.to_string())
        .unwrap_or_default())
}

/// Ids that the search shows, by type.
pub(super) async fn searched(
    client: &Client,
    whose: &Whose,
) -> Result<BTreeSet<(String, String)>, LiveError> {
    let mut ids = BTreeSet::new();
    for (kind, properties) in TYPES {
        let mut after: Option<String> = None;
        loop {
            let body = search(client, kind, properties, whose, after.as_deref()).await?;
            let page = body["results"].as_array().into_iter().flatten();
            ids.extend(page.filter_map(|one| Some((kind.to_owned(), text(one, "id")?))));
            after = text(&body["paging"]["next"], "after");
            if after.is_none() {
                break;
            }
        }
    }
    Ok(ids)
}

async fn search(
    client: &Client,
    kind: &str,
    properties: &[&str],
    whose: &Whose,
    after: Option<&str>,
) -> Result<Value, LiveError> {
    let start = format!("{}*", whose.start());
    let group = |property: &&str| json!({ "filters": [{ "propertyName": property, "operator": "CONTAINS_TOKEN", "value": start }] });
    let groups: Vec<Value> = properties.iter().map(group).collect();
    let mut asked = json!({ "filterGroups": groups, "properties": properties, "limit": PAGE });
    if let Some(after) = after {
        asked["after"] = Value::from(after);
    }
    let answer = client
        .post(&format!("/crm/v3/objects/{kind}/search"), &asked)
        .await?;
    client.expect(answer, &format!("a search for {kind}"))
}

/// The contacts with these addresses: no search, so that they are shown at once.
pub(super) async fn contacts(
    client: &Client,
    addresses: &[String],
) -> Result<BTreeSet<(String, String)>, LiveError> {
    let read = batch_read(client, "contacts", addresses, Some("email")).await?;
    let ids = read.iter().filter_map(|one| text(one, "id"));
    Ok(ids.map(|id| ("contacts".to_owned(), id)).collect())
}

/// The records behind these ids that bear a prefix which is meant, as they are now. One that has been deleted is left out.
pub(super) async fn read(
    client: &Client,
    ids: &BTreeSet<(String, String)>,
    whose: &Whose,
) -> Result<Vec<Found>, LiveError> {
    let mut found = Vec::new();
    for (kind, _) in TYPES {
        let of_kind = ids.iter().filter(|(one, _)| one == kind);
        let of_kind: Vec<String> = of_kind.map(|(_, id)| id.clone()).collect();
        let read = batch_read(client, kind, &of_kind, None).await?;
        found.extend(read.into_iter().map(|one| record(kind, one)));
    }
    found.retain(|record| record.bears(whose).is_some());
    Ok(found)
}

async fn batch_read(
    client: &Client,
    kind: &str,
    keys: &[String],
    by: Option<&str>,
) -> Result<Vec<Value>, LiveError> {
    let own = TYPES
        .iter()
        .find(|(one, _)| *one == kind)
        .map(|(_, own)| *own);
    let properties: Vec<&str> = own
        .into_iter()
        .flatten()
        .copied()
        .chain(PROPERTIES)
        .collect();
    let mut read = Vec::new();
    for keys in keys.chunks(PAGE) {
        let inputs: Vec<Value> = keys.iter().map(|key| json!({ "id": key })).collect();
        let mut asked = json!({ "inputs": inputs, "properties": properties });
        if let Some(by) = by {
            asked["idProperty"] = Value::from(by);
        }
        let path = format!("/crm/v3/objects/{kind}/batch/read");
        let body = client.expect(
            client.post(&path, &asked).await?,
            &format!("to read {kind}"),
        )?;
        read.extend(body["results"].as_array().into_iter().flatten().cloned());
    }
    Ok(read)
}

fn record(kind: &str, one: Value) -> Found {
    let fields = one["properties"].clone();
    Found {
        object: kind.to_owned(),
        id: text(&one, "id").unwrap_or_default(),
        owner: text(&fields, "hubspot_owner_id"),
        // Set for what people do in HubSpot itself; for what an app does, no recording shows a user.
        created_by: text(&fields, "hs_created_by_user_id"),
        modified_by: text(&fields, "hs_updated_by_user_id"),
        deleted: one["archived"] == Value::Bool(true),
        fields,
    }
}

/// Who has an owner id.
pub(super) async fn stranger(client: &Client, id: &str) -> Result<Option<Stranger>, LiveError> {
    let path = format!("/crm/v3/owners/{id}");
    let owner = found(client, &path, &[], "an owner").await?;
    Ok(owner.map(|owner| Stranger {
        name: person(&owner).name,
        queue: owner["type"] == "QUEUE",
    }))
}

/// Archives a record; one that is gone already is no trouble.
pub(super) async fn delete(client: &Client, record: &Found) -> Result<(), LiveError> {
    let path = format!("/crm/v3/objects/{}/{}", record.object, record.id);
    let answer = client.delete(&path).await?;
    if answer.status == reqwest::StatusCode::NOT_FOUND {
        return Ok(());
    }
    client.expect(
        answer,
        &format!("to delete {} {}", record.object, record.id),
    )?;
    Ok(())
}

/// A body, or nothing where there is no such thing.
async fn found(
    client: &Client,
    path: &str,
    query: &[(&str, &str)],
    what: &str,
) -> Result<Option<Value>, LiveError> {
    let answer = client.get(path, query).await?;
    if answer.status == reqwest::StatusCode::NOT_FOUND {
        return Ok(None);
    }
    client.expect(answer, what).map(Some)
}
