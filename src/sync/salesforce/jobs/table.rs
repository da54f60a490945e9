//! The rows of a job, as CSV in both directions.

use super::RowResult;
use crate::sync::failure::Failure;
use crate::sync::salesforce::record::body;
use crate::sync::write::Written;
use crate::sync::{Change, Write};
use std::collections::BTreeSet;

/// By which column a row is known.
#[derive(Debug)]
pub(super) enum Key {
    /// Salesforce's own id, of an update.
    Id,
    /// The field that holds Apollo's id.
    External(String),
}

impl Key {
    fn column(&self) -> &str {
        match self {
            Key::Id => "Id",
            Key::External(field) => field,
        }
    }
}

/// A column for each value that any row has. A row that has none leaves the cell empty, which changes nothing.
pub(super) fn upload_text(writes: &[&Write], key: &Key) -> Result<String, Failure> {
    let rows: Vec<_> = writes.iter().map(|write| (body(write), write)).collect();
    let columns: BTreeSet<&String> = rows.iter().flat_map(|(values, _)| values.keys()).collect();
    let mut text = csv::Writer::from_writer(vec![]);
    let head = [key.column()].into_iter();
    let head = head.chain(columns.iter().map(|column| column.as_str()));
    text.write_record(head).map_err(malformed)?;
    for (values, write) in &rows {
        let id = match &write.change {
            Change::Create { external_id } => external_id,
            Change::Update { crm_id } => crm_id,
        };
        let cell = |column: &&String| {
            values
                .get(*column)
                .and_then(|value| value.as_str())
                .unwrap_or_default()
        };
        let cells = [id.as_str()].into_iter().chain(columns.iter().map(cell));
        text.write_record(cells).map_err(malformed)?;
    }
    let bytes = text.into_inner().map_err(malformed)?;
    String::from_utf8(bytes).map_err(malformed)
}

/// Each row of a results file with the id that it was sent with.
pub(super) fn result_rows(text: &str, key: &Key) -> Result<Vec<(String, RowResult)>, Failure> {
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let head = table.headers().map_err(malformed)?.clone();
    let column = |name: &str| head.iter().position(|column| column == name);
    let (id, error, sent) = (column("sf__Id"), column("sf__Error"), column(key.column()));
    let mut rows = vec![];
    for row in table.records() {
        let row = row.map_err(malformed)?;
        let cell = |place: Option<usize>| place.and_then(|place| row.get(place));
        let result = match error {
            None => Ok(Written::new(cell(id).unwrap_or_default())),
            Some(_) => Err(refused(cell(error).unwrap_or_default())),
        };
        rows.push((cell(sent).unwrap_or_default().to_owned(), result));
    }
    Ok(rows)
}

/// `CODE:what is wrong:fields --`
fn refused(text: &str) -> Failure {
    match text.split_once(':') {
        Some((code, message)) => Failure::refused(code, message),
        None => Failure::refused("refused", text),
    }
}

fn malformed(error: impl std::fmt::Display) -> Failure {
    Failure::refused("malformed_rows", error.to_string())
}
