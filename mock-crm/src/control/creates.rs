//! `GET /creates`: who created what, owned by whom, and why.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, Method};

use super::error::ControlError;
use super::extract::Query;
use super::operation::{
    AFTER, CRM, Kind, LAST_EVENT_ID, LIMIT, OBJECT, ORG, OWNER, Operation, RECORD, TOKEN, query,
};
use super::{Shared, live};
use crate::crms::{CreateQuery, Crms, Order};

/// The most rows of one answer.
pub(super) const MOST_ROWS: usize = 10_000;

pub(super) fn operations() -> Vec<Operation> {
    vec![Operation {
        method: Method::GET,
        path: "/creates",
        summary: "Creates: who, owned by whom, and why. Live with `Accept: text/event-stream`.",
        parameters: vec![
            CRM,
            ORG,
            OBJECT,
            RECORD,
            OWNER,
            query(
                "created_by",
                Kind::Text,
                "Created by the user with this id.",
            ),
            TOKEN,
            AFTER,
            LIMIT,
            query(
                "order",
                Kind::OneOf(&["oldest", "newest"]),
                "Which rows come first; oldest. With newest and limit=50: the newest 50.",
            ),
            LAST_EVENT_ID,
        ],
        body: None,
        status: 200,
        answer: Some("Creates"),
        handler: get(list),
    }]
}

async fn list(
    State(control): State<Shared>,
    headers: HeaderMap,
    Query(mut query): Query<CreateQuery>,
) -> Result<Response, ControlError> {
    check(&control.crms, query.org.as_deref(), query.limit)?;
    if !live::wanted(&headers) {
        return Ok(Json(control.crms.creates(&query)).into_response());
    }
    if query.order == Order::Newest {
        return Err(ControlError::LiveOrder);
    }
    let after = live::resumed(&headers, query.after);
    let page = move |crms: &Crms, after| {
        query.after = after;
        let page = crms.creates(&query);
        let text = |entry| serde_json::to_string(&entry).unwrap_or_default();
        let rows = page.creates.into_iter();
        let rows = rows.map(|entry| (entry.sequence, text(entry)));
        (rows.collect(), page.last_sequence)
    };
    Ok(live::follow(control.crms.clone(), after, page))
}

/// What every list asks first.
pub(super) fn check(crms: &Crms, org: Option<&str>, limit: usize) -> Result<(), ControlError> {
    if !(1..=MOST_ROWS).contains(&limit) {
        return Err(ControlError::Limit(MOST_ROWS));
    }
    match org {
        Some(org) if crms.hosted(None, Some(org)).is_empty() => {
            Err(ControlError::UnknownOrg(org.to_owned()))
        }
        _ => Ok(()),
    }
}
