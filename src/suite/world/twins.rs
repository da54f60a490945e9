//! Two contacts with one e-mail address. Salesforce keeps both, and they are told apart by their last names.

use std::collections::BTreeSet;

use super::{Draft, World};
use crate::observe::RecordKey;
use crate::rules::{Crm, Kind};

impl World {
    /// How a draft is found in a CRM.
    pub(super) fn key_of(&self, crm: Crm, draft: &Draft) -> RecordKey {
        let twin = crm == Crm::Salesforce && self.shared_addresses().contains(&draft.key);
        match &draft.last_name {
            Some(last_name) if twin => {
                self.key(crm, draft.kind, &told_apart(&draft.key, last_name))
            }
            _ => self.key(crm, draft.kind, &draft.key),
        }
    }

    /// The addresses that several people of the scenario have.
    pub(super) fn shared_addresses(&self) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let people = self
            .drafts
            .iter()
            .filter(|draft| draft.kind != Kind::Account);
        let shared = people.filter(|draft| !seen.insert(&draft.key));
        shared.map(|draft| draft.key.clone()).collect()
    }
}

/// The address with the last name of whoever is meant.
pub(super) fn told_apart(address: &str, last_name: &str) -> String {
    format!("{address} ({last_name})")
}
