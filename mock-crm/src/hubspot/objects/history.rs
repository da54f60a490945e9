//! Earlier values of a record's properties: `propertiesWithHistory`.
//!
//! A value that was never changed needs no history: it was set when the record was made, by what made it. The first
//! change of a value writes down both.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::hubspot::facts::{Facts, source};
use crate::hubspot::stored::{HISTORY, Origin, Values};

/// How many values of one property HubSpot keeps: known of contacts, unverified of other types.
const KEPT: usize = 20;

/// What is kept of changes: property to values, newest first.
#[derive(Debug, Default)]
pub(super) struct History(BTreeMap<String, Vec<Entry>>);

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Entry {
    #[serde(rename = "v")]
    value: String,
    #[serde(rename = "t")]
    at: Timestamp,
    /// [`Origin::text`].
    #[serde(rename = "o")]
    origin: String,
    /// The user id, where HubSpot shows one.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
}

/// Who set a value, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    pub(super) at: Timestamp,
    pub(super) origin: Origin<'a>,
    /// The user id, where HubSpot shows one.
    pub(super) user: Option<&'a str>,
}

impl Setting<'_> {
    fn entry(&self, value: &str) -> Entry {
        Entry {
            value: value.to_owned(),
            at: self.at,
            origin: self.origin.text(),
            user: self.user.map(str::to_owned),
        }
    }
}

impl History {
    /// What is kept with a record.
    pub(super) fn of(values: &Values<'_>) -> Self {
        let text = values.get(HISTORY).unwrap_or("{}");
        // The record keeps what was written here, so it can be read.
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// Adds a value, if it is another one than before. `created`: how the record was made, which set the values that were
    /// never changed.
    pub(super) fn add(
        &mut self,
        name: &str,
        (before, value): (Option<&str>, &str),
        (created, now): (Setting<'_>, Setting<'_>),
    ) {
        if before.unwrap_or_default() == value {
            return;
        }
        let entries = self.0.entry(name.to_owned()).or_default();
        if let (true, Some(before)) = (entries.is_empty(), before) {
            entries.push(created.entry(before));
        }
        entries.insert(0, now.entry(value));
        entries.truncate(KEPT);
    }

    /// The form in which the record keeps it, if there is anything to keep.
    pub(super) fn to_text(&self) -> Option<String> {
        // Writing texts and numbers can't fail.
        let text = serde_json::to_string(&self.0).unwrap_or_default();
        (!self.0.is_empty()).then_some(text)
    }
}

/// The values of a property, newest first, as `propertiesWithHistory` shows them.
pub(super) fn shown(facts: &Facts<'_>, name: &str) -> Value {
    let entries = History::of(facts.values).0.remove(name);
    let written = || {
        let made = Setting {
            at: facts.created,
            origin: facts.origin,
            user: source::user(facts),
        };
        facts.named(name).map(|value| vec![made.entry(&value)])
    };
    let entries = entries.or_else(written).unwrap_or_default();
    Value::Array(entries.iter().map(item).collect())
}

fn item(entry: &Entry) -> Value {
    let origin = Origin::parse(&entry.origin);
    let mut item = json!({
        "value": entry.value,
        "timestamp": entry.at.iso().to_string(),
        "sourceType": source::kind(origin),
    });
    let user = entry.user.as_deref();
    if let Some(id) = source::id_of(origin, user.unwrap_or_default()) {
        item["sourceId"] = json!(id);
    }
    // A number on the wire, unlike in properties.
    if let Some(user) = user.and_then(|user| user.parse::<u64>().ok()) {
        item["updatedByUserId"] = json!(user);
    }
    item
}
