//! A CRM that is seen from outside: looks between steps, and what they show in a ledger's place.

use std::collections::BTreeSet;

use super::ledger::key_value;
use super::side::Side;
use super::vendor::{Live, Vendor};
use super::{Done, World};
use crate::live::Found;
use crate::observe::{Create, OwnerChange, Ownership, RecordKey, RecordSeen, Reported};
use crate::rules::Crm;

/// What a ledger would say, and a public API does not.
const NOT_OBSERVABLE: &str = "not_observable";

impl World {
    /// The CRMs that are seen through their public API alone.
    pub(super) fn public_api_only(&self) -> BTreeSet<Crm> {
        let sides = [&self.salesforce, &self.hubspot].into_iter();
        let outside = sides.filter(|side| matches!(side.vendor, Vendor::Live(_)));
        outside.map(|side| side.crm).collect()
    }

    /// Notes that a look is due. Gives the last request before.
    pub(super) fn before_writing(&mut self) -> u64 {
        self.unseen = true;
        self.last_request()
    }

    /// Looks at the live CRMs, if something may have changed since the last look.
    pub async fn look(&mut self) -> Done {
        if std::mem::take(&mut self.unseen) {
            self.look_again().await?;
        }
        Ok(())
    }

    /// Looks whatever has happened.
    pub async fn look_again(&mut self) -> Done {
        let shared = self.shared_addresses();
        for crm in Crm::ALL {
            let awaited = self.awaited(crm);
            self.side_mut(crm).look(&awaited, &shared).await?;
        }
        Ok(())
    }

    /// The records that have to be there: what is reported as pushed and what comes along with it, and what people have entered.
    fn awaited(&self, crm: Crm) -> BTreeSet<RecordKey> {
        let here = || {
            self.pushed
                .iter()
                .map(|pushed| &pushed.subject)
                .filter(move |subject| subject.key.crm == crm)
        };
        let some = here().any(|subject| subject.reported == Some(Reported::Pushed));
        let awaited = here().filter(|subject| match subject.reported {
            Some(Reported::Pushed) => true,
            Some(Reported::Refused { .. }) => false,
            None => some,
        });
        let entered = self
            .drafts
            .iter()
            .filter(|draft| draft.found_in.contains(&crm));
        let entered = entered.map(|draft| self.key_of(crm, draft));
        awaited
            .map(|subject| subject.key.clone())
            .chain(entered)
            .collect()
    }

    /// Deletes what the scenario has made in live CRMs.
    pub async fn clean_up(&mut self) {
        for crm in Crm::ALL {
            if let Vendor::Live(live) = &mut self.side_mut(crm).vendor {
                live.clean_up().await;
            }
        }
    }
}

impl Side {
    async fn look(&mut self, awaited: &BTreeSet<RecordKey>, shared: &BTreeSet<String>) -> Done {
        let ids =
            |user: &super::vendor::CrmUser| [user.principal.id.clone(), user.owner_id.clone()];
        let known: BTreeSet<String> = self.users().flat_map(ids).collect();
        let crm = self.crm;
        let open = awaited.difference(&self.given_up);
        let open: BTreeSet<RecordKey> = open.cloned().collect();
        let contacts = open.iter().filter(|key| key.object == "contacts");
        let addresses: Vec<String> = contacts.map(|key| key.value.clone()).collect();
        let missing = |found: &[Found]| {
            let there = found.iter().filter(|record| !record.deleted);
            let there: BTreeSet<RecordKey> = there.map(|record| key(crm, record, shared)).collect();
            open.difference(&there).cloned().collect::<Vec<_>>()
        };
        let Vendor::Live(live) = &mut self.vendor else {
            return Ok(());
        };
        live.look(&addresses, |found| missing(found).is_empty(), &known)
            .await?;
        // Whatever has not come by now is not waited for again.
        let lost = missing(&live.seen);
        self.given_up.extend(lost);
        Ok(())
    }

    pub(super) fn creates_seen(&self, live: &Live) -> Vec<Create> {
        let numbered = (1..).zip(&live.appeared);
        let create = |(sequence, record): (u64, &Found)| Create {
            sequence,
            crm: self.crm,
            object: record.object.clone(),
            record: record.id.clone(),
            api: NOT_OBSERVABLE.to_owned(),
            owner_requested: None,
            owner: self.ownership(record).owner,
            owner_reason: NOT_OBSERVABLE.to_owned(),
            created_by: self.ownership(record).created_by,
            created_by_reason: NOT_OBSERVABLE.to_owned(),
            credential: None,
            request: String::new(),
        };
        numbered.map(create).collect()
    }

    pub(super) fn changes_seen(&self, live: &Live) -> Vec<OwnerChange> {
        let numbered = (1..).zip(&live.moved);
        let owner = |id: &Option<String>| id.as_deref().map(|id| self.owner_principal(id));
        let changes = numbered.map(|(sequence, moved)| OwnerChange {
            sequence,
            crm: self.crm,
            record: moved.record.clone(),
            before: owner(&moved.before),
            after: owner(&moved.after),
            credential: None,
            request: String::new(),
        });
        changes.collect()
    }

    pub(super) fn records_seen(&self, live: &Live, shared: &BTreeSet<String>) -> Vec<RecordSeen> {
        let record = |record: &Found| RecordSeen {
            key: key(self.crm, record, shared),
            id: record.id.clone(),
            now: self.ownership(record),
            modified_by: record.modified_by.as_deref().map(|id| self.principal(id)),
            phone: super::ledger::text(&record.fields, super::ledger::phone_field(self.crm)),
            deleted: record.deleted,
        };
        live.seen.iter().map(record).collect()
    }

    fn ownership(&self, record: &Found) -> Ownership {
        let owner = record.owner.as_deref().filter(|id| !id.is_empty());
        Ownership {
            owner: owner.map(|id| self.owner_principal(id)),
            created_by: record.created_by.as_deref().map(|id| self.principal(id)),
        }
    }
}

fn key(crm: Crm, record: &Found, shared: &BTreeSet<String>) -> RecordKey {
    RecordKey {
        crm,
        object: record.object.clone(),
        value: key_value(crm, &record.object, &record.fields, shared),
    }
}
