//! The records of a new portal. Nobody created them through an API, so the ledger has no rows of them.

use std::borrow::Cow;
use std::sync::Arc;

use crate::clock::Timestamp;
use crate::hubspot::catalog::{Family, ObjectType};
use crate::hubspot::objects::accept::{self, Purpose};
use crate::hubspot::objects::domain_key;
use crate::hubspot::people::Person;
use crate::hubspot::portal::Portal;
use crate::hubspot::setup::Setup;
use crate::hubspot::spec::{RecordSpec, SpecError};
use crate::hubspot::stored::{Origin, Values};
use crate::store::{Creation, ObjectKey, Serial, Store};
use crate::tenant::Hosted;

/// One record in the users object for each user.
pub(super) fn seed_users(portal: &Portal, at: Timestamp) {
    let Some(users) = portal.setup().catalog.find("users").map(|users| users.key) else {
        return;
    };
    let mut store = portal.tenant.write();
    portal.setup.change(|setup| {
        let people = setup.people.all_mut();
        for person in people.filter(|person| person.user_id.is_some()) {
            person.record = Some(seed_user(&mut store, users, person, at));
        }
    });
}

fn seed_user(store: &mut Store, users: ObjectKey, person: &Person, at: Timestamp) -> Serial {
    let ids = (person.user_id.as_deref(), person.owner_id.as_deref());
    let values = user_values(person.names(), (person.email.as_deref(), ids.0, ids.1));
    let body = values.to_body(Origin::Pages);
    let user_id = person.user_id.clone().unwrap_or_default();
    store.seed(Creation {
        object: users,
        at,
        created_at: None,
        created_by: user_id,
        created_by_reason: Cow::Borrowed("seed"),
        owner_requested: None,
        owner: None,
        owner_user: None,
        owner_reason: Cow::Borrowed("blank"),
        unique: Vec::new(),
        body,
    })
}

/// What the record of a user in the users object says: names, then e-mail, user id and owner id.
pub(crate) fn user_values<'a>(
    (first, last): (&'a str, &'a str),
    (email, user_id, owner_id): (Option<&'a str>, Option<&'a str>, Option<&'a str>),
) -> Values<'a> {
    let mut values = Values::default();
    for (name, value) in [
        ("hs_given_name", Some(first)),
        ("hs_family_name", Some(last)),
        ("hs_email", email),
        ("hs_internal_user_id", user_id),
        ("hubspot_owner_id", owner_id),
    ] {
        if let Some(value) = value {
            values.set(name, value);
        }
    }
    values
}

pub(super) fn seed_records(
    portal: &Portal,
    records: &[RecordSpec],
    at: Timestamp,
) -> Result<(), SpecError> {
    let setup = portal.setup();
    for (index, spec) in records.iter().enumerate() {
        let path = format!("records[{index}]");
        let mut creation = creation(portal, &setup, spec, &path, at)?;
        let mut store = portal.tenant().write();
        // No two values share a key by chance in a file that somebody wrote.
        if creation
            .unique
            .iter()
            .any(|key| !store.find_unique(*key).is_empty())
        {
            let hint = "give each record its own value";
            let problem = "a unique value is taken by another record";
            return Err(SpecError::new(path + ".properties", problem, hint));
        }
        let domain = spec.properties.get("domain");
        if let (Some(domain), Some(object_type)) = (domain, setup.type_of(creation.object)) {
            let key = domain_key(portal, object_type, domain);
            creation.unique.extend(key);
        }
        store.seed(creation);
    }
    Ok(())
}

fn creation(
    portal: &Portal,
    setup: &Setup,
    spec: &RecordSpec,
    path: &str,
    at: Timestamp,
) -> Result<Creation, SpecError> {
    let object_type = setup
        .catalog
        .find(&spec.object)
        .filter(|found| found.family != Family::User);
    let object_type = object_type.ok_or_else(|| {
        let hint =
            "contacts, companies, deals, tasks, calls, emails, notes, meetings, or one of objects";
        let problem = format!("there can be no records of {:?}", spec.object);
        SpecError::new(format!("{path}.object"), problem, hint)
    })?;
    let (mut values, unique) = values((portal, setup), object_type, spec, path)?;
    let owner = owner(setup, spec, path)?;
    if let Some(detail) = source_detail(spec) {
        values.set("hs_object_source_detail_1", detail);
    }
    let origin = origin(portal, spec, path)?;
    Ok(Creation {
        object: object_type.key,
        at,
        created_at: None,
        created_by: created_by(setup, spec, path)?,
        created_by_reason: Cow::Borrowed("seed"),
        owner_requested: owner.and_then(|person| person.owner_id.clone()),
        owner: owner.and_then(|person| person.owner_id.clone()),
        owner_user: owner.and_then(|person| person.user_id.clone()),
        owner_reason: Cow::Borrowed(if owner.is_some() {
            "requested"
        } else {
            "blank"
        }),
        unique,
        body: values.to_body(Origin::parse(&origin)),
    })
}

fn values<'a>(
    (portal, setup): (&Portal, &Setup),
    object_type: &ObjectType,
    spec: &'a RecordSpec,
    path: &str,
) -> Result<(Values<'a>, Vec<u64>), SpecError> {
    let given = spec.properties.iter();
    let given = given.map(|(name, value)| (Cow::from(name.as_str()), Cow::from(value.as_str())));
    let accepted = accept::properties(
        (portal, setup),
        object_type,
        Purpose::Create,
        given.collect(),
    );
    let accepted = accepted.map_err(|problems| {
        let problems: Vec<_> = problems
            .into_iter()
            .map(|problem| problem.message)
            .collect();
        let hint =
            "a seeded record has to pass the checks of a create; owners go by name, in `owner`";
        SpecError::new(format!("{path}.properties"), problems.join("; "), hint)
    })?;
    if accepted.owner.is_some() {
        let hint = "name the person or queue in `owner` instead";
        let path = format!("{path}.properties.hubspot_owner_id");
        return Err(SpecError::new(
            path,
            "the owner is not given by number",
            hint,
        ));
    }
    let unique = accepted.unique_keys();
    Ok((accepted.values, unique))
}

fn owner<'a>(
    setup: &'a Setup,
    spec: &RecordSpec,
    path: &str,
) -> Result<Option<&'a Arc<Person>>, SpecError> {
    let Some(name) = &spec.owner else {
        return Ok(None);
    };
    let person = setup
        .people
        .find(name)
        .filter(|person| person.owner_id.is_some());
    person.map(Some).ok_or_else(|| {
        let problem = format!("there is no owner called {name:?}");
        let hint = "name one of users (with owner: true) or queue_owners";
        SpecError::new(format!("{path}.owner"), problem, hint)
    })
}

fn created_by(setup: &Setup, spec: &RecordSpec, path: &str) -> Result<Arc<str>, SpecError> {
    let user = match &spec.created_by {
        Some(name) => setup.people.find(name),
        None => setup
            .people
            .all()
            .iter()
            .find(|person| person.user_id.is_some()),
    };
    match (
        user.and_then(|person| person.user_id.clone()),
        &spec.created_by,
    ) {
        (Some(user_id), _) => Ok(user_id),
        (None, None) => Ok(Arc::default()),
        (None, Some(name)) => {
            let problem = format!("there is no user called {name:?}");
            let hint = "name one of users";
            Err(SpecError::new(format!("{path}.created_by"), problem, hint))
        }
    }
}

/// What made a record, in text form.
fn origin(portal: &Portal, spec: &RecordSpec, path: &str) -> Result<String, SpecError> {
    let many = [
        spec.app.is_some(),
        spec.import.is_some(),
        spec.form.is_some(),
    ];
    if many.into_iter().filter(|given| *given).count() > 1 {
        let hint = "choose one of app, import and form";
        return Err(SpecError::new(path, "a record comes from one source", hint));
    }
    if let Some(import) = &spec.import {
        return Ok(Origin::Import(&import.id.to_string()).text());
    }
    if let Some(form) = &spec.form {
        return Ok(Origin::Form(&form.id).text());
    }
    let Some(name) = &spec.app else {
        return Ok(Origin::Pages.text());
    };
    let app = portal.apps.iter().find(|app| app.name == *name);
    app.map(|app| app.origin().text()).ok_or_else(|| {
        let problem = format!("there is no app called {name:?}");
        let hint = "name one of apps, private_apps or service_keys";
        SpecError::new(format!("{path}.app"), problem, hint)
    })
}

/// What an import or a form leaves on its records.
fn source_detail(spec: &RecordSpec) -> Option<&str> {
    let file = spec.import.as_ref().map(|import| &*import.file);
    file.or_else(|| spec.form.as_ref().map(|form| &*form.name))
}
