//! What an org or a portal has beside the people of every scenario: more users, somebody's twin, a queue by somebody's name.

use std::sync::Arc;

use super::side::Side;
use super::vendor::Staff;
use super::{Done, Problem, World};
use crate::rules::Crm;
use crate::suite::people::Person;

/// What a scenario adds to a CRM.
#[derive(Clone, Debug, Default)]
pub(super) struct Scenery {
    /// How many more users there are. They come first in every list.
    users: usize,
    /// Whose e-mail address a deactivated user has, too.
    twin_of: Option<Person>,
    /// Whose name a queue has, too.
    queue_like: Option<Person>,
}

/// A user who is nobody of the scenario.
#[derive(Clone, Debug)]
pub(super) struct Extra {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) active: bool,
}

/// How Apollo writes an address that the CRMs write otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// In capitals.
    Capitals,
    /// With a tag behind a plus sign.
    PlusTag,
}

impl Scenery {
    /// The users that it adds.
    pub(super) fn extras(&self, staff: &Staff) -> Vec<Extra> {
        let more = (1..=self.users).map(|number| Extra {
            name: format!("Extra Colleague {number}"),
            email: format!("extra.colleague.{number}@colleagues.example"),
            active: true,
        });
        let twin = self.twin_of.and_then(|person| staff.get(&person));
        let twin = twin.map(|person| Extra {
            name: format!("Former {}", person.name()),
            email: person.email.clone(),
            active: false,
        });
        twin.into_iter().chain(more).collect()
    }

    /// The queue that it adds. A vendor's names of users and queues are one list, so it is written in capitals.
    pub(super) fn queue_name(&self, staff: &Staff) -> Option<String> {
        let person = staff.get(&self.queue_like?)?;
        Some(person.name().to_uppercase())
    }
}

impl World {
    /// There are that many more users.
    pub fn more_users(&mut self, crm: Crm, count: usize) -> Done {
        self.set_scenery(crm, |scenery| scenery.users = count)
    }

    /// There was another user of Salesforce with the person's e-mail address. A portal takes an address once.
    pub fn add_twin_of(&mut self, person: Person) -> Done {
        self.set_scenery(Crm::Salesforce, |scenery| scenery.twin_of = Some(person))
    }

    /// There is a queue by the person's name.
    pub fn add_queue_like(&mut self, crm: Crm, person: Person) -> Done {
        self.set_scenery(crm, |scenery| scenery.queue_like = Some(person))
    }

    /// There is a Salesforce user whose id differs from the person's in case alone: there are so many users that ids go
    /// through the alphabet in capitals, and then in small letters.
    pub fn add_id_twin_of(&mut self, person: Person) -> Done {
        // One of these gives the person a small letter.
        for count in [40, 60, 80] {
            self.more_users(Crm::Salesforce, count)?;
            let id = self.salesforce.user(person)?.principal.id.clone();
            if self.salesforce.vendor.has_user_like(&id) {
                return Ok(());
            }
        }
        Err(Problem::Harness(format!(
            "nobody in Salesforce has an id like {person}'s"
        )))
    }

    /// Apollo writes the person's e-mail address otherwise than the CRMs.
    pub fn spell_address(&mut self, person: Person, spelling: Spelling) -> Done {
        self.first_of_all()?;
        let email = &self.salesforce.user(person)?.email;
        let written = match spelling {
            Spelling::Capitals => email.to_uppercase(),
            Spelling::PlusTag => email.replacen('@', "+apollo@", 1),
        };
        self.apollo_emails.insert(person, written);
        Ok(())
    }

    /// The org or portal is opened anew, with what the scenario adds.
    fn set_scenery(&mut self, crm: Crm, set: impl FnOnce(&mut Scenery)) -> Done {
        self.first_of_all()?;
        self.only_on_mocks("users or queues that are made for it")?;
        let mut scenery = self.side(crm).scenery.clone();
        set(&mut scenery);
        let harness = Arc::clone(&self.harness);
        let side = Side::open(&harness, crm, &self.staff, scenery)?;
        let former = std::mem::replace(self.side_mut(crm), side);
        former.vendor.close(&harness);
        Ok(())
    }

    fn first_of_all(&self) -> Done {
        let untouched = [&self.salesforce, &self.hubspot]
            .iter()
            .all(|side| side.spoken_of.is_empty() && side.team_sync_user().is_none());
        if self.begun || !untouched {
            return Err(Problem::Feature(
                "who is in the CRMs has to be said first of all".to_owned(),
            ));
        }
        Ok(())
    }
}
