//! `…/settings`: where an app's webhooks go.

use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::{WebhookCall, deleted};
use crate::hubspot::objects::wire;
use crate::hubspot::refusal::{ApiError, json_response};
use crate::hubspot::webhooks::call::target;
use crate::hubspot::webhooks::config::Settings;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    target_url: String,
    throttling: Throttling,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Throttling {
    max_concurrent_requests: u32,
}

/// 200, or 404 where none were made.
pub(super) fn read(call: &WebhookCall<'_>) -> Result<Response<Body>, ApiError> {
    let settings = call.webhooks().settings.ok_or(ApiError::NotFound)?;
    Ok(shown(&settings))
}

/// 200. What is on its way keeps its old target.
pub(super) fn put(call: &WebhookCall<'_>) -> Result<Response<Body>, ApiError> {
    let wanted: Wanted = wire::json(call.body)?;
    if wanted.target_url.starts_with("https://") {
        let what = "webhooks to https targets; plain http is delivered";
        return Err(ApiError::NotSimulated(what.to_owned()));
    }
    if target(&wanted.target_url).is_none() {
        let text = format!("{} is not a valid target URL", wanted.target_url);
        return Err(ApiError::Invalid(text));
    }
    let now = call.portal.now();
    let settings = call.change(|webhooks| {
        let settings = Settings {
            target_url: wanted.target_url,
            max_concurrent_requests: wanted.throttling.max_concurrent_requests,
            created_at: webhooks.settings.as_ref().map_or(now, |old| old.created_at),
            updated_at: now,
        };
        webhooks.settings = Some(settings.clone());
        Ok(settings)
    })?;
    Ok(shown(&settings))
}

/// 204. Subscriptions stay, and tell nothing until there is a target again (unverified).
pub(super) fn delete(call: &WebhookCall<'_>) -> Result<Response<Body>, ApiError> {
    let delete = call.change(|webhooks| {
        webhooks.settings = None;
        Ok(())
    });
    delete.map(deleted)
}

fn shown(settings: &Settings) -> Response<Body> {
    let body = json!({
        "targetUrl": settings.target_url,
        "throttling": { "maxConcurrentRequests": settings.max_concurrent_requests },
        "createdAt": settings.created_at.iso().to_string(),
        "updatedAt": settings.updated_at.iso().to_string(),
    });
    json_response(StatusCode::OK, body.to_string().into_bytes())
}
