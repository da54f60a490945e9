//! A second org or portal of the same people. The client works there first, and is then set up anew for the one of the scenario.
//!
//! The driver protocol has one org and one portal at a time: the next `reset` names others, and everything else is forgotten.

use super::journal::writes_records;
use super::scenery::Scenery;
use super::side::Side;
use super::verdicts::untouched;
use super::{Done, Problem, World};
use crate::observe::{Observation, Verdict, WriteRequest};
use crate::rules::{Crm, Kind, Mode, Source};
use crate::suite::people::Person;

/// An org or portal that was worked in before.
#[derive(Debug)]
pub(super) struct Elsewhere {
    side: Side,
    /// Writes that it had seen when the client was set up anew.
    writes: usize,
}

impl World {
    /// The person links a login in another org or portal and pushes a contact there, by the same client.
    pub async fn work_elsewhere(&mut self, person: Person, crm: Crm) -> Done {
        if self.begun {
            return Err(Problem::Feature(
                "what was before has to be told first of all".to_owned(),
            ));
        }
        self.only_on_mocks("a second org or portal")?;
        let other = Side::open(&self.harness, crm, &self.staff, Scenery::default())?;
        let here = std::mem::replace(self.side_mut(crm), other);
        let done = self.push_something(person, crm).await;
        let writes = self.side(crm).write_requests();
        let side = std::mem::replace(self.side_mut(crm), here);
        self.elsewhere.push(Elsewhere { side, writes });
        self.begun = false;
        self.drafts.clear();
        self.pushed.clear();
        self.focus.clear();
        done
    }

    async fn push_something(&mut self, person: Person, crm: Crm) -> Done {
        self.link(person, crm, person).await?;
        let draft = self.save(person, Kind::Contact, Source::Manual).await?;
        self.push_before(person, &[draft], crm, Mode::Single)
            .await?;
        let key = self.key(crm, Kind::Contact, &self.drafts[draft].key);
        match self.ownership_now(&key)? {
            Some(_) => Ok(()),
            None => Err(Problem::System(
                "the scene can't be set: what it says it pushed is not there".to_owned(),
            )),
        }
    }

    /// Nothing is written to an org or portal that was left.
    pub(super) fn judge_elsewhere(&self, observation: &Observation) -> Vec<Verdict> {
        let left = self.elsewhere.iter();
        left.filter_map(|elsewhere| {
            let since = elsewhere
                .side
                .write_requests()
                .saturating_sub(elsewhere.writes);
            untouched(elsewhere.side.crm, since, observation)
        })
        .collect()
    }

    /// What has been written there all the same.
    pub(super) fn writes_left(&self) -> Vec<WriteRequest> {
        let mut writes = Vec::new();
        for Elsewhere {
            side,
            writes: known,
        } in &self.elsewhere
        {
            let Some(tenant) = side.vendor.tenant() else {
                continue;
            };
            let journal = tenant.journal.lock();
            let all = journal
                .exchanges()
                .filter(|exchange| writes_records(exchange));
            writes.extend(
                all.skip(*known)
                    .map(|exchange| self.write(side, exchange, &[])),
            );
        }
        writes
    }

    pub(super) fn sides(&self) -> impl Iterator<Item = &Side> {
        let elsewhere = self.elsewhere.iter().map(|elsewhere| &elsewhere.side);
        [&self.salesforce, &self.hubspot]
            .into_iter()
            .chain(elsewhere)
    }
}

impl Side {
    /// How many requests have written here, or tried to.
    fn write_requests(&self) -> usize {
        let Some(tenant) = self.vendor.tenant() else {
            return 0;
        };
        let journal = tenant.journal.lock();
        let writes = journal
            .exchanges()
            .filter(|exchange| writes_records(exchange));
        writes.count()
    }
}
