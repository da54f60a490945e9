//! Profiles, permission sets, users, queues and assignment rules of a specification.

mod checks;
mod permissions;
mod user;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use super::{Login, Seeding};
use crate::salesforce::assignment::{AssignmentRules, Target};
use crate::salesforce::spec::{AssignmentRuleSpec, PermissionSpec, QueueSpec, SpecError, UserSpec};
use checks::{check_access, check_object, check_switches};
use permissions::{grant_objects, permissions, profiles};
use user::user_fields;

/// What opening learns about the people of an org.
pub(super) struct People {
    pub(super) logins: HashMap<Arc<str>, Login>,
    /// Users and queues by the name the specification gives them.
    pub(super) named: HashMap<String, Arc<str>>,
    pub(super) assignment_rules: AssignmentRules,
    /// Profile name to the profile's id and that of its shadow set.
    profiles: HashMap<String, (Arc<str>, Arc<str>)>,
    permission_sets: HashMap<String, Arc<str>>,
    /// All permission sets, those that shadow profiles included, with what they grant.
    sets: Vec<(Arc<str>, PermissionSpec)>,
    /// Those of people and of integrations.
    licenses: [Arc<str>; 2],
    administrator: Option<Arc<str>>,
}

pub(super) fn seed(seeding: &mut Seeding<'_>) -> Result<People, SpecError> {
    seeding.add_organization();
    system_users(seeding);
    let mut people = People::with_licenses(seeding);
    let spec = &seeding.org.spec;
    for (path, profile) in profiles(&spec.profiles) {
        people.add_profile(seeding, &path, &profile)?;
    }
    for (place, set) in spec.permission_sets.iter().enumerate() {
        let path = format!("permission_sets[{place}]");
        let mut fields = permissions(set, &path)?;
        check_access(seeding, set, &path)?;
        fields.insert("Name".into(), set.name.replace(' ', "_").into());
        fields.insert("Label".into(), set.name.clone().into());
        fields.insert("IsCustom".into(), true.into());
        fields.insert("Type".into(), "Regular".into());
        let id = seeding.add("PermissionSet", fields.into());
        people.sets.push((id.clone(), set.clone()));
        people.permission_sets.insert(set.name.clone(), id);
    }
    for (place, user) in spec.users.iter().enumerate() {
        people.add_user(seeding, user, &format!("users[{place}]"))?;
    }
    for (place, queue) in spec.queues.iter().enumerate() {
        people.add_queue(seeding, queue, &format!("queues[{place}]"))?;
    }
    for (place, rule) in spec.assignment_rules.iter().enumerate() {
        people.add_rule(seeding, rule, &format!("assignment_rules[{place}]"))?;
    }
    people.default_owners(seeding)?;
    for (id, set) in &people.sets {
        grant_objects(seeding, id, set);
    }
    check_switches(seeding)?;
    Ok(people)
}

/// The first user of every org, and one that only looks like somebody: both own nothing.
fn system_users(seeding: &mut Seeding<'_>) {
    let org = seeding.org.id().get(..15).unwrap_or_default().to_owned();
    for (first, last, user_type, username) in [
        (
            "Automated",
            "Process",
            "AutomatedProcess",
            format!("autoproc@{}", org.to_lowercase()),
        ),
        (
            "Platform Integration",
            "User",
            "CloudIntegrationUser",
            format!("cloud@{}", org.to_lowercase()),
        ),
    ] {
        seeding.add(
            "User",
            json!({
                "FirstName": first, "LastName": last, "Username": username, "Email": username,
                "Alias": last, "IsActive": true, "UserType": user_type,
            }),
        );
    }
}

impl People {
    fn with_licenses(seeding: &mut Seeding<'_>) -> Self {
        let mut license = |key: &str, name: &str| {
            let fields = json!({ "Name": name, "MasterLabel": name, "LicenseDefinitionKey": key });
            seeding.add("UserLicense", fields)
        };
        let licenses = [
            license("SFDC", "Salesforce"),
            license("PID_Salesforce_Integration", "Salesforce Integration"),
        ];
        Self {
            logins: HashMap::new(),
            named: HashMap::new(),
            assignment_rules: AssignmentRules::default(),
            profiles: HashMap::new(),
            permission_sets: HashMap::new(),
            sets: Vec::new(),
            licenses,
            administrator: None,
        }
    }

    /// A profile and the permission set that shadows it, through which its permissions are found by one query.
    fn add_profile(
        &mut self,
        seeding: &mut Seeding<'_>,
        path: &str,
        spec: &PermissionSpec,
    ) -> Result<(), SpecError> {
        let granted = permissions(spec, path)?;
        check_access(seeding, spec, path)?;
        let mut profile = granted.clone();
        let license = &self.licenses[usize::from(spec.name.ends_with("API Only Integrations"))];
        profile.insert("UserLicenseId".into(), (**license).into());
        profile.insert("Name".into(), spec.name.clone().into());
        profile.insert("UserType".into(), "Standard".into());
        let profile = seeding.add("Profile", profile.into());
        let mut shadow = granted;
        shadow.insert(
            "Name".into(),
            format!("X{}", profile.get(..15).unwrap_or_default()).into(),
        );
        shadow.insert("Label".into(), profile.get(..15).unwrap_or_default().into());
        shadow.insert("ProfileId".into(), (*profile).into());
        shadow.insert("IsOwnedByProfile".into(), true.into());
        shadow.insert("Type".into(), "Profile".into());
        let shadow = seeding.add("PermissionSet", shadow.into());
        self.sets.push((shadow.clone(), spec.clone()));
        self.profiles.insert(spec.name.clone(), (profile, shadow));
        Ok(())
    }

    fn add_user(
        &mut self,
        seeding: &mut Seeding<'_>,
        spec: &UserSpec,
        path: &str,
    ) -> Result<(), SpecError> {
        let (profile, shadow) = self.profiles.get(&spec.profile).cloned().ok_or_else(|| {
            let known = self.profiles.keys().map(String::as_str);
            SpecError::unknown(format!("{path}.profile"), "profile", &spec.profile, known)
        })?;
        let id = seeding.add("User", user_fields(seeding, spec, &profile));
        self.assign(seeding, &id, &shadow);
        for (place, name) in spec.permission_sets.iter().enumerate() {
            let set = self.permission_sets.get(name).cloned().ok_or_else(|| {
                let known = self.permission_sets.keys().map(String::as_str);
                SpecError::unknown(
                    format!("{path}.permission_sets[{place}]"),
                    "permission set",
                    name,
                    known,
                )
            })?;
            self.assign(seeding, &id, &set);
        }
        self.logins.insert(
            id.clone(),
            Login {
                password: spec.password.clone(),
                security_token: spec.security_token.clone(),
            },
        );
        if self.administrator.is_none() && spec.active && spec.profile == "System Administrator" {
            self.administrator = Some(id.clone());
        }
        self.name(&spec.name, id, path)
    }

    fn assign(&self, seeding: &mut Seeding<'_>, user: &str, set: &str) {
        seeding.add(
            "PermissionSetAssignment",
            json!({ "PermissionSetId": set, "AssigneeId": user, "IsActive": true }),
        );
    }

    fn add_queue(
        &mut self,
        seeding: &mut Seeding<'_>,
        spec: &QueueSpec,
        path: &str,
    ) -> Result<(), SpecError> {
        let fields = json!({ "Name": spec.name, "DeveloperName": spec.name.replace(' ', "_"), "Type": "Queue" });
        let id = seeding.add("Group", fields);
        for (place, name) in spec.objects.iter().enumerate() {
            let object = check_object(seeding, name, &format!("{path}.objects[{place}]"))?;
            seeding.add(
                "QueueSobject",
                json!({ "QueueId": &*id, "SobjectType": object }),
            );
        }
        self.name(&spec.name, id, path)
    }

    fn add_rule(
        &mut self,
        seeding: &mut Seeding<'_>,
        spec: &AssignmentRuleSpec,
        path: &str,
    ) -> Result<(), SpecError> {
        let object = seeding
            .org
            .schema
            .object(&spec.object)
            .filter(|object| object.assignable());
        let object = object.cloned().ok_or_else(|| {
            SpecError::unknown(
                format!("{path}.object"),
                "object with assignment rules",
                &spec.object,
                ["Lead", "Case"].into_iter(),
            )
        })?;
        let owner = self.target(seeding, &spec.owner, &format!("{path}.owner"))?;
        let fields =
            json!({ "Name": spec.name, "SobjectType": &*object.name, "Active": spec.active });
        let id = seeding.add("AssignmentRule", fields);
        self.assignment_rules
            .add(id, &object, spec, owner)
            .map_err(|(field, message)| SpecError::new(format!("{path}.{field}"), message))
    }

    /// Who gets what no entry of an active rule matches. Real orgs always have such a default owner.
    fn default_owners(&mut self, seeding: &Seeding<'_>) -> Result<(), SpecError> {
        let spec = &seeding.org.spec;
        for (object, name, path) in [
            ("Lead", &spec.default_lead_owner, "default_lead_owner"),
            ("Case", &spec.default_case_owner, "default_case_owner"),
        ] {
            let owner = match (name, &self.administrator) {
                (Some(name), _) => Some(self.target(seeding, name, path)?),
                (None, Some(administrator)) => Some(Target::User(administrator.clone())),
                (None, None) => None,
            };
            let key = seeding.org.schema.object(object).map(|object| object.key);
            if let (Some(key), Some(owner)) = (key, owner) {
                self.assignment_rules.set_default(key, owner);
            } else if spec
                .assignment_rules
                .iter()
                .any(|rule| rule.object == object && rule.criteria.is_some())
            {
                return Err(
                    SpecError::new(path, "a rule with criteria needs a default owner").hint(
                        "name one, or give the org a user of the profile System Administrator",
                    ),
                );
            }
        }
        Ok(())
    }

    fn target(&self, seeding: &Seeding<'_>, name: &str, path: &str) -> Result<Target, SpecError> {
        let known = || self.named.keys().map(String::as_str);
        let id = self
            .named
            .get(name)
            .ok_or_else(|| SpecError::unknown(path, "user or queue", name, known()))?;
        let queue = seeding
            .org
            .spec
            .queues
            .iter()
            .any(|queue| queue.name == name);
        Ok(if queue {
            Target::Queue(id.clone())
        } else {
            Target::User(id.clone())
        })
    }

    fn name(&mut self, name: &str, id: Arc<str>, path: &str) -> Result<(), SpecError> {
        if name.is_empty() {
            return Err(SpecError::new(format!("{path}.name"), "a name is needed"));
        }
        match self.named.insert(name.to_owned(), id) {
            None => Ok(()),
            Some(_) => Err(SpecError::new(
                format!("{path}.name"),
                format!("two users or queues are called \"{name}\""),
            )),
        }
    }
}
