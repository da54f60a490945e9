//! `/settings/v3/users`: who can log in. The super admin flag is all that HubSpot tells about permissions.

mod provision;

use std::sync::Arc;

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::admission::any_scope;
use super::call::Call;
use super::people::Person;
use super::refusal::{ApiError, json_response};
use super::route::UserEndpoint;
use super::setup::Setup;

const SCOPES: [&str; 2] = ["settings.users.read", "crm.objects.users.read"];

/// Answers a call under `settings/users`.
pub(super) fn answer(
    call: &Call<'_>,
    endpoint: UserEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    match endpoint {
        UserEndpoint::List => list(call),
        UserEndpoint::Create => provision::create(call),
        UserEndpoint::Read(id) => one(call, id),
        UserEndpoint::Update(id) => provision::update(call, id),
        UserEndpoint::Remove(id) => provision::remove(call, id),
        UserEndpoint::Roles => roles(call),
        UserEndpoint::Teams => teams(call),
    }
}

/// A page of users by user id: 200. Deactivated ones are not listed.
fn list(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let limit = call.limit(100, 100)?;
    let after = call
        .query
        .get("after")
        .and_then(|after| after.parse().ok())
        .unwrap_or(0);
    let mut users: Vec<(u64, &Arc<Person>)> = active_users(call.setup)
        .filter(|(id, _)| *id > after)
        .collect();
    users.sort_by_key(|(id, _)| *id);
    let more = users.len() > limit;
    users.truncate(limit);
    let results: Vec<Value> = users
        .iter()
        .map(|(_, person)| shown(call.setup, person))
        .collect();
    let mut body = json!({ "results": results });
    if let (true, Some((last, _))) = (more, users.last()) {
        body["paging"] = json!({ "next": { "after": last.to_string() } });
    }
    Ok(json_response(StatusCode::OK, body.to_string().into_bytes()))
}

/// One user: 200, or 404. `idProperty=EMAIL` takes an e-mail address instead of a user id.
fn one(call: &Call<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let index = find(call, call.setup, id)?;
    Ok(answer_user(call.setup, index, StatusCode::OK))
}

/// The place among the people of an active user that a path names.
fn find(call: &Call<'_>, setup: &Setup, id: &str) -> Result<usize, ApiError> {
    let by_email = match call.query.get("idProperty") {
        None | Some("") => false,
        Some(name) if name.eq_ignore_ascii_case("user_id") => false,
        Some(name) if name.eq_ignore_ascii_case("email") => true,
        Some(other) => {
            return Err(ApiError::Invalid(format!(
                "{other} is not an idProperty of users: USER_ID or EMAIL"
            )));
        }
    };
    let named = |person: &Person| match by_email {
        true => has_email(person, id),
        false => person.user_id.as_deref() == Some(id),
    };
    let mut people = setup.people.all().iter();
    people
        .position(|person| person.active() && person.user_id.is_some() && named(person))
        .ok_or(ApiError::NotFound)
}

fn has_email(person: &Person, email: &str) -> bool {
    let own = person.email.as_deref();
    own.is_some_and(|own| own.eq_ignore_ascii_case(email))
}

fn answer_user(setup: &Setup, index: usize, status: StatusCode) -> Response<Body> {
    let person = setup.people.all().get(index);
    let body = person.map(|person| shown(setup, person));
    json_response(status, body.unwrap_or_default().to_string().into_bytes())
}

/// The roles, by name only: 200.
fn roles(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let role = |role: &super::people::Named| json!({ "id": role.id, "name": role.name, "requiresBillingWrite": false });
    let roles: Vec<Value> = call.setup.people.roles.iter().map(role).collect();
    Ok(json_response(
        StatusCode::OK,
        json!({ "results": roles }).to_string().into_bytes(),
    ))
}

/// The teams with their members: 200.
fn teams(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    any_scope(call, &["settings.users.teams.read"])?;
    let people = &call.setup.people;
    let team = |(index, team): (usize, &super::people::Named)| {
        let members = people
            .all()
            .iter()
            .filter(|person| person.active() && person.team == Some(index));
        let user_ids: Vec<_> = members
            .filter_map(|person| person.user_id.clone())
            .collect();
        let others = (people.all().iter())
            .filter(|person| person.active() && person.secondary_teams.contains(&index));
        let others: Vec<_> = others.filter_map(|person| person.user_id.clone()).collect();
        json!({ "id": team.id, "name": team.name, "userIds": user_ids, "secondaryUserIds": others })
    };
    let teams: Vec<Value> = people.teams.iter().enumerate().map(team).collect();
    Ok(json_response(
        StatusCode::OK,
        json!({ "results": teams }).to_string().into_bytes(),
    ))
}

fn active_users(setup: &Setup) -> impl Iterator<Item = (u64, &Arc<Person>)> {
    let people = setup.people.all().iter().filter(|person| person.active());
    people.filter_map(|person| Some((person.user_id.as_deref()?.parse().ok()?, person)))
}

fn shown(setup: &Setup, person: &Person) -> Value {
    let (first, last) = person.names();
    let role = setup.people.role_of(person).map(|role| &role.id);
    let secondary = setup
        .people
        .teams_of(person)
        .filter(|(_, primary)| !primary);
    let secondary: Vec<_> = secondary.map(|(team, _)| &team.id).collect();
    let mut user = json!({
        "id": person.user_id,
        "email": person.email,
        "firstName": first,
        "lastName": last,
        "roleIds": role.into_iter().collect::<Vec<_>>(),
        "superAdmin": person.super_admin,
        "secondaryTeamIds": secondary,
        "sendWelcomeEmail": false,
        "seatNames": [],
    });
    if let Some(role) = role {
        user["roleId"] = json!(role);
    }
    if let Some(team) = setup.people.team_of(person) {
        user["primaryTeamId"] = json!(team.id);
    }
    user
}
