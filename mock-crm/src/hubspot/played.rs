//! Faults in HubSpot's shape.

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::limits::Usage;
use super::refusal::{ApiError, Policy, json_response};
use crate::clock::Timestamp;
use crate::faults::Refusal;

/// The answer that a fault gives to a call of `path`.
pub(super) fn answer(
    refusal: Refusal,
    path: &str,
    correlation_id: &str,
    now: Timestamp,
) -> Response<Body> {
    if refusal == Refusal::EmptyResults {
        return empty_results(path, now);
    }
    let (error, retry_after) = error(refusal);
    let usage = match &error {
        ApiError::RateLimited(policy) => Usage::spent(*policy),
        _ => None,
    };
    let mut response = error.into_response(correlation_id);
    if let Some(usage) = usage {
        usage.stamp(response.headers_mut());
    }
    if let Some(seconds) = retry_after {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The error and its `Retry-After`.
fn error(refusal: Refusal) -> (ApiError, Option<u32>) {
    let rolling = ApiError::RateLimited(Policy::TenSecondlyRolling);
    match refusal {
        Refusal::RateLimit { retry_after } => (rolling, retry_after),
        Refusal::ConcurrentLimit => (rolling, None),
        Refusal::SearchLimit => (ApiError::RateLimited(Policy::Secondly), None),
        Refusal::DailyLimit => (ApiError::RateLimited(Policy::Daily), None),
        Refusal::NotPublic => (ApiError::NotPublic, None),
        Refusal::UriTooLong => (ApiError::UriTooLong, None),
        Refusal::LockedRow => (ApiError::Locked, None),
        Refusal::Migrating { retry_after } => (ApiError::Migrating, retry_after),
        Refusal::Unavailable { retry_after } => (ApiError::Unavailable, retry_after),
        Refusal::Gateway { status } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            (ApiError::Gateway(status), None)
        }
        Refusal::ServerError
        | Refusal::ApiDisabled
        | Refusal::QueryTimeout
        | Refusal::QueryTooComplicated
        | Refusal::EmptyResults => (ApiError::ServerError, None),
    }
}

/// What one integration was seen to guard against: success, and not a word about what became of the inputs.
fn empty_results(path: &str, now: Timestamp) -> Response<Body> {
    let status = match path.trim_end_matches('/').ends_with("/batch/create") {
        true => StatusCode::CREATED,
        false => StatusCode::OK,
    };
    let at = now.iso();
    let body = format!(
        "{{\"status\":\"COMPLETE\",\"results\":[],\"startedAt\":\"{at}\",\"completedAt\":\"{at}\"}}"
    );
    json_response(status, body.into_bytes())
}
