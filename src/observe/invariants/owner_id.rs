//! N8: what an owner id stands for.

use super::Finding;
use crate::observe::cause;
use crate::observe::{Observation, OwnerIdKind, PrincipalKind, Subject};
use crate::rules::Kind;

/// N8: also where the CRM refused the id. A lead may go to a queue, as far as its kind goes.
pub(super) fn right_owner_id(subject: &Subject, observation: &Observation) -> Option<Finding> {
    let lead = subject.situation.kind == Kind::Lead;
    let wrong = |kind| match kind {
        OwnerIdKind::Owner => false,
        OwnerIdKind::Queue => !lead,
        _ => true,
    };
    let here = || {
        observation
            .writes
            .iter()
            .filter(|write| write.crm == subject.key.crm)
    };
    let sent = here().find_map(|write| {
        Some((
            write,
            write.owners_sent.iter().find(|sent| wrong(sent.kind))?,
        ))
    });
    if let Some((write, sent)) = sent {
        let broken = format!("owner id {} is {}", sent.id, sent.kind.words());
        return Some(Finding {
            broken: Some(broken),
            request: Some(write.into()),
            cause: cause::wrong_kind(sent),
        });
    }
    let owner = subject.record(observation)?.now.owner.as_ref();
    let recorded = owner.filter(|owner| match owner.kind {
        PrincipalKind::Queue => !lead,
        PrincipalKind::Stranger => true,
        _ => false,
    });
    Finding::of(recorded.map(|owner| {
        format!(
            "the recorded owner {} is no user of this {}",
            owner.id, subject.key.crm
        )
    }))
}

impl OwnerIdKind {
    fn words(self) -> &'static str {
        match self {
            Self::Owner => "an owner",
            Self::Queue => "a queue",
            Self::HubspotUserId => "a HubSpot user id, not an owner id",
            Self::OtherOrg => "of another org or portal",
            Self::OtherCrm => "of the other CRM",
            Self::Unknown => "nobody's",
        }
    }
}
