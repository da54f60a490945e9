//! What the scenario has pushed or logged so far, how it is called, and how it is found in a CRM.

use super::{Pushed, World};
use crate::observe::RecordKey;
use crate::rules::{Crm, Kind};
use crate::suite::people::Person;

impl World {
    pub(super) fn find(&self, key: &RecordKey) -> Option<usize> {
        self.pushed
            .iter()
            .position(|pushed| pushed.subject.key == *key)
    }

    /// A push of a record that was pushed before takes the place of the earlier one.
    ///
    /// Of several that are pushed together, each gets a name of its own.
    pub(super) fn put(&mut self, mut pushed: Pushed) -> usize {
        match self.find(&pushed.subject.key) {
            Some(index) => {
                self.pushed[index] = pushed;
                index
            }
            None => {
                pushed.subject.name = self.numbered(pushed.subject.name);
                self.pushed.push(pushed);
                self.pushed.len() - 1
            }
        }
    }

    pub(super) fn key(&self, crm: Crm, kind: Kind, value: &str) -> RecordKey {
        let object = match (crm, kind) {
            (Crm::Salesforce, Kind::Contact) => "Contact",
            (Crm::Salesforce, Kind::Account) => "Account",
            (Crm::Salesforce, Kind::Lead) => "Lead",
            (Crm::Salesforce, _) => "Task",
            (Crm::Hubspot, Kind::Account) => "companies",
            (Crm::Hubspot, Kind::Email) => "emails",
            (Crm::Hubspot, Kind::Task) => "tasks",
            (Crm::Hubspot, Kind::Call) => "calls",
            (Crm::Hubspot, Kind::Note) => "notes",
            (Crm::Hubspot, Kind::Meeting) => "meetings",
            (Crm::Hubspot, Kind::Contact | Kind::Lead) => "contacts",
        };
        RecordKey {
            crm,
            object: object.to_owned(),
            value: value.to_owned(),
        }
    }

    /// `Dana's contact`, `Dana's second contact`; with the CRM where there are both.
    pub(super) fn subject_name(
        &self,
        kind: Kind,
        person: Person,
        crm: Crm,
        key: &RecordKey,
    ) -> String {
        if let Some(earlier) = self.find(key) {
            return self.pushed[earlier].subject.name.clone();
        }
        format!("{person}'s {kind} in {crm}")
    }

    /// The name, with a number where there are such subjects already.
    fn numbered(&self, name: String) -> String {
        let same = self
            .pushed
            .iter()
            .filter(|pushed| pushed.subject.name.starts_with(&name))
            .count();
        match same {
            0 => name,
            _ => format!("{name}, number {}", same + 1),
        }
    }
}
