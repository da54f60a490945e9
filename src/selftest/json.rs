//! The self-test as one JSON document: what was found, and after it what follows from it.

use serde::Serialize;

use super::{Numbers, SelfTest, ThinRow};

/// Version of the document's shape.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    harness_version: &'static str,
    #[serde(flatten)]
    found: &'a SelfTest,
    numbers: Numbers,
    thin_rows: Vec<ThinRow>,
    exit_code: u8,
}

/// Writes the document, indented.
///
/// # Errors
/// If the writer refuses.
pub fn write(found: &SelfTest, to: impl std::io::Write) -> serde_json::Result<()> {
    let document = Document {
        version: VERSION,
        harness_version: env!("CARGO_PKG_VERSION"),
        found,
        numbers: found.numbers(),
        thin_rows: found.thin_rows(),
        exit_code: found.exit().code(),
    };
    serde_json::to_writer_pretty(to, &document)
}
