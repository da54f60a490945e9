//! Earlier values of a record's properties: `propertiesWithHistory`.
//!
//! A value that was never changed needs no history: it was set when the record was made, by what made it. The first
//! change of a value writes down both.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::hubspot::facts::{Facts, Opened};
use crate::hubspot::stored::{HISTORY, Origin, Values};
use crate::store::Store;

/// How many values of one property HubSpot keeps.
const KEPT: usize = 20;

/// What is kept of changes: property to values, newest first.
#[derive(Debug, Default)]
pub(super) struct History<'a> {
    entries: BTreeMap<String, Vec<Entry>>,
    first: Option<First<'a>>,
}

/// The state that a record was made with, as far as it was not changed since.
#[derive(Debug)]
struct First<'a> {
    values: Values<'a>,
    owner: Option<String>,
    at: Timestamp,
    origin: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Entry {
    #[serde(rename = "v")]
    value: String,
    #[serde(rename = "t")]
    at: Timestamp,
    /// [`Origin::text`].
    #[serde(rename = "o")]
    origin: String,
}

impl<'a> History<'a> {
    /// The history of a record up to now.
    pub(super) fn of(opened: &Opened<'a>, store: &Store) -> Self {
        Self {
            entries: kept(&opened.values),
            first: Some(First {
                values: opened.values.clone(),
                owner: opened
                    .record
                    .owner
                    .map(|owner| store.symbols.text(owner).to_owned()),
                at: opened.record.created_at,
                origin: opened.values.origin().text(),
            }),
        }
    }

    /// Adds a value, if it is another one.
    pub(super) fn add(&mut self, name: &str, value: &str, at: Timestamp, by: Origin<'_>) {
        let before = self.first.as_ref().and_then(|first| match name {
            "hubspot_owner_id" => first.owner.clone(),
            _ => first.values.get(name).map(str::to_owned),
        });
        if before.as_deref().unwrap_or_default() == value {
            return;
        }
        let entries = self.entries.entry(name.to_owned()).or_default();
        if let (true, Some(before), Some(first)) = (entries.is_empty(), before, &self.first) {
            entries.push(Entry {
                value: before,
                at: first.at,
                origin: first.origin.clone(),
            });
        }
        entries.insert(
            0,
            Entry {
                value: value.to_owned(),
                at,
                origin: by.text(),
            },
        );
        entries.truncate(KEPT);
    }

    /// The form in which the record keeps it, if there is anything to keep.
    pub(super) fn to_text(&self) -> Option<String> {
        // Writing texts and numbers can't fail.
        let text = serde_json::to_string(&self.entries).unwrap_or_default();
        (!self.entries.is_empty()).then_some(text)
    }
}

fn kept(values: &Values<'_>) -> BTreeMap<String, Vec<Entry>> {
    let text = values.get(HISTORY).unwrap_or("{}");
    // The record keeps what was written here, so it can be read.
    serde_json::from_str(text).unwrap_or_default()
}

/// The values of a property, newest first, as `propertiesWithHistory` shows them.
pub(super) fn shown(facts: &Facts<'_>, name: &str) -> Value {
    let entries = kept(facts.values).remove(name);
    let written = || {
        facts
            .named(name)
            .map(|value| vec![item(&value, &facts.created_at, facts.origin)])
    };
    let items = match entries {
        Some(entries) => entries.iter().map(entry_item).collect(),
        None => written().unwrap_or_default(),
    };
    Value::Array(items)
}

fn entry_item(entry: &Entry) -> Value {
    let origin = Origin::parse(&entry.origin);
    item(&entry.value, &entry.at.iso().to_string(), origin)
}

fn item(value: &str, at: &str, origin: Origin<'_>) -> Value {
    match origin {
        Origin::App(app) | Origin::UserLevelApp(app) => json!({
            "value": value, "timestamp": at, "sourceType": "INTEGRATION", "sourceId": app,
        }),
        Origin::Pages => json!({ "value": value, "timestamp": at, "sourceType": "CRM_UI" }),
    }
}
