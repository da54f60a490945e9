//! `GET /changes`: whose ownership changed.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, Method};

use super::creates::check;
use super::error::ControlError;
use super::extract::Query;
use super::operation::{
    AFTER, CRM, LAST_EVENT_ID, LIMIT, OBJECT, ORG, OWNER, Operation, RECORD, TOKEN,
};
use super::{Shared, live};
use crate::crms::{ChangeQuery, Crms};

pub(super) fn operations() -> Vec<Operation> {
    vec![Operation {
        method: Method::GET,
        path: "/changes",
        summary: "Changes of ownership. Live with `Accept: text/event-stream`.",
        parameters: vec![
            CRM,
            ORG,
            OBJECT,
            RECORD,
            OWNER,
            TOKEN,
            AFTER,
            LIMIT,
            LAST_EVENT_ID,
        ],
        body: None,
        status: 200,
        answer: Some("Changes"),
        handler: get(list),
    }]
}

async fn list(
    State(control): State<Shared>,
    headers: HeaderMap,
    Query(mut query): Query<ChangeQuery>,
) -> Result<Response, ControlError> {
    check(&control.crms, query.org.as_deref(), query.limit)?;
    if !live::wanted(&headers) {
        return Ok(Json(control.crms.changes(&query)).into_response());
    }
    let after = live::resumed(&headers, query.after);
    let page = move |crms: &Crms, after| {
        query.after = after;
        let page = crms.changes(&query);
        let text = |entry| serde_json::to_string(&entry).unwrap_or_default();
        let rows = page.changes.into_iter();
        let rows = rows.map(|entry| (entry.sequence, text(entry)));
        (rows.collect(), page.last_sequence)
    };
    Ok(live::follow(control.crms.clone(), after, page))
}
