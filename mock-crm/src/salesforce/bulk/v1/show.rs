//! Jobs and batches as version 1.0 shows them.

use serde_json::{Value, json};

use super::Form;
use crate::clock::Timestamp;
use crate::salesforce::bulk::job::{Batch, BatchState, Job};

/// A `jobInfo`.
pub(super) fn job(job: &Job, form: Form) -> Vec<(&'static str, Value)> {
    let (processed, failed) = job.counts();
    let progress = job.progress.lock();
    let in_state = |state| {
        progress
            .batches
            .iter()
            .filter(|batch| batch.state == state)
            .count()
    };
    let description = &job.description;
    vec![
        ("id", json!(job.id.as_str())),
        ("operation", json!(description.operation)),
        ("object", json!(&*description.object.name)),
        ("createdById", json!(&*job.writer.user)),
        ("createdDate", instant(job.created_at, form)),
        ("systemModstamp", instant(progress.modified_at, form)),
        ("state", json!(progress.state)),
        ("externalIdFieldName", json!(description.key)),
        (
            "concurrencyMode",
            json!(if description.serial_mode {
                "Serial"
            } else {
                "Parallel"
            }),
        ),
        ("contentType", json!(description.content)),
        ("numberBatchesQueued", json!(in_state(BatchState::Queued))),
        (
            "numberBatchesInProgress",
            json!(in_state(BatchState::InProgress)),
        ),
        (
            "numberBatchesCompleted",
            json!(in_state(BatchState::Completed)),
        ),
        ("numberBatchesFailed", json!(in_state(BatchState::Failed))),
        ("numberBatchesTotal", json!(progress.batches.len())),
        ("numberRecordsProcessed", json!(processed)),
        ("numberRetries", json!(0)),
        ("apiVersion", json!(description.version.number())),
        ("assignmentRuleId", json!(description.assignment_rule)),
        ("numberRecordsFailed", json!(failed)),
        ("totalProcessingTime", json!(0)),
        ("apiActiveProcessingTime", json!(0)),
        ("apexProcessingTime", json!(0)),
    ]
}

/// A `batchInfo`.
pub(super) fn batch(job: &Job, batch: &Batch, form: Form) -> Vec<(&'static str, Value)> {
    vec![
        ("id", json!(batch.id.as_str())),
        ("jobId", json!(job.id.as_str())),
        ("state", json!(batch.state)),
        ("stateMessage", json!(batch.message)),
        ("createdDate", instant(batch.created_at, form)),
        ("systemModstamp", instant(batch.modified_at, form)),
        ("numberRecordsProcessed", json!(batch.processed)),
        ("numberRecordsFailed", json!(batch.failed)),
        ("totalProcessingTime", json!(0)),
        ("apiActiveProcessingTime", json!(0)),
        ("apexProcessingTime", json!(0)),
    ]
}

/// Instants end in `Z` in recordings of the XML form, and in `+0000` in the guide's samples of the JSON form.
fn instant(at: Timestamp, form: Form) -> Value {
    match form {
        Form::Xml => json!(at.iso().to_string()),
        Form::Json => json!(at.iso_without_colon().to_string()),
    }
}
