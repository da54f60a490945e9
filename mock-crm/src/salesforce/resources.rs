//! What the API says about itself: versions, resources, limits.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::answer;
use super::rest::Caller;
use super::session::base_url;

/// The versions that are listed; any other of the same form is answered as well.
const VERSIONS: std::ops::RangeInclusive<u32> = 31..=64;

/// The name of each version, as far as it says anything: three releases a year, version 31 being Summer '14.
fn release(version: u32) -> String {
    let season = ["Summer", "Winter", "Spring"][(version - 31) as usize % 3];
    let year = match season {
        "Summer" => 14 + (version - 31) / 3,
        _ => 15 + (version - 31) / 3,
    };
    format!("{season} '{year}")
}

/// `GET /services/data`, which takes no session.
pub(super) async fn versions() -> Response<Body> {
    let versions = VERSIONS.map(|version| {
        json!({
            "label": release(version),
            "url": format!("/services/data/v{version}.0"),
            "version": format!("{version}.0"),
        })
    });
    answer::json(
        StatusCode::OK,
        answer::to_json(&versions.collect::<Vec<_>>()),
    )
}

/// `GET /services/data/vXX.X`: the resources that are simulated, and the caller's identity.
pub(super) async fn resources(caller: Caller, request: axum::extract::Request) -> Response<Body> {
    let base = caller.version.base();
    let mut resources = Map::new();
    for name in ["sobjects", "query", "queryAll", "limits", "composite"] {
        resources.insert(name.to_owned(), format!("{base}/{name}").into());
    }
    let (parts, _) = request.into_parts();
    let identity = format!(
        "{}/id/{}/{}",
        base_url(&parts, caller.org()),
        caller.org().id(),
        caller.principal.id
    );
    resources.insert("identity".to_owned(), identity.into());
    answer::json(StatusCode::OK, answer::to_json(&resources))
}

/// `GET /limits`
pub(super) async fn limits(caller: Caller) -> Response<Body> {
    let usage = &caller.org().usage;
    let limit = |max: u64, used: u64| json!({ "Max": max, "Remaining": max.saturating_sub(used) });
    let limits: Value = json!({
        "DailyApiRequests": limit(usage.limit, usage.used()),
        "DailyBulkApiBatches": limit(15_000, 0),
        "DailyBulkV2QueryJobs": limit(10_000, 0),
        "DataStorageMB": limit(1_024, 0),
        "FileStorageMB": limit(1_024, 0),
    });
    answer::json(StatusCode::OK, answer::to_json(&limits))
}
