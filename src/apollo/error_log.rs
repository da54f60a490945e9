//! The sync error log: where failures of ownership and sync show (A25).

use super::{ActivityId, Crm, RecordId, UserId};
use serde::{Deserialize, Serialize};

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct LogEntry {
    /// The record that was pushed, or that the activity is about.
    pub record: RecordId,
    /// The activity that was logged, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// Where it was to go.
    pub crm: Crm,
    /// Whose push it was; null where nobody acted.
    pub user: Option<UserId>,
    /// A word to branch on, such as `no_credential`.
    pub reason: String,
    /// What happened, for people.
    pub message: String,
}

/// All lines, oldest first.
#[derive(Clone, Debug, Default)]
pub struct ErrorLog {
    entries: Vec<LogEntry>,
}

impl ErrorLog {
    /// Adds a line.
    pub fn add(&mut self, entry: LogEntry) {
        self.entries.push(entry);
    }

    /// The lines so far.
    pub fn entries(&self) -> &[LogEntry] {
        &self.entries
    }
}
