//! Who is in a portal: users and owners, which are not the same, and the teams and roles they have.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::store::Serial;

/// A person or a queue: a user, an owner, or both.
#[derive(Clone, Debug)]
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
    pub(crate) secondary_teams: Vec<usize>,
    /// First and last name, where they were given apart.
    names: Option<(String, String)>,
    active: bool,
    pub(crate) created_at: Timestamp,
    changed_at: Timestamp,
}

/// A team or a role.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) id: Arc<str>,
    pub(crate) name: String,
}

/// The people of a portal, with the three ways in.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    all: Vec<Arc<Person>>,
    by_owner: HashMap<Arc<str>, usize>,
    by_user: HashMap<Arc<str>, usize>,
    pub(crate) teams: Vec<Named>,
    pub(crate) roles: Vec<Named>,
}

/// What tells a person that is added apart from others. The durable log keeps those that are added later.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct NewPerson {
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) user_id: Option<u32>,
    pub(crate) owner_id: Option<u64>,
    pub(crate) super_admin: bool,
    pub(crate) queue: bool,
    pub(crate) role: Option<usize>,
    pub(crate) team: Option<usize>,
    pub(crate) secondary_teams: Vec<usize>,
    pub(crate) names: Option<(String, String)>,
    pub(crate) record: Option<Serial>,
    pub(crate) active: bool,
    pub(crate) at: Timestamp,
}

/// What the settings of a user are to be.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct UserSettings {
    pub(crate) names: (String, String),
    pub(crate) role: Option<usize>,
    pub(crate) team: Option<usize>,
    pub(crate) secondary_teams: Vec<usize>,
}

impl Person {
    /// `false`: deactivated, and the owner archived.
    pub fn active(&self) -> bool {
        self.active
    }

    /// First and last name.
    pub(crate) fn names(&self) -> (&str, &str) {
        match &self.names {
            Some((first, last)) => (first, last),
            None => self.name.split_once(' ').unwrap_or((&self.name, "")),
        }
    }

    pub(crate) fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    /// Changes what can be set of a user. The owner changes only where the names do.
    pub(crate) fn set_settings(&mut self, settings: &UserSettings, now: Timestamp) {
        let (first, last) = &settings.names;
        if self.names() != (first, last) {
            self.name = format!("{first} {last}").trim().to_owned();
            self.names = Some(settings.names.clone());
            self.changed_at = now;
        }
        self.role = settings.role;
        self.team = settings.team;
        self.secondary_teams.clone_from(&settings.secondary_teams);
    }

    pub(crate) fn set_active(&mut self, active: bool, now: Timestamp) {
        self.active = active;
        self.changed_at = now;
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
    pub(crate) fn add(&mut self, new: NewPerson) -> Result<(), TakenNumber> {
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
        self.all.push(Arc::new(Person {
            name: new.name,
            email: new.email,
            user_id,
            owner_id,
            record: new.record,
            super_admin: new.super_admin,
            queue: new.queue,
            role: new.role,
            team: new.team,
            secondary_teams: new.secondary_teams,
            names: new.names,
            active: new.active,
            created_at: new.at,
            changed_at: new.at,
        }));
        Ok(())
    }

    pub(crate) fn all(&self) -> &[Arc<Person>] {
        &self.all
    }

    /// Everybody, to change.
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Person> {
        self.all.iter_mut().map(Arc::make_mut)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Person> {
        self.all.get_mut(index).map(Arc::make_mut)
    }

    /// The owner with this id, archived or not.
    pub(crate) fn owner(&self, owner_id: &str) -> Option<&Arc<Person>> {
        self.all.get(*self.by_owner.get(owner_id)?)
    }

    /// The user with this id, active or not.
    pub(crate) fn user(&self, user_id: &str) -> Option<&Arc<Person>> {
        self.all.get(*self.by_user.get(user_id)?)
    }

    /// By name, e-mail or user id.
    pub(crate) fn find(&self, who: &str) -> Option<&Arc<Person>> {
        let named = |person: &&Arc<Person>| {
            person.name == who
                || person
                    .email
                    .as_deref()
                    .is_some_and(|email| email.eq_ignore_ascii_case(who))
        };
        self.all.iter().find(named).or_else(|| self.user(who))
    }

    /// The place among all of whoever has this name, e-mail or user id.
    pub(crate) fn position(&self, who: &str) -> Option<usize> {
        let found = self.find(who)?;
        self.all
            .iter()
            .position(|person| Arc::ptr_eq(person, found))
    }

    /// The primary team of the person with this owner id.
    pub(crate) fn team_of(&self, person: &Person) -> Option<&Named> {
        self.teams.get(person.team?)
    }

    /// The teams of a person, the primary one first.
    pub(crate) fn teams_of(&self, person: &Person) -> impl Iterator<Item = (&Named, bool)> {
        let others: Vec<usize> = person.secondary_teams.clone();
        let others = others.into_iter().filter_map(|team| self.teams.get(team));
        let primary = self.team_of(person).into_iter().map(|team| (team, true));
        primary.chain(others.map(|team| (team, false)))
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
