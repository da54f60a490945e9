//! A push from the outside: records in, outcomes out.

use super::job::{Job, Push};
use super::outcome::{Outcome, Reason};
use super::{Recognition, Sync};
use crate::apollo::{
    ActivityId, Apollo, ApolloError, Crm, CrmObject, Kind, Mode, Record, RecordId,
};
use std::collections::BTreeMap;

type Outcomes = BTreeMap<RecordId, Outcome>;

impl Sync {
    /// Pushes records: one by one, or together. One outcome a record, in the order asked for.
    ///
    /// A contact brings its account along if the CRM does not have it.
    pub async fn push(
        &mut self,
        apollo: &mut Apollo,
        push: &Push,
    ) -> Result<Vec<(RecordId, Outcome)>, ApolloError> {
        if let Some(user) = &push.user {
            apollo.user(user)?;
        }
        for id in &push.records {
            apollo.record(id)?;
        }
        let step = match push.mode {
            Mode::Single => 1,
            Mode::Bulk => push.records.len().max(1),
        };
        let mut outcomes = Outcomes::new();
        for ids in push.records.chunks(step) {
            self.push_together(apollo, push, ids, &mut outcomes).await?;
        }
        let outcome_of = |id: &RecordId| {
            outcomes
                .get(id)
                .map(|outcome| (id.clone(), outcome.clone()))
        };
        Ok(push.records.iter().filter_map(outcome_of).collect())
    }

    /// Logs an activity in a CRM, on the record that it is about.
    pub async fn log(
        &mut self,
        apollo: &mut Apollo,
        crm: Crm,
        activity: &ActivityId,
    ) -> Result<Outcome, ApolloError> {
        let activity = apollo.activity(activity)?.clone();
        let about = apollo.record(&activity.about)?.clone();
        let job = Job::activity(&self.policy, crm, activity, about);
        if job.about().any_counterpart(crm).is_none() {
            let message = format!("{} is not in {crm}: push it first", job.about().id);
            return Ok(refuse(apollo, &job, Reason::NotInCrm, message));
        }
        let mut outcomes = self.deliver(apollo, std::slice::from_ref(&job)).await;
        Ok(outcomes.swap_remove(0))
    }

    async fn push_together(
        &mut self,
        apollo: &mut Apollo,
        push: &Push,
        ids: &[RecordId],
        outcomes: &mut Outcomes,
    ) -> Result<(), ApolloError> {
        let accounts = self.jobs(apollo, push, ids, Kind::Account)?;
        self.deliver_into(apollo, &accounts, outcomes).await;
        let contacts = self.jobs(apollo, push, ids, Kind::Contact)?;
        let by_products = by_products(apollo, self.policy.recognition, &contacts, outcomes);
        self.deliver(apollo, &by_products).await;
        let (ready, stuck): (Vec<_>, Vec<_>) = contacts
            .into_iter()
            .partition(|job| missing_account(apollo, job).is_none());
        for job in stuck {
            let refused = refuse(
                apollo,
                &job,
                Reason::AccountRefused,
                "its account could not be pushed".into(),
            );
            outcomes.insert(job.about().id.clone(), refused);
        }
        self.deliver_into(apollo, &ready, outcomes).await;
        Ok(())
    }

    /// The records of one kind, each once.
    fn jobs(
        &self,
        apollo: &Apollo,
        push: &Push,
        ids: &[RecordId],
        kind: Kind,
    ) -> Result<Vec<Job>, ApolloError> {
        let mut jobs: Vec<Job> = vec![];
        for id in ids {
            let record = apollo.record(id)?;
            if record.kind == kind && jobs.iter().all(|job| job.about().id != *id) {
                jobs.push(Job::record(&self.policy, push, record.clone()));
            }
        }
        Ok(jobs)
    }

    async fn deliver_into(&mut self, apollo: &mut Apollo, jobs: &[Job], outcomes: &mut Outcomes) {
        let delivered = self.deliver(apollo, jobs).await;
        outcomes.extend(jobs.iter().map(|job| job.about().id.clone()).zip(delivered));
    }
}

/// The accounts that these contacts need and the CRM lacks, each once, through the first contact that needs it.
/// An account that has just been refused in its own right is not tried again.
fn by_products(
    apollo: &Apollo,
    recognition: Recognition,
    contacts: &[Job],
    outcomes: &Outcomes,
) -> Vec<Job> {
    let mut jobs: Vec<Job> = vec![];
    for contact in contacts {
        if let Some(account) = missing_account(apollo, contact)
            && !outcomes.contains_key(&account.id)
            && (recognition == Recognition::AccountsNever
                || jobs.iter().all(|job| job.about().id != account.id))
        {
            let mut account = account.clone();
            if recognition == Recognition::AccountsNever {
                account.external_id = format!("{}-{}", account.external_id, contact.about().id);
            }
            jobs.push(contact.by_product(account));
        }
    }
    jobs
}

/// The account of a contact that the CRM does not have. A Lead has none: it carries the name of its company.
fn missing_account<'a>(apollo: &'a Apollo, job: &Job) -> Option<&'a Record> {
    let id = job
        .about()
        .account
        .as_ref()
        .filter(|_| job.object == CrmObject::Contact)?;
    apollo
        .record(id)
        .ok()
        .filter(|account| account.counterpart(job.crm, CrmObject::Account).is_none())
}

fn refuse(apollo: &mut Apollo, job: &Job, reason: Reason, message: String) -> Outcome {
    apollo.error_log.add(job.log_entry(reason.word(), &message));
    Outcome::refused(reason, message)
}
