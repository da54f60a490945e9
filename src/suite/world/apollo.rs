//! Apollo's team, and the words of the driver protocol for those of the rules.

use std::collections::BTreeMap;

use super::fakes::Fakes;
use super::vendor::CrmUser;
use super::{Done, Problem, World};
use crate::observe::{Principal, PrincipalKind};
use crate::rules;
use crate::suite::people::Person;
use crate::sut::{self, AddUser, PushSettings, Reset, Role, UserId};

impl World {
    /// Gets at a system under test, which may have to be started for it, and hears what it can do.
    ///
    /// # Errors
    /// Where it doesn't come up, or doesn't say hello.
    pub async fn meet(&mut self) -> Done {
        // Said once: after it the client may be set up again and again.
        if self.capabilities.is_empty() {
            self.capabilities = self.driver.hello(&self.harness.run).await?.capabilities;
        }
        Ok(())
    }

    /// Tells the system under test of the scenario and its people, once.
    pub(super) async fn begin(&mut self) -> Done {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        self.meet().await?;
        let reset = Reset {
            scenario: self.fakes.word(),
            salesforce: self.salesforce.vendor.salesforce_app(&self.harness)?,
            hubspot: self.hubspot.vendor.hubspot_app(&self.harness)?,
            ca_file: self.harness.ca_file(),
            settings: PushSettings {
                assignment_rules: self.assignment_rules,
            },
        };
        self.driver.reset(&reset).await?;
        // In the order of their ids, so that it doesn't tell who is who either.
        let mut team: Vec<(&UserId, Person)> = self
            .apollo_ids
            .iter()
            .map(|(person, id)| (id, *person))
            .collect();
        team.sort();
        for (user, person) in team {
            // A live CRM need not have everybody.
            let found = match self.user_somewhere(person) {
                Err(Problem::NotHere(_)) => continue,
                found => found?,
            };
            let add = AddUser {
                user: user.clone(),
                name: found.principal.name.clone(),
                email: match self.apollo_emails.get(&person) {
                    Some(email) => email.clone(),
                    None => found.email.clone(),
                },
                role: if person == Person::ApolloAdmin {
                    Role::Admin
                } else {
                    Role::Member
                },
            };
            self.driver.add_user(&add).await?;
        }
        Ok(())
    }

    /// Apollo's switch for assignment rules. It is a part of what the scenario begins with.
    pub fn switch_assignment_rules_on(&mut self) -> Done {
        if self.begun {
            return Err(Problem::Feature(
                "this switch has to be set first of all".to_owned(),
            ));
        }
        self.only_on_mocks("an active assignment rule that names somebody else")?;
        self.assignment_rules = true;
        Ok(())
    }

    /// The Apollo user of a person. Tells nothing, and is another one in every scenario of every run.
    pub(super) fn apollo_user(&self, person: Person) -> Result<UserId, Problem> {
        if !person.uses_apollo() {
            return Err(Problem::Feature(format!(
                "{person} is a user of the CRMs alone, not of Apollo"
            )));
        }
        self.user_somewhere(person)?;
        let id = self.apollo_ids.get(&person).cloned();
        id.ok_or_else(|| Problem::Harness(format!("{person} has no id in Apollo")))
    }

    /// The person's user of one of the CRMs: name and address are the same in both.
    fn user_somewhere(&self, person: Person) -> Result<&CrmUser, Problem> {
        let user = self.salesforce.user(person);
        user.or_else(|_| self.hubspot.user(person))
    }

    /// What is shown and compared of an Apollo user.
    pub(super) fn apollo_principal(&self, user: &UserId) -> Principal {
        let person = Person::ALL
            .into_iter()
            .find(|person| self.apollo_user(*person).is_ok_and(|id| id == *user));
        let name = person
            .and_then(|person| self.user_somewhere(person).ok())
            .map(|user| user.principal.name.clone());
        Principal {
            name: name.unwrap_or_else(|| user.to_string()),
            crm: None,
            id: user.0.clone(),
            kind: if person.is_some() {
                PrincipalKind::User
            } else {
                PrincipalKind::Stranger
            },
        }
    }

    /// What features call everybody, by the ids of both CRMs and of Apollo.
    pub(super) fn called(&self) -> BTreeMap<String, String> {
        let mut called = BTreeMap::new();
        for person in Person::ALL {
            let sides = [&self.salesforce, &self.hubspot];
            let users = sides.into_iter().filter_map(|side| side.user(person).ok());
            let ids = users.map(|user| user.principal.id.clone());
            let apollo = self.apollo_user(person).ok().map(|user| user.0);
            called.extend(ids.chain(apollo).map(|id| (id, person.to_string())));
        }
        called
    }

    /// Goes on only where the system under test says that it can.
    pub(super) fn require(&self, capability: &str) -> Done {
        if self
            .capabilities
            .iter()
            .any(|declared| declared == capability)
        {
            Ok(())
        } else {
            Err(Problem::Unsupported(capability.to_owned()))
        }
    }
}

/// Ids of those who use Apollo.
pub(super) fn ids(fakes: &mut Fakes) -> BTreeMap<Person, UserId> {
    Person::ALL
        .into_iter()
        .filter(|person| person.uses_apollo())
        .map(|person| (person, UserId(format!("u-{}", fakes.word()))))
        .collect()
}

pub(super) fn crm(crm: rules::Crm) -> sut::Crm {
    match crm {
        rules::Crm::Salesforce => sut::Crm::Salesforce,
        rules::Crm::Hubspot => sut::Crm::Hubspot,
    }
}

pub(super) fn mode(mode: rules::Mode) -> sut::Mode {
    match mode {
        rules::Mode::Single => sut::Mode::Single,
        rules::Mode::Bulk => sut::Mode::Bulk,
    }
}

pub(super) fn source(source: rules::Source) -> sut::Source {
    match source {
        rules::Source::Manual => sut::Source::Manual,
        rules::Source::Csv => sut::Source::Csv,
        rules::Source::Gmail => sut::Source::Gmail,
        rules::Source::Linkedin => sut::Source::Linkedin,
        rules::Source::Prospecting => sut::Source::Prospecting,
        rules::Source::JobChange => sut::Source::Jobchange,
    }
}
