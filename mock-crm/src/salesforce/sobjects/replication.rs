//! `/sobjects/{object}/updated` and `/deleted`: what changed in a span of time.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::clock::Timestamp;
use crate::salesforce::answer;
use crate::salesforce::error::ApiError;
use crate::salesforce::records::visible;
use crate::salesforce::rest::{Caller, QueryString, Segments};
use crate::store::{Record, Serial};
use crate::tenant::Hosted;

/// `?start=2024-01-01T00:00:00+00:00&end=…`
#[derive(Debug, Deserialize)]
pub(in crate::salesforce) struct Span {
    start: Option<String>,
    end: Option<String>,
}

const MINUTE: i64 = 60_000;

impl Span {
    /// Start and end. Wording of the refusals is unverified.
    fn read(&self) -> Result<(Timestamp, Timestamp), ApiError> {
        let (start, end) = (instant("start", &self.start)?, instant("end", &self.end)?);
        let refused = |message: &str| {
            Err(ApiError::ReplicationDate {
                message: message.to_owned(),
            })
        };
        if end < start {
            return refused("startDate cannot be after endDate");
        }
        if end.0 - start.0 < MINUTE {
            return refused("startDate must be at least one minute before endDate");
        }
        Ok((start, end))
    }
}

fn instant(name: &'static str, text: &Option<String>) -> Result<Timestamp, ApiError> {
    let text = text.as_deref().ok_or(ApiError::MissingArgument { name })?;
    // A plus that was not encoded arrives as a blank.
    let text = text.trim().replace(' ', "+");
    Timestamp::parse(&text).ok_or_else(|| ApiError::ReplicationDate {
        message: format!("{name} is no valid date: {text}"),
    })
}

/// `GET /sobjects/{object}/updated`: ids of the records that were created or changed and are not deleted.
pub(in crate::salesforce) async fn updated(
    caller: Caller,
    segments: Segments<1>,
    QueryString(span): QueryString<Span>,
) -> Result<Response<Body>, ApiError> {
    let (found, covered) = changed(&caller, segments, &span, false)?;
    let ids: Vec<_> = found.into_iter().map(|(id, _)| id).collect();
    let body = json!({ "ids": ids, "latestDateCovered": covered });
    Ok(answer::json(StatusCode::OK, answer::to_json(&body)))
}

/// `GET /sobjects/{object}/deleted`: the records that went to the recycle bin, and when.
pub(in crate::salesforce) async fn deleted(
    caller: Caller,
    segments: Segments<1>,
    QueryString(span): QueryString<Span>,
) -> Result<Response<Body>, ApiError> {
    let (found, covered) = changed(&caller, segments, &span, true)?;
    let records: Vec<_> = found
        .into_iter()
        .map(|(id, at)| json!({ "id": id, "deletedDate": at }))
        .collect();
    let body = json!({
        "deletedRecords": records,
        "earliestDateAvailable": caller.org().opened_at().iso_without_colon().to_string(),
        "latestDateCovered": covered,
    });
    Ok(answer::json(StatusCode::OK, answer::to_json(&body)))
}

type Changed = (Vec<(String, String)>, String);

fn changed(
    caller: &Caller,
    Segments([object]): Segments<1>,
    span: &Span,
    deleted: bool,
) -> Result<Changed, ApiError> {
    let org = caller.org();
    let object = visible(org, &caller.principal, &object)?;
    let (start, end) = span.read()?;
    let covered = end.min(org.tenant().clock.now());
    let store = org.tenant().read();
    let within = |(_, record): &(Serial, &Record)| {
        record.deleted == deleted && (start..=end).contains(&record.modified_at)
    };
    let found = store.scan(object.key).filter(within);
    let found = found.map(|(serial, record)| {
        let id = org.record_id(object.key, serial).to_string();
        (id, record.modified_at.iso_without_colon().to_string())
    });
    Ok((found.collect(), covered.iso_without_colon().to_string()))
}
