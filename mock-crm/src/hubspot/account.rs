//! `/account-info/v3/details`

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::json;

use super::admission::any_scope;
use super::call::Call;
use super::refusal::{ApiError, json_response};

/// What the portal is: 200. Every token has the scope.
pub(super) fn details(call: &Call<'_>) -> Result<Response<Body>, ApiError> {
    any_scope(call, &["oauth"])?;
    let body = json!({
        "portalId": call.portal.hub_id,
        "accountType": call.portal.account_type,
        "timeZone": "UTC",
        "companyCurrency": "USD",
        "additionalCurrencies": [],
        "utcOffset": "+00:00",
        "utcOffsetMilliseconds": 0,
        "uiDomain": "app.hubspot.com",
        "dataHostingLocation": "na1",
    });
    Ok(json_response(StatusCode::OK, body.to_string().into_bytes()))
}
