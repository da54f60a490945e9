//! How the client knows again what a CRM has already.

use super::failure::Failure;
use super::job::{Job, Subject};
use super::{Change, Sync, salesforce};
use crate::apollo::{Apollo, CredentialId, Crm, CrmObject};

/// By what the client knows a record again. All but the first make records twice, lose them, or take somebody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// By the id of Apollo's that it carries, and once it was pushed by the id that the CRM gave it.
    ById,
    /// By a search for its address, whose index lags behind; a conflict is a refusal.
    BySearch,
    /// By its address alone: whoever has the same address is the same person.
    ByAddress,
    /// What is in the way is deleted, and made anew.
    Replaces,
    /// Not at all: every push makes a record.
    Never,
    /// Not once a queue owns it.
    UnlessQueued,
    /// Not accounts: each contact brings its own along.
    AccountsNever,
}

impl Sync {
    /// Create or update.
    pub(super) async fn change(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
        credential: CredentialId,
    ) -> Result<Change, Failure> {
        let plain = plain(job);
        let again = match (self.policy.recognition, &plain, job.crm) {
            (Recognition::Never, Change::Update { .. }, _) => true,
            (Recognition::UnlessQueued, Change::Update { crm_id }, Crm::Salesforce)
                if job.object == CrmObject::Lead =>
            {
                self.queued(apollo, crm_id, credential).await?
            }
            (Recognition::ByAddress, Change::Create { .. }, Crm::Salesforce)
                if job.object == CrmObject::Contact =>
            {
                let found = self.same_address(apollo, job, credential).await?;
                return Ok(found.map_or(plain, |crm_id| Change::Update { crm_id }));
            }
            _ => false,
        };
        Ok(match again {
            // Under the old id the CRM would find the record again.
            true => Change::Create {
                external_id: format!("{}-again", job.about().external_id),
            },
            false => plain,
        })
    }

    async fn queued(
        &mut self,
        apollo: &mut Apollo,
        crm_id: &str,
        credential: CredentialId,
    ) -> Result<bool, Failure> {
        let Some(credential) = apollo.credentials.get_mut(credential) else {
            return Ok(false);
        };
        let owner = salesforce::lead_owner(&mut self.connect(credential), crm_id).await?;
        Ok(owner.is_some_and(|owner| owner.starts_with("00G")))
    }

    async fn same_address(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
        credential: CredentialId,
    ) -> Result<Option<String>, Failure> {
        let address = job.about().fields.get("email").cloned();
        match (address, apollo.credentials.get_mut(credential)) {
            (Some(address), Some(credential)) => {
                salesforce::contact_by_email(&mut self.connect(credential), &address).await
            }
            _ => Ok(None),
        }
    }
}

fn plain(job: &Job) -> Change {
    match (job.crm_id(), &job.subject) {
        (Some(crm_id), _) => Change::Update {
            crm_id: crm_id.into(),
        },
        (None, Subject::Record(record)) => Change::Create {
            external_id: record.external_id.clone(),
        },
        (None, Subject::Activity { activity, .. }) => Change::Create {
            external_id: activity.external_id.clone(),
        },
    }
}
