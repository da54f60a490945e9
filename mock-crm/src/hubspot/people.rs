//! Who is in a portal: users and owners, which are not the same, and the teams and roles they have.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use crate::clock::Timestamp;
use crate::store::Serial;

/// A person or a queue: a user, an owner, or both.
#[derive(Debug)]
pub struct Person {
    /// The whole name.
    pub name: String,
    /// The e-mail address; a queue has none.
    pub email: Option<String>,
    /// The user id, unless it is an owner only.
    pub user_id: Option<Arc<str>>,
    /// The owner id, unless it is a user only. Never the user id.
    pub owner_id: Option<Arc<str>>,
    /// The record in the users object: a third number.
    pub(crate) record: Option<Serial>,
    /// The one sign of permission that HubSpot's API shows.
    pub super_admin: bool,
    /// No person, and never a user.
    pub queue: bool,
    pub(crate) role: Option<usize>,
    pub(crate) team: Option<usize>,
    active: AtomicBool,
    changed_at: AtomicI64,
}

/// A team or a role.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) id: Arc<str>,
    pub(crate) name: String,
}

/// The people of a portal, with the three ways in.
#[derive(Debug, Default)]
pub(crate) struct People {
    all: Vec<Person>,
    by_owner: HashMap<Arc<str>, usize>,
    by_user: HashMap<Arc<str>, usize>,
    pub(crate) teams: Vec<Named>,
    pub(crate) roles: Vec<Named>,
}

/// What tells a person that is added apart from others.
pub(crate) struct NewPerson {
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) user_id: Option<u32>,
    pub(crate) owner_id: Option<u64>,
    pub(crate) super_admin: bool,
    pub(crate) queue: bool,
    pub(crate) role: Option<usize>,
    pub(crate) team: Option<usize>,
    pub(crate) active: bool,
    pub(crate) at: Timestamp,
}

impl Person {
    /// `false`: deactivated, and the owner archived.
    pub fn active(&self) -> bool {
        self.active.load(Ordering::Acquire)
    }

    /// First and last name.
    pub(crate) fn names(&self) -> (&str, &str) {
        self.name.split_once(' ').unwrap_or((&self.name, ""))
    }

    pub(crate) fn changed_at(&self) -> Timestamp {
        Timestamp(self.changed_at.load(Ordering::Acquire))
    }

    pub(crate) fn set_active(&self, active: bool, now: Timestamp) {
        self.active.store(active, Ordering::Release);
        self.changed_at.store(now.0, Ordering::Release);
    }
}

impl People {
    pub(crate) fn new(teams: Vec<Named>, roles: Vec<Named>) -> Self {
        Self {
            teams,
            roles,
            ..Self::default()
        }
    }

    /// Adds somebody; `Err` names the number that is taken.
    pub(crate) fn add(&mut self, new: NewPerson) -> Result<&mut Person, TakenNumber> {
        let user_id: Option<Arc<str>> = new.user_id.map(|id| id.to_string().into());
        let owner_id: Option<Arc<str>> = new.owner_id.map(|id| id.to_string().into());
        if user_id
            .as_ref()
            .is_some_and(|id| self.by_user.contains_key(id))
        {
            return Err(TakenNumber::User);
        }
        if owner_id
            .as_ref()
            .is_some_and(|id| self.by_owner.contains_key(id))
        {
            return Err(TakenNumber::Owner);
        }
        let index = self.all.len();
        self.by_user.extend(user_id.clone().map(|id| (id, index)));
        self.by_owner.extend(owner_id.clone().map(|id| (id, index)));
        self.all.push(Person {
            name: new.name,
            email: new.email,
            user_id,
            owner_id,
            record: None,
            super_admin: new.super_admin,
            queue: new.queue,
            role: new.role,
            team: new.team,
            active: AtomicBool::new(new.active),
            changed_at: AtomicI64::new(new.at.0),
        });
        Ok(&mut self.all[index])
    }

    pub(crate) fn all(&self) -> &[Person] {
        &self.all
    }

    pub(crate) fn all_mut(&mut self) -> &mut [Person] {
        &mut self.all
    }

    /// The owner with this id, archived or not.
    pub(crate) fn owner(&self, owner_id: &str) -> Option<&Person> {
        self.all.get(*self.by_owner.get(owner_id)?)
    }

    /// The user with this id, active or not.
    pub(crate) fn user(&self, user_id: &str) -> Option<&Person> {
        self.all.get(*self.by_user.get(user_id)?)
    }

    /// By name, e-mail or user id.
    pub(crate) fn find(&self, who: &str) -> Option<&Person> {
        let named = |person: &&Person| {
            person.name == who
                || person
                    .email
                    .as_deref()
                    .is_some_and(|email| email.eq_ignore_ascii_case(who))
        };
        self.all.iter().find(named).or_else(|| self.user(who))
    }

    /// The primary team of the person with this owner id.
    pub(crate) fn team_of(&self, person: &Person) -> Option<&Named> {
        self.teams.get(person.team?)
    }

    pub(crate) fn role_of(&self, person: &Person) -> Option<&Named> {
        self.roles.get(person.role?)
    }
}

/// Which number of a person is taken by somebody else.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TakenNumber {
    User,
    Owner,
}
