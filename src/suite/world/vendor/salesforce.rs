//! An org with everybody in it, an active assignment rule and a default owner that wait for leads, and a queue.

use std::collections::BTreeMap;
use std::sync::Arc;

use mock_crm::salesforce::{
    AppSpec, AssignmentRuleSpec, CustomFieldSpec, Org, OrgSpec, OwnerOnInsert, PermissionSpec,
    QueueSpec, Switches, UserSpec,
};

use super::{CrmUser, Staff, Vendor, clock};
use crate::observe::{Principal, PrincipalKind};
use crate::rules::Crm;
use crate::suite::harness::Harness;
use crate::suite::org_seed::SalesforceSeed;
use crate::suite::people::{Permission, Person};
use crate::suite::world::Problem;
use crate::suite::world::journal::same_id;
use crate::suite::world::scenery::Scenery;
use crate::sut::{Grant, SalesforceApp};

const CLIENT_ID: &str = "apollo-in-salesforce";
const CLIENT_SECRET: &str = "kept-by-apollo";
const EXTERNAL_ID_FIELD: &str = "Apollo_Id__c";
const OBJECTS: [&str; 4] = ["Contact", "Account", "Lead", "Task"];
const INSTALLER: &str = "Ines Installer";
const QUEUE: &str = "Inbound";
const DEFAULT_LEAD_OWNER: &str = "Dora Default";

pub(super) fn open(
    harness: &Harness,
    staff: &Staff,
    scenery: &Scenery,
) -> Result<(Vendor, BTreeMap<Person, CrmUser>), Problem> {
    let org = harness
        .mock
        .salesforce
        .open(
            specification(staff, scenery, &harness.org_seed.salesforce),
            Some(clock()),
        )
        .map_err(|error| Problem::Harness(format!("no org can be opened: {error}")))?;
    let users = staff
        .keys()
        .map(|person| Ok((*person, user(&org, staff, *person)?)));
    let users = users.collect::<Result<_, Problem>>()?;
    Ok((Vendor::Salesforce(org), users))
}

pub(super) fn specification(staff: &Staff, scenery: &Scenery, own: &SalesforceSeed) -> OrgSpec {
    let others = [
        (INSTALLER, "System Administrator"),
        (DEFAULT_LEAD_OWNER, "Standard User"),
    ];
    let others = others.map(|(name, profile)| UserSpec {
        name: name.to_owned(),
        profile: profile.to_owned(),
        ..UserSpec::default()
    });
    let extras = scenery.extras(staff).into_iter().map(|extra| UserSpec {
        name: extra.name,
        email: Some(extra.email),
        active: extra.active,
        ..UserSpec::default()
    });
    let people = staff
        .keys()
        .map(|person| user_specification(staff, *person));
    let app = AppSpec {
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
        name: "Apollo".to_owned(),
        // A client that doesn't keep what a refresh gives is found out by the next refresh.
        rotate_refresh_tokens: true,
        ..AppSpec::default()
    };
    let external_id = |object: &str| CustomFieldSpec {
        object: object.to_owned(),
        name: EXTERNAL_ID_FIELD.to_owned(),
        external_id: true,
        unique: true,
        ..CustomFieldSpec::default()
    };
    OrgSpec {
        apps: vec![app],
        profiles: vec![integration_profile()],
        // The first in a list is nobody of the scenario.
        users: extras.chain(people).chain(others).collect(),
        queues: [QUEUE.to_owned()]
            .into_iter()
            .chain(scenery.queue_name(staff))
            .map(|name| QueueSpec {
                name,
                objects: vec!["Lead".to_owned()],
            })
            .collect(),
        assignment_rules: vec![AssignmentRuleSpec {
            owner: staff[&Person::RuleUser].name(),
            ..AssignmentRuleSpec::default()
        }],
        default_lead_owner: Some(DEFAULT_LEAD_OWNER.to_owned()),
        custom_objects: own.custom_objects.clone(),
        // The team's own first, so that an error names their place in the file.
        custom_fields: [own.custom_fields.clone(), OBJECTS.map(external_id).to_vec()].concat(),
        // Where sources disagree on whether an org refuses, this one doesn't: a refusal could not show who was sent as the
        // owner, and several rows permit one.
        switches: Switches {
            inactive_owner_allowed: vec!["Account".to_owned()],
            owner_on_insert: OwnerOnInsert::AnyUser,
            ..Switches::default()
        },
        ..OrgSpec::default()
    }
}

/// Sees everything and gives records to others, which team sync has to, but may not change everything.
fn integration_profile() -> PermissionSpec {
    let permissions = [
        "ApiEnabled",
        "EditTask",
        "ViewAllData",
        "TransferAnyEntity",
        "TransferAnyLead",
    ];
    PermissionSpec {
        name: "Integration".to_owned(),
        permissions: permissions.map(str::to_owned).to_vec(),
        ..PermissionSpec::default()
    }
}

fn user_specification(staff: &Staff, person: Person) -> UserSpec {
    let profile = match person.permission() {
        Permission::ChangesEverything => "System Administrator",
        Permission::SeesEverything => "Integration",
        Permission::Ordinary => "Standard User",
    };
    UserSpec {
        name: staff[&person].name(),
        email: Some(staff[&person].email.clone()),
        profile: profile.to_owned(),
        ..UserSpec::default()
    }
}

fn user(org: &Org, staff: &Staff, person: Person) -> Result<CrmUser, Problem> {
    let name = staff[&person].name();
    let id = org
        .named(&name)
        .map_err(|error| Problem::Harness(error.to_string()))?;
    Ok(CrmUser {
        principal: Principal {
            name,
            crm: Some(Crm::Salesforce),
            id: id.to_string(),
            kind: PrincipalKind::User,
        },
        owner_id: id.to_string(),
        email: staff[&person].email.clone(),
    })
}

pub(super) fn issue(harness: &Harness, org: &Arc<Org>, user: &CrmUser) -> Result<Grant, Problem> {
    let issued = harness
        .mock
        .salesforce
        .issue(org, &user.principal.name, CLIENT_ID)
        .map_err(|error| Problem::Harness(error.to_string()))?;
    Ok(Grant {
        access_token: issued.access.grant.text.to_string(),
        refresh_token: Some(issued.refresh.grant.text.to_string()),
        instance_url: Some(harness.salesforce_url()),
        expires_in: None,
    })
}

pub(super) fn deactivate(org: &Org, user: &CrmUser) -> Result<(), Problem> {
    org.set_user_active(&user.principal.name, false)
        .map_err(|error| Problem::Harness(error.to_string()))
}

pub(super) fn app(harness: &Harness) -> SalesforceApp {
    SalesforceApp {
        login_url: harness.salesforce_url(),
        instance_url: harness.salesforce_url(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
        external_id_field: EXTERNAL_ID_FIELD.to_owned(),
    }
}

/// Whether this is a user of the org who is none of the scenario's people.
pub(super) fn owns(org: &Org, id: &str) -> bool {
    [INSTALLER, DEFAULT_LEAD_OWNER]
        .iter()
        .any(|name| org.named(name).is_ok_and(|user| same_id(&user, id)))
}

/// Whether a user made before has this id in another case.
pub(super) fn has_user_like(org: &Org, id: &str) -> bool {
    let short = |id: &str| id.get(..15).unwrap_or(id).to_ascii_lowercase();
    let extras = (1..).map_while(|number| org.named(&format!("Extra Colleague {number}")).ok());
    extras.into_iter().any(|extra| short(&extra) == short(id))
}

pub(super) fn queue(org: &Org) -> Result<String, Problem> {
    let queue = org.named(QUEUE);
    let queue = queue.map_err(|error| Problem::Harness(error.to_string()))?;
    Ok(queue.to_string())
}
