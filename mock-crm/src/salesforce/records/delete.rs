//! Deleting a record: it goes to the recycle bin, where `queryAll` still sees it.

use super::row::Row;
use super::{Write, target};
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::error::ApiError;
use crate::salesforce::principals::Right;
use crate::salesforce::schema::{Field, SObject};
use crate::store::{Change, Record, Serial, Store};
use crate::tenant::Hosted;

impl Write<'_> {
    /// Deletes a record and what goes with it.
    pub(in crate::salesforce) fn delete(
        &self,
        object: &SObject,
        id: SalesforceId,
    ) -> Result<(), ApiError> {
        let mut store = self.org.tenant().write();
        let serial = self.deletable(&store, object, id)?;
        self.remove(&mut store, object, serial);
        Ok(())
    }

    /// The record, if the caller may delete it: its owner, and who may modify all data. Sharing that is open for
    /// editing does not cover deletion.
    pub(in crate::salesforce) fn deletable(
        &self,
        store: &Store,
        object: &SObject,
        id: SalesforceId,
    ) -> Result<Serial, ApiError> {
        // Users are made inactive, never deleted.
        if object.name == "User" {
            return Err(self.insufficient_access());
        }
        if !object.deletable {
            return Err(ApiError::VerbNotSupported {
                verb: "deleted",
                label: object.label.to_string(),
            });
        }
        let serial = target(self.org, store, object, id)?;
        self.check_setup(object)?;
        self.check_right(object, Right::Delete)?;
        let owner = store.get(serial).and_then(|record| record.owner);
        let own = owner.is_none_or(|owner| store.symbols.text(owner) == &*self.principal.id);
        match own || self.principal.may(object, Right::ModifyAll) {
            true => Ok(serial),
            false => Err(self.insufficient_access()),
        }
    }

    /// Puts a record into the recycle bin, and with it what belongs to it.
    pub(in crate::salesforce) fn remove(
        &self,
        store: &mut Store,
        object: &SObject,
        serial: Serial,
    ) {
        let mut doomed = vec![serial];
        let id = self.org.record_id(object.key, serial);
        for (child, field) in self.org.schema().owned_children(object) {
            doomed.extend(self.children(store, child, field, id));
        }
        store.together(|store| {
            for serial in doomed {
                store.change(serial, self.deletion(), &self.writer);
            }
            self.written(store, object, serial);
        });
    }

    fn deletion(&self) -> Change {
        Change {
            at: self.org.tenant().clock.now(),
            modified_by: self.principal.id.clone(),
            body: None,
            owner: None,
            deleted: Some(true),
            unique_removed: Vec::new(),
            unique_added: Vec::new(),
        }
    }

    fn children(
        &self,
        store: &Store,
        object: &SObject,
        field: &Field,
        parent: SalesforceId,
    ) -> Vec<Serial> {
        // Every child is asked, so one that does not have the id anywhere is not read.
        let id = memchr::memmem::Finder::new(parent.as_str());
        let refers = |(serial, record): (Serial, &Record)| {
            if record.deleted || id.find(&record.body).is_none() {
                return None;
            }
            let row = Row::new(self.org, store, object, serial, record);
            (row.value(field) == Value::Text(parent.as_str().into())).then_some(serial)
        };
        store.scan(object.key).filter_map(refers).collect()
    }
}
