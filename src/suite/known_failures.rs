//! Reads a list of known failures: YAML, as the seeds of the mocks, since people write it by hand, with comments.
//!
//! Everything that is wrong with a list is told at once, each with its place; a list that is understood in part would hide failures.

mod entry;
#[cfg(test)]
mod tests;
mod yaml;

use std::fs;
use std::path::Path;

use jiff::civil::Date;

use super::diagnostic::Diagnostic;
use crate::report::KnownFailures;
use entry::Draft;
use yaml::{Page, Value};

/// What a list looks like.
const EXAMPLE: &str = "an entry is `- {row: R05, crm: salesforce, field: owner, reason: …, link: https://…, expires: 2026-12-31}`";

/// Reads a file.
///
/// # Errors
/// With everything that is wrong with it.
pub fn read(path: &Path, today: Date) -> Result<KnownFailures, Vec<Diagnostic>> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| {
        let what = format!("this list of known failures can't be read: {error}");
        vec![Diagnostic::of_file(&file, what)]
    })?;
    parse(&file, &text, today)
}

/// Reads a text, which diagnostics call `file`.
///
/// # Errors
/// With everything that is wrong with it.
pub fn parse(file: &str, text: &str, today: Date) -> Result<KnownFailures, Vec<Diagnostic>> {
    let page = Page { file, text };
    let list = page.read()?;
    let mut found = Vec::new();
    let mut entries = Vec::new();
    for item in &list {
        match &item.value {
            Value::Map(fields) => {
                let draft = Draft::new(&page, item, fields);
                entries.extend(draft.entry(today, &mut found));
            }
            other => found.push(
                page.at(
                    item,
                    format!("expected an entry with its fields, not {}", other.kind()),
                )
                .hint(EXAMPLE),
            ),
        }
    }
    found.extend(entry::repeated(&page, &entries, &list));
    if found.is_empty() {
        Ok(KnownFailures {
            file: file.to_owned(),
            today,
            entries,
        })
    } else {
        found.sort_by_key(|one| one.place);
        Err(found)
    }
}
