//! Users who are added, changed and removed. A new user is an owner, too, and has a record in the users object.

use std::borrow::Cow;

use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;

use super::{answer_user, find, has_email};
use crate::hubspot::admission::any_scope;
use crate::hubspot::call::Call;
use crate::hubspot::objects::{no_content, wire};
use crate::hubspot::people::{Named, NewPerson, Person, UserSettings};
use crate::hubspot::portal::{later_numbers, user_values};
use crate::hubspot::properties::wire::all_there;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::setup::{Setup, SetupChange};
use crate::hubspot::stored::{Origin, Values};
use crate::store::{Change, Creation, Serial, Store};
use crate::tenant::Hosted;

const SCOPES: [&str; 2] = ["settings.users.write", "crm.objects.users.write"];

/// A user to add, or what is to change of one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SentUser {
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    role_id: Option<String>,
    primary_team_id: Option<String>,
    secondary_team_ids: Option<Vec<String>>,
}

/// Adds a user: 201, or 409 where the e-mail address is a user's. Who was removed before comes back with the same numbers.
pub(super) fn create(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let sent: SentUser = wire::json(call.body)?;
    all_there(call.body, &[("email", sent.email.is_some())])?;
    let email = sent.email.clone().unwrap_or_default();
    plausible(&email)?;
    let setup = call.portal.change_setup_and_records(|setup, store| {
        let mut people = setup.people.all().iter();
        match people.position(|person| has_email(person, &email)) {
            None => Ok(SetupChange::UserAdded(Box::new(added(
                call, setup, store, &sent,
            )?))),
            Some(index) => again(call, (setup, store), index, &sent),
        }
    })?;
    let mut people = setup.people.all().iter();
    let index = people.position(|person| has_email(person, &email));
    let index = index.ok_or(ApiError::NotFound)?;
    Ok(answer_user(&setup, index, StatusCode::CREATED))
}

/// Sets names, role and teams: 200. What is left out stays.
pub(super) fn update(call: &Call<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let sent: SentUser = wire::json(call.body)?;
    let at = call.portal.now();
    let mut person = 0;
    let setup = call.portal.change_setup_and_records(|setup, store| {
        person = find(call, setup, id)?;
        let before = setup.people.all().get(person).ok_or(ApiError::NotFound)?;
        let settings = settings(setup, Some(before), &sent)?;
        rename(call, store, before, &settings);
        Ok::<_, ApiError>(SetupChange::UserSettings {
            person,
            settings,
            at,
        })
    })?;
    Ok(answer_user(&setup, person, StatusCode::OK))
}

/// Removes a user: 204. The owner is archived; what becomes of tokens is the portal's switch.
pub(super) fn remove(call: &Call<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    any_scope(call, &SCOPES)?;
    let at = call.portal.now();
    call.portal.change_setup(|setup| {
        let person = find(call, setup, id)?;
        Ok::<_, ApiError>(SetupChange::Active {
            person,
            active: false,
            at,
        })
    })?;
    Ok(no_content())
}

/// Somebody new, with the record in the users object. No permission comes with it: no role unless one is named.
fn added(
    call: &Call<'_>,
    setup: &Setup,
    store: &mut Store,
    sent: &SentUser,
) -> Result<NewPerson, ApiError> {
    let settings = settings(setup, None, sent)?;
    let (first, last) = settings.names.clone();
    let tenant = call.portal.tenant();
    let (user_id, owner_id) = later_numbers(&setup.people, tenant.number, &tenant.entropy);
    let mut new = NewPerson {
        name: format!("{first} {last}").trim().to_owned(),
        email: sent.email.clone(),
        user_id: Some(user_id),
        // That a new user is an owner at once is not recorded.
        owner_id: Some(owner_id),
        super_admin: false,
        queue: false,
        role: settings.role,
        team: settings.team,
        secondary_teams: settings.secondary_teams,
        names: Some(settings.names),
        record: None,
        active: true,
        at: call.portal.now(),
    };
    new.record = record(call, setup, store, &new);
    Ok(new)
}

fn record(call: &Call<'_>, setup: &Setup, store: &mut Store, new: &NewPerson) -> Option<Serial> {
    let object = setup.catalog.find("users")?.key;
    let (first, last) = new.names.as_ref()?;
    let user_id = new.user_id.map(|id| id.to_string());
    let owner_id = new.owner_id.map(|id| id.to_string());
    let values = user_values(
        (first, last),
        (
            new.email.as_deref(),
            user_id.as_deref(),
            owner_id.as_deref(),
        ),
    );
    let creation = Creation {
        object,
        at: new.at,
        created_at: None,
        created_by: call.user().clone(),
        created_by_reason: Cow::Borrowed("token"),
        owner_requested: None,
        owner: None,
        owner_user: None,
        owner_reason: Cow::Borrowed("blank"),
        unique: Vec::new(),
        body: values.to_body(Origin::Pages),
    };
    Some(store.create(creation, &call.writer("settings")))
}

/// Somebody who is there already under this address.
fn again(
    call: &Call<'_>,
    (setup, store): (&Setup, &mut Store),
    person: usize,
    sent: &SentUser,
) -> Result<SetupChange, ApiError> {
    let before = setup.people.all().get(person).ok_or(ApiError::NotFound)?;
    if before.user_id.is_none() {
        let what = "making a user of an owner who is none";
        return Err(ApiError::NotSimulated(what.to_owned()));
    }
    if before.active() {
        // The text is not known.
        return Err(ApiError::AlreadyExists {
            message: "A user with this email already exists.".to_owned(),
            sub_category: None,
        });
    }
    let at = call.portal.now();
    let settings = settings(setup, Some(before), sent)?;
    rename(call, store, before, &settings);
    Ok(SetupChange::Several(vec![
        SetupChange::Active {
            person,
            active: true,
            at,
        },
        SetupChange::UserSettings {
            person,
            settings,
            at,
        },
    ]))
}

/// The record in the users object has the names, too.
fn rename(call: &Call<'_>, store: &mut Store, before: &Person, settings: &UserSettings) {
    let (first, last) = (&*settings.names.0, &*settings.names.1);
    let record = before
        .record
        .and_then(|serial| Some((serial, store.get(serial)?)));
    let Some((serial, record)) = record.filter(|_| before.names() != (first, last)) else {
        return;
    };
    let mut values = Values::parse(&record.body);
    values.set("hs_given_name", first);
    values.set("hs_family_name", last);
    let change = Change {
        at: call.portal.now(),
        modified_by: call.user().clone(),
        body: Some(values.to_body(Origin::Pages)),
        owner: None,
        deleted: None,
        unique_removed: Vec::new(),
        unique_added: Vec::new(),
    };
    // The record is there, under the same lock.
    let _ = store.change(serial, change, &call.writer("settings"));
}

/// What the settings are to be; an empty id takes role or team away.
fn settings(
    setup: &Setup,
    before: Option<&std::sync::Arc<Person>>,
    sent: &SentUser,
) -> Result<UserSettings, ApiError> {
    let (first, last) = before.map_or(("", ""), |before| before.names());
    let one =
        |what: &str, of: &[Named], id: &Option<String>, old: Option<usize>| match id.as_deref() {
            None => Ok(old),
            Some("") => Ok(None),
            Some(id) => place(what, of, id).map(Some),
        };
    let people = &setup.people;
    let role = one(
        "role",
        &people.roles,
        &sent.role_id,
        before.and_then(|before| before.role),
    )?;
    let team = one(
        "team",
        &people.teams,
        &sent.primary_team_id,
        before.and_then(|before| before.team),
    )?;
    let secondary_teams = match &sent.secondary_team_ids {
        Some(ids) => {
            let place = |id: &String| place("team", &people.teams, id);
            ids.iter().map(place).collect::<Result<_, _>>()?
        }
        None => before
            .map(|before| before.secondary_teams.clone())
            .unwrap_or_default(),
    };
    let or = |new: &Option<String>, old: &str| new.clone().unwrap_or_else(|| old.to_owned());
    Ok(UserSettings {
        names: (or(&sent.first_name, first), or(&sent.last_name, last)),
        role,
        team,
        secondary_teams,
    })
}

fn place(what: &str, of: &[Named], id: &str) -> Result<usize, ApiError> {
    let found = of.iter().position(|named| &*named.id == id);
    // The text is not known.
    found.ok_or_else(|| ApiError::Invalid(format!("There is no {what} with id {id}")))
}

fn plausible(email: &str) -> Result<(), ApiError> {
    let domain = email.split_once('@').map(|(_, domain)| domain);
    let plain = email.bytes().all(|byte| byte > b' ' && byte != 0x7f);
    match domain.is_some_and(|domain| domain.contains('.') && !domain.contains('@')) && plain {
        true => Ok(()),
        false => Err(ApiError::Invalid(format!(
            "Email address {email} is invalid"
        ))),
    }
}
