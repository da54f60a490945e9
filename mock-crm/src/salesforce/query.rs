//! `/query` and `/queryAll`.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::answer;
use super::error::{ApiError, Refused};
use super::paging::Cursor;
use super::rest::{Caller, QueryString, Segments};
use super::soql::{self, Renderer, Rest, Rows, SoqlError};
use crate::ids::{SalesforceId, pod};
use crate::tenant::Hosted;

/// Records on a page, unless `Sforce-Query-Options` says otherwise. REST guide, "Query Options Header".
const PAGE: usize = 2000;

/// The key prefix of query locators.
const LOCATOR: [u8; 3] = *b"01g";

/// `?q=SELECT…`
#[derive(Debug, Deserialize)]
pub(super) struct Options {
    q: Option<String>,
    explain: Option<String>,
    columns: Option<String>,
}

/// `GET /query?q=`
pub(super) async fn query(
    caller: Caller,
    QueryString(options): QueryString<Options>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refused> {
    run(&caller, &options, &headers, false)
}

/// `GET /queryAll?q=`: the recycle bin is seen, too.
pub(super) async fn query_all(
    caller: Caller,
    QueryString(options): QueryString<Options>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refused> {
    run(&caller, &options, &headers, true)
}

/// The answer to a query that came by another door; `headers` as those of REST.
pub(super) fn of_text(
    caller: &Caller,
    text: &str,
    headers: &HeaderMap,
    deleted: bool,
) -> Result<Response<Body>, Refused> {
    let options = Options {
        q: Some(text.to_owned()),
        explain: None,
        columns: None,
    };
    run(caller, &options, headers, deleted)
}

fn run(
    caller: &Caller,
    options: &Options,
    headers: &HeaderMap,
    deleted: bool,
) -> Result<Response<Body>, Refused> {
    if let Some(text) = &options.explain {
        return explain(caller, text, deleted);
    }
    let text = options
        .q
        .as_deref()
        .ok_or_else(|| ApiError::MalformedQuery {
            message: "A query string has to be specified".to_owned(),
        })?;
    let switches = &caller.org().spec.switches;
    let refused = |error: SoqlError| error.refused(text, switches);
    let syntax = soql::parse(text).map_err(refused)?;
    let store = caller.org().tenant().read();
    let scope = caller.scope(&store, deleted);
    let plan = soql::bind(&syntax, scope).map_err(refused)?;
    let described = options.columns.as_deref();
    if described.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        let columns = soql::columns(&plan, scope.org.schema());
        return Ok(answer::json(StatusCode::OK, answer::to_json(&columns)));
    }
    match soql::run(&plan, scope) {
        Rows::Count(count) => Ok(found(count, None, &[])),
        Rows::Groups(groups) if groups.len() > PAGE => Err(ApiError::AggregateTooLarge.into()),
        Rows::Groups(groups) => Ok(found(groups.len(), None, &groups)),
        Rows::Records(serials) => {
            let below = Arc::new(soql::below(&plan, scope, &serials));
            drop(store);
            let plan = Arc::new(plan);
            let found = Rest {
                plan,
                serials,
                below,
            };
            Ok(first_page(caller, found, page_size(headers), deleted))
        }
    }
}

/// `?explain=SELECT…`: how the query would be answered. Reports and list views, which it may name too, the mock has not.
fn explain(caller: &Caller, text: &str, deleted: bool) -> Result<Response<Body>, Refused> {
    if SalesforceId::parse(text.trim()).is_some() {
        let what = "/query?explain= of a report or list view".to_owned();
        return Err(ApiError::NotSimulated { what }.into());
    }
    let switches = &caller.org().spec.switches;
    let refused = |error: SoqlError| error.refused(text, switches);
    let syntax = soql::parse(text).map_err(refused)?;
    let store = caller.org().tenant().read();
    let scope = caller.scope(&store, deleted);
    let plan = soql::bind(&syntax, scope).map_err(refused)?;
    let plans = soql::explain(&plan, scope, text);
    Ok(answer::json(StatusCode::OK, answer::to_json(&plans)))
}

/// `batchSize=500`, between 200 and 2000.
fn page_size(headers: &HeaderMap) -> usize {
    let options = headers
        .get("sforce-query-options")
        .and_then(|value| value.to_str().ok());
    let size = options.and_then(|options| {
        let mut pairs = options.split(',').filter_map(|pair| pair.split_once('='));
        let (_, size) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("batchSize"))?;
        size.trim().parse::<usize>().ok()
    });
    size.map_or(PAGE, |size| size.clamp(200, PAGE))
}

fn first_page(caller: &Caller, found: Rest, page: usize, deleted: bool) -> Response<Body> {
    let make = cursor(caller, found, page, deleted);
    // A result of one page is not kept.
    let cursor = match make(0) {
        cursor if cursor.serials.len() <= page => Arc::new(cursor),
        cursor => caller
            .org()
            .cursors
            .lock()
            .open(|number| Cursor { number, ..cursor }),
    };
    page_of(caller, &cursor, 0)
}

fn cursor(caller: &Caller, found: Rest, page: usize, deleted: bool) -> impl FnOnce(u64) -> Cursor {
    let user = caller.principal.id.clone();
    move |number| Cursor {
        number,
        user,
        plan: found.plan,
        serials: found.serials,
        below: found.below,
        page,
        deleted,
    }
}

/// `GET /query/{locator}`: a later page.
pub(super) async fn more(
    caller: Caller,
    Segments([locator]): Segments<1>,
) -> Result<Response<Body>, Refused> {
    let (number, start) = read_locator(&locator).ok_or(ApiError::InvalidQueryLocator)?;
    let cursor = caller.org().cursors.lock().find(number);
    let cursor = cursor
        .filter(|cursor| cursor.user == caller.principal.id && start < cursor.serials.len())
        .filter(|cursor| locator_text(&caller, cursor, start).starts_with(&locator[..15]))
        .ok_or(ApiError::InvalidQueryLocator)?;
    Ok(page_of(&caller, &cursor, start))
}

fn page_of(caller: &Caller, cursor: &Cursor, start: usize) -> Response<Body> {
    let end = (start + cursor.page).min(cursor.serials.len());
    let base = caller.version.base();
    let store = caller.org().tenant().read();
    let keep = |rest: Rest| {
        let make = self::cursor(caller, rest, cursor.page, cursor.deleted);
        let below = caller.org().cursors.lock().open_below(make);
        format!("{base}/query/{}", locator_text(caller, &below, below.page))
    };
    let renderer = Renderer {
        scope: caller.scope(&store, cursor.deleted),
        base: &base,
        page: cursor.page,
        keep: &keep,
    };
    let records: Vec<Vec<u8>> = cursor.serials[start..end]
        .iter()
        .map(|serial| {
            let mut json = Vec::with_capacity(256);
            renderer.record(&mut json, &cursor.plan, &cursor.below, *serial);
            json
        })
        .collect();
    let next = (end < cursor.serials.len())
        .then(|| format!("{base}/query/{}", locator_text(caller, cursor, end)));
    found(cursor.serials.len(), next.as_deref(), &records)
}

/// `01g…-2000`
fn locator_text(caller: &Caller, cursor: &Cursor, start: usize) -> String {
    let id = SalesforceId::new(LOCATOR, pod(caller.org().tenant().number), cursor.number);
    format!("{id}-{start}")
}

fn read_locator(text: &str) -> Option<(u64, usize)> {
    let (id, start) = text.split_once('-')?;
    let id = SalesforceId::parse(id).filter(|id| id.prefix() == LOCATOR)?;
    Some((id.serial()?, start.parse().ok()?))
}

fn found(total: usize, next: Option<&str>, records: &[Vec<u8>]) -> Response<Body> {
    let mut json =
        Vec::with_capacity(64 + records.iter().map(|record| record.len() + 1).sum::<usize>());
    json.extend_from_slice(
        format!(r#"{{"totalSize":{total},"done":{}"#, next.is_none()).as_bytes(),
    );
    if let Some(next) = next {
        json.extend_from_slice(format!(r#","nextRecordsUrl":"{next}""#).as_bytes());
    }
    json.extend_from_slice(br#","records":["#);
    for (place, record) in records.iter().enumerate() {
        if place > 0 {
            json.push(b',');
        }
        json.extend_from_slice(record);
    }
    json.extend_from_slice(b"]}");
    answer::json(StatusCode::OK, json)
}
