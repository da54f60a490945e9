//! What a CRM recorded: its ledger, and its records as they are now. Never what the system under test says.

use std::collections::{BTreeMap, BTreeSet};

use mock_crm::ledger::CreateEntry;
use mock_crm::store::Serial;
use mock_crm::tenant::Hosted as _;

use super::side::Side;
use super::twins::told_apart;
use super::vendor::Vendor;
use super::{Problem, World};
use crate::observe::{Create, OwnerChange, Ownership, Principal, RecordKey, RecordSeen};
use crate::rules::Crm;

impl World {
    /// Owner and Created By of a record now; `None` where it is not in the CRM.
    pub(super) fn ownership_now(&self, key: &RecordKey) -> Result<Option<Ownership>, Problem> {
        let records = self.side(key.crm).records(&self.shared_addresses())?;
        Ok(records
            .into_iter()
            .find(|record| record.key == *key && !record.deleted)
            .map(|record| record.now))
    }
}

impl Side {
    /// The creates, in order.
    pub(super) fn creates(&self) -> Vec<Create> {
        if let Vendor::Live(live) = &self.vendor {
            return self.creates_seen(live);
        }
        self.create_entries()
            .into_iter()
            .map(|entry| self.create(entry))
            .collect()
    }

    fn create_entries(&self) -> Vec<CreateEntry> {
        let Some(tenant) = self.vendor.tenant() else {
            return Vec::new();
        };
        let store = tenant.read();
        store
            .ledger
            .creates_after(0)
            .map(|row| tenant.create_entry(&store, row))
            .collect()
    }

    fn create(&self, entry: CreateEntry) -> Create {
        Create {
            sequence: entry.sequence,
            crm: self.crm,
            object: entry.object,
            record: entry.record,
            api: entry.api,
            owner: self.owner(entry.owner.as_deref(), entry.owner_user.as_deref()),
            owner_requested: entry.owner_requested,
            owner_reason: entry.owner_reason,
            created_by: Some(self.principal(&entry.created_by)),
            created_by_reason: entry.created_by_reason,
            credential: Some(self.principal(&entry.user)),
            request: entry.request,
        }
    }

    /// Changes of ownership, in order.
    pub(super) fn changes(&self) -> Vec<OwnerChange> {
        let tenant = match &self.vendor {
            Vendor::Live(live) => return self.changes_seen(live),
            Vendor::Salesforce(org) => org.tenant(),
            Vendor::Hubspot(portal) => portal.tenant(),
        };
        let store = tenant.read();
        let entries = store
            .ledger
            .changes_after(0)
            .map(|row| tenant.change_entry(&store, row));
        entries
            .map(|entry| OwnerChange {
                sequence: entry.sequence,
                crm: self.crm,
                record: entry.record,
                before: entry
                    .owner_before
                    .as_deref()
                    .map(|owner| self.owner_principal(owner)),
                after: self.owner(entry.owner.as_deref(), entry.owner_user.as_deref()),
                credential: Some(self.principal(&entry.user)),
                request: entry.request,
            })
            .collect()
    }

    /// Every record that was created through the API, as it is now.
    ///
    /// Where people share one of these addresses in Salesforce, each has a record.
    pub(super) fn records(&self, shared: &BTreeSet<String>) -> Result<Vec<RecordSeen>, Problem> {
        let tenant = match &self.vendor {
            Vendor::Live(live) => return Ok(self.records_seen(live, shared)),
            Vendor::Salesforce(org) => org.tenant(),
            Vendor::Hubspot(portal) => portal.tenant(),
        };
        let objects: BTreeMap<String, String> = self
            .create_entries()
            .into_iter()
            .map(|entry| (entry.record, entry.object))
            .collect();
        let store = tenant.read();
        let mut seen = Vec::new();
        for serial in (0..).map(Serial) {
            let Some(record) = store.get(serial) else {
                break;
            };
            let id = tenant.record_id(record.object, serial);
            let Some(object) = objects.get(&id) else {
                continue;
            };
            let body: serde_json::Value =
                serde_json::from_slice(&record.body).map_err(|error| {
                    Problem::Harness(format!(
                        "{} keeps a record that is no JSON: {error}",
                        self.crm
                    ))
                })?;
            let owner = record.owner.map(|owner| store.symbols.text(owner));
            seen.push(RecordSeen {
                key: RecordKey {
                    crm: self.crm,
                    object: object.clone(),
                    value: key_value(self.crm, object, &body, shared),
                },
                id,
                now: Ownership {
                    owner: owner.map(|owner| self.owner_principal(owner)),
                    created_by: Some(self.principal(store.symbols.text(record.created_by))),
                },
                modified_by: Some(self.principal(store.symbols.text(record.modified_by))),
                phone: text(&body, phone_field(self.crm)),
                deleted: record.deleted,
            });
        }
        Ok(seen)
    }

    /// The user behind an owner, as the ledger resolved it.
    fn owner(&self, owner: Option<&str>, owner_user: Option<&str>) -> Option<Principal> {
        match (owner, owner_user) {
            (_, Some(user)) => Some(self.principal(user)),
            (Some(owner), None) => Some(self.owner_principal(owner)),
            (None, None) => None,
        }
    }

    /// The user behind an owner id.
    pub(super) fn owner_principal(&self, owner: &str) -> Principal {
        let known = self.users().find(|user| user.owner_id == owner);
        known.map_or_else(
            || self.vendor.other_principal(owner),
            |user| user.principal.clone(),
        )
    }
}

/// By what a record is found among those of its object.
pub(super) fn key_value(
    crm: Crm,
    object: &str,
    body: &serde_json::Value,
    shared: &BTreeSet<String>,
) -> String {
    let text = |field: &str| body[field].as_str().unwrap_or_default();
    let value = text(key_field(object));
    match crm == Crm::Salesforce && shared.contains(value) {
        true => told_apart(value, text("LastName")),
        false => value.to_owned(),
    }
}

pub(super) fn text(body: &serde_json::Value, field: &str) -> Option<String> {
    body.get(field)?.as_str().map(str::to_owned)
}

pub(super) fn phone_field(crm: Crm) -> &'static str {
    match crm {
        Crm::Salesforce => "Phone",
        Crm::Hubspot => "phone",
    }
}

/// The field by which the suite finds a record of an object.
pub(super) fn key_field(object: &str) -> &'static str {
    match object {
        "Contact" | "Lead" => "Email",
        "Account" => "Name",
        "contacts" => "email",
        "companies" => "name",
        "emails" => "hs_email_subject",
        "tasks" => "hs_task_subject",
        "calls" => "hs_call_title",
        _ => "Subject",
    }
}
