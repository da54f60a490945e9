//! The report as one JSON document: the run as it was, and after it what follows from it.

use serde::Serialize;

use super::{Conformance, Counts, FollowedReading, KnownStanding, RowSummary, RunReport, Unjudged};

/// Version of the document's shape.
pub const VERSION: u32 = 1;

/// The name of the schema that describes it.
pub const NAME: &str = "urn:crm-conformance:report:1";

/// The schema, as people read it.
pub const SCHEMA: &str = include_str!("../../docs/schema/report-v1.schema.json");

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: u32,
    /// Whether every scenario that was chosen has ended. A report of a run that was cut short says so here.
    complete: bool,
    digest: Option<String>,
    #[serde(flatten)]
    run: &'a RunReport,
    exit_code: u8,
    outcome: super::Exit,
    counts: Counts,
    conformance: Conformance,
    rows: Vec<RowSummary>,
    readings: Vec<FollowedReading>,
    unsupported: Vec<Unjudged>,
    /// What became of each entry of the list of known failures.
    known: Vec<KnownStanding<'a>>,
}

/// Why a stored report could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not JSON, or not a report.
    #[error("this is no report of a run")]
    NotAReport(#[from] serde_json::Error),
    /// Written by another version of this program.
    #[error("the report has version {found}, and this program reads version {VERSION}")]
    OtherVersion {
        /// What the document says.
        found: u64,
    },
}

/// Writes the document, indented.
///
/// # Errors
/// If the writer refuses.
pub fn write(report: &RunReport, to: impl std::io::Write) -> serde_json::Result<()> {
    let document = Document {
        schema: NAME,
        version: VERSION,
        complete: report.complete(),
        digest: report.digest(),
        run: report,
        exit_code: report.exit().code(),
        outcome: report.exit(),
        counts: report.counts(),
        conformance: report.conformance(),
        rows: report.rows(),
        readings: report.readings(),
        unsupported: report.unjudged(),
        known: report.known_standings(),
    };
    serde_json::to_writer_pretty(to, &document)
}

/// Reads a document back; what follows from the run is worked out anew.
///
/// # Errors
/// If the text is no report, or one of another version.
pub fn read(text: &str) -> Result<RunReport, ReadError> {
    let document: serde_json::Value = serde_json::from_str(text)?;
    let found = document
        .get("version")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or_default();
    if found != u64::from(VERSION) {
        return Err(ReadError::OtherVersion { found });
    }
    Ok(serde_json::from_value(document)?)
}
