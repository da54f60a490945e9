//! From what happened in the store to the events that apps subscribe to.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::config::{AppWebhooks, Happening, Subscription};
use super::feed::Feed;
use crate::clock::Timestamp;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::source;
use crate::hubspot::portal::Portal;
use crate::hubspot::setup::Setup;
use crate::hubspot::stored::{MERGED_INTO, Origin, Values};
use crate::store::{Before, Change, Creation, ObjectKey, Occurrence, Serial, Writer};

/// The property in which the survivor of a merge keeps whom it took in.
const MERGED: &str = "hs_merged_object_ids";

/// One thing that happened to one record, as HubSpot counts them: a write can be several.
struct Fact {
    what: What,
    serial: Serial,
    object: ObjectKey,
    at: Timestamp,
    /// `changeSource` and `sourceId`.
    source: (&'static str, String),
}

enum What {
    Created,
    Deleted,
    /// It took in the records with these ids.
    Merged(Vec<String>),
    Property {
        name: String,
        value: String,
    },
}

/// The events of every app that has some, in the order in which they came about.
pub(super) fn events(
    portal: &Portal,
    feed: &Feed,
    occurrences: &[Occurrence],
) -> BTreeMap<String, Vec<Value>> {
    let setup = portal.setup();
    let mut events: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for fact in facts(portal, occurrences) {
        let Some(object_type) = setup.type_of(fact.object) else {
            continue;
        };
        for (app_id, subscription) in subscriptions(&setup, &fact, object_type) {
            let event = event(portal, feed, (app_id, subscription), &fact);
            events.entry(app_id.clone()).or_default().push(event);
        }
    }
    events
}

fn facts(portal: &Portal, occurrences: &[Occurrence]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for occurrence in occurrences {
        match occurrence {
            Occurrence::Created {
                serial,
                creation,
                writer,
            } => {
                let values = Values::parse(&creation.body);
                let source = source_of(values.origin(), writer);
                let fact = |what| Fact {
                    what,
                    serial: *serial,
                    object: creation.object,
                    at: creation.at,
                    source: source.clone(),
                };
                let created = created(portal, creation, &values);
                facts.extend(created.into_iter().map(fact));
            }
            Occurrence::Changed {
                serial,
                before,
                change,
                writer,
            } => {
                // An app's write is an integration's; any other is a user's in HubSpot's own pages.
                let origin = writer.app.as_deref().map_or(Origin::Pages, Origin::App);
                let fact = |what| Fact {
                    what,
                    serial: *serial,
                    object: before.object,
                    at: change.at,
                    source: source_of(origin, writer),
                };
                let own_id = portal.record_ids.id(*serial).to_string();
                let changed = changed(before, change, &own_id);
                facts.extend(changed.into_iter().map(fact));
            }
        }
    }
    facts
}

fn source_of(origin: Origin<'_>, writer: &Writer) -> (&'static str, String) {
    let id = source::id_of(origin, &writer.user).unwrap_or_default();
    (source::kind(origin), id.into_owned())
}

/// The record itself, and each value that it has from the start. A record that a merge made counts as merged alone.
fn created(portal: &Portal, creation: &Creation, values: &Values<'_>) -> Vec<What> {
    if let Some(merged) = values.get(MERGED) {
        let ids = ids(merged).into_iter().map(str::to_owned);
        return vec![What::Merged(ids.collect())];
    }
    let mut facts = vec![What::Created];
    if !portal.switches.webhook_property_changes_on_creation {
        return facts;
    }
    let written = values.iter().filter(|(name, _)| is_property(name));
    facts.extend(written.map(|(name, value)| property(name, value)));
    if let Some(owner) = &creation.owner {
        facts.push(property("hubspot_owner_id", owner));
    }
    facts
}

fn changed(before: &Before, change: &Change, own_id: &str) -> Vec<What> {
    if before.deleted {
        // Archived, and told as deleted: that its contents go for good now is another event, which is not simulated.
        return Vec::new();
    }
    if change.deleted == Some(true) {
        // A record that another one took in counts as merged, not as deleted (unverified).
        let body = change.body.as_deref().map(Values::parse);
        let merged = body.is_some_and(|values| values.get(MERGED_INTO).is_some());
        return if merged {
            Vec::new()
        } else {
            vec![What::Deleted]
        };
    }
    let mut facts = Vec::new();
    if let Some(body) = &change.body {
        let (old, new) = (Values::parse(&before.body), Values::parse(body));
        let merged = newly_merged(&old, &new, own_id);
        facts.extend((!merged.is_empty()).then_some(What::Merged(merged)));
        facts.extend(changed_values(&old, &new));
    }
    if let Some(owner) = &change.owner
        && owner.owner.as_deref() != before.owner.as_deref()
    {
        let value = owner.owner.as_deref().unwrap_or_default();
        facts.push(property("hubspot_owner_id", value));
    }
    facts
}

fn changed_values(old: &Values<'_>, new: &Values<'_>) -> Vec<What> {
    let changed = new
        .iter()
        .filter(|(name, value)| is_property(name) && old.get(name).unwrap_or_default() != *value);
    let gone = old
        .iter()
        .filter(|(name, value)| is_property(name) && !value.is_empty() && new.get(name).is_none());
    let changed = changed.map(|(name, value)| property(name, value));
    changed
        .chain(gone.map(|(name, _)| property(name, "")))
        .collect()
}

/// The records that a record took in just now. Its list also has its own id.
fn newly_merged(old: &Values<'_>, new: &Values<'_>, own_id: &str) -> Vec<String> {
    let known = ids(old.get(MERGED).unwrap_or_default());
    let all = ids(new.get(MERGED).unwrap_or_default()).into_iter();
    all.filter(|id| *id != own_id && !known.contains(id))
        .map(str::to_owned)
        .collect()
}

/// A body also has notes of our own, which no property is called like.
fn is_property(name: &str) -> bool {
    !name.starts_with('!')
}

fn property(name: &str, value: &str) -> What {
    What::Property {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn ids(list: &str) -> Vec<&str> {
    list.split(';').filter(|id| !id.is_empty()).collect()
}

fn subscriptions<'s>(
    setup: &'s Setup,
    fact: &Fact,
    object_type: &ObjectType,
) -> Vec<(&'s String, &'s Subscription)> {
    let told = |app: &'s AppWebhooks| {
        let settled = app.settings.is_some();
        app.subscriptions.iter().filter(move |one| {
            settled && one.active && covers(one, object_type) && is_about(one, fact)
        })
    };
    let apps = setup.webhooks.iter();
    apps.flat_map(|(app_id, app)| told(app).map(move |one| (app_id, one)))
        .collect()
}

fn covers(subscription: &Subscription, object_type: &ObjectType) -> bool {
    let topic = &subscription.topic;
    match &topic.object_type_id {
        Some(type_id) => *type_id == *object_type.type_id,
        None => {
            let singular = topic.event_type.split('.').next();
            singular == Some(&*object_type.singular)
        }
    }
}

fn is_about(subscription: &Subscription, fact: &Fact) -> bool {
    match (&subscription.topic.happening, &fact.what) {
        (Happening::Creation, What::Created)
        | (Happening::Deletion, What::Deleted)
        | (Happening::Merge, What::Merged(_)) => true,
        (Happening::PropertyChange(wanted), What::Property { name, .. }) => wanted == name,
        _ => false,
    }
}

fn event(
    portal: &Portal,
    feed: &Feed,
    (app_id, subscription): (&str, &Subscription),
    fact: &Fact,
) -> Value {
    let topic = &subscription.topic;
    let object_id = portal.record_ids.id(fact.serial);
    let mut event = json!({
        "eventId": feed.next_event(),
        "subscriptionId": subscription.id,
        "portalId": portal.hub_id,
        "appId": app_id.parse().unwrap_or(0_u32),
        "occurredAt": fact.at.0,
        "subscriptionType": topic.event_type,
        "attemptNumber": 0,
        "objectId": object_id,
        "changeSource": fact.source.0,
        "sourceId": fact.source.1,
    });
    if let Some(type_id) = &topic.object_type_id {
        event["objectTypeId"] = json!(type_id);
    }
    match &fact.what {
        What::Created => event["changeFlag"] = json!("CREATED"),
        What::Deleted => event["changeFlag"] = json!("DELETED"),
        What::Merged(ids) => {
            let ids: Vec<u64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
            event["primaryObjectId"] = json!(object_id);
            event["newObjectId"] = json!(object_id);
            event["mergedObjectIds"] = json!(ids);
        }
        What::Property { name, value } => {
            event["propertyName"] = json!(name);
            event["propertyValue"] = json!(value);
        }
    }
    event
}
