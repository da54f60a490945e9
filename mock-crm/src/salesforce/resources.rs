//! What the API says about itself: versions, resources, limits.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer;
use super::rest::{Caller, QueryString};
use super::schema::SObject;
use crate::tenant::Hosted;

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
    for name in [
        "sobjects",
        "query",
        "queryAll",
        "limits",
        "composite",
        "recent",
        "tabs",
        "theme",
        "jobs",
    ] {
        resources.insert(name.to_owned(), format!("{base}/{name}").into());
    }
    let (parts, _) = request.into_parts();
    let identity = caller.org().identity_url(&parts, &caller.principal.id);
    resources.insert("identity".to_owned(), identity.into());
    answer::json(StatusCode::OK, answer::to_json(&resources))
}

/// `GET /limits`
pub(super) async fn limits(caller: Caller) -> Response<Body> {
    let (usage, jobs) = (&caller.org().usage, &caller.org().jobs);
    let limit = |max: u64, used: u64| json!({ "Max": max, "Remaining": max.saturating_sub(used) });
    let limits: Value = json!({
        "DailyApiRequests": limit(usage.limit, usage.used()),
        "DailyBulkApiBatches": limit(jobs.batches_used.limit, jobs.batches_used.used()),
        "DailyBulkV2QueryJobs": limit(jobs.query_jobs_used.limit, jobs.query_jobs_used.used()),
        "DataStorageMB": limit(1_024, 0),
        "FileStorageMB": limit(1_024, 0),
    });
    answer::json(StatusCode::OK, answer::to_json(&limits))
}

/// `?sObjects=Account,Contact`
#[derive(Debug, Deserialize)]
pub(super) struct Counted {
    #[serde(rename = "sObjects")]
    objects: Option<String>,
}

/// `GET /limits/recordCount`: of the objects that are named or of all, those that have records.
pub(super) async fn record_count(
    caller: Caller,
    QueryString(counted): QueryString<Counted>,
) -> Response<Body> {
    let org = caller.org();
    let store = org.tenant().read();
    let named = |name: &str| {
        counted.objects.as_deref().is_none_or(|names| {
            names
                .split(',')
                .any(|known| known.trim().eq_ignore_ascii_case(name))
        })
    };
    let objects = org.schema().objects().iter();
    let objects = objects.filter(|object| caller.principal.sees(object) && named(&object.name));
    let counts = objects.map(|object| {
        let count = store
            .scan(object.key)
            .filter(|(_, record)| !record.deleted)
            .count();
        (count, &object.name)
    });
    let counts: Vec<_> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| json!({ "count": count, "name": name }))
        .collect();
    answer::json(
        StatusCode::OK,
        answer::to_json(&json!({ "sObjects": counts })),
    )
}

/// `GET /tabs`: one for each object that is no part of the set-up. Colours and icons are not simulated.
pub(super) async fn tabs(caller: Caller) -> Response<Body> {
    let base = caller.version.base();
    let tabs: Vec<_> = shown(&caller)
        .map(|object| {
            json!({
                "colors": [],
                "custom": object.custom,
                "iconUrl": null,
                "icons": [],
                "label": object.plural,
                "miniIconUrl": null,
                "name": object.name,
                "sobjectName": object.name,
                "timeStyle": "none",
                "url": format!("{base}/sobjects/{}", object.name),
            })
        })
        .collect();
    answer::json(StatusCode::OK, answer::to_json(&tabs))
}

/// `GET /theme`: the same objects, with neither colours nor icons.
pub(super) async fn theme(caller: Caller) -> Response<Body> {
    let items: Vec<_> = shown(&caller)
        .map(|object| json!({ "colors": [], "icons": [], "name": object.name }))
        .collect();
    answer::json(
        StatusCode::OK,
        answer::to_json(&json!({ "themeItems": items })),
    )
}

fn shown(caller: &Caller) -> impl Iterator<Item = &Arc<SObject>> {
    let objects = caller.org().schema().objects().iter();
    objects.filter(|object| !object.setup && caller.principal.sees(object))
}
