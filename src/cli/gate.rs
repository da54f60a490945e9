//! What a build server asks of a run: which failures it knows, which rows it must have, which part of the scenarios it takes.

use std::path::PathBuf;

use clap::Args;
use crm_conformance::report::{KnownFailures, Shard};
use crm_conformance::rules::{self, Edition, RowId};
use crm_conformance::suite::diagnostic::nearest;
use crm_conformance::suite::known_failures;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Failure, lint};

#[derive(Debug, Args)]
pub(super) struct GateOptions {
    /// Failures that are known, in YAML: row, crm, kind, mode, field, with reason, link and the last day. An entry that is no
    /// longer needed, or past its day, is exit code 5.
    #[arg(long, value_name = "FILE")]
    known_failures: Option<PathBuf>,
    /// A row that has to be judged, such as R05: not to support it is a failure. May be repeated; 'all' are all documented rows.
    #[arg(long, value_name = "ROW", value_parser = required)]
    require: Vec<Required>,
    /// Run one part of the scenarios, such as 1/3, the same part each time; `report merge` puts the reports together again.
    #[arg(long, value_name = "I/N", requires = "random_seed")]
    pub(super) shard: Option<Shard>,
}

#[derive(Clone, Copy, Debug)]
enum Required {
    All,
    Row(RowId),
}

fn required(text: &str) -> Result<Required, String> {
    if text == "all" {
        return Ok(Required::All);
    }
    text.parse()
        .map(Required::Row)
        .map_err(|error: rules::UnknownWord| {
            let known: Vec<String> = rules::rows().iter().map(|row| row.id.to_string()).collect();
            let near = nearest(text, known.iter().map(String::as_str));
            let hint = near.map(|near| format!("\nhint: did you mean {near}?"));
            format!("{error}; or all{}", hint.unwrap_or_default())
        })
}

impl GateOptions {
    /// The rows that have to be judged, each once, in the order of the table.
    pub(super) fn required(&self, edition: Edition) -> Vec<RowId> {
        let asked_for = |row: &&rules::Row| {
            self.require.iter().any(|one| match one {
                Required::All => row.documented_in(edition),
                Required::Row(id) => row.id == *id,
            })
        };
        let rows = rules::rows().iter().filter(asked_for);
        rows.map(|row| row.id).collect()
    }

    /// The list of known failures. What is wrong with it has been said by the time of the error.
    pub(super) fn known_failures(&self) -> Result<Option<KnownFailures>, Failure> {
        let Some(path) = &self.known_failures else {
            return Ok(None);
        };
        let list = known_failures::read(path, today()).map_err(|found| {
            lint::say(&found);
            Failure::usage(format!(
                "{} is no list of known failures, so nothing was run",
                path.display()
            ))
        })?;
        Ok(Some(list))
    }
}

/// The day, in UTC: the same on every machine that runs a part.
#[expect(
    clippy::disallowed_methods,
    reason = "a list has dates of the real calendar; the mocks' clock has another"
)]
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}
