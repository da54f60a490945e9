//! Processing, on a thread of its own: rows are written a chunk at a time, so that other requests come in between.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};

use super::job::{BatchState, Content, Job, JobState, Results};
use super::jobs::Task;
use super::refusal::{BulkCode, BulkRefusal};
use super::rows::{self, Outcome};
use super::{ingest, select, v1};
use crate::salesforce::assignment::AutoAssign;
use crate::salesforce::body::Pairs;
use crate::salesforce::error::ApiError;
use crate::salesforce::org::Org;
use crate::salesforce::principals::{Principal, Principals};
use crate::salesforce::records::Write;
use crate::serve::Server;
use crate::store::Writer;
use crate::tenant::Hosted;

/// Rows under one lock of the org's records.
pub(super) const CHUNK: usize = 200;

/// Why a batch ends before its last row.
#[derive(Debug)]
pub(super) enum Stop {
    /// Its org is closed, or its job is deleted or aborted.
    Over,
    /// What is wrong with it.
    Failed(BulkRefusal),
}

impl From<BulkRefusal> for Stop {
    fn from(refusal: BulkRefusal) -> Self {
        Self::Failed(refusal)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(super::table::disk(&error))
    }
}

/// Puts a batch into the org's queue, and starts to work where nobody does.
pub(super) fn enqueue(org: &Arc<Org>, server: &Arc<Server>, task: Task) {
    if org.jobs.push(task) {
        let (org, server) = (Arc::downgrade(org), server.clone());
        tokio::task::spawn_blocking(move || work(&org, &server));
    }
}

fn work(org: &Weak<Org>, server: &Server) {
    while let Some(task) = org.upgrade().and_then(|org| org.jobs.next()) {
        let run = Run {
            org,
            server,
            job: &task.job,
            batch: task.batch,
        };
        let processed = std::panic::catch_unwind(AssertUnwindSafe(|| run.process()));
        if let Err(payload) = processed {
            server.panicked(run.request(), payload.as_ref());
            let id = format!("{}-{}", server.random_seed, server.panics().len());
            run.finish(Results::None, Some(ApiError::Unknown { id }.to_string()));
        }
    }
}

/// A batch that is being processed. It does not keep its org open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'t> {
    org: &'t Weak<Org>,
    server: &'t Server,
    pub(super) job: &'t Job,
    batch: usize,
}

impl Run<'_> {
    fn process(&self) {
        let Ok(org) = self.start() else { return };
        let schema = org.schema().clone();
        drop(org);
        let (results, stopped) = match self.job.description.operation.queries() {
            true => select::process(self),
            false => match self.job.description.content {
                Content::Csv => ingest::process(self, &schema),
                Content::Json | Content::Xml => v1::process(self, &schema),
            },
        };
        match stopped {
            Ok(()) => self.finish(results, None),
            Err(Stop::Failed(refusal)) => self.finish(results, Some(refusal.to_string())),
            Err(Stop::Over) => self.finish(results, None),
        }
    }

    /// What was uploaded.
    pub(super) fn data(&self) -> super::spool::Spool {
        let progress = self.job.progress.lock();
        let batch = progress.batches.get(self.batch);
        batch.map_or_else(super::spool::Spool::empty, |batch| batch.data.clone())
    }

    fn request(&self) -> u64 {
        let progress = self.job.progress.lock();
        progress
            .batches
            .get(self.batch)
            .map_or(0, |batch| batch.request)
    }

    fn start(&self) -> Result<Arc<Org>, Stop> {
        let org = self.org()?;
        let mut progress = self.job.progress.lock();
        let now = org.tenant().clock.now();
        if progress.state == JobState::UploadComplete {
            progress.state = JobState::InProgress;
            progress.modified_at = now;
        }
        if let Some(batch) = progress.batches.get_mut(self.batch) {
            batch.state = BatchState::InProgress;
            batch.modified_at = now;
        }
        drop(progress);
        Ok(org)
    }

    /// The org, while there is still something to do.
    pub(super) fn org(&self) -> Result<Arc<Org>, Stop> {
        let org = self.org.upgrade().filter(|org| !org.jobs.closed());
        let org = org.ok_or(Stop::Over)?;
        match self.job.progress.lock().state {
            JobState::Aborted => Err(Stop::Over),
            _ => Ok(org),
        }
    }

    /// The org and its users, as of now.
    pub(super) fn org_and_people(&self) -> Result<(Arc<Org>, Arc<Principals>), Stop> {
        let org = self.org()?;
        let principals = org.principals();
        Ok((org, principals))
    }

    /// The user who created the job.
    pub(super) fn creator<'p>(&self, people: &'p Principals) -> Result<&'p Arc<Principal>, Stop> {
        let creator = people.user(&self.job.writer.user);
        creator.filter(|user| user.active).ok_or_else(|| {
            let message = "The user who created the job is inactive";
            BulkRefusal::new(BulkCode::InvalidUser, message).into()
        })
    }

    /// Writes rows under one lock, as the job's creator. Where a durable log is kept, they are on disk when this returns.
    ///
    /// That the creator's token is revoked meanwhile changes nothing, since nobody uses it; a creator who is deactivated
    /// writes no more, and the job fails. Both are unverified.
    pub(super) fn write<'r>(
        &self,
        rows: impl Iterator<Item = Result<Pairs<'r>, ApiError>>,
    ) -> Result<Vec<Outcome>, Stop> {
        let (org, principals) = self.org_and_people()?;
        let principal = self.creator(&principals)?;
        let description = &self.job.description;
        let write = Write {
            org: &org,
            principal,
            principals: &principals,
            writer: Writer {
                request: self.request(),
                ..self.job.writer.clone()
            },
            auto_assign: match &description.assignment_rule {
                Some(rule) => AutoAssign::Rule(rule.clone()),
                None => AutoAssign::Off,
            },
        };
        let mut store = org.tenant().write();
        let outcomes: Vec<Outcome> = rows
            .map(|pairs| rows::write(&write, &mut store, description, pairs?))
            .collect();
        drop(store);
        self.written()?;
        self.count(&org, &outcomes);
        Ok(outcomes)
    }

    fn written(&self) -> Result<(), Stop> {
        let Some(_) = &self.server.log else {
            return Ok(());
        };
        let written = tokio::runtime::Handle::current().block_on(self.server.written());
        written.map_err(|error| Stop::Failed(super::table::disk(&std::io::Error::other(error))))
    }

    fn count(&self, org: &Org, outcomes: &[Outcome]) {
        let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        let mut progress = self.job.progress.lock();
        progress.modified_at = org.tenant().clock.now();
        if let Some(batch) = progress.batches.get_mut(self.batch) {
            batch.processed += outcomes.len() as u64;
            batch.failed += failed as u64;
        }
    }

    /// Counts records that a query found.
    pub(super) fn found(&self, records: u64) {
        if let Some(batch) = self.job.progress.lock().batches.get_mut(self.batch) {
            batch.processed += records;
        }
    }

    fn finish(&self, results: Results, error: Option<String>) {
        let Some(org) = self.org.upgrade() else {
            return;
        };
        let now = org.tenant().clock.now();
        let mut progress = self.job.progress.lock();
        progress.modified_at = now;
        // A classic job has a state of its own, which says nothing about its batches.
        if progress.state == JobState::InProgress {
            progress.state = match error {
                Some(_) => JobState::Failed,
                None => JobState::JobComplete,
            };
            progress.error.clone_from(&error);
        }
        let aborted = progress.state == JobState::Aborted;
        let keeps_data = self.job.api == super::job::Api::Classic;
        if let Some(batch) = progress.batches.get_mut(self.batch) {
            batch.modified_at = now;
            batch.state = match error {
                Some(_) => BatchState::Failed,
                None if aborted && batch.processed == 0 => BatchState::NotProcessed,
                None => BatchState::Completed,
            };
            batch.message = error;
            batch.results = results;
            if !keeps_data {
                batch.data = super::spool::Spool::empty();
            }
            org.jobs.count_rows(batch.processed, now);
        }
    }
}
