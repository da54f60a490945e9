//! Bulk API 2.0 and 1.0: jobs that many records come in or go out by, as the user who created the job.
//!
//! Uploads and results are on disk ([`spool`]); rows are processed on a thread of their own ([`work`]) by the same rules
//! as records that come by REST. With a durable log, records survive a restart and jobs do not.

mod ingest;
mod job;
mod jobs;
mod refusal;
mod rows;
mod select;
mod spool;
mod table;
mod v1;
mod v2;
mod work;

use axum::body::Body;
use axum::response::Response;
use http::Method;
use http::request::Parts;

pub(super) use jobs::Jobs;
pub use refusal::{BulkCode, BulkRefusal};
pub(super) use v1::routes as classic_routes;
pub(super) use v2::routes;

use super::error::ApiError;
use super::principals::Principal;
use crate::serve::Streamed;

/// Bytes of an upload. Bulk API 2.0 guide, "Limits": 150 MB, encoded in base 64.
const LARGEST_UPLOAD: u64 = 150_000_000;

/// The ledger's reason for the creator of what comes by these doors.
pub(super) fn creator_reason(door: &str) -> Option<&'static str> {
    matches!(door, "bulk1" | "bulk2").then_some("job_creator")
}

/// Whether a request brings rows, which are not to be held in memory.
pub(super) fn uploads(method: &Method, path: &str) -> bool {
    match *method {
        Method::PUT => path.contains("/jobs/ingest/"),
        Method::POST => {
            path.contains("/services/async/") && path.trim_end_matches('/').ends_with("/batch")
        }
        _ => false,
    }
}

/// The session of a call of version 1.0, where it has no `Authorization`.
pub(super) fn session_header(request: &Parts) -> Option<&str> {
    let path = request.uri.path().trim_start_matches('/');
    let value = request.headers.get("x-sfdc-session")?.to_str().ok()?;
    path.starts_with("services/async/").then(|| value.trim())
}

/// A row that is deleted for good needs a permission of its own, and a store that can forget, which the mock's can't.
fn hard_delete(principal: &Principal) -> ApiError {
    match principal.has("PermissionsBulkApiHardDelete") {
        true => ApiError::NotSimulated {
            what: "the operation hardDelete".to_owned(),
        },
        false => BulkRefusal::new(
            BulkCode::FeatureNotEnabled,
            "hardDelete operation requires special user profile permission, please contact your system administrator",
        )
        .into(),
    }
}

/// An answer that is sent as it is read from the disk.
fn streamed(body: std::io::Result<(Body, Streamed)>) -> Result<Response<Body>, ApiError> {
    let (body, streamed) = body.map_err(|error| table::disk(&error))?;
    let mut answer = Response::new(body);
    answer.extensions_mut().insert(streamed);
    Ok(answer)
}
