//! Creating, changing and archiving activities by the door of v1.

use std::borrow::Cow;

use axum::body::Body as Answer;
use http::Response;
use serde_json::{Map, Value, json};

use super::wire::{Body, Engagement};
use super::{KEPT, associate, find, kind, metadata, shown};
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::objects::accept::{self, Problem, Purpose, Sent};
use crate::hubspot::objects::wire::{self, Input, SentProperties};
use crate::hubspot::objects::{remove, write};
use crate::hubspot::refusal::ApiError;
use crate::store::Serial;
use crate::tenant::Hosted;

/// How the ledger calls this door.
const DOOR: &str = "engagements";

const ATTACHMENTS: &str = "hs_attachment_ids";

/// `POST engagements`: 200, the engagement. What is wrong is refused as in v3: HubSpot's words for v1 are not known.
pub(super) fn create(call: &Call<'_>) -> Result<Response<Answer>, ApiError> {
    let body: Body<'_> = wire::json(call.body)?;
    let engagement = body
        .engagement
        .as_ref()
        .ok_or_else(|| missing("engagement"))?;
    let kind = engagement.kind.as_deref().ok_or_else(|| missing("type"))?;
    let object_type = kind::object_type(call, kind)?;
    let serial = put(call, object_type, &body, engagement)?;
    shown(call, &call.portal.tenant().read(), serial)
}

fn missing(name: &str) -> ApiError {
    ApiError::Invalid(format!("Some required fields were not set: [{name}]"))
}

fn put(
    call: &Call<'_>,
    object_type: &ObjectType,
    body: &Body<'_>,
    engagement: &Engagement<'_>,
) -> Result<Serial, ApiError> {
    let at = call.portal.now();
    let mut sent = sent(call, object_type, body, engagement)?;
    if engagement.timestamp.is_none() {
        sent.push((Cow::Borrowed("hs_timestamp"), at.0.to_string().into()));
    }
    let ids = body.associations.as_ref();
    let wanted = ids.map(|ids| associate::wanted(call, object_type, ids));
    let input = Input {
        id: None,
        id_property: None,
        properties: Some(SentProperties(sent)),
        associations: wanted.transpose()?,
        object_write_trace_id: None,
    };
    let mut new = write::check_new(call, object_type, input)?;
    if let Some(kept) = kept(call, body, Map::new())? {
        new.accepted.values.set(KEPT, kept);
    }
    let writer = call.writer(DOOR);
    call.portal.tenant().transaction(|| {
        let mut store = call.portal.tenant().write();
        let links = associations::resolve(call, &store, object_type, &new.associations)?;
        write::put_down(call, &mut store, object_type, &new, (&links, at), &writer)
    })
}

/// The properties that a body sets.
fn sent<'a>(
    call: &Call<'_>,
    object_type: &ObjectType,
    body: &Body<'a>,
    engagement: &Engagement<'a>,
) -> Result<Sent<'a>, ApiError> {
    if engagement.active == Some(false) {
        let what = "engagements that are not active";
        return Err(ApiError::NotSimulated(what.to_owned()));
    }
    let mut sent: Sent<'a> = match &body.metadata {
        Some(metadata) => metadata::properties(&object_type.name, metadata)?,
        None => Sent::new(),
    };
    if let (Some(kind), "emails") = (&engagement.kind, &*object_type.name) {
        sent.push((Cow::Borrowed(kind::DIRECTION), kind.clone().into()));
    }
    if let Some(owner) = &engagement.owner_id {
        sent.push((Cow::Borrowed("hubspot_owner_id"), owner.0.clone()));
    }
    if let Some(timestamp) = &engagement.timestamp {
        sent.push((Cow::Borrowed("hs_timestamp"), timestamp.0.clone()));
    }
    if let Some(attachments) = &body.attachments {
        let ids: Vec<&str> = attachments.iter().map(|file| &*file.id.0).collect();
        if let Some(ids) = attached(call, object_type, &ids)? {
            sent.push((Cow::Borrowed(ATTACHMENTS), ids.into()));
        }
    }
    Ok(sent)
}

/// The value of the property that holds the ids of files, where the type has it.
fn attached(
    call: &Call<'_>,
    object_type: &ObjectType,
    ids: &[&str],
) -> Result<Option<String>, ApiError> {
    let known = call.setup.catalog.property(object_type, ATTACHMENTS);
    match (known, ids.is_empty()) {
        (Some(_), _) => Ok(Some(ids.join(";"))),
        (None, true) => Ok(None),
        (None, false) => {
            let what = format!("attachments of {}", object_type.name);
            Err(ApiError::NotSimulated(what))
        }
    }
}

/// What no property holds, added to what was there before; `None` where the body has nothing of it.
fn kept(
    call: &Call<'_>,
    body: &Body<'_>,
    mut before: Map<String, Value>,
) -> Result<Option<String>, ApiError> {
    let ids = body.associations.as_ref();
    let owners = ids.and_then(|ids| ids.get("ownerIds"));
    let uid = body.engagement.as_ref().and_then(|head| head.uid.as_ref());
    if owners.is_none_or(Vec::is_empty) && uid.is_none() && before.is_empty() {
        return Ok(None);
    }
    if let Some(owners) = owners {
        let owners: Result<Vec<u64>, ApiError> = owners
            .iter()
            .map(|owner| owner_id(call, &owner.0))
            .collect();
        before.insert("ownerIds".to_owned(), json!(owners?));
    }
    if let Some(uid) = uid {
        before.insert("uid".to_owned(), json!(uid));
    }
    Ok(Some(Value::Object(before).to_string()))
}

/// Owners that are mentioned, which does not make them the owner.
fn owner_id(call: &Call<'_>, id: &str) -> Result<u64, ApiError> {
    let owner = call.setup.people.owner(id);
    let number = owner.and_then(|owner| owner.owner_id.as_deref()?.parse().ok());
    number.ok_or_else(|| {
        ApiError::InvalidProperties(vec![Problem {
            name: "ownerIds".to_owned(),
            code: "INVALID_OWNER_ID",
            message: format!("Owner with id {id} does not exist"),
        }])
    })
}

/// `PATCH engagements/{id}`: 200, the engagement. What is not named stays.
pub(super) fn update(call: &Call<'_>, id: &str) -> Result<Response<Answer>, ApiError> {
    let body: Body<'_> = wire::json(call.body)?;
    let nothing = Engagement::default();
    let engagement = body.engagement.as_ref().unwrap_or(&nothing);
    call.portal.tenant().transaction(|| {
        let mut store = call.portal.tenant().write();
        let (serial, object_type) = find(call, &store, id)?;
        let sent = sent(call, object_type, &body, engagement)?;
        let place = (&**call.portal, call.setup);
        let mut accepted = accept::properties(place, object_type, Purpose::Change, sent)
            .map_err(ApiError::InvalidProperties)?;
        if let Some(kept) = kept(call, &body, super::kept(call, &store, serial))? {
            accepted.values.set(KEPT, kept);
        }
        let (at, writer) = (call.portal.now(), call.writer(DOOR));
        let place = (serial, object_type);
        write::change(call, &mut store, place, &accepted, at, &writer);
        if let Some(ids) = &body.associations {
            let wanted = associate::wanted(call, object_type, ids)?;
            let links = associations::resolve(call, &store, object_type, &wanted)?;
            associate::drop_others(call, &mut store, place, ids);
            associations::connect(&mut store, serial, &links);
        }
        shown(call, &store, serial)
    })
}

/// `DELETE engagements/{id}`: 204.
pub(super) fn delete(call: &Call<'_>, id: &str) -> Result<Response<Answer>, ApiError> {
    let mut store = call.portal.tenant().write();
    let (_, object_type) = find(call, &store, id)?;
    remove::archive_one(call, &mut store, object_type, id, &call.writer(DOOR));
    Ok(remove::no_content())
}
