//! The file: how it is opened, and what is in it.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Row};

use super::{DurableError, Start};
use crate::tenant::Crm;
use crate::tenant::log::Entry;

/// Raised when an older build could not read what is written.
pub(super) const FORMAT: i64 = 1;

pub(super) const ENTRIES: &str = "SELECT position, crm, tenant, event FROM entry ORDER BY position";

pub(super) const INSERT: &str = "INSERT INTO entry (crm, tenant, event) VALUES (?1, ?2, ?3)";

// FULL, since in WAL mode anything less returns from COMMIT before the disk has it. The exclusive lock keeps a second
// process out, and goes with the process that holds it.
const OPEN: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS entry (position INTEGER PRIMARY KEY, crm TEXT NOT NULL, tenant TEXT NOT NULL, event TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS start (generation INTEGER PRIMARY KEY, random_seed INTEGER NOT NULL);
";

const START: &str = "
    INSERT INTO start (random_seed) VALUES (COALESCE((SELECT random_seed FROM start ORDER BY generation LIMIT 1), ?1))
    RETURNING generation, random_seed";

/// The connection, and the row of this start.
pub(super) fn open(
    directory: &Path,
    random_seed: u64,
) -> Result<(Connection, Start), DurableError> {
    let path = directory.join("mock-crm.sqlite");
    let failed = |source: rusqlite::Error| match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DurableError::InUse {
            path: directory.to_owned(),
        },
        _ => DurableError::Sqlite {
            path: path.clone(),
            source,
        },
    };
    let connection = Connection::open(&path).map_err(failed)?;
    connection
        .busy_timeout(Duration::from_millis(200))
        .map_err(failed)?;
    let found: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(failed)?;
    if found != 0 && found != FORMAT {
        return Err(DurableError::Format { path, found });
    }
    let start = begin(&connection, random_seed).map_err(failed)?;
    Ok((connection, start))
}

fn begin(connection: &Connection, random_seed: u64) -> rusqlite::Result<Start> {
    connection.execute_batch(OPEN)?;
    // SQLite's integers have a sign; the bits are what counts.
    let start = connection.query_row(START, [random_seed.cast_signed()], |row| {
        Ok(Start {
            generation: row.get::<_, i64>(0)?.cast_unsigned() - 1,
            random_seed: row.get::<_, i64>(1)?.cast_unsigned(),
        })
    })?;
    connection.execute_batch(&format!("PRAGMA user_version = {FORMAT}; COMMIT"))?;
    Ok(start)
}

/// An entry and its position; the inner error says what about the row no build ever wrote.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<(i64, Result<Entry, String>)> {
    let crm = match row.get_ref(1)?.as_str()? {
        "salesforce" => Ok(Crm::Salesforce),
        "hubspot" => Ok(Crm::Hubspot),
        other => Err(format!("no CRM is called {other:?}")),
    };
    let (tenant, event) = (row.get_ref(2)?.as_str()?.into(), row.get(3)?);
    Ok((row.get(0)?, crm.map(|crm| Entry { crm, tenant, event })))
}
