//! What a CRM says about a login when it is asked with that login.

use super::connection::Connection;
use super::failure::Failure;
use super::look_up::guess;
use super::{Ranked, Sync, hubspot, salesforce};
use crate::apollo::{Apollo, Credential, CredentialId, Crm, Holder, UserId};
use std::collections::hash_map::Entry;

/// The CRM user behind a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The CRM's id of the user.
    pub user_id: String,
    /// What the CRM calls the same person as an owner: the user id in Salesforce, another number in HubSpot,
    /// where a deactivated user, a queue, or a user without a seat has none.
    pub owner_id: Option<String>,
}

/// The rank of a CRM user, lowest first (Q9): Modify All Data or super admin, View All Data, the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// Sees and changes what is shared with the user.
    Ordinary,
    /// Salesforce's View All Data.
    ReadsEverything,
    /// Salesforce's Modify All Data, HubSpot's super admin.
    ChangesEverything,
}

/// An authenticated user who may stand in for team sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The login.
    pub credential: CredentialId,
    /// Whose it is in Apollo.
    pub holder: Holder,
    /// What its CRM user may do.
    pub permission: Permission,
}

/// Whom a look-up by address may find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sought {
    Active,
    ActiveOrNot,
}

/// What has been learnt about one login. Thrown away with it.
#[derive(Debug, Default)]
pub(super) struct Login {
    standing: Option<Result<Identity, String>>,
    permission: Option<Permission>,
}

impl Login {
    pub(super) fn why_unusable(&self) -> Option<String> {
        self.standing.as_ref()?.as_ref().err().cloned()
    }
}

impl Sync {
    /// A connection with this login and no other.
    pub(super) fn connect<'a>(&'a mut self, credential: &'a mut Credential) -> Connection<'a> {
        Connection::new(self, credential)
    }

    /// Who the login belongs to, or why it is of no use. Asked once; a CRM that does not answer is asked again the next time.
    pub(super) async fn standing(
        &mut self,
        apollo: &mut Apollo,
        id: CredentialId,
    ) -> Result<Result<Identity, String>, Failure> {
        if let Some(standing) = self
            .logins
            .get(&id)
            .and_then(|login| login.standing.clone())
        {
            return Ok(standing);
        }
        let person =
            apollo
                .credentials
                .get_mut(id)
                .and_then(|credential| match &credential.holder {
                    Holder::User(user) => Some(user.clone()),
                    Holder::TeamSync => None,
                });
        let person = person.and_then(|user| apollo.user(&user).ok().cloned());
        let Some(credential) = apollo.credentials.get_mut(id) else {
            return Ok(Err("the login was disconnected".into()));
        };
        let personal = credential.holder != Holder::TeamSync;
        let (crm, look_up) = (credential.crm, self.policy.look_up);
        let mut connection = self.connect(credential);
        let asked = match crm {
            Crm::Salesforce => salesforce::identity(&mut connection).await,
            Crm::Hubspot => hubspot::identity(&mut connection).await,
        };
        let asked = match (asked, &person) {
            (Ok(who), Some(person)) => guess(look_up, &mut connection, crm, person, who).await,
            (asked, _) => asked,
        };
        let standing = match asked {
            // Such a person can own nothing, so acting as them would leave the record without an owner.
            Ok(Identity { owner_id: None, .. }) if personal => {
                Err(format!("its {crm} user is not an active owner"))
            }
            Ok(identity) => Ok(identity),
            Err(Failure::CredentialDead { why }) => Err(why),
            Err(failure) => return Err(failure),
        };
        self.logins.entry(id).or_default().standing = Some(standing.clone());
        Ok(standing)
    }

    /// Has the CRM asked again about a login.
    pub(super) fn forget(&mut self, id: CredentialId) {
        self.logins.remove(&id);
    }

    /// Notes that a login has stopped working.
    pub(super) fn bury(&mut self, id: CredentialId, why: String) {
        self.logins.entry(id).or_default().standing = Some(Err(why));
    }

    /// The login of the authenticated user with the highest permission in the CRM. "Authenticated" leaves out dead logins (Q21).
    pub(super) async fn highest(
        &mut self,
        apollo: &mut Apollo,
        crm: Crm,
    ) -> Result<Option<CredentialId>, Failure> {
        let mut candidates = vec![];
        for (credential, holder) in self.ranked(apollo, crm) {
            let Ok(identity) = self.standing(apollo, credential).await? else {
                continue;
            };
            match self.permission(apollo, credential, &identity).await {
                Ok(permission) => candidates.push(Candidate {
                    credential,
                    holder,
                    permission,
                }),
                Err(Failure::CredentialDead { why }) => self.bury(credential, why),
                Err(failure) => return Err(failure),
            }
        }
        let chosen = (self.policy.highest)(&candidates);
        Ok(chosen
            .and_then(|index| candidates.get(index))
            .map(|candidate| candidate.credential))
    }

    fn ranked(&self, apollo: &Apollo, crm: Crm) -> Vec<(CredentialId, Holder)> {
        let team_sync = match self.policy.ranked {
            Ranked::PersonalLogins => None,
            Ranked::TeamSyncToo => apollo.credentials.held_by(crm, &Holder::TeamSync),
        };
        team_sync
            .into_iter()
            .chain(apollo.credentials.personal(crm))
            .map(|held| (held.id, held.holder.clone()))
            .collect()
    }

    /// The first connected of the others' logins that works.
    pub(super) async fn colleague(
        &mut self,
        apollo: &mut Apollo,
        crm: Crm,
        you: Option<&UserId>,
    ) -> Result<Option<CredentialId>, Failure> {
        let you = you.cloned().map(Holder::User);
        let others: Vec<_> = apollo
            .credentials
            .personal(crm)
            .filter(|held| Some(&held.holder) != you.as_ref())
            .map(|held| held.id)
            .collect();
        for credential in others {
            if self.standing(apollo, credential).await?.is_ok() {
                return Ok(Some(credential));
            }
        }
        Ok(None)
    }

    async fn permission(
        &mut self,
        apollo: &mut Apollo,
        id: CredentialId,
        who: &Identity,
    ) -> Result<Permission, Failure> {
        if let Entry::Occupied(login) = self.logins.entry(id)
            && let Some(permission) = login.get().permission
        {
            return Ok(permission);
        }
        let Some(credential) = apollo.credentials.get_mut(id) else {
            return Ok(Permission::Ordinary);
        };
        let crm = credential.crm;
        let mut connection = self.connect(credential);
        let permission = match crm {
            Crm::Salesforce => salesforce::permission(&mut connection, who).await?,
            Crm::Hubspot => hubspot::permission(&mut connection, who).await?,
        };
        self.logins.entry(id).or_default().permission = Some(permission);
        Ok(permission)
    }
}
