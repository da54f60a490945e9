//! The durable log behind `--data DIR`: what happened to every org and portal, on disk before an answer leaves.
//!
//! One SQLite file, one table, one writer. A sync of the disk costs about a tenth of a millisecond however much it
//! carries, so the writer puts whatever waits into one transaction; the indexes that queries need are in memory and are
//! made again by a replay at start.

mod schema;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use rusqlite::Connection;
use tokio::sync::watch;

use crate::tenant::log::{Entry, LogChannel};
use schema::ENTRIES;

/// A data directory that is open: no other process can have it open at the same time.
pub struct Durable {
    connection: Connection,
    start: Start,
    gate: Gate,
    channel: LogChannel,
    waiting: Receiver<Entry>,
    progress: watch::Sender<Progress>,
}

/// The row that every start leaves in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// How often the directory was opened before: 0 the first time.
    pub generation: u64,
    /// The seed of all chance, which is that of the first start for ever: what is seeded when an org is opened again has
    /// to come out the same.
    pub random_seed: u64,
}

/// Makes the sync call that it is handed, or holds it back: a test's way to show that no answer leaves before it returns.
pub type Gate = Box<dyn FnMut(Sync<'_>) -> rusqlite::Result<()> + Send>;

/// The COMMIT of one group of entries, which returns when they are on disk.
pub type Sync<'a> = &'a mut dyn FnMut() -> rusqlite::Result<()>;

/// Why a data directory can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DurableError {
    /// It could not be made.
    #[error("could not make the data directory {}", path.display())]
    Directory {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another process has it.
    #[error("the data directory {} is in use by another mock-crm", path.display())]
    InUse {
        /// Which.
        path: PathBuf,
    },
    /// A newer build wrote it, or another program did.
    #[error("{} has format {found}, and this build reads format {} only", path.display(), schema::FORMAT)]
    Format {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
    },
    /// The file can't be read or written.
    #[error("could not open {}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// An entry that this build can't read.
    #[error("entry {position} of the log can't be replayed: {problem}")]
    Entry {
        /// Where in the log.
        position: i64,
        /// What is wrong with it.
        problem: String,
    },
}

impl std::fmt::Debug for Durable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Durable")
            .field("start", &self.start)
            .finish_non_exhaustive()
    }
}

impl Durable {
    /// Opens a data directory, and makes it where there is none. `random_seed` counts the first time only.
    ///
    /// # Errors
    /// Where it can't be made, opened or written, where another process has it, or where its format is unknown.
    pub fn open(directory: &Path, random_seed: u64) -> Result<Self, DurableError> {
        std::fs::create_dir_all(directory).map_err(|source| DurableError::Directory {
            path: directory.to_owned(),
            source,
        })?;
        let (connection, start) = schema::open(directory, random_seed)?;
        let (entries, waiting) = std::sync::mpsc::channel();
        Ok(Self {
            connection,
            start,
            gate: Box::new(|commit| commit()),
            channel: LogChannel::new(entries),
            waiting,
            progress: watch::Sender::default(),
        })
    }

    /// Lets `gate` make every sync call.
    #[must_use]
    pub fn gated(self, gate: Gate) -> Self {
        Self { gate, ..self }
    }

    /// Which start of the directory this is.
    pub fn start(&self) -> Start {
        self.start
    }

    /// The way in, and the way to know what has arrived.
    pub fn log(&self) -> (LogChannel, Written) {
        (self.channel.clone(), Written(self.progress.subscribe()))
    }

    /// Hands every entry to `replay`, oldest first.
    ///
    /// # Errors
    /// Where an entry can't be read, or where `replay` says what is wrong with it.
    pub fn replay(
        &self,
        mut replay: impl FnMut(Entry) -> Result<(), String>,
    ) -> Result<(), DurableError> {
        let failed = |position, problem: String| DurableError::Entry { position, problem };
        let unreadable = |error: rusqlite::Error| failed(0, error.to_string());
        let mut statement = self.connection.prepare(ENTRIES).map_err(unreadable)?;
        let mut rows = statement.query([]).map_err(unreadable)?;
        while let Some(row) = rows.next().map_err(unreadable)? {
            let (position, entry) = schema::entry(row).map_err(unreadable)?;
            let entry = entry.map_err(|problem| failed(position, problem))?;
            replay(entry).map_err(|problem| failed(position, problem))?;
        }
        Ok(())
    }

    /// Starts the writer. It ends when all senders of the channel are gone.
    pub fn write(self) {
        writer::spawn(self.connection, self.gate, self.waiting, self.progress);
    }
}

/// How far the writer is.
#[derive(Clone, Debug, Default)]
struct Progress {
    committed: u64,
    failure: Option<Arc<str>>,
}

/// Knows what is on disk.
#[derive(Clone, Debug)]
pub struct Written(watch::Receiver<Progress>);

/// A commit failed: memory knows more than the disk does, so nothing is acknowledged any more.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the durable log could not be written: {0}")]
pub struct NotWritten(pub Arc<str>);

impl Written {
    /// Returns when the first `sent` entries of the channel are on disk.
    ///
    /// # Errors
    /// As soon as a commit has failed, now or before.
    pub async fn reached(&self, sent: u64) -> Result<(), NotWritten> {
        let mut watched = self.0.clone();
        let progress = watched
            .wait_for(|progress| progress.failure.is_some() || progress.committed >= sent)
            .await;
        match progress {
            Ok(progress) => progress
                .failure
                .clone()
                .map_or(Ok(()), |failure| Err(NotWritten(failure))),
            Err(_) => Err(NotWritten("the writer has stopped".into())),
        }
    }

    /// The failure, if a commit has failed.
    pub fn failure(&self) -> Option<NotWritten> {
        self.0.borrow().failure.clone().map(NotWritten)
    }
}

#[cfg(test)]
mod tests;
