use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Problem;
use super::journal::JOURNAL;
use super::scenery::Scenery;
use super::vendor::{CrmUser, Live, Staff, Vendor};
use crate::live::Prefix;
use crate::observe::{Principal, RecordKey};
use crate::rules::{Crm, Others, Personal, Team};
use crate::suite::harness::Harness;
use crate::suite::people::{Permission, Person};

/// One CRM of a scenario: who is who in it, and which logins Apollo has.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) crm: Crm,
    pub(super) vendor: Vendor,
    /// What there is beside the people of every scenario.
    pub(super) scenery: Scenery,
    users: BTreeMap<Person, CrmUser>,
    /// Live: records that were waited for in vain.
    pub(super) given_up: BTreeSet<RecordKey>,
    /// By Apollo user.
    links: BTreeMap<Person, Link>,
    /// Whom an Apollo user was linked as before.
    former_links: BTreeMap<Person, Person>,
    team: Option<TeamLink>,
    former_team: Option<Person>,
    /// The Apollo users of whose login in this CRM the scenario speaks.
    pub(super) spoken_of: Vec<Person>,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    user: Person,
    state: Personal,
}

#[derive(Clone, Copy, Debug)]
struct TeamLink {
    user: Person,
    broken: bool,
}

impl Side {
    pub(super) fn open(
        harness: &Arc<Harness>,
        crm: Crm,
        staff: &Staff,
        scenery: Scenery,
    ) -> Result<Self, Problem> {
        let (vendor, users) = Vendor::open(harness, crm, staff, &scenery)?;
        if let Some(tenant) = vendor.tenant() {
            tenant.journal.lock().limit(JOURNAL);
        }
        Ok(Self {
            scenery,
            ..Self::of(crm, vendor, users)
        })
    }

    /// The same in a live CRM.
    pub(super) fn live(
        run: &Arc<crate::live::Live>,
        crm: Crm,
        prefix: &Prefix,
    ) -> Result<Self, Problem> {
        let (live, users) = Live::open(run, crm, prefix)?;
        Ok(Self::of(crm, Vendor::Live(Box::new(live)), users))
    }

    fn of(crm: Crm, vendor: Vendor, users: BTreeMap<Person, CrmUser>) -> Self {
        Self {
            crm,
            vendor,
            scenery: Scenery::default(),
            users,
            given_up: BTreeSet::new(),
            links: BTreeMap::new(),
            former_links: BTreeMap::new(),
            team: None,
            former_team: None,
            spoken_of: Vec::new(),
        }
    }

    /// The user of this CRM.
    pub(super) fn user(&self, person: Person) -> Result<&CrmUser, Problem> {
        self.users.get(&person).ok_or_else(|| match &self.vendor {
            Vendor::Live(live) => live.without(person),
            _ => Problem::Harness(format!("{person} has no user in {}", self.crm)),
        })
    }

    /// What ledger and journal mean by a user id.
    pub(super) fn principal(&self, user_id: &str) -> Principal {
        let known = self
            .users
            .values()
            .find(|user| user.principal.id == user_id);
        known.map_or_else(
            || self.vendor.other_principal(user_id),
            |user| user.principal.clone(),
        )
    }

    pub(super) fn users(&self) -> impl Iterator<Item = &CrmUser> {
        self.users.values()
    }

    /// The CRM user that an Apollo user is linked as, or, unlinked, would be.
    pub(super) fn user_of(&self, person: Person) -> Person {
        self.links.get(&person).map_or(person, |link| link.user)
    }

    pub(super) fn former_user_of(&self, person: Person) -> Option<Person> {
        self.former_links.get(&person).copied()
    }

    /// The CRM user that an Apollo user is linked as.
    pub(super) fn linked_as(&self, person: Person) -> Option<Person> {
        self.links.get(&person).map(|link| link.user)
    }

    pub(super) fn personal(&self, person: Person) -> Personal {
        self.links
            .get(&person)
            .map_or(Personal::Never, |link| link.state)
    }

    pub(super) fn team_sync_user(&self) -> Option<Person> {
        self.team.map(|team| team.user)
    }

    pub(super) fn former_team_sync_user(&self) -> Option<Person> {
        self.former_team
    }

    pub(super) fn team(&self) -> Team {
        match self.team {
            None => Team::None,
            Some(TeamLink { broken: true, .. }) => Team::Broken,
            Some(team) if self.rank(team.user) == Permission::ChangesEverything => {
                Team::ConnectedAtTop
            }
            Some(_) => Team::Connected,
        }
    }

    fn working_links(&self) -> impl Iterator<Item = Link> {
        let works = |link: &Link| matches!(link.state, Personal::Linked | Personal::Refreshable);
        self.links.values().copied().filter(works)
    }

    /// The authenticated users of this CRM with the highest permission.
    pub(super) fn highest(&self) -> Vec<Person> {
        let team = self.team.filter(|team| !team.broken).map(|team| team.user);
        let mut authenticated: Vec<Person> = self
            .working_links()
            .map(|link| link.user)
            .chain(team)
            .collect();
        authenticated.sort_unstable();
        authenticated.dedup();
        let top = authenticated.iter().map(|person| self.rank(*person)).max();
        authenticated.retain(|person| Some(self.rank(*person)) == top);
        authenticated
    }

    /// Who else has authenticated, apart from `you` and team sync.
    pub(super) fn others(&self, you: Person) -> Others {
        let mine = self.user_of(you);
        let team = self.team_sync_user();
        let ranks: Vec<Permission> = self
            .working_links()
            .map(|link| link.user)
            .filter(|user| *user != mine && Some(*user) != team)
            .map(|user| self.rank(user))
            .collect();
        let top = ranks.iter().max();
        match ranks.iter().filter(|rank| Some(*rank) == top).count() {
            0 => Others::Nobody,
            1 => Others::Ranked,
            _ => Others::Tie,
        }
    }

    /// What a client can tell apart in this CRM.
    fn rank(&self, person: Person) -> Permission {
        match (self.crm, person.permission()) {
            (Crm::Hubspot, Permission::SeesEverything) => Permission::Ordinary,
            (_, permission) => permission,
        }
    }

    pub(super) fn set_link(&mut self, person: Person, user: Person) {
        let link = Link {
            user,
            state: Personal::Linked,
        };
        if let Some(former) = self
            .links
            .insert(person, link)
            .filter(|former| former.user != user)
        {
            self.former_links.insert(person, former.user);
        }
    }

    pub(super) fn set_state(&mut self, person: Person, state: Personal) {
        if let Some(link) = self.links.get_mut(&person) {
            link.state = state;
        }
    }

    pub(super) fn remove_link(&mut self, person: Person) -> bool {
        self.links.remove(&person).is_some()
    }

    /// Tells whether this replaces another user.
    pub(super) fn set_team(&mut self, user: Person) -> bool {
        let link = TeamLink {
            user,
            broken: false,
        };
        let former = self
            .team
            .replace(link)
            .map(|team| team.user)
            .filter(|former| *former != user);
        self.former_team = former.or(self.former_team);
        former.is_some()
    }

    /// Tells whether there was a team sync.
    pub(super) fn remove_team(&mut self) -> bool {
        let former = self.team.take().map(|team| team.user);
        self.former_team = former.or(self.former_team);
        former.is_some()
    }

    pub(super) fn break_team(&mut self) {
        if let Some(team) = &mut self.team {
            team.broken = true;
        }
    }
}
