//! Logins: linked, spoilt, unlinked; team sync: connected, broken.

use super::{Done, Problem, World};
use crate::rules::{Crm, Event, Personal};
use crate::suite::people::Person;

impl World {
    /// An Apollo user links a personal login, as the CRM user of the same name or as another.
    pub async fn link(&mut self, person: Person, crm: Crm, user: Person) -> Done {
        let apollo_user = self.apollo_user(person)?;
        self.begin().await?;
        let relinked = self
            .side(crm)
            .linked_as(person)
            .is_some_and(|former| former != user);
        if relinked {
            let mine = |pushed: &super::Pushed| pushed.you == person;
            self.keep_as_it_was(crm, Event::KeptAfterRelinking, mine)?;
        }
        let grant = self
            .side(crm)
            .vendor
            .issue(&self.harness, self.side(crm).user(user)?)?;
        self.driver
            .link(&apollo_user, super::apollo::crm(crm), grant)
            .await?;
        let side = self.side_mut(crm);
        side.set_link(person, user);
        side.spoken_of.push(person);
        Ok(())
    }

    /// Nothing is linked, and nothing happens: the scenario says so, that is all.
    pub fn never_linked(&mut self, person: Person, crm: Crm) -> Done {
        self.apollo_user(person)?;
        if self.side(crm).linked_as(person).is_some() {
            return Err(Problem::Feature(format!(
                "{person} has linked a {crm} login before"
            )));
        }
        self.side_mut(crm).spoken_of.push(person);
        Ok(())
    }

    /// A login that worked once no longer does, or only after a refresh.
    pub async fn spoil(&mut self, person: Person, crm: Crm, state: Personal) -> Done {
        if self.side(crm).linked_as(person).is_none() {
            self.link(person, crm, person).await?;
        }
        let side = self.side(crm);
        let user = side.user(side.user_of(person))?;
        let id = &user.principal.id;
        match state {
            Personal::Refreshable => side.vendor.expire(&self.harness, id)?,
            Personal::Revoked => side.vendor.revoke(&self.harness, id)?,
            Personal::Inactive => side.vendor.deactivate(user)?,
            Personal::Linked | Personal::Never => {}
        }
        self.side_mut(crm).set_state(person, state);
        Ok(())
    }

    /// An Apollo user takes the login away.
    pub async fn unlink(&mut self, person: Person, crm: Crm) -> Done {
        let apollo_user = self.apollo_user(person)?;
        self.begin().await?;
        if !self.side_mut(crm).remove_link(person) {
            return Err(Problem::Feature(format!(
                "{person} has linked no {crm} login"
            )));
        }
        self.driver
            .unlink(&apollo_user, super::apollo::crm(crm))
            .await?;
        Ok(())
    }

    /// Team sync runs as this user from now on.
    pub async fn connect_team_sync(&mut self, crm: Crm, user: Person) -> Done {
        self.begin().await?;
        let replaces = self
            .side(crm)
            .team_sync_user()
            .is_some_and(|former| former != user);
        if replaces {
            self.keep_as_it_was(crm, Event::KeptAfterTeamSyncChange, |_| true)?;
        }
        let grant = self
            .side(crm)
            .vendor
            .issue(&self.harness, self.side(crm).user(user)?)?;
        self.driver
            .connect_team_sync(super::apollo::crm(crm), grant)
            .await?;
        self.side_mut(crm).set_team(user);
        Ok(())
    }

    /// Team sync's login is revoked in the CRM, and Apollo has yet to find out.
    pub fn break_team_sync(&mut self, crm: Crm) -> Done {
        let side = self.side(crm);
        let Some(user) = side.team_sync_user() else {
            return Err(Problem::Feature(format!(
                "team sync is not connected to {crm}, so it can't break"
            )));
        };
        if side.linked_as(user).is_some() {
            return Err(Problem::Feature(format!(
                "{user} uses the same login in person: let team sync run as somebody else"
            )));
        }
        let id = side.user(user)?.principal.id.clone();
        side.vendor.revoke(&self.harness, &id)?;
        self.side_mut(crm).break_team();
        Ok(())
    }

    /// Team sync is taken out of Apollo.
    pub async fn disconnect_team_sync(&mut self, crm: Crm) -> Done {
        self.begin().await?;
        if !self.side_mut(crm).remove_team() {
            return Err(Problem::Feature(format!(
                "team sync is not connected to {crm}, so it can't be disconnected"
            )));
        }
        self.driver
            .disconnect_team_sync(super::apollo::crm(crm))
            .await?;
        Ok(())
    }

    /// Nothing is connected, and nothing happens.
    pub fn no_team_sync(&mut self, crm: Crm) -> Done {
        match self.side(crm).team_sync_user() {
            None => Ok(()),
            Some(user) => Err(Problem::Feature(format!(
                "team sync is connected to {crm} as {user}"
            ))),
        }
    }

    /// Nobody has a login that works, apart from `you`.
    pub fn nobody_else_linked(&mut self, you: Person, crm: Crm) -> Done {
        match self.side(crm).others(you) {
            crate::rules::Others::Nobody => Ok(()),
            _ => Err(Problem::Feature(format!(
                "somebody else has linked a {crm} login"
            ))),
        }
    }
}
