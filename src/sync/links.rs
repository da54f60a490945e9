//! Logins come and go.

use super::sessions::personal_in;
use super::{Links, Memory, Sync};
use crate::apollo::{Apollo, CredentialId, Crm, Grant, Holder};

impl Sync {
    /// Connects a login, in place of the holder's earlier one in that CRM.
    pub fn link(&mut self, apollo: &mut Apollo, crm: Crm, holder: Holder, grant: Grant) {
        let former = apollo.credentials.held_by(crm, &holder).map(|held| held.id);
        let sessions = self.policy.sessions;
        if former.is_some()
            && holder == Holder::TeamSync
            && sessions.links == Links::FirstTeamSyncKept
        {
            return;
        }
        let grant = match sessions.memory {
            Memory::ThroughResets => self.shelf.before_the_reset(crm, &holder).unwrap_or(grant),
            _ => grant,
        };
        self.shelf.linked(crm, &holder, &grant);
        let id = apollo
            .credentials
            .connect(crm, holder.clone(), grant.clone());
        if sessions.memory == Memory::OfTheHolder {
            self.remember(former, id);
        }
        self.share(apollo, crm, &holder, &grant);
    }

    /// Disconnects a login. Whether there was one.
    pub fn unlink(&mut self, apollo: &mut Apollo, crm: Crm, holder: &Holder) -> bool {
        match self.policy.sessions.links {
            Links::UnlinkedKept => apollo.credentials.held_by(crm, holder).is_some(),
            _ => apollo.credentials.disconnect(crm, holder),
        }
    }

    /// The client starts anew, for another team or another org. It takes nothing along, unless its policy is wrong.
    pub fn succeed(&mut self, former: Sync) {
        if self.policy.sessions.memory == Memory::ThroughResets {
            self.shelf.take_over(former.shelf);
        }
    }

    fn remember(&mut self, former: Option<CredentialId>, id: CredentialId) {
        if let Some(learnt) = former.and_then(|former| self.logins.remove(&former)) {
            self.logins.insert(id, learnt);
        }
    }

    /// Hands the tokens on to the logins that share them.
    fn share(&mut self, apollo: &mut Apollo, crm: Crm, holder: &Holder, grant: &Grant) {
        if *holder == Holder::TeamSync {
            return;
        }
        let links = self.policy.sessions.links;
        for credential in apollo.credentials.iter_mut() {
            let shared = match links {
                Links::OneOfAUser => credential.holder == *holder,
                Links::OneOfACrm => personal_in(credential, crm),
                _ => false,
            };
            if shared {
                self.logins.remove(&credential.id);
                credential.grant = grant.clone();
            }
        }
    }

    /// The login that this holder has connected.
    pub(super) fn held(
        &mut self,
        apollo: &Apollo,
        crm: Crm,
        holder: &Holder,
    ) -> Option<CredentialId> {
        let remembers = self.policy.sessions.memory == Memory::OfAbsence;
        if remembers && self.shelf.absent(crm, holder) {
            return None;
        }
        let held = apollo.credentials.held_by(crm, holder).map(|held| held.id);
        if held.is_none() {
            self.shelf.note_absent(crm, holder);
        }
        held
    }
}
