//! `/crm/v3/owners`: who can own records. Archived ones keep their id and lose their user id.

use std::sync::Arc;

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::admission::any_scope;
use super::call::Call;
use super::people::Person;
use super::refusal::{ApiError, json_response};
use super::route::OwnerEndpoint;
use crate::hubspot::setup::Setup;
use crate::hubspot::spec::ArchivedOwnerUserId;

const SCOPES: [&str; 2] = ["crm.objects.owners.read", "automation"];

/// Answers a call under `owners`.
pub(super) fn answer(
    call: &Call<'_>,
    endpoint: OwnerEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    match endpoint {
        OwnerEndpoint::List => list(call),
        OwnerEndpoint::Read(id) => one(call, id),
    }
}

/// A page of owners: 200. `limit` is 100 unless given, at most 500; `archived=true` lists archived ones only.
fn list(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let limit = call.limit(100, 500)?;
    let archived = call.query.flag("archived");
    let email = call.query.get("email").filter(|email| !email.is_empty());
    let after: u64 = match call.query.get("after").filter(|after| !after.is_empty()) {
        None => 0,
        Some(after) => after
            .parse()
            .map_err(|_| ApiError::Invalid(format!("{after} is not a valid value of after")))?,
    };
    let mut owners: Vec<(u64, &Arc<Person>)> = owners(call.setup)
        .filter(|(_, person)| person.active() != archived)
        .filter(|(_, person)| {
            email.is_none_or(|email| {
                person
                    .email
                    .as_deref()
                    .is_some_and(|own| own.eq_ignore_ascii_case(email))
            })
        })
        .filter(|(id, _)| *id > after)
        .collect();
    owners.sort_by_key(|(id, _)| *id);
    let more = owners.len() > limit;
    owners.truncate(limit);
    let results: Vec<Value> = owners
        .iter()
        .map(|(_, person)| shown(call, person))
        .collect();
    let mut body = json!({ "results": results });
    if let (true, Some((last, _))) = (more, owners.last()) {
        let after = last.to_string();
        let link = format!("https://api.hubapi.com/crm/v3/owners/?limit={limit}&after={after}");
        body["paging"] = json!({ "next": { "after": after, "link": link } });
    }
    Ok(json_response(StatusCode::OK, body.to_string().into_bytes()))
}

/// One owner: 200, or 404. `idProperty=userId` takes a user id instead of an owner id.
fn one(call: &Call<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let person = match call.query.get("idProperty") {
        Some(property) if property.eq_ignore_ascii_case("userId") => call.setup.people.user(id),
        None | Some("" | "id" | "ID") => call.setup.people.owner(id),
        Some(other) => {
            return Err(ApiError::Invalid(format!(
                "{other} is not an idProperty of owners: id or userId"
            )));
        }
    };
    let archived = call.query.flag("archived");
    let owner = person.filter(|person| person.owner_id.is_some() && person.active() != archived);
    let owner = owner.ok_or(ApiError::NotFound)?;
    Ok(json_response(
        StatusCode::OK,
        shown(call, owner).to_string().into_bytes(),
    ))
}

fn owners(setup: &Setup) -> impl Iterator<Item = (u64, &Arc<Person>)> {
    let number = |person: &Person| person.owner_id.as_deref().and_then(|id| id.parse().ok());
    setup
        .people
        .all()
        .iter()
        .filter_map(move |person| Some((number(person)?, person)))
}

/// An owner without a user has no user id at all; an archived one shows it under the second name only.
fn shown(call: &Call<'_>, person: &Person) -> Value {
    let (first, last) = match person.queue {
        true => (person.name.as_str(), ""),
        false => person.names(),
    };
    let teams = call.setup.people.teams_of(person);
    let teams: Vec<Value> = teams
        .map(|(team, primary)| json!({ "id": team.id, "name": team.name, "primary": primary }))
        .collect();
    let mut shown = json!({
        "id": person.owner_id,
        "type": if person.queue { "QUEUE" } else { "PERSON" },
        "firstName": first,
        "lastName": last,
        "createdAt": person.created_at.iso().to_string(),
        "updatedAt": person.changed_at().iso().to_string(),
        "archived": !person.active(),
        "teams": teams,
    });
    if let Some(email) = &person.email {
        shown["email"] = json!(email);
    }
    let user_id: Option<u32> = person.user_id.as_deref().and_then(|id| id.parse().ok());
    if let Some(user_id) = user_id {
        shown["userIdIncludingInactive"] = json!(user_id);
        if person.active() {
            shown["userId"] = json!(user_id);
        } else if call.portal.switches.archived_owner_user_id == ArchivedOwnerUserId::Null {
            shown["userId"] = Value::Null;
        }
    }
    shown
}
