//! A portal with everybody in it. Nobody's numbers agree, and one user id is somebody else's owner id on purpose.

use std::collections::BTreeMap;
use std::sync::Arc;

use mock_crm::hubspot::spec::{AppSpec, PropertySpec, QueueOwnerSpec, Switches, UserSpec};
use mock_crm::hubspot::{Portal, PortalSpec};
use mock_crm::tenant::Hosted;

use super::{CrmUser, Staff, Vendor, clock};
use crate::observe::{Principal, PrincipalKind};
use crate::rules::Crm;
use crate::suite::harness::Harness;
use crate::suite::org_seed::HubspotSeed;
use crate::suite::people::{Permission, Person};
use crate::suite::world::Problem;
use crate::suite::world::scenery::Scenery;
use crate::sut::{Grant, HubspotApp};

const CLIENT_ID: &str = "apollo-in-hubspot";
const CLIENT_SECRET: &str = "kept-by-apollo";
const UNIQUE_PROPERTY: &str = "apollo_id";
const OBJECTS: [&str; 7] = [
    "contacts",
    "companies",
    "emails",
    "tasks",
    "calls",
    "notes",
    "meetings",
];
/// Far from each other, so that a number shows what it is.
const FIRST_USER_ID: u32 = 9_000_000;
const FIRST_OWNER_ID: u64 = 41_000_000;
/// Before everybody else's, in a list by id.
const FIRST_EXTRA_USER_ID: u32 = 8_000_000;
const FIRST_EXTRA_OWNER_ID: u64 = 3_000_000;

pub(super) fn open(
    harness: &Harness,
    staff: &Staff,
    scenery: &Scenery,
) -> Result<(Vendor, BTreeMap<Person, CrmUser>), Problem> {
    let portal = harness
        .mock
        .hubspot
        .open(
            specification(staff, scenery, &harness.org_seed.hubspot),
            Some(clock()),
        )
        .map_err(|error| Problem::Harness(format!("no portal can be opened: {error}")))?;
    let users = staff
        .keys()
        .map(|person| Ok((*person, user(&portal, staff, *person)?)));
    let users = users.collect::<Result<_, Problem>>()?;
    Ok((Vendor::Hubspot(portal), users))
}

pub(super) fn specification(staff: &Staff, scenery: &Scenery, own: &HubspotSeed) -> PortalSpec {
    let mut users: Vec<UserSpec> = staff
        .keys()
        .map(|person| user_specification(staff, *person))
        .collect();
    users.push(UserSpec {
        name: "Ines Installer".to_owned(),
        super_admin: true,
        ..UserSpec::default()
    });
    let extras = scenery.extras(staff).into_iter().zip(0..);
    users.extend(extras.map(|(extra, number)| UserSpec {
        name: extra.name,
        email: Some(extra.email),
        active: extra.active,
        user_id: Some(FIRST_EXTRA_USER_ID + number),
        owner_id: Some(FIRST_EXTRA_OWNER_ID + u64::from(number)),
        ..UserSpec::default()
    }));
    let queue_owners = scenery.queue_name(staff).map(|name| QueueOwnerSpec {
        name,
        ..QueueOwnerSpec::default()
    });
    let app = AppSpec {
        name: "Apollo".to_owned(),
        client_id: Some(CLIENT_ID.to_owned()),
        client_secret: Some(CLIENT_SECRET.to_owned()),
        ..AppSpec::default()
    };
    let unique = |object: &str| PropertySpec {
        object: object.to_owned(),
        name: UNIQUE_PROPERTY.to_owned(),
        unique: true,
        ..PropertySpec::default()
    };
    PortalSpec {
        apps: vec![app],
        queue_owners: queue_owners.into_iter().collect(),
        // Search finds a new record only after a while, so nobody may count on it.
        switches: Switches {
            search_lag_milliseconds: 10_000,
            ..Switches::default()
        },
        users,
        objects: own.objects.clone(),
        // The team's own first, so that an error names their place in the file.
        properties: [own.properties.clone(), OBJECTS.map(unique).to_vec()].concat(),
        ..PortalSpec::default()
    }
}

fn user_specification(staff: &Staff, person: Person) -> UserSpec {
    let fake = &staff[&person];
    UserSpec {
        name: fake.name(),
        email: Some(fake.email.clone()),
        super_admin: person.permission() == Permission::ChangesEverything,
        user_id: Some(FIRST_USER_ID + fake.number),
        owner_id: Some(match person {
            // Whoever sends Dana's user id where an owner id belongs makes this person the owner.
            Person::LeastPermitted => u64::from(FIRST_USER_ID + staff[&Person::Dana].number),
            _ => FIRST_OWNER_ID + u64::from(fake.number),
        }),
        ..UserSpec::default()
    }
}

fn user(portal: &Portal, staff: &Staff, person: Person) -> Result<CrmUser, Problem> {
    let fake = &staff[&person];
    let found = portal.user(&fake.email);
    let ids = found
        .as_ref()
        .and_then(|user| Some((user.user_id.as_deref()?, user.owner_id.as_deref()?)));
    let (user_id, owner_id) =
        ids.ok_or_else(|| Problem::Harness(format!("{person} is missing in the portal")))?;
    Ok(CrmUser {
        principal: Principal {
            name: fake.name(),
            crm: Some(Crm::Hubspot),
            id: user_id.to_owned(),
            kind: PrincipalKind::User,
        },
        owner_id: owner_id.to_owned(),
        email: fake.email.clone(),
    })
}

pub(super) fn issue(
    harness: &Harness,
    portal: &Arc<Portal>,
    user: &CrmUser,
) -> Result<Grant, Problem> {
    let issued = harness
        .mock
        .hubspot
        .issue(portal, &user.principal.id, CLIENT_ID)
        .map_err(|error| Problem::Harness(error.to_string()))?;
    Ok(Grant {
        access_token: issued.access.grant.text.to_string(),
        refresh_token: Some(issued.refresh.grant.text.to_string()),
        instance_url: None,
        expires_in: Some(1800),
    })
}

pub(super) fn deactivate(portal: &Portal, user: &str) -> Result<(), Problem> {
    if portal.set_user_active(user, false) {
        Ok(())
    } else {
        Err(Problem::Harness(format!(
            "user {user} can't be deactivated"
        )))
    }
}

pub(super) fn app(harness: &Harness, portal: &Portal) -> HubspotApp {
    HubspotApp {
        url: harness.hubspot_url(),
        portal: portal.tenant().id.parse().unwrap_or_default(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
        unique_property: UNIQUE_PROPERTY.to_owned(),
    }
}

pub(super) fn is_queue(portal: &Portal, id: &str) -> bool {
    portal
        .users()
        .iter()
        .any(|person| person.queue && person.owner_id.as_deref() == Some(id))
}

pub(super) fn owns(portal: &Portal, id: &str) -> bool {
    portal
        .users()
        .iter()
        .any(|person| person.owner_id.as_deref() == Some(id))
}
