//! Sends jobs, in groups that share a login, until each has an outcome.

use super::connection::Connection;
use super::failure::Failure;
use super::job::{Job, Subject};
use super::outcome::{Outcome, Reason};
use super::plan::Plan;
use super::write::Written;
use super::{Batches, BulkDoor, Change, Moment, Sync, hubspot, salesforce};
use crate::apollo::{Apollo, CredentialId, Crm, CrmObject, Holder, Mode};

/// What Salesforce and HubSpot call an owner who can't own.
const REFUSED_OWNER: [&str; 2] = ["INACTIVE_OWNER_OR_USER", "INVALID_OWNER_ID"];

/// Plans that can share a request.
struct Group {
    key: (CredentialId, CrmObject, bool),
    rows: Vec<(usize, Plan)>,
}

impl Sync {
    /// Delivers jobs of one CRM and one mode, and notes in Apollo what became of them. One outcome a job, in their order.
    ///
    /// A login that dies on the way, or whose user can't own any more, is struck out and its jobs are decided anew; nothing
    /// else ever changes a job's login.
    pub(super) async fn deliver(&mut self, apollo: &mut Apollo, jobs: &[Job]) -> Vec<Outcome> {
        let mut outcomes: Vec<Option<Outcome>> = vec![None; jobs.len()];
        loop {
            let mut groups: Vec<Group> = vec![];
            for (index, job) in jobs.iter().enumerate() {
                if outcomes[index].is_some() {
                    continue;
                }
                match self.plan(apollo, job).await {
                    Ok(Some(plan)) => {
                        group(&mut groups, self.policy.batches, job.mode, index, plan);
                    }
                    Ok(None) => outcomes[index] = Some(no_credential(job)),
                    Err(failure) => outcomes[index] = Some(refused(&failure)),
                }
            }
            if groups.is_empty() {
                break;
            }
            for group in groups {
                self.send(apollo, jobs, group, &mut outcomes).await;
            }
        }
        let outcomes = jobs
            .iter()
            .zip(outcomes)
            .map(|(job, outcome)| (job, outcome.unwrap_or_else(|| no_credential(job))));
        outcomes
            .map(|(job, outcome)| logged(apollo, job, (self.policy.told)(outcome)))
            .collect()
    }

    /// Sends a group; rows whose login died stay without an outcome.
    async fn send(
        &mut self,
        apollo: &mut Apollo,
        jobs: &[Job],
        group: Group,
        outcomes: &mut [Option<Outcome>],
    ) {
        let credential = group.key.0;
        let mut results = self.write(apollo, &group, self.policy.batches).await;
        if self.policy.batches == Batches::Rerouted
            && results
                .iter()
                .any(|result| matches!(result, Err(Failure::Refused { .. })))
        {
            results = self.rerouted(apollo, &group, results).await;
        }
        for ((index, plan), result) in group.rows.into_iter().zip(results) {
            match result {
                Ok(written) => {
                    self.note(apollo, &jobs[index], &written);
                    outcomes[index] = Some(pushed(apollo, &jobs[index], written, plan.passed_over))
                }
                Err(Failure::CredentialDead { why }) => self.bury(credential, why),
                Err(failure) if self.owner_is_gone(apollo, &failure, plan.owner).await => {}
                Err(failure) => outcomes[index] = Some(refused(&failure)),
            }
        }
    }

    /// The whole group once more, with team sync's login if there is one.
    async fn rerouted(
        &mut self,
        apollo: &mut Apollo,
        group: &Group,
        results: Vec<Result<Written, Failure>>,
    ) -> Vec<Result<Written, Failure>> {
        let crm = group.rows.first().map(|(_, plan)| plan.write.crm);
        let team_sync = crm.and_then(|crm| apollo.credentials.held_by(crm, &Holder::TeamSync));
        let Some(team_sync) = team_sync.map(|held| held.id) else {
            return results;
        };
        let key = (team_sync, group.key.1, group.key.2);
        let rows = group.rows.clone();
        self.write(apollo, &Group { key, rows }, Batches::Careful)
            .await
    }

    /// Remembers what the record is in the CRM now, and who owns it in Apollo after the push.
    fn note(&self, apollo: &mut Apollo, job: &Job, written: &Written) {
        let Subject::Record(record) = &job.subject else {
            return;
        };
        let by = job.you.as_ref();
        let owner = (self.policy.apollo_owner)(apollo, record, Moment::Pushed { by });
        if let Ok(record) = apollo.record_mut(&record.id) {
            record.pushed(job.crm, job.object, written.crm_id.clone());
            record.owner = owner;
        }
    }

    /// Whether the CRM refused the owner, and is right: deactivated since the login was asked about. Then somebody else is
    /// found; the login is struck out, so that this happens once.
    async fn owner_is_gone(
        &mut self,
        apollo: &mut Apollo,
        failure: &Failure,
        owner: Option<CredentialId>,
    ) -> bool {
        match (failure, owner) {
            (Failure::Refused { code, .. }, Some(owner)) if REFUSED_OWNER.contains(&&**code) => {
                self.forget(owner);
                matches!(self.standing(apollo, owner).await, Ok(Err(_)))
            }
            _ => false,
        }
    }

    /// One result a row, in their order.
    async fn write(
        &mut self,
        apollo: &mut Apollo,
        group: &Group,
        batches: Batches,
    ) -> Vec<Result<Written, Failure>> {
        let Some(credential) = apollo.credentials.get_mut(group.key.0) else {
            return vec![
                Err(Failure::CredentialDead {
                    why: "the login was disconnected".into()
                });
                group.rows.len()
            ];
        };
        let crm = credential.crm;
        let (creates, bulk) = (self.policy.creates, self.policy.bulk);
        let mut connection = Connection::to_write(self, credential);
        connection.batches = batches;
        let writes: Vec<_> = group.rows.iter().map(|(_, plan)| &plan.write).collect();
        let mut results = vec![];
        match (crm, &writes[..]) {
            (Crm::Salesforce, [write]) if write.mode == Mode::Single => {
                results.push(salesforce::write_one(&mut connection, creates, write).await);
            }
            (Crm::Hubspot, [write]) if write.mode == Mode::Single => {
                results.push(hubspot::write_one(&mut connection, creates, write).await);
            }
            (Crm::Salesforce, writes) if bulk == BulkDoor::Jobs => {
                results.extend(salesforce::write_in_job(&mut connection, writes).await);
            }
            (Crm::Salesforce, writes) => {
                for batch in writes.chunks(batches.size(salesforce::BATCH_LIMIT, writes.len())) {
                    if batches == Batches::CutOff && !results.is_empty() {
                        break;
                    }
                    results.extend(salesforce::write_many(&mut connection, creates, batch).await);
                }
            }
            (Crm::Hubspot, writes) => {
                for batch in writes.chunks(batches.size(hubspot::BATCH_LIMIT, writes.len())) {
                    if batches == Batches::CutOff && !results.is_empty() {
                        break;
                    }
                    results.extend(hubspot::write_many(&mut connection, creates, batch).await);
                }
            }
        }
        if batches == Batches::CutOff {
            results.resize(group.rows.len(), Ok(Written::new("")));
        }
        results
    }
}

/// Adds a plan to the group that it can share a request with; alone in single mode.
fn group(groups: &mut Vec<Group>, batches: Batches, mode: Mode, index: usize, plan: Plan) {
    let key = (
        plan.credential,
        plan.write.object,
        matches!(plan.write.change, Change::Create { .. }),
    );
    let together = |group: &Group| match batches {
        Batches::FirstLogin => (group.key.1, group.key.2) == (key.1, key.2),
        _ => group.key == key,
    };
    match groups
        .iter_mut()
        .find(|group| mode == Mode::Bulk && together(group))
    {
        Some(group) => group.rows.push((index, plan)),
        None => groups.push(Group {
            key,
            rows: vec![(index, plan)],
        }),
    }
}

/// A login that was passed over goes to the log, though the record went through (Q7).
fn pushed(
    apollo: &mut Apollo,
    job: &Job,
    written: Written,
    passed_over: Option<String>,
) -> Outcome {
    let Written { crm_id, note } = written;
    if let Some(why) = &passed_over {
        apollo
            .error_log
            .add(job.log_entry(Reason::CredentialUnusable.word(), why));
    }
    Outcome::Pushed {
        crm_id,
        message: passed_over.or(note),
    }
}

fn refused(failure: &Failure) -> Outcome {
    let reason = match failure {
        Failure::CredentialDead { .. } => Reason::NoCredential,
        Failure::Refused { .. } => Reason::CrmRefused,
        Failure::AnswerLost { .. } | Failure::Unavailable { .. } => Reason::CrmUnreachable,
    };
    Outcome::refused(reason, failure.to_string())
}

fn no_credential(job: &Job) -> Outcome {
    Outcome::refused(
        Reason::NoCredential,
        format!("nobody has a {} login that works", job.crm),
    )
}

/// A refusal shows in the error log too (A25).
fn logged(apollo: &mut Apollo, job: &Job, outcome: Outcome) -> Outcome {
    if let Outcome::Refused { reason, message } = &outcome {
        apollo.error_log.add(job.log_entry(reason, message));
    }
    outcome
}
