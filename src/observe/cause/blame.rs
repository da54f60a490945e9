//! Which request to blame.

use super::evidence::Evidence;
use crate::observe::observation::{Observation, Subject, WriteRequest};
use crate::observe::verdict::{Blame, Field};

/// The request that wrote what is judged; where there is no record, the last one that tried to write it, or the last that the
/// CRM refused.
pub(in crate::observe) fn blame(
    field: Field,
    subject: &Subject,
    observation: &Observation,
) -> Option<Blame> {
    let crm = subject.key.crm;
    let evidence = Evidence::of(subject, observation);
    let create = evidence.create.map(|create| create.request.as_str());
    let change = evidence.change.map(|change| change.request.as_str());
    let request = if field == Field::CreatedBy {
        create
    } else {
        change.or(create)
    };
    let wrote = request.and_then(|id| observation.write(crm, id));
    let tried = || evidence.tries.last().copied();
    wrote
        .or_else(|| last_try(subject, observation, tried))
        .map(Blame::from)
}

fn last_try<'a>(
    subject: &Subject,
    observation: &'a Observation,
    tried: impl FnOnce() -> Option<&'a WriteRequest>,
) -> Option<&'a WriteRequest> {
    if subject.record(observation).is_some() {
        return None;
    }
    let refused = |write: &&WriteRequest| write.crm == subject.key.crm && write.status >= 400;
    tried().or_else(|| observation.writes.iter().rfind(refused))
}

impl From<&WriteRequest> for Blame {
    fn from(write: &WriteRequest) -> Self {
        Self {
            request: write.id.clone(),
            method: write.method.clone(),
            path: write.path.clone(),
            status: write.status,
            credential: write.caller().to_owned(),
        }
    }
}
