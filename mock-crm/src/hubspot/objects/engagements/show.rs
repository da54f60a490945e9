//! An engagement as JSON.

use serde_json::{Map, Value, json};

use super::{KEPT, associate, kind, metadata};
use crate::clock::Timestamp;
use crate::hubspot::call::Call;
use crate::hubspot::facts::{Facts, Opened};
use crate::hubspot::objects::accept::instant;
use crate::store::{Serial, Store};

/// The record in v1's form; `None` where there is none.
pub(super) fn engagement(call: &Call<'_>, store: &Store, serial: Serial) -> Option<Value> {
    let record = store.get(serial)?;
    let opened = Opened::new(serial, record);
    let facts = opened.facts((call.portal, call.setup), store)?;
    let kept = kept(&facts);
    let redacted = redacted(call, &facts);
    let metadata = match redacted {
        true => metadata::redacted(),
        false => metadata::shown(&facts),
    };
    let mut associations = associate::shown(call, store, serial, facts.object_type);
    associations["ownerIds"] = kept.get("ownerIds").cloned().unwrap_or(json!([]));
    let instants = (record.created_at, record.modified_at);
    Some(json!({
        "engagement": head(call, &facts, instants, (&kept, redacted)),
        "associations": associations,
        "attachments": attachments(&facts),
        "scheduledTasks": [],
        "metadata": metadata,
    }))
}

/// HubSpot hides contents and owner of e-mails from tokens without their scope.
fn redacted(call: &Call<'_>, facts: &Facts<'_>) -> bool {
    let scopes = &call.session.grant.scopes;
    facts.object_type.name == "emails" && !scopes.iter().any(|scope| scope == "sales-email-read")
}

/// What only engagements have.
pub(super) fn kept(facts: &Facts<'_>) -> Map<String, Value> {
    // The record keeps what was written here, so it can be read.
    let text = facts.values.get(KEPT).unwrap_or("{}");
    serde_json::from_str(text).unwrap_or_default()
}

fn head(
    call: &Call<'_>,
    facts: &Facts<'_>,
    (created_at, modified_at): (Timestamp, Timestamp),
    (kept, redacted): (&Map<String, Value>, bool),
) -> Value {
    let number = |name| facts.named(name).and_then(|text| text.parse::<u64>().ok());
    let timestamp = facts.named("hs_timestamp");
    let mut head = json!({
        "id": facts.id.parse::<u64>().ok(),
        "portalId": call.portal.hub_id,
        "active": true,
        "createdAt": created_at.0,
        "lastUpdated": modified_at.0,
        "type": kind::of(facts),
        "timestamp": timestamp.and_then(|text| instant(&text)).map(|at| at.0),
        "source": facts.named("hs_object_source"),
        "allAccessibleTeamIds": [],
        "queueMembershipIds": [],
        "bodyPreviewIsTruncated": false,
    });
    // HubSpot shows no creator where it knows an app only, as with the properties of the same meaning.
    let people = [
        ("createdBy", number("hs_created_by")),
        ("modifiedBy", number("hs_modified_by")),
        ("ownerId", number("hubspot_owner_id").filter(|_| !redacted)),
    ];
    for (name, id) in people {
        if let Some(id) = id {
            head[name] = json!(id);
        }
    }
    if let Some(uid) = kept.get("uid") {
        head["uid"] = uid.clone();
    }
    head
}

fn attachments(facts: &Facts<'_>) -> Value {
    let ids = facts.named("hs_attachment_ids").unwrap_or_default();
    let ids = ids.split(';').filter_map(|id| id.parse::<u64>().ok());
    ids.map(|id| json!({ "id": id })).collect()
}
