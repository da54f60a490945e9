//! A Salesforce org through its public API: SOQL, and deletes of single records.

use serde_json::Value;

use super::client::{Client, LiveError};
use super::people::LiveUser;
use super::prefix::Whose;
use super::record::{Found, Stranger, text};
use super::target::Entry;

const DATA: &str = "/services/data/v60.0";

/// Every object that is looked at, with the fields that may bear a prefix. What hangs on others comes before them.
const OBJECTS: [(&str, &[&str]); 5] = [
    ("Task", &["Subject"]),
    ("Event", &["Subject"]),
    ("Contact", &["Email", "LastName"]),
    ("Lead", &["Email", "LastName", "Company"]),
    ("Account", &["Name"]),
];
const WITHOUT_PHONE: [&str; 2] = ["Task", "Event"];

/// Id, and whether it is a sandbox.
pub(super) async fn organization(client: &Client) -> Result<(String, Option<bool>), LiveError> {
    let rows = query(
        client,
        "SELECT Id, IsSandbox, OrganizationType FROM Organization",
    )
    .await?;
    let row = rows.first().cloned().unwrap_or_default();
    Ok((
        text(&row, "Id").unwrap_or_default(),
        row["IsSandbox"].as_bool(),
    ))
}

/// The user that an entry of the target file means.
pub(super) async fn user(client: &Client, entry: &Entry) -> Result<Option<LiveUser>, LiveError> {
    let keys = [
        ("Id", &entry.user_id),
        ("Username", &entry.username),
        ("Email", &entry.email),
    ];
    let wanted = keys.into_iter().find_map(|(field, value)| {
        let value = value.as_ref()?;
        Some(format!("{field} = '{}'", quoted(value.get())))
    });
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    let soql = format!("SELECT Id, Name, Email FROM User WHERE IsActive = true AND {wanted}");
    let rows = query(client, &soql).await?;
    // Several users may have an address; then nobody knows which one is meant.
    let [row] = rows.as_slice() else {
        return Ok(None);
    };
    let user_id = text(row, "Id").unwrap_or_default();
    Ok(Some(LiveUser {
        name: text(row, "Name").unwrap_or_default(),
        owner_id: Some(user_id.clone()),
        user_id,
        email: text(row, "Email").unwrap_or_default(),
        tokens: Default::default(),
    }))
}

/// The user whose token this is.
pub(super) async fn whose_token(client: &Client) -> Result<String, LiveError> {
    let answer = client.get("/services/oauth2/userinfo", &[]).await?;
    let body = client.expect(answer, "to say whose token it is")?;
    Ok(text(&body, "user_id").unwrap_or_default())
}

/// Every record that bears a prefix which is meant, those in the recycle bin included.
pub(super) async fn records(client: &Client, whose: &Whose) -> Result<Vec<Found>, LiveError> {
    let mut found = Vec::new();
    for (object, fields) in OBJECTS {
        let rows = query_all(client, &select(object, fields, whose)).await;
        match rows {
            Ok(rows) => found.extend(rows.into_iter().map(|row| record(object, row))),
            // An org need not have each of them.
            Err(LiveError::Refused { why, .. }) if why.starts_with("INVALID_TYPE") => {}
            Err(error) => return Err(error),
        }
    }
    found.retain(|record| record.bears(whose).is_some());
    Ok(found)
}

fn select(object: &str, fields: &[&str], whose: &Whose) -> String {
    let more = match WITHOUT_PHONE.contains(&object) {
        true => "",
        false => ", Phone",
    };
    // The underscore stands for any letter in LIKE; a prefix has none.
    let like = |field: &&str| format!("{field} LIKE '{}%'", quoted(whose.start()));
    let likes: Vec<String> = fields.iter().map(like).collect();
    format!(
        "SELECT Id, OwnerId, CreatedById, LastModifiedById, IsDeleted, {}{more} FROM {object} WHERE {}",
        fields.join(", "),
        likes.join(" OR ")
    )
}

fn record(object: &str, row: Value) -> Found {
    Found {
        object: object.to_owned(),
        id: text(&row, "Id").unwrap_or_default(),
        owner: text(&row, "OwnerId"),
        created_by: text(&row, "CreatedById"),
        modified_by: text(&row, "LastModifiedById"),
        deleted: row["IsDeleted"] == Value::Bool(true),
        fields: row,
    }
}

/// Who has an id.
pub(super) async fn stranger(client: &Client, id: &str) -> Result<Option<Stranger>, LiveError> {
    let (object, queue) = match id.starts_with("00G") {
        true => ("Group", true),
        false => ("User", false),
    };
    let soql = format!("SELECT Name FROM {object} WHERE Id = '{}'", quoted(id));
    let rows = query(client, &soql).await?;
    let name = rows.first().and_then(|row| text(row, "Name"));
    Ok(name.map(|name| Stranger { name, queue }))
}

/// Deletes a record; one that is gone already is no trouble.
pub(super) async fn delete(client: &Client, record: &Found) -> Result<(), LiveError> {
    let path = format!("{DATA}/sobjects/{}/{}", record.object, record.id);
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

async fn query(client: &Client, soql: &str) -> Result<Vec<Value>, LiveError> {
    pages(client, "query", soql).await
}

async fn query_all(client: &Client, soql: &str) -> Result<Vec<Value>, LiveError> {
    pages(client, "queryAll", soql).await
}

async fn pages(client: &Client, how: &str, soql: &str) -> Result<Vec<Value>, LiveError> {
    let mut answer = client.get(&format!("{DATA}/{how}"), &[("q", soql)]).await?;
    let mut rows = Vec::new();
    loop {
        let body = client.expect(answer, "a query")?;
        rows.extend(body["records"].as_array().into_iter().flatten().cloned());
        let Some(next) = body["nextRecordsUrl"].as_str() else {
            return Ok(rows);
        };
        answer = client.get(next, &[]).await?;
    }
}

/// SOQL's escapes inside quotes.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}

/// Whether two ids mean the same org or user: one may lack the three characters of its check sum.
pub(super) fn same_id(one: &str, other: &str) -> bool {
    let short = |id: &str| id.get(..15).map(str::to_owned);
    one == other || (short(one).is_some() && short(one) == short(other))
}
