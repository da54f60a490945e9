//! From a specification to an org. The same number, instant and specification give the same org.

mod apps;
mod fields;
mod people;
mod records;

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use serde_json::{Value, json};

use super::{Ids, Org, Usage};
use crate::clock::Timestamp;
use crate::ids::{self, SalesforceId};
use crate::salesforce::assignment::AssignmentRules;
use crate::salesforce::bulk::Jobs;
use crate::salesforce::paging::Cursors;
use crate::salesforce::schema::Schema;
use crate::salesforce::spec::{OrgSpec, SpecError};
use crate::store::{Creation, Store, unique_key};
use crate::tenant::{Crm, Surroundings, Tenant};

/// How a user logs in.
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Login {
    pub(in crate::salesforce) password: String,
    pub(in crate::salesforce) security_token: String,
}

/// Opens an org.
///
/// # Errors
/// Where the specification contradicts itself or names what is not there.
pub(in crate::salesforce) fn open(
    spec: OrgSpec,
    at: Timestamp,
    surroundings: Surroundings,
) -> Result<Org, SpecError> {
    let schema = fields::schema(&spec)?;
    let number = surroundings.number;
    let ids = Ids {
        org: org_id(&spec, number)?,
        pod: ids::pod(number),
        schema: schema.clone(),
    };
    let tenant = Tenant::new(
        Crm::Salesforce,
        ids.org.as_str(),
        Box::new(ids.clone()),
        surroundings,
    );
    let mut org = Org {
        tenant,
        ids,
        schema,
        principals: RwLock::default(),
        logins: HashMap::new(),
        named: HashMap::new(),
        assignment_rules: AssignmentRules::default(),
        usage: Usage::new(spec.api_request_limit),
        recent: Mutex::default(),
        cursors: Mutex::new(Cursors::default()),
        app_keys: HashMap::new(),
        jobs: Jobs::default(),
        opened_at: at,
        spec,
    };
    let people = {
        let mut store = org.tenant.write();
        let mut seeding = Seeding {
            org: &org,
            store: &mut store,
            at,
            creator: org
                .ids
                .of(user_key(&org.schema), crate::store::Serial(1))
                .as_str()
                .into(),
        };
        people::seed(&mut seeding)?
    };
    org.logins = people.logins;
    org.named = people.named;
    org.app_keys = apps::keys(&org)?;
    org.assignment_rules = people.assignment_rules;
    records::seed(&org, at)?;
    Ok(org)
}

fn user_key(schema: &Schema) -> crate::store::ObjectKey {
    schema
        .object("User")
        .map_or(crate::store::ObjectKey(0), |user| user.key)
}

fn org_id(spec: &OrgSpec, number: u32) -> Result<SalesforceId, SpecError> {
    let Some(text) = &spec.id else {
        return Ok(SalesforceId::new(*b"00D", ids::pod(number), 0));
    };
    SalesforceId::parse(text)
        .filter(|id| id.prefix() == *b"00D")
        .ok_or_else(|| {
            SpecError::new("id", format!("\"{text}\" is no id of an organisation"))
                .hint("15 or 18 letters and digits that start with 00D, or leave it out")
        })
}

/// Records that are put down while the org is opened.
struct Seeding<'o> {
    org: &'o Org,
    store: &'o mut Store,
    at: Timestamp,
    /// The automated process: the creator of what nobody created.
    creator: Arc<str>,
}

impl Seeding<'_> {
    /// Puts down a record; the fields are those of the table, so they are not checked.
    fn add(&mut self, object: &str, fields: Value) -> Arc<str> {
        let Some(object) = self.org.schema.object(object) else {
            // The objects that are seeded here are standard ones.
            return Arc::from("");
        };
        let unique = object.fields().iter().filter(|field| field.indexed());
        let unique = unique.filter_map(|field| {
            let value = fields.get(&*field.name)?.as_str()?;
            Some(unique_key(object.key, &field.name, value))
        });
        let creation = Creation {
            object: object.key,
            at: self.at,
            created_at: None,
            created_by: self.creator.clone(),
            created_by_reason: "token".into(),
            owner_requested: None,
            owner: None,
            owner_user: None,
            owner_reason: "blank".into(),
            unique: unique.collect(),
            body: fields.to_string().into_bytes(),
        };
        let serial = self.store.seed(creation);
        self.org.ids.of(object.key, serial).as_str().into()
    }

    /// The records that an org has whatever its specification says.
    fn add_organization(&mut self) {
        self.add(
            "Organization",
            json!({
                "Name": self.org.spec.name,
                "InstanceName": "MOCK1",
                "IsSandbox": self.org.spec.sandbox,
                "OrganizationType": "Developer Edition",
                "DefaultAccountAccess": "Edit",
                "DefaultContactAccess": "ControlledByParent",
                "DefaultLeadAccess": "ReadEdit",
                "DefaultCaseAccess": "ReadEdit",
                "DefaultOpportunityAccess": "Edit",
                "LanguageLocaleKey": "en_US",
                "TimeZoneSidKey": "America/Los_Angeles",
            }),
        );
    }
}
