//! `/crm/v3/owners`: who can own records. Archived ones keep their id and lose their user id.

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::admission::any_scope;
use super::call::Call;
use super::people::Person;
use super::refusal::{ApiError, json_response};
use crate::hubspot::portal::Portal;

const SCOPES: [&str; 2] = ["crm.objects.owners.read", "automation"];

/// A page of owners: 200. `limit` is 100 unless given, at most 500; `archived=true` lists archived ones only.
pub(super) fn list(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
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
    let mut owners: Vec<(u64, &Person)> = owners(call.portal)
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
        .map(|(_, person)| shown(call.portal, person))
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
pub(super) fn one(call: &Call<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let person = match call.query.get("idProperty") {
        Some(property) if property.eq_ignore_ascii_case("userId") => call.portal.people.user(id),
        None | Some("" | "id" | "ID") => call.portal.people.owner(id),
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
        shown(call.portal, owner).to_string().into_bytes(),
    ))
}

fn owners(portal: &Portal) -> impl Iterator<Item = (u64, &Person)> {
    let number = |person: &Person| person.owner_id.as_deref().and_then(|id| id.parse().ok());
    portal
        .people
        .all()
        .iter()
        .filter_map(move |person| Some((number(person)?, person)))
}

fn shown(portal: &Portal, person: &Person) -> Value {
    let (first, last) = match person.queue {
        true => (person.name.as_str(), ""),
        false => person.names(),
    };
    let user_id: Option<u32> = person.user_id.as_deref().and_then(|id| id.parse().ok());
    let team = portal.people.team_of(person);
    let teams: Vec<Value> = team
        .iter()
        .map(|team| json!({ "id": team.id, "name": team.name, "primary": true }))
        .collect();
    json!({
        "id": person.owner_id,
        "email": person.email,
        "type": if person.queue { "QUEUE" } else { "PERSON" },
        "firstName": first,
        "lastName": last,
        "userId": user_id.filter(|_| person.active()),
        "userIdIncludingInactive": user_id,
        "createdAt": portal.opened_at.iso().to_string(),
        "updatedAt": person.changed_at().iso().to_string(),
        "archived": !person.active(),
        "teams": teams,
    })
}
