//! A record as JSON, written straight to bytes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::accept::Accepted;
use super::history;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Facts;
use crate::hubspot::stored::{push_json, push_plain};

/// Which properties a read names.
#[derive(Debug)]
pub(super) struct Selection {
    /// Names that are properties of the type, sorted.
    names: BTreeSet<String>,
    /// Those whose earlier values are wanted, too.
    history: Vec<String>,
}

impl Selection {
    /// What a read that names `properties` returns: those, and the ones that every read returns. Names of no property are
    /// left out without a word.
    pub(super) fn new(object_type: &ObjectType, properties: &[&str], history: &[&str]) -> Self {
        let asked = properties.iter().chain(history);
        let always = ["hs_object_id", object_type.created, object_type.modified];
        let names: BTreeSet<String> = match properties.is_empty() && history.is_empty() {
            true => object_type
                .default_properties
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            false => asked
                .chain(&always)
                .map(|name| (*name).to_owned())
                .collect(),
        };
        Self {
            names,
            history: history.iter().map(|name| (*name).to_owned()).collect(),
        }
    }
}

/// The members of a record's JSON that only some answers have.
#[derive(Debug, Default)]
pub(super) struct Extras<'a> {
    /// Of a batch input.
    pub(super) trace_id: Option<&'a str>,
    /// Of an upsert: whether it was a create.
    pub(super) new: Option<bool>,
    /// What reads with `associations` show.
    pub(super) associations: Option<Value>,
}

/// The answer to a create: what was written and what HubSpot worked out; what is empty is left out.
pub(super) fn created(facts: &Facts<'_>, extras: &Extras<'_>) -> Vec<u8> {
    let mut json = ObjectJson::begin(facts);
    let mut computed = facts.object_type.computed.iter().peekable();
    let mut written = facts.values.iter().peekable();
    loop {
        let computed_next = match (computed.peek(), written.peek()) {
            (None, None) => break,
            (Some(property), Some((name, _))) => *property.name < **name,
            (Some(_), None) => true,
            (None, Some(_)) => false,
        };
        if computed_next {
            if let Some(property) = computed.next() {
                json.present(&property.name, facts.at_create(property).as_deref());
            }
        } else if let Some((name, value)) = written.next() {
            json.present(name, Some(value).filter(|value| !value.is_empty()));
            if computed
                .peek()
                .is_some_and(|property| property.name == name)
            {
                computed.next();
            }
        }
    }
    json.end(facts, extras)
}

/// The answer to a read: what is asked for and empty is `null`.
pub(super) fn selected(facts: &Facts<'_>, selection: &Selection, extras: &Extras<'_>) -> Vec<u8> {
    let mut json = ObjectJson::begin(facts);
    for name in &selection.names {
        if let Some(property) = facts.setup.catalog.property(facts.object_type, name) {
            json.property(name, facts.value(property).as_deref());
        }
    }
    if selection.history.is_empty() {
        return json.end(facts, extras);
    }
    let known = |name: &&String| {
        let property = facts.setup.catalog.property(facts.object_type, name);
        property.is_some()
    };
    let histories = selection
        .history
        .iter()
        .filter(known)
        .map(|name| (name.clone(), history::shown(facts, name)));
    let histories = Value::Object(histories.collect());
    json.end_with(facts, extras, Some(histories))
}

/// Stamps that the answer to a change repeats, whatever was changed.
const STAMPS: [&str; 4] = [
    "hs_object_id",
    "hs_object_source",
    "hs_object_source_id",
    "hs_object_source_label",
];
/// Stamps that a change of owner brings.
const OWNER_STAMPS: [&str; 7] = [
    "hubspot_owner_id",
    "hubspot_owner_assigneddate",
    "hs_all_owner_ids",
    "hs_user_ids_of_all_owners",
    "hubspot_team_id",
    "hs_all_team_ids",
    "hs_owning_teams",
];

/// The answer to a change: what was changed, and stamps.
pub(super) fn updated(
    facts: &Facts<'_>,
    accepted: &Accepted<'_, '_>,
    extras: &Extras<'_>,
) -> Vec<u8> {
    let mut names: BTreeSet<&str> = accepted.values.iter().map(|(name, _)| name).collect();
    names.extend(STAMPS);
    names.extend([facts.object_type.created, facts.object_type.modified]);
    if accepted.owner.is_some() {
        names.extend(OWNER_STAMPS);
    }
    let mut json = ObjectJson::begin(facts);
    for name in names {
        json.present(name, facts.named(name).as_deref());
    }
    json.end(facts, extras)
}

/// A record's JSON on its way.
struct ObjectJson {
    out: Vec<u8>,
    first: bool,
}

impl ObjectJson {
    fn begin(facts: &Facts<'_>) -> Self {
        let mut out = Vec::with_capacity(1024);
        out.extend_from_slice(b"{\"id\":\"");
        out.extend_from_slice(facts.id.as_bytes());
        out.extend_from_slice(b"\",\"properties\":{");
        Self { out, first: true }
    }

    /// A property that is left out where it is empty.
    fn present(&mut self, name: &str, value: Option<&str>) {
        if value.is_some() {
            self.property(name, value);
        }
    }

    fn property(&mut self, name: &str, value: Option<&str>) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        push_plain(&mut self.out, name);
        self.out.push(b':');
        match value {
            Some(value) => push_json(&mut self.out, value),
            None => self.out.extend_from_slice(b"null"),
        }
    }

    fn end(self, facts: &Facts<'_>, extras: &Extras<'_>) -> Vec<u8> {
        self.end_with(facts, extras, None)
    }

    fn end_with(
        mut self,
        facts: &Facts<'_>,
        extras: &Extras<'_>,
        histories: Option<Value>,
    ) -> Vec<u8> {
        self.out.push(b'}');
        if let Some(histories) = histories {
            self.json("propertiesWithHistory", &histories.to_string());
        }
        self.text("createdAt", &facts.created_at);
        self.text("updatedAt", facts.modified_at());
        self.json("archived", if facts.archived { "true" } else { "false" });
        if facts.archived {
            self.text("archivedAt", facts.modified_at());
        }
        if let Some(associations) = &extras.associations {
            self.json("associations", &associations.to_string());
        }
        if let Some(new) = extras.new {
            self.json("new", if new { "true" } else { "false" });
        }
        if let Some(trace_id) = extras.trace_id {
            self.text("objectWriteTraceId", trace_id);
        }
        self.url(facts);
        self.out.push(b'}');
        self.out
    }

    fn url(&mut self, facts: &Facts<'_>) {
        self.out
            .extend_from_slice(b",\"url\":\"https://app.hubspot.com/contacts/");
        self.out
            .extend_from_slice(facts.portal.tenant_id().as_bytes());
        self.out.extend_from_slice(b"/record/");
        self.out
            .extend_from_slice(facts.object_type.type_id.as_bytes());
        self.out.push(b'/');
        self.out.extend_from_slice(facts.id.as_bytes());
        self.out.push(b'"');
    }

    fn text(&mut self, name: &str, value: &str) {
        self.member(name);
        push_json(&mut self.out, value);
    }

    fn json(&mut self, name: &str, value: &str) {
        self.member(name);
        self.out.extend_from_slice(value.as_bytes());
    }

    fn member(&mut self, name: &str) {
        self.out.extend_from_slice(b",\"");
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }
}
