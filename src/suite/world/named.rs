//! Whom and what the body of a request names: records of the scenario, and people in fields that are no owner's.

use serde_json::Value;

use super::World;
use super::journal::{column, same_id, walk};
use super::ledger::key_field;
use super::side::Side;
use crate::observe::{PersonSent, RecordKey};
use crate::rules::Crm;

impl World {
    /// The subjects that a body names by what they are found by. Of two people with one address it names both.
    pub(super) fn subjects_named(&self, crm: Crm, sent: &Value, body: &[u8]) -> Vec<String> {
        let mut fields = Vec::new();
        walk(sent, &mut |key, text| {
            fields.push((key.to_owned(), text.to_owned()))
        });
        let subjects = self.pushed.iter().map(|pushed| &pushed.subject);
        let here = subjects.filter(|subject| subject.key.crm == crm);
        let named = here.filter(|subject| {
            let (field, value) = (key_field(&subject.key.object), plain(&subject.key));
            let in_json = || {
                fields
                    .iter()
                    .any(|(key, text)| key == field && text == value)
            };
            in_json() || (sent.is_null() && column(body, field).iter().any(|cell| cell == value))
        });
        named.map(|subject| subject.name.clone()).collect()
    }
}

/// What stands in the record's own field.
fn plain(key: &RecordKey) -> &str {
    key.value.split(" (").next().unwrap_or(&key.value)
}

impl Side {
    /// Users who stand in a field that is not the owner's.
    pub(super) fn people_elsewhere(&self, sent: &Value) -> Vec<PersonSent> {
        let owner_fields = ["OwnerId", "hubspot_owner_id"];
        let mut found = Vec::new();
        walk(sent, &mut |key, text| {
            if owner_fields
                .iter()
                .any(|field| key.eq_ignore_ascii_case(field))
            {
                return;
            }
            let is = |id: &str| same_id(id, text);
            let mut users = self.users();
            if let Some(user) = users.find(|user| is(&user.owner_id) || is(&user.principal.id)) {
                found.push(PersonSent {
                    field: key.to_owned(),
                    name: user.principal.name.clone(),
                });
            }
        });
        found
    }
}
