//! The task that a real org may leave behind for each e-mail message. Unverified, so a switch turns it on.

use super::row::Row;
use super::{Write, stored};
use crate::query::Value;
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::schema::SObject;
use crate::store::{Change, Serial, Store};
use crate::tenant::Hosted;

impl Write<'_> {
    /// Creates a completed task of the caller, about what the message is about, and refers to it from the message.
    pub(super) fn add_task_of_email(&self, store: &mut Store, object: &SObject, email: Serial) {
        let Some(tasks) = self.org.schema().object("Task") else {
            return;
        };
        let Some(record) = store.get(email).cloned() else {
            return;
        };
        let row = Row::new(self.org, store, object, email, &record);
        let mut pairs: Pairs<'_> = vec![
            ("Status".into(), Given::Text("Completed".into())),
            ("TaskSubtype".into(), Given::Text("Email".into())),
        ];
        let about = match row.named("RelatedToId") {
            Value::Null => row.named("ParentId"),
            about => about,
        };
        for (name, value) in [("Subject", row.named("Subject")), ("WhatId", about)] {
            if let Value::Text(text) = value {
                let short: String = text.chars().take(255).collect();
                pairs.push((name.into(), Given::Text(short.into())));
            }
        }
        drop(row);
        // What cannot be a task of the caller leaves none; the message itself is written already.
        let Ok(draft) = self.draft_of_create(tasks, pairs) else {
            return;
        };
        let Ok(creation) = self.creation(store, draft) else {
            return;
        };
        let task = self.put(store, tasks, creation);
        let set = [("ActivityId", Given::Text(task.as_str().into()))];
        let change = Change {
            at: self.org.tenant().clock.now(),
            modified_by: self.principal.id.clone(),
            body: Some(stored::merged(&body::stored(&record.body), &set)),
            owner: None,
            deleted: None,
            unique_removed: Vec::new(),
            unique_added: Vec::new(),
        };
        store.change(email, change, &self.writer);
    }
}
