//! From a job to a write: asks what the decision needs, decides, fills in the values.

use super::choice::{Availability, Decision, Found, Owner, Step, Whose, decide};
use super::failure::Failure;
use super::job::{Job, Subject};
use super::login::Sought;
use super::{Identity, Sync, Write, hubspot, salesforce};
use crate::apollo::{Apollo, CredentialId, Crm, CrmObject, Holder};
use serde_json::{Map, Value};

/// A write, and the login to send it with.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) credential: CredentialId,
    pub(super) write: Write,
    /// The login of whoever is to own it, where that is a login's user.
    pub(super) owner: Option<CredentialId>,
    /// Why a better login was passed over, if one was.
    pub(super) passed_over: Option<String>,
}

impl Sync {
    /// What to send for a job, or none where no login is available.
    pub(super) async fn plan(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
    ) -> Result<Option<Plan>, Failure> {
        let (decision, found) = self.decide(apollo, job).await?;
        let Decision::Write { writer, owner } = decision else {
            return Ok(None);
        };
        let Some((credential, identity)) = self.usable(apollo, job, writer).await? else {
            return Ok(None);
        };
        let (owner_login, owner) = self
            .owner(apollo, job, (credential, &identity), owner)
            .await?;
        let change = self.change(apollo, job, credential).await?;
        let mut write = Write {
            crm: job.crm,
            mode: job.mode,
            object: job.object,
            change,
            properties: properties(job),
            owner,
            related: related(apollo, job),
            assignment_rules: apollo.settings.assignment_rules,
            writer: identity,
        };
        (self.policy.last_look)(&mut write);
        let passed_over = self.passed_over(apollo, job, &found);
        Ok(Some(Plan {
            credential,
            write,
            owner: owner_login,
            passed_over,
        }))
    }

    async fn decide(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
    ) -> Result<(Decision, Found), Failure> {
        let (case, mut found) = (job.case(), Found::default());
        loop {
            match decide(&self.policy, &case, &found) {
                Step::Ask(whose) => found.set(whose, self.availability(apollo, job, whose).await?),
                Step::Decided(decision) => return Ok((decision, found)),
            }
        }
    }

    async fn availability(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
        whose: Whose,
    ) -> Result<Availability, Failure> {
        Ok(match self.connected(apollo, job, whose).await? {
            None => Availability::Absent,
            Some(credential) => match self.standing(apollo, credential).await? {
                Ok(_) => Availability::Usable,
                Err(_) => Availability::Unusable,
            },
        })
    }

    async fn usable(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
        whose: Whose,
    ) -> Result<Option<(CredentialId, Identity)>, Failure> {
        let Some(credential) = self.connected(apollo, job, whose).await? else {
            return Ok(None);
        };
        Ok(self
            .standing(apollo, credential)
            .await?
            .ok()
            .map(|identity| (credential, identity)))
    }

    /// The login that plays this part in the job, whether it works or not. A link is per CRM (H9).
    async fn connected(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
        whose: Whose,
    ) -> Result<Option<CredentialId>, Failure> {
        let holder = match whose {
            Whose::Highest => return self.highest(apollo, job.crm).await,
            Whose::Colleague => return self.colleague(apollo, job.crm, job.you.as_ref()).await,
            Whose::ApolloAdmin => match apollo.admin() {
                Some(admin) => Holder::User(admin.id.clone()),
                None => return Ok(None),
            },
            Whose::TeamSync => Holder::TeamSync,
            Whose::ApolloOwner => Holder::User(job.about().owner.clone()),
            Whose::You => match &job.you {
                Some(you) => Holder::User(you.clone()),
                None => return Ok(None),
            },
        };
        Ok(self.held(apollo, job.crm, &holder))
    }

    async fn owner(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
        (credential, writer): (CredentialId, &Identity),
        owner: Owner,
    ) -> Result<(Option<CredentialId>, Option<String>), Failure> {
        let sought = match owner {
            Owner::LeftToCrm => return Ok((None, None)),
            Owner::Writer => return Ok((Some(credential), (self.policy.owner_id)(writer))),
            Owner::MatchingEmail => Sought::Active,
            Owner::YouThoughUnusable => Sought::ActiveOrNot,
            Owner::Of(whose) => {
                let known_in = (self.policy.owner_known_in)(job.crm);
                let named = self.usable(apollo, &job.seen_from(known_in), whose).await?;
                return Ok(match named {
                    Some((login, identity)) => (Some(login), (self.policy.owner_id)(&identity)),
                    None => (None, None),
                });
            }
        };
        let found = self.owner_by_email(apollo, job, credential, sought).await?;
        Ok((None, found))
    }

    async fn owner_by_email(
        &mut self,
        apollo: &mut Apollo,
        job: &Job,
        credential: CredentialId,
        sought: Sought,
    ) -> Result<Option<String>, Failure> {
        let Some(email) = job
            .you
            .as_ref()
            .and_then(|you| apollo.user(you).ok())
            .map(|user| user.email.clone())
        else {
            return Ok(None);
        };
        let Some(credential) = apollo.credentials.get_mut(credential) else {
            return Ok(None);
        };
        let mut connection = self.connect(credential);
        match job.crm {
            Crm::Salesforce => salesforce::user_by_email(&mut connection, &email, sought).await,
            Crm::Hubspot => hubspot::owner_by_email(&mut connection, &email, sought).await,
        }
    }

    /// Why your login, or team sync's, was asked for and not used: people have to hear of it (Q7, A25).
    fn passed_over(&self, apollo: &Apollo, job: &Job, found: &Found) -> Option<String> {
        let yours = job.you.clone().map(Holder::User);
        let asked = [
            (yours, found.you),
            (Some(Holder::TeamSync), found.team_sync),
        ];
        let unusable = asked
            .into_iter()
            .filter(|(_, availability)| *availability == Availability::Unusable);
        let reasons: Vec<String> = unusable
            .filter_map(|(holder, _)| {
                let held = apollo.credentials.held_by(job.crm, &holder?)?;
                self.logins.get(&held.id)?.why_unusable()
            })
            .collect();
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }
}

fn properties(job: &Job) -> Map<String, Value> {
    match (job.crm, &job.subject) {
        (Crm::Salesforce, Subject::Record(record)) => {
            salesforce::record_properties(job.object, record)
        }
        (Crm::Salesforce, Subject::Activity { activity, .. }) => {
            salesforce::activity_properties(activity)
        }
        (Crm::Hubspot, Subject::Record(record)) => hubspot::record_properties(record),
        (Crm::Hubspot, Subject::Activity { activity, .. }) => {
            hubspot::activity_properties(activity)
        }
    }
}

/// A contact hangs on its account, an activity on what it is about; a Lead has only the name of a company.
fn related(apollo: &Apollo, job: &Job) -> Vec<(CrmObject, String)> {
    let counterpart = match &job.subject {
        Subject::Activity { about, .. } => about.any_counterpart(job.crm),
        Subject::Record(record) if job.object == CrmObject::Contact => {
            let account = record
                .account
                .as_ref()
                .and_then(|account| apollo.record(account).ok());
            account.and_then(|account| account.any_counterpart(job.crm))
        }
        Subject::Record(_) => None,
    };
    counterpart
        .map(|(object, found)| (object, found.crm_id.clone()))
        .into_iter()
        .collect()
}
