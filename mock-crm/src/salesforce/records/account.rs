//! What goes with an account to its new owner.

use super::Write;
use super::row::Row;
use crate::query::Value;
use crate::salesforce::schema::SObject;
use crate::store::{Change, NewOwner, Serial, Store};
use crate::tenant::Hosted;

/// The ledger's word for a new owner that nobody named: the account has a new one.
const REASON: &str = "account_owner";

impl Write<'_> {
    /// The contacts and open opportunities of the account that have its old owner, where the change gives it another
    /// one and the org lets them follow.
    pub(super) fn followers(
        &self,
        store: &Store,
        object: &SObject,
        account: Serial,
        change: &Change,
    ) -> Vec<Serial> {
        let follow = self.org.spec.switches.contacts_follow_account_owner;
        let Some(new) = change
            .owner
            .as_ref()
            .filter(|_| follow && object.name == "Account")
        else {
            return Vec::new();
        };
        let owner = store.get(account).and_then(|record| record.owner);
        let Some(owner) = owner.map(|owner| store.symbols.text(owner)) else {
            return Vec::new();
        };
        if new.owner.as_deref() == Some(owner) {
            return Vec::new();
        }
        let id = self.org.record_id(object.key, account);
        let mut owned = store.owned_by(owner);
        owned.retain(|&serial| self.follows(store, serial, id.as_str()));
        owned
    }

    fn follows(&self, store: &Store, serial: Serial, account: &str) -> bool {
        let Some(record) = store.get(serial).filter(|record| !record.deleted) else {
            return false;
        };
        let Some(object) = self.org.schema().by_key(record.object) else {
            return false;
        };
        let row = Row::new(self.org, store, object, serial, record);
        let open = match &*object.name {
            "Contact" => true,
            "Opportunity" => row.named("IsClosed") != Value::Boolean(true),
            _ => false,
        };
        open && row.named("AccountId") == Value::Text(account.into())
    }

    /// Gives the account's new owner to those that follow it.
    pub(super) fn follow(&self, store: &mut Store, followers: Vec<Serial>, new: NewOwner) {
        for serial in followers {
            let change = Change {
                at: self.org.tenant().clock.now(),
                modified_by: self.principal.id.clone(),
                body: None,
                owner: Some(NewOwner {
                    reason: REASON.into(),
                    ..new.clone()
                }),
                deleted: None,
                unique_removed: Vec::new(),
                unique_added: Vec::new(),
            };
            store.change(serial, change, &self.writer);
        }
    }
}
