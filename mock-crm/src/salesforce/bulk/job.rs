//! A job: what it was created with, and how far it is.

use std::sync::Arc;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use super::spool::Spool;
use super::table::Dialect;
use crate::clock::Timestamp;
use crate::ids::SalesforceId;
use crate::salesforce::rest::Version;
use crate::salesforce::schema::SObject;
use crate::store::Writer;

/// Which API a job belongs to: neither knows the jobs of the other here. Real orgs list them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Api {
    /// Bulk API 1.0.
    Classic,
    /// Bulk API 2.0, records in.
    Ingest,
    /// Bulk API 2.0, records out.
    Query,
}

impl Api {
    /// The ledger's name of the door.
    pub(super) fn door(self) -> &'static str {
        match self {
            Self::Classic => "bulk1",
            Self::Ingest | Self::Query => "bulk2",
        }
    }
}

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Operation {
    Insert,
    Update,
    Upsert,
    Delete,
    HardDelete,
    Query,
    QueryAll,
}

impl Operation {
    pub(super) fn queries(self) -> bool {
        matches!(self, Self::Query | Self::QueryAll)
    }
}

/// The form of a job's data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Content {
    #[default]
    Csv,
    Json,
    Xml,
}

/// Where a job is. Classic jobs know `Open`, `Closed`, `Aborted` and `Failed` only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) enum JobState {
    Open,
    UploadComplete,
    InProgress,
    JobComplete,
    Closed,
    Failed,
    Aborted,
}

impl JobState {
    /// Nothing more is done.
    pub(super) fn over(self) -> bool {
        matches!(self, Self::JobComplete | Self::Failed | Self::Aborted)
    }
}

/// One job.
///
/// Its rows are written as the user whose token created it, whoever uploads them.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) number: u64,
    pub(super) id: SalesforceId,
    pub(super) api: Api,
    pub(super) description: Description,
    /// Token, app and user of the creation.
    pub(super) writer: Writer,
    pub(super) created_at: Timestamp,
    pub(super) progress: Mutex<Progress>,
}

/// What a job was created with.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) operation: Operation,
    pub(super) object: Arc<SObject>,
    /// The field that an upsert looks records up by, in its canonical name.
    pub(super) key: Option<String>,
    pub(super) content: Content,
    pub(super) dialect: Dialect,
    pub(super) assignment_rule: Option<Arc<str>>,
    pub(super) serial_mode: bool,
    pub(super) version: Version,
    /// The query of a query job of version 2.0.
    pub(super) query: Option<String>,
}

/// How far a job is.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) state: JobState,
    pub(super) modified_at: Timestamp,
    pub(super) error: Option<String>,
    /// Uploads, in the order in which they came: one at most in version 2.0.
    pub(super) batches: Vec<Batch>,
}

/// Where a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) enum BatchState {
    Queued,
    InProgress,
    Completed,
    Failed,
    NotProcessed,
}

/// An upload and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    pub(super) id: SalesforceId,
    /// The number of the request that brought it.
    pub(super) request: u64,
    pub(super) data: Spool,
    pub(super) state: BatchState,
    pub(super) message: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) modified_at: Timestamp,
    pub(super) processed: u64,
    pub(super) failed: u64,
    pub(super) results: Results,
}

/// What is there to be fetched.
#[derive(Clone, Debug, Default)]
pub(super) enum Results {
    #[default]
    None,
    /// Version 2.0: the rows apart, by what became of them.
    Apart {
        successful: Spool,
        failed: Spool,
        unprocessed: Spool,
    },
    /// Version 1.0: the rows' results in the order of the rows.
    Ordered(Spool),
    /// Records that a query found.
    Found(Found),
}

/// Records that a query found, as they are answered.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The result's id, in version 1.0.
    pub(super) id: SalesforceId,
    /// The line of column names; empty where the form has none.
    pub(super) head: Vec<u8>,
    pub(super) rows: Spool,
    pub(super) count: u64,
    /// Where each [`STRIDE`](super::select::STRIDE)th row starts.
    pub(super) marks: Arc<[u64]>,
}

impl Job {
    /// Whether `user` created it.
    pub(super) fn created_by(&self, user: &str) -> bool {
        *self.writer.user == *user
    }

    /// Rows of all batches: processed, and failed among them.
    pub(super) fn counts(&self) -> (u64, u64) {
        let progress = self.progress.lock();
        let batches = progress.batches.iter();
        batches.fold((0, 0), |(processed, failed), batch| {
            (processed + batch.processed, failed + batch.failed)
        })
    }
}
