//! Processing a batch of rows: read a chunk, write it, note what became of each row.

use std::io::Read;

use csv::{ByteRecord, Reader, StringRecord, Writer};

use super::job::{Api, Description, Job, Operation, Results};
use super::refusal::{BulkCode, BulkRefusal};
use super::rows::{Outcome, error_text};
use super::spool::{Spool, SpoolWriter};
use super::table::{self, Column, unreadable};
use super::work::{CHUNK, Run, Stop};
use crate::salesforce::schema::{Schema, Source};

/// How much of the data is looked at for its first line.
const START: u64 = 64 << 10;

/// What Excel puts before a file, and the service takes for a part of the first name.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Processes a batch of CSV.
pub(super) fn process(run: &Run<'_>, schema: &Schema) -> (Results, Result<(), Stop>) {
    let dialect = run.job.description.dialect;
    let data = run.data();
    let mut reader = dialect.reader(data.reader());
    let mut sink = Sink::new(run.job);
    let mut held = Held::default();
    let processed = process_rows(run, schema, &data, &mut reader, &mut sink, &mut held);
    let written = match processed {
        Ok(()) => Ok(()),
        Err(_) => sink.leave(&held, &mut reader),
    };
    let stopped = processed.and(written.map_err(|error| unreadable(&error).into()));
    match sink.finish() {
        Ok(results) => (results, stopped),
        Err(stop) => (Results::None, stopped.and(Err(stop))),
    }
}

/// Rows that were read; in the end, those of them that are not processed.
#[derive(Debug, Default)]
struct Held {
    chunk: Vec<StringRecord>,
    /// The row that ended the data, as it was uploaded.
    bad: Option<ByteRecord>,
}

fn process_rows<R: Read>(
    run: &Run<'_>,
    schema: &Schema,
    data: &Spool,
    reader: &mut Reader<R>,
    sink: &mut Sink,
    held: &mut Held,
) -> Result<(), Stop> {
    let description = &run.job.description;
    check_start(run.job, data)?;
    let header = read_row(reader, held)?;
    sink.begin(header.as_ref()).map_err(broken)?;
    let Some(header) = header else { return Ok(()) };
    let columns = table::columns(&header, &description.object, schema)?;
    check_columns(description, &columns)?;
    loop {
        let complete = read_chunk(reader, header.len(), held);
        if held.chunk.is_empty() {
            return complete.map_err(Stop::from);
        }
        let rows = held.chunk.iter();
        let pairs = rows.map(|row| table::pairs(&columns, row, schema));
        let outcomes = run.write(pairs)?;
        for (row, outcome) in held.chunk.iter().zip(&outcomes) {
            sink.put(row, outcome).map_err(broken)?;
        }
        held.chunk.clear();
        complete?;
    }
}

fn broken(error: csv::Error) -> Stop {
    unreadable(&error).into()
}

/// What is wrong with the data as a whole, as far as its start shows it.
fn check_start(job: &Job, data: &Spool) -> Result<(), Stop> {
    let mut start = Vec::new();
    data.reader().take(START).read_to_end(&mut start)?;
    if start.starts_with(BYTE_ORDER_MARK.as_bytes()) {
        let text = String::from_utf8_lossy(&start);
        let line = text.lines().next().unwrap_or_default();
        let first = line.split([',', ';', '|', '\t', '^', '`']).next();
        let message = format!("Field name not found : {}", first.unwrap_or_default());
        return Err(BulkRefusal::new(BulkCode::InvalidBatch, message).into());
    }
    match job.api {
        Api::Classic => Ok(()),
        Api::Ingest | Api::Query => Ok(job.description.dialect.check_line_ending(&start)?),
    }
}

fn check_columns(description: &Description, columns: &[Column<'_>]) -> Result<(), BulkRefusal> {
    let only_ids = columns
        .iter()
        .all(|column| matches!(column, Column::Field(field) if field.source == Source::Id));
    match description.operation {
        Operation::Delete if !only_ids => Err(BulkRefusal::new(
            BulkCode::InvalidBatch,
            "Delete batch must contain only ids",
        )),
        _ => Ok(()),
    }
}

/// Reads the next rows. A row with another number of cells than the header ends the data; the text is unverified.
fn read_chunk<R: Read>(
    reader: &mut Reader<R>,
    width: usize,
    held: &mut Held,
) -> Result<(), BulkRefusal> {
    while held.chunk.len() < CHUNK {
        let Some(row) = read_row(reader, held)? else {
            break;
        };
        if row.len() != width {
            let message = format!(
                "The number of columns in row {} is {}, and that of the header is {width}",
                row.position().map_or(0, csv::Position::record),
                row.len()
            );
            held.bad = Some(row.into_byte_record());
            return Err(BulkRefusal::new(BulkCode::ClientInputError, message));
        }
        held.chunk.push(row);
    }
    Ok(())
}

/// Reads a row; nothing at the end of the data. One that is no text is held.
fn read_row<R: Read>(
    reader: &mut Reader<R>,
    held: &mut Held,
) -> Result<Option<StringRecord>, BulkRefusal> {
    let mut row = ByteRecord::new();
    let any = reader.read_byte_record(&mut row);
    if !any.map_err(|error| unreadable(&error))? {
        return Ok(None);
    }
    StringRecord::from_byte_record(row)
        .map(Some)
        .map_err(|error| {
            let row = held.bad.insert(error.into_byte_record());
            let place = row.position().map_or(0, csv::Position::record);
            let message = format!("Row {place} is not encoded in UTF-8");
            BulkRefusal::new(BulkCode::ClientInputError, message)
        })
}

/// Where the rows' results go.
#[derive(Debug)]
enum Sink {
    /// Version 2.0: each row goes where its like is.
    Apart(Box<Apart>),
    /// Version 1.0: in the order of the rows, without them.
    Ordered(Box<Writer<SpoolWriter>>),
}

#[derive(Debug)]
struct Apart {
    successful: Writer<SpoolWriter>,
    failed: Writer<SpoolWriter>,
    unprocessed: Writer<SpoolWriter>,
}

impl Sink {
    fn new(job: &Job) -> Self {
        let writer = || job.description.dialect.writer(SpoolWriter::default());
        match job.api {
            Api::Classic => Self::Ordered(Box::new(writer())),
            Api::Ingest | Api::Query => Self::Apart(Box::new(Apart {
                successful: writer(),
                failed: writer(),
                unprocessed: writer(),
            })),
        }
    }

    fn begin(&mut self, header: Option<&StringRecord>) -> csv::Result<()> {
        let columns = || header.into_iter().flatten();
        match self {
            Self::Apart(apart) => {
                let first = ["sf__Id", "sf__Created"];
                apart
                    .successful
                    .write_record(first.into_iter().chain(columns()))?;
                let first = ["sf__Id", "sf__Error"];
                apart
                    .failed
                    .write_record(first.into_iter().chain(columns()))?;
                match header {
                    Some(header) => apart.unprocessed.write_record(header),
                    None => Ok(()),
                }
            }
            Self::Ordered(results) => results.write_record(["Id", "Success", "Created", "Error"]),
        }
    }

    fn put(&mut self, row: &StringRecord, outcome: &Outcome) -> csv::Result<()> {
        match (self, outcome) {
            (Self::Apart(apart), Ok(written)) => {
                let known = [written.id.as_str(), truth(written.created)];
                apart.successful.write_record(known.into_iter().chain(row))
            }
            (Self::Apart(apart), Err(refused)) => {
                let error = error_text(refused);
                apart
                    .failed
                    .write_record(["", &error].into_iter().chain(row))
            }
            (Self::Ordered(results), Ok(written)) => {
                results.write_record([written.id.as_str(), "true", truth(written.created), ""])
            }
            (Self::Ordered(results), Err(refused)) => {
                results.write_record(["", "false", "false", &error_text(refused)])
            }
        }
    }

    /// The rows that were read and those that were not: nobody processes them.
    fn leave<R: Read>(&mut self, held: &Held, rest: &mut Reader<R>) -> csv::Result<()> {
        let Self::Apart(apart) = self else {
            return Ok(());
        };
        for row in &held.chunk {
            apart.unprocessed.write_record(row)?;
        }
        if let Some(row) = &held.bad {
            apart.unprocessed.write_byte_record(row)?;
        }
        let mut row = ByteRecord::new();
        while rest.read_byte_record(&mut row)? {
            apart.unprocessed.write_byte_record(&row)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Results, Stop> {
        Ok(match self {
            Self::Apart(apart) => Results::Apart {
                successful: finished(apart.successful)?,
                failed: finished(apart.failed)?,
                unprocessed: finished(apart.unprocessed)?,
            },
            Self::Ordered(results) => Results::Ordered(finished(*results)?),
        })
    }
}

fn finished(writer: Writer<SpoolWriter>) -> Result<Spool, Stop> {
    let writer = writer.into_inner();
    let writer = writer.map_err(csv::IntoInnerError::into_error)?;
    Ok(writer.finish()?)
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
