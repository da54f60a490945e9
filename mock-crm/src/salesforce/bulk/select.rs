//! Processing a query: the records are found at once, and written down a chunk at a time.

use std::io::{self, Read, Write};

use super::job::{Api, Content, Found, Job, Results};
use super::refusal::{BulkCode, BulkRefusal};
use super::spool::SpoolWriter;
use super::work::{Run, Stop};
use crate::query::Value;
use crate::salesforce::answer;
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::org::Org;
use crate::salesforce::principals::Principal;
use crate::salesforce::schema::Kind;
use crate::salesforce::soql::{self, Below, NoTable, Plan, Renderer, Rows, Scope, SoqlError};
use crate::salesforce::spec::BulkInstants;
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// Rows between two places that are remembered.
pub(super) const STRIDE: usize = 100;

/// Rows of a page, unless fewer are asked for. Real orgs decide by size; the number is unverified.
pub(super) const PAGE: usize = 100_000;

/// Rows that are written down under one lock.
const CHUNK: usize = 1000;

/// A query that the Bulk API answers.
#[derive(Debug)]
pub(super) struct Select {
    plan: Plan,
    columns: Vec<String>,
    /// Where each column stands in the plan.
    order: Vec<usize>,
}

impl Select {
    /// The texts of a record's values, column by column.
    fn texts(&self, scope: Scope<'_>, serial: Serial) -> Vec<String> {
        let mut values = Vec::with_capacity(self.columns.len());
        soql::cells(&self.plan, scope, serial, &mut |value, kind| {
            values.push(cell(
                value,
                kind,
                scope.org.spec.switches.bulk_query_instants,
            ));
        });
        let take = |place: &usize| values.get_mut(*place).map(std::mem::take);
        self.order.iter().filter_map(take).collect()
    }

    /// What its records are.
    pub(super) fn object(self) -> std::sync::Arc<crate::salesforce::schema::SObject> {
        self.plan.object
    }
}

/// Reads a query, as somebody.
pub(super) fn read(text: &str, scope: Scope<'_>, content: Content) -> Result<Select, Refused> {
    let switches = &scope.org.spec.switches;
    let refused = |error: SoqlError| error.refused(text, switches);
    let syntax = soql::parse(text).map_err(refused)?;
    let plan = soql::bind(&syntax, scope).map_err(refused)?;
    let columns = match soql::table_columns(&plan, scope.org.schema()) {
        // Records that differ in their fields can be written as JSON.
        Err(NoTable::TypeOf) if content == Content::Json => Vec::new(),
        columns => columns.map_err(no_table)?,
    };
    let order = soql::selected_order(&syntax, &columns);
    Ok(Select {
        columns: order.iter().map(|place| columns[*place].clone()).collect(),
        order,
        plan,
    })
}

/// The texts but that of compounds are unverified.
fn no_table(reason: NoTable) -> ApiError {
    let message = match reason {
        NoTable::Compound => {
            return ApiError::InvalidQueryField {
                message: "Selecting compound data not supported in Bulk Query".to_owned(),
            };
        }
        NoTable::Aggregate => "Aggregate Relationships not supported in Bulk Query",
        NoTable::Offset => "OFFSET not supported in Bulk Query",
        NoTable::Subquery => "Nested queries not supported in Bulk Query",
        NoTable::TypeOf => "TYPEOF not supported in Bulk Query",
    };
    BulkRefusal::new(BulkCode::InvalidBatch, message).into()
}

/// What a query is asked of. `deleted`: the recycle bin is seen, too.
pub(super) fn scope<'s>(
    org: &'s Org,
    store: &'s Store,
    principal: &'s Principal,
    deleted: bool,
) -> Scope<'s> {
    Scope {
        org,
        store,
        principal,
        now: org.tenant().clock.now(),
        deleted,
    }
}

/// Processes a query.
pub(super) fn process(run: &Run<'_>) -> (Results, Result<(), Stop>) {
    match answer_query(run) {
        Ok(found) => (Results::Found(found), Ok(())),
        Err(stop) => (Results::None, Err(stop)),
    }
}

fn answer_query(run: &Run<'_>) -> Result<Found, Stop> {
    let (select, serials) = find(run)?;
    let form = Form::of(run.job);
    let mut writer = SpoolWriter::default();
    let (mut marks, mut count) = (Vec::new(), 0);
    let mut row = Vec::new();
    for chunk in serials.chunks(CHUNK) {
        let (org, principals) = run.org_and_people()?;
        let principal = run.creator(&principals)?;
        let store = org.tenant().read();
        let scope = scope(&org, &store, principal, true);
        for serial in chunk {
            if count % STRIDE == 0 {
                marks.push(writer.length());
            }
            row.clear();
            form.push(&mut row, &select, scope, *serial, count == 0);
            writer.write_all(&row)?;
            count += 1;
        }
        drop(store);
        run.found(chunk.len() as u64);
    }
    writer.write_all(form.tail())?;
    let org = run.org()?;
    Ok(Found {
        id: org.jobs.result_id(&org),
        head: form.head(&select.columns),
        rows: writer.finish()?,
        count: count as u64,
        marks: marks.into(),
    })
}

/// The query and what it finds now. What is changed before it is written down is written as it is then.
fn find(run: &Run<'_>) -> Result<(Select, Vec<Serial>), Stop> {
    let text = match &run.job.description.query {
        Some(text) => text.clone(),
        None => String::from_utf8_lossy(&run.data().bytes()?).into_owned(),
    };
    let (org, principals) = run.org_and_people()?;
    let principal = run.creator(&principals)?;
    let deleted = run.job.description.operation == super::job::Operation::QueryAll;
    let store = org.tenant().read();
    let scope = scope(&org, &store, principal, deleted);
    let select = read(text.trim(), scope, run.job.description.content)
        .map_err(|refused| failed(&refused))?;
    match soql::run(&select.plan, scope) {
        Rows::Records(serials) => Ok((select, serials)),
        Rows::Count(_) | Rows::Groups(_) => {
            Err(failed(&Refused::from(no_table(NoTable::Aggregate))))
        }
    }
}

fn failed(refused: &Refused) -> Stop {
    let codes = refused.errors().map(|error| error.status_and_code().1);
    let code = codes.into_iter().next().unwrap_or_default();
    let message = format!("Failed to process query: {code}: {refused}");
    BulkRefusal::new(BulkCode::InvalidBatch, message).into()
}

/// How records are written down.
#[derive(Clone, Debug)]
enum Form {
    Csv(super::table::Dialect),
    Json { base: String },
    Xml,
}

impl Form {
    fn of(job: &Job) -> Self {
        let description = &job.description;
        match (job.api, description.content) {
            (Api::Classic, Content::Json) => Self::Json {
                base: description.version.base(),
            },
            (Api::Classic, Content::Xml) => Self::Xml,
            _ => Self::Csv(description.dialect),
        }
    }

    fn head(&self, columns: &[String]) -> Vec<u8> {
        match self {
            Self::Csv(dialect) => dialect.line(columns.iter().map(String::as_str)),
            Self::Json { .. } => b"[".to_vec(),
            Self::Xml => super::v1::QUERY_RESULT_START.as_bytes().to_vec(),
        }
    }

    fn tail(&self) -> &'static [u8] {
        match self {
            Self::Csv(_) => b"",
            Self::Json { .. } => b"]",
            Self::Xml => super::v1::QUERY_RESULT_END.as_bytes(),
        }
    }

    fn push(
        &self,
        row: &mut Vec<u8>,
        select: &Select,
        scope: Scope<'_>,
        serial: Serial,
        first: bool,
    ) {
        match self {
            Self::Csv(dialect) => {
                let values = select.texts(scope, serial);
                row.extend(dialect.line(values.iter().map(String::as_str)));
            }
            Self::Json { base } => {
                if !first {
                    row.push(b',');
                }
                let renderer = Renderer {
                    scope,
                    base,
                    page: usize::MAX,
                    keep: &|_| String::new(),
                };
                renderer.record(row, &select.plan, &Below::default(), serial);
            }
            Self::Xml => {
                let values = select.texts(scope, serial);
                super::v1::push_record(row, &select.plan.object.name, &select.columns, &values);
            }
        }
    }
}

/// The text of a value: nothing for null.
fn cell(value: &Value<'_>, kind: Kind, instants: BulkInstants) -> String {
    match value {
        Value::Null => String::new(),
        Value::Boolean(value) => value.to_string(),
        Value::Number(number) => {
            let mut text = Vec::new();
            answer::push_number(&mut text, *number, kind.fractional());
            String::from_utf8(text).unwrap_or_default()
        }
        Value::Text(text) => text.to_string(),
        Value::Instant(at) => match instants {
            BulkInstants::Zulu => at.iso().to_string(),
            BulkInstants::Offset => at.iso_without_colon().to_string(),
        },
    }
}

/// Where a row starts; the end, for the row after the last.
pub(super) fn place(found: &Found, row: usize) -> io::Result<u64> {
    if row as u64 >= found.count {
        return Ok(found.rows.length());
    }
    let Some(mark) = found.marks.get(row / STRIDE) else {
        return Ok(found.rows.length());
    };
    let (mut left, mut at, mut quoted) = (row % STRIDE, *mark, false);
    // Every cell is quoted, so a line break outside quotes is the end of a row.
    for byte in found.rows.reader_from(*mark).bytes() {
        if left == 0 {
            break;
        }
        let byte = byte?;
        quoted ^= byte == b'"';
        if byte == b'\n' && !quoted {
            left -= 1;
        }
        at += 1;
    }
    Ok(at)
}
