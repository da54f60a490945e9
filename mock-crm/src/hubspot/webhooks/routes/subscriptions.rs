//! `…/subscriptions`: what an app wants to hear of.

use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{WebhookCall, deleted};
use crate::clock::Timestamp;
use crate::hubspot::objects::wire;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::webhooks::config::{
    AppWebhooks, Happening, Subscription, TopicError, subscription,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct New {
    event_type: String,
    #[serde(default)]
    property_name: Option<String>,
    #[serde(default)]
    object_type_id: Option<String>,
    /// Left out, it is made and tells nothing yet (unverified: clients always send it).
    #[serde(default)]
    active: bool,
}

#[derive(Deserialize)]
struct Update {
    active: bool,
}

#[derive(Deserialize)]
struct Batch {
    inputs: Vec<BatchUpdate>,
}

#[derive(Deserialize)]
struct BatchUpdate {
    id: u64,
    active: bool,
}

impl From<TopicError> for ApiError {
    fn from(error: TopicError) -> Self {
        match error {
            TopicError::NotSimulated(_) => Self::NotSimulated(error.to_string()),
            _ => Self::Invalid(error.to_string()),
        }
    }
}

/// 200 with all of them.
pub(super) fn list(call: &WebhookCall<'_>) -> Result<Response<Body>, ApiError> {
    let webhooks = call.webhooks();
    let results: Vec<Value> = webhooks.subscriptions.iter().map(shown).collect();
    Ok(json_answer(StatusCode::OK, &json!({ "results": results })))
}

/// 201.
pub(super) fn create(call: &WebhookCall<'_>) -> Result<Response<Body>, ApiError> {
    let new: New = wire::json(call.body)?;
    let (property, object) = (new.property_name.as_deref(), new.object_type_id.as_deref());
    let setup = call.portal.setup();
    let topic = subscription(&setup.catalog, &new.event_type, property, object)?;
    let now = call.portal.now();
    let made = call.change(|webhooks| {
        if webhooks.subscriptions.iter().any(|one| one.topic == topic) {
            let text = format!("There is a subscription to {} already", new.event_type);
            return Err(ApiError::Invalid(text));
        }
        let id = webhooks.subscribe(topic, new.active, now);
        let made = webhooks.subscription_mut(id);
        made.map(|made| shown(made)).ok_or(ApiError::ServerError)
    })?;
    Ok(json_answer(StatusCode::CREATED, &made))
}

/// 200 or 404.
pub(super) fn read(call: &WebhookCall<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    let mut webhooks = call.webhooks();
    let found = webhooks.subscription_mut(number(id)?);
    let found = found.ok_or(ApiError::NotFound)?;
    Ok(json_answer(StatusCode::OK, &shown(found)))
}

/// 200 or 404.
pub(super) fn update(call: &WebhookCall<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    let update: Update = wire::json(call.body)?;
    let (id, now) = (number(id)?, call.portal.now());
    let updated = call.change(|webhooks| {
        set_active(webhooks, (id, update.active), now).ok_or(ApiError::NotFound)
    })?;
    Ok(json_answer(StatusCode::OK, &updated))
}

/// 204 or 404.
pub(super) fn delete(call: &WebhookCall<'_>, id: &str) -> Result<Response<Body>, ApiError> {
    let id = number(id)?;
    let delete = call.change(|webhooks| {
        let before = webhooks.subscriptions.len();
        webhooks.subscriptions.retain(|one| one.id != id);
        match webhooks.subscriptions.len() < before {
            true => Ok(()),
            false => Err(ApiError::NotFound),
        }
    });
    delete.map(deleted)
}

/// 200, or 207 where some are not there.
pub(super) fn batch_update(call: &WebhookCall<'_>) -> Result<Response<Body>, ApiError> {
    let batch: Batch = wire::json(call.body)?;
    let now = call.portal.now();
    let mut missing = Vec::new();
    let results: Vec<Value> = call.change(|webhooks| {
        let mut updated = Vec::new();
        for BatchUpdate { id, active } in batch.inputs {
            match set_active(webhooks, (id, active), now) {
                Some(one) => updated.push(one),
                None => missing.push(id.to_string()),
            }
        }
        Ok(updated)
    })?;
    let at = now.iso().to_string();
    let mut body =
        json!({ "status": "COMPLETE", "results": results, "startedAt": at, "completedAt": at });
    if missing.is_empty() {
        return Ok(json_answer(StatusCode::OK, &body));
    }
    body["numErrors"] = json!(1);
    body["errors"] = json!([ApiError::NotFound.into_item(json!({ "ids": missing }))]);
    Ok(json_answer(StatusCode::MULTI_STATUS, &body))
}

fn set_active(
    webhooks: &mut AppWebhooks,
    (id, active): (u64, bool),
    at: Timestamp,
) -> Option<Value> {
    let found = webhooks.subscription_mut(id)?;
    found.active = active;
    found.updated_at = at;
    Some(shown(found))
}

fn number(id: &str) -> Result<u64, ApiError> {
    id.parse().map_err(|_| ApiError::NotFound)
}

fn json_answer(status: StatusCode, body: &Value) -> Response<Body> {
    json_response(status, body.to_string().into_bytes())
}

fn shown(subscription: &Subscription) -> Value {
    let topic = &subscription.topic;
    let mut shown = json!({
        "id": subscription.id.to_string(),
        "eventType": topic.event_type,
        "active": subscription.active,
        "createdAt": subscription.created_at.iso().to_string(),
        "updatedAt": subscription.updated_at.iso().to_string(),
    });
    if let Happening::PropertyChange(name) = &topic.happening {
        shown["propertyName"] = json!(name);
    }
    if let Some(type_id) = &topic.object_type_id {
        shown["objectTypeId"] = json!(type_id);
    }
    shown
}
