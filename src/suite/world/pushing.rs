//! Pushes and activities: what is asked of the system under test, and what it said of it.

use super::situation::Act;
use super::{Done, Draft, Problem, Pushed, World, apollo};
use crate::observe::{ApolloOwner, Principal, RecordKey, Reported, Span, Subject};
use crate::rules::{Crm, Event, Kind, Mode, Situation};
use crate::suite::people::Person;
use crate::sut::{ActivityKind, ActivityLog, Details, Outcome, PushRecords, PushedAs};

/// When activities happened; the CRMs' clocks stand there, too.
pub(super) const NOW: &str = "2026-01-01T09:00:00Z";

impl World {
    /// Pushes records, for the first time or again. `actor` is `None` where nobody pressed a button.
    pub async fn push(
        &mut self,
        actor: Option<Person>,
        drafts: &[usize],
        crm: Crm,
        mode: Mode,
    ) -> Done {
        self.begin().await?;
        let push = self.push_message(actor, drafts, crm, mode)?;
        // Whose record it is, or who presses the button: where that is not one person, "you" is open (Q4).
        let owners = drafts.iter().map(|draft| self.drafts[*draft].owner);
        let mut involved = owners.chain(actor);
        let first = involved.next();
        let mixed = mode == Mode::Bulk && involved.any(|person| Some(person) != first);
        let act = Act {
            crm,
            mode,
            actor,
            mixed,
        };
        let mut subjects = Vec::new();
        for draft in drafts {
            let mut pushed = self.begin_push(act, *draft)?;
            let owner = self.apollo_owner(*draft).await?;
            // Where the system under test tells of another owner than it was given, the table can't be asked what stays.
            let given = self.apollo_principal(&self.apollo_user(self.drafts[*draft].owner)?);
            pushed.scene_broken |= !owner.is(&given);
            pushed.subject.apollo_owner.before_push = Some(owner);
            subjects.push(pushed);
        }
        let mut by_products = self.by_products(act, drafts)?;
        for (pushed, draft) in along(&mut by_products) {
            pushed.subject.apollo_owner.before_push = Some(self.apollo_owner(draft).await?);
        }
        let after = self.before_writing();
        let results = self.driver.push(&push).await?;
        let own = Some(Span {
            after,
            until: self.last_request(),
        });
        for pushed in subjects.iter_mut().chain(&mut by_products) {
            pushed.subject.requests = own;
        }
        for ((pushed, draft), result) in subjects.iter_mut().zip(drafts).zip(results) {
            pushed.subject.reported = Some(reported(result.outcome));
            pushed.subject.apollo_owner.after_push = Some(self.apollo_owner(*draft).await?);
        }
        for (pushed, draft) in along(&mut by_products) {
            pushed.subject.apollo_owner.after_push = Some(self.apollo_owner(draft).await?);
        }
        self.focus = subjects
            .into_iter()
            .map(|pushed| self.put(pushed))
            .collect();
        for by_product in by_products {
            self.put(by_product);
        }
        Ok(())
    }

    /// The same as a part of the scene: it has to go through.
    pub async fn push_before(
        &mut self,
        actor: Person,
        drafts: &[usize],
        crm: Crm,
        mode: Mode,
    ) -> Done {
        self.push(Some(actor), drafts, crm, mode).await?;
        for index in &self.focus {
            if let Some(Reported::Refused { reason }) = &self.pushed[*index].subject.reported {
                return Err(Problem::System(format!(
                    "the scene can't be set: a push that has to go through is refused ({reason})"
                )));
            }
        }
        Ok(())
    }

    fn push_message(
        &self,
        actor: Option<Person>,
        drafts: &[usize],
        crm: Crm,
        mode: Mode,
    ) -> Result<PushRecords, Problem> {
        let leads = drafts
            .iter()
            .filter(|draft| self.drafts[**draft].kind == Kind::Lead)
            .count();
        if drafts.is_empty() || (leads > 0 && leads < drafts.len()) {
            return Err(Problem::Feature(
                "a push is of leads, or of contacts and accounts, and of one at least".to_owned(),
            ));
        }
        if leads > 0 && crm == Crm::Hubspot {
            return Err(Problem::Feature(
                "leads are pushed to Salesforce only".to_owned(),
            ));
        }
        self.require(&format!("crm:{}", crm.to_string().to_lowercase()))?;
        self.require(if mode == Mode::Bulk {
            "mode:bulk"
        } else {
            "mode:single"
        })?;
        Ok(PushRecords {
            records: drafts
                .iter()
                .map(|draft| self.drafts[*draft].id.clone())
                .collect(),
            crm: apollo::crm(crm),
            mode: apollo::mode(mode),
            user: actor.map(|actor| self.apollo_user(actor)).transpose()?,
            pushed_as: if leads > 0 {
                PushedAs::Lead
            } else {
                PushedAs::Contact
            },
        })
    }

    /// Whether Apollo made the person the owner whom O1 names. "Unchanged" means that owner.
    fn saved_for_its_owner(&self, draft: &Draft) -> Result<bool, Problem> {
        // An owner who was assigned later has nothing to do with saving.
        let owner = match draft.job_change {
            Some(_) => draft.owner,
            None => draft.saved_by,
        };
        let owner = self.apollo_principal(&self.apollo_user(owner)?);
        Ok(draft.created_owner.is(&owner))
    }

    fn begin_push(&self, act: Act, index: usize) -> Result<Pushed, Problem> {
        let draft = &self.drafts[index];
        let key = self.key_of(act.crm, draft);
        let before = self.ownership_now(&key)?;
        // What came to nothing is not in the CRM: to push it again is to push it for the first time.
        let earlier = self.find(&key).map(|earlier| &self.pushed[earlier]);
        let earlier = earlier.filter(|earlier| before.is_some() || !earlier.came_to_nothing());
        let situation = match earlier {
            None if draft.found_in.contains(&act.crm) => {
                self.situation_of_draft(act, draft, Event::UpdateFound)
            }
            None => self.situation(act, draft),
            Some(earlier) => self.update_situation(act, draft, earlier),
        };
        let mut pushed = self.prepare(act, self.you(act, draft), draft, situation, key)?;
        pushed.draft = Some(index);
        pushed.subject.before = before;
        pushed.scene_broken = match self.find(&pushed.subject.key) {
            Some(earlier) => self.came_out_wrong(&self.pushed[earlier])?,
            None => !self.saved_for_its_owner(draft)?,
        };
        Ok(pushed)
    }

    fn prepare(
        &self,
        act: Act,
        you: Person,
        draft: &Draft,
        situation: Situation,
        key: RecordKey,
    ) -> Result<Pushed, Problem> {
        let side = self.side(act.crm);
        let subject = Subject {
            name: self.subject_name(situation.kind, draft.saved_by, act.crm, &key),
            cast: self.cast(act, you, draft.owner, situation.event)?,
            apollo_cast: self.apollo_cast(self.you(act, draft), draft)?,
            apollo_owner: ApolloOwner {
                created: Some(draft.created_owner.clone()),
                ..ApolloOwner::default()
            },
            key,
            situation,
            before: None,
            reported: None,
            requests: None,
            phone: None,
        };
        Ok(Pushed {
            subject,
            draft: None,
            you,
            apollo_owner: draft.owner,
            linked_as: side.linked_as(you),
            team_sync: side.team_sync_user(),
            scene_broken: false,
        })
    }

    /// Accounts that come along with contacts, and that no push has named.
    fn by_products(&self, act: Act, drafts: &[usize]) -> Result<Vec<Pushed>, Problem> {
        let mut found: Vec<Pushed> = Vec::new();
        for contact in drafts.iter().map(|draft| &self.drafts[*draft]) {
            let Some(account) = contact.account.filter(|account| !drafts.contains(account)) else {
                continue;
            };
            let key = self.key(act.crm, Kind::Account, &self.drafts[account].key);
            let there = self.ownership_now(&key)?.is_some();
            let earlier = self.find(&key).map(|earlier| &self.pushed[earlier]);
            let pushed = earlier.is_some_and(|earlier| there || !earlier.came_to_nothing());
            if pushed || found.iter().any(|pushed| pushed.subject.key == key) {
                continue;
            }
            let you = self.you(act, contact);
            let situation = self.situation_of(
                act,
                Kind::Account,
                Some(contact.source),
                you,
                Event::CreateAsByProduct,
            );
            let mut pushed = self.prepare(act, you, &self.drafts[account], situation, key)?;
            pushed.draft = Some(account);
            found.push(pushed);
        }
        Ok(found)
    }

    /// Logs an activity about a record that is in the CRM.
    pub async fn log(&mut self, actor: Option<Person>, kind: Kind, about: usize, crm: Crm) -> Done {
        self.begin().await?;
        let word = match kind {
            Kind::Email => "email".to_owned(),
            other => other.to_string(),
        };
        self.require(&format!("activity:{word}"))?;
        let kind_of_driver = match kind {
            Kind::Email => ActivityKind::Email,
            Kind::Task => ActivityKind::Task,
            Kind::Call => ActivityKind::Call,
            _ => {
                return Err(Problem::Harness(format!(
                    "version 1 of the driver protocol has no {kind}"
                )));
            }
        };
        let draft = self.drafts[about].clone();
        let subject_line = self.fakes.subject_line(kind);
        let act = Act {
            crm,
            mode: Mode::Single,
            actor,
            mixed: false,
        };
        let you = self.you(act, &draft);
        let event = match actor {
            None => Event::SendAutomatically,
            Some(actor) if actor != draft.owner => Event::LogOnAnothersContact,
            Some(_) => Event::Create,
        };
        let situation = self.situation_of(act, kind, Some(draft.source), you, event);
        let key = self.key(crm, kind, &subject_line);
        let mut pushed = self.prepare(
            act,
            you,
            &Draft {
                saved_by: you,
                ..draft.clone()
            },
            situation,
            key,
        )?;
        pushed.subject.apollo_owner = ApolloOwner::default();
        let log = ActivityLog {
            kind: kind_of_driver,
            user: actor.map(|actor| self.apollo_user(actor)).transpose()?,
            about: draft.id,
            crm: apollo::crm(crm),
            fields: Details {
                subject: subject_line,
                at: NOW.to_owned(),
                body: None,
            },
        };
        let after = self.before_writing();
        pushed.subject.reported = Some(reported(self.driver.log_activity(&log).await?.outcome));
        pushed.subject.requests = Some(Span {
            after,
            until: self.last_request(),
        });
        self.focus = vec![self.put(pushed)];
        Ok(())
    }

    /// Apollo's owner, as the system under test tells it now.
    async fn apollo_owner(&mut self, draft: usize) -> Result<Principal, Problem> {
        let id = self.drafts[draft].id.clone();
        let read = self.driver.read_record(&id).await?;
        Ok(self.apollo_principal(&read.owner))
    }
}

impl Pushed {
    /// Whether the system under test does not say that it has done it: it refused, or this came along with what it refused.
    fn came_to_nothing(&self) -> bool {
        self.subject.reported != Some(Reported::Pushed)
    }
}

/// By-products with their records in Apollo.
fn along(by_products: &mut [Pushed]) -> impl Iterator<Item = (&mut Pushed, usize)> {
    by_products
        .iter_mut()
        .filter_map(|pushed| pushed.draft.map(|draft| (pushed, draft)))
}

fn reported(outcome: Outcome) -> Reported {
    match outcome {
        Outcome::Pushed { .. } => Reported::Pushed,
        Outcome::Refused { reason, .. } => Reported::Refused { reason },
    }
}
