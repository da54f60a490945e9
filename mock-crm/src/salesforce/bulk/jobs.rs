//! The jobs of an org, and the order in which they are processed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use super::job::{Api, Batch, BatchState, Description, Job, JobState, Progress, Results};
use super::refusal::{BulkCode, BulkRefusal};
use super::spool::Spool;
use crate::clock::Timestamp;
use crate::ids::{SalesforceId, pod};
use crate::salesforce::error::ApiError;
use crate::salesforce::org::{Org, Usage};
use crate::salesforce::rest::Caller;
use crate::tenant::Hosted;

const JOB: [u8; 3] = *b"750";
const BATCH: [u8; 3] = *b"751";
const RESULT: [u8; 3] = *b"752";

/// Limits of an org of the Enterprise edition. Limits cheat sheet, "API Request Limits".
const BATCHES_A_DAY: u64 = 15_000;
const QUERY_JOBS_A_DAY: u64 = 10_000;

/// The jobs of an org.
///
/// They are not in the durable log: after a restart the records are there, and the jobs that brought them are not.
#[derive(Debug)]
pub(in crate::salesforce) struct Jobs {
    table: Mutex<Table>,
    queue: Mutex<Queue>,
    closed: AtomicBool,
    pub(in crate::salesforce) batches_used: Usage,
    pub(in crate::salesforce) query_jobs_used: Usage,
}

#[derive(Debug, Default)]
struct Table {
    jobs: BTreeMap<u64, Arc<Job>>,
    created: u64,
    batches: u64,
    results: u64,
}

/// Batches are processed one after the other, in the order in which they came: the same requests give the same ids.
#[derive(Debug, Default)]
struct Queue {
    tasks: VecDeque<Task>,
    working: bool,
}

/// A batch to process.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) job: Arc<Job>,
    /// Its place in the job.
    pub(super) batch: usize,
}

impl Default for Jobs {
    fn default() -> Self {
        Self {
            table: Mutex::default(),
            queue: Mutex::default(),
            closed: AtomicBool::new(false),
            batches_used: Usage::new(BATCHES_A_DAY),
            query_jobs_used: Usage::new(QUERY_JOBS_A_DAY),
        }
    }
}

impl Jobs {
    /// The org is closed: what is being processed stops at the next rows.
    pub(in crate::salesforce) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.queue.lock().tasks.clear();
        self.table.lock().jobs.clear();
    }

    pub(super) fn closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Adds a job of the caller.
    pub(super) fn create(&self, caller: &Caller, api: Api, description: Description) -> Arc<Job> {
        let now = caller.org().tenant().clock.now();
        let mut table = self.table.lock();
        table.created += 1;
        let number = table.created;
        let job = Arc::new(Job {
            number,
            id: id(caller.org(), JOB, number),
            api,
            description,
            writer: caller.writer(api.door()),
            created_at: now,
            progress: Mutex::new(Progress {
                state: JobState::Open,
                modified_at: now,
                error: None,
                batches: Vec::new(),
            }),
        });
        table.jobs.insert(number, job.clone());
        job
    }

    /// A job, for whoever may touch it: its creator, and who may modify all data. The guide knows an error for jobs "that
    /// were created by another user"; that the permission lifts it is unverified.
    pub(super) fn find(&self, caller: &Caller, api: Api, text: &str) -> Result<Arc<Job>, ApiError> {
        let number = SalesforceId::parse(text)
            .filter(|known| known.prefix() == JOB)
            .and_then(|known| known.serial());
        let job = number.and_then(|number| self.table.lock().jobs.get(&number).cloned());
        let job = job.filter(|job| job.api == api && text.starts_with(job.id.short()));
        let job = job.ok_or(ApiError::NotFound)?;
        match may_touch(caller, &job) {
            true => Ok(job),
            false => Err(BulkRefusal::new(
                BulkCode::InvalidUser,
                "The job was created by another user",
            )
            .into()),
        }
    }

    /// The jobs that the caller may touch, oldest first.
    pub(super) fn list(&self, caller: &Caller, api: Api) -> Vec<Arc<Job>> {
        let table = self.table.lock();
        let jobs = table.jobs.values();
        jobs.filter(|job| job.api == api && may_touch(caller, job))
            .cloned()
            .collect()
    }

    pub(super) fn remove(&self, job: &Job) {
        self.table.lock().jobs.remove(&job.number);
    }

    /// A batch that is not part of its job yet.
    pub(super) fn batch(&self, org: &Org, request: u64, data: Spool) -> Batch {
        let now = org.tenant().clock.now();
        let mut table = self.table.lock();
        table.batches += 1;
        Batch {
            id: id(org, BATCH, table.batches),
            request,
            data,
            state: BatchState::Queued,
            message: None,
            created_at: now,
            modified_at: now,
            processed: 0,
            failed: 0,
            results: Results::None,
        }
    }

    /// The id of a query's result.
    pub(super) fn result_id(&self, org: &Org) -> SalesforceId {
        let mut table = self.table.lock();
        table.results += 1;
        id(org, RESULT, table.results)
    }

    /// Adds a task; `true`: nobody is at work, and somebody has to start.
    pub(super) fn push(&self, task: Task) -> bool {
        let mut queue = self.queue.lock();
        queue.tasks.push_back(task);
        !std::mem::replace(&mut queue.working, true)
    }

    /// The next task; where there is none, whoever asked stops working.
    pub(super) fn next(&self) -> Option<Task> {
        let mut queue = self.queue.lock();
        let task = queue.tasks.pop_front();
        queue.working = task.is_some();
        task
    }

    /// Counts rows against the daily limit: ten thousand are a batch.
    pub(super) fn count_rows(&self, rows: u64, now: Timestamp) {
        for _ in 0..rows.div_ceil(10_000) {
            self.batches_used.count(now);
        }
    }
}

fn may_touch(caller: &Caller, job: &Job) -> bool {
    job.created_by(&caller.principal.id) || caller.principal.has("PermissionsModifyAllData")
}

fn id(org: &Org, prefix: [u8; 3], number: u64) -> SalesforceId {
    SalesforceId::new(prefix, pod(org.tenant().number), number)
}
