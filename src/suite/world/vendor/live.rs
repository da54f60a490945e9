//! A live org or portal in a mock's place: what was seen of it so far, kept for readers that can't wait.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use http::Method;
use serde_json::Value;

use super::CrmUser;
use crate::live::{Found, LiveError, LiveUser, Prefix, Site, Stranger, Watch, Whose};
use crate::observe::{Principal, PrincipalKind};
use crate::rules::Crm;
use crate::suite::people::Person;
use crate::suite::world::{Done, Problem};
use crate::sut::{Grant, HubspotApp, SalesforceApp};

/// A live org or portal, or none where the target file has none.
#[derive(Debug)]
pub(in crate::suite::world) struct Live {
    crm: Crm,
    run: Arc<crate::live::Live>,
    watch: Option<Watch>,
    /// As it is now. What has been deleted stays, marked.
    pub(in crate::suite::world) seen: Vec<Found>,
    /// As it was when it appeared, in that order.
    pub(in crate::suite::world) appeared: Vec<Found>,
    /// Owners that were others at the look before.
    pub(in crate::suite::world) moved: Vec<Moved>,
    strangers: BTreeMap<String, Option<Stranger>>,
}

/// A record whose owner has changed.
#[derive(Clone, Debug)]
pub(in crate::suite::world) struct Moved {
    pub(in crate::suite::world) record: String,
    pub(in crate::suite::world) before: Option<String>,
    pub(in crate::suite::world) after: Option<String>,
}

impl From<LiveError> for Problem {
    fn from(error: LiveError) -> Self {
        Self::Harness(error.to_string())
    }
}

impl Live {
    pub(in crate::suite::world) fn open(
        run: &Arc<crate::live::Live>,
        crm: Crm,
        prefix: &Prefix,
    ) -> Result<(Self, BTreeMap<Person, CrmUser>), Problem> {
        let mut users = BTreeMap::new();
        let mut watch = None;
        if let Some(site) = run.site(crm) {
            let whose = Whose::Scenario(prefix.clone());
            watch = Some(Watch::new(site.connect()?, whose, site.patience()));
            let people = site.people().iter();
            users.extend(people.map(|(person, found)| (*person, user(crm, found))));
        }
        let live = Self {
            crm,
            run: Arc::clone(run),
            watch,
            seen: Vec::new(),
            appeared: Vec::new(),
            moved: Vec::new(),
            strangers: BTreeMap::new(),
        };
        Ok((live, users))
    }

    fn site(&self) -> Option<&Site> {
        self.run.site(self.crm)
    }

    /// Why somebody is missing.
    pub(in crate::suite::world) fn without(&self, person: Person) -> Problem {
        Problem::NotHere(match self.site() {
            None => format!("the target has no {}", self.crm),
            Some(_) => format!("the target has no user for {person} in {}", self.crm),
        })
    }

    /// The tokens of the target file.
    pub(super) fn issue(&self, user: &CrmUser) -> Result<Grant, Problem> {
        let (person, found) = self.person(user)?;
        let Some(access_token) = found.tokens.access_token.clone() else {
            return Err(Problem::NotHere(format!(
                "the target has no token of {person} in {}",
                self.crm
            )));
        };
        Ok(Grant {
            access_token,
            refresh_token: found.tokens.refresh_token.clone(),
            instance_url: self.salesforce_app().map(|app| app.instance_url),
            expires_in: None,
        })
    }

    fn person(&self, user: &CrmUser) -> Result<(Person, &LiveUser), Problem> {
        let people = self.site().into_iter().flat_map(Site::people);
        let mut found = people.filter(|(_, one)| one.user_id == user.principal.id);
        let (person, found) = found.next().ok_or_else(|| {
            Problem::Harness(format!("{} is nobody of the target", user.principal.name))
        })?;
        Ok((*person, found))
    }

    pub(super) fn salesforce_app(&self) -> Option<SalesforceApp> {
        self.site()?.salesforce_app().cloned()
    }

    pub(super) fn hubspot_app(&self) -> Option<HubspotApp> {
        self.site()?.hubspot_app().cloned()
    }

    /// Somebody's own write, with their token.
    pub(in crate::suite::world) async fn write_as(
        &self,
        user: &CrmUser,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Done {
        self.issue(user)?;
        let (_, found) = self.person(user)?;
        let Some(watch) = &self.watch else {
            return Ok(());
        };
        let theirs = watch.client().with_tokens(found.tokens.clone());
        Ok(theirs.write(method, path, body).await?)
    }

    /// Looks until `enough` is there, or nobody has the patience to wait for it any longer.
    pub(in crate::suite::world) async fn look(
        &mut self,
        addresses: &[String],
        enough: impl Fn(&[Found]) -> bool,
        known: &BTreeSet<String>,
    ) -> Done {
        let Some(watch) = &mut self.watch else {
            return Ok(());
        };
        let found = watch.look(addresses, enough).await?;
        self.take(found);
        self.name_strangers(known).await
    }

    fn take(&mut self, found: Vec<Found>) {
        for record in &found {
            let before = self.seen.iter().find(|before| same(before, record));
            match before {
                None => self.appeared.push(record.clone()),
                Some(before) if before.owner != record.owner => self.moved.push(Moved {
                    record: record.id.clone(),
                    before: before.owner.clone(),
                    after: record.owner.clone(),
                }),
                Some(_) => {}
            }
        }
        let gone = |before: &Found| !found.iter().any(|record| same(before, record));
        let gone: Vec<Found> = self
            .seen
            .drain(..)
            .filter(gone)
            .map(|before| Found {
                deleted: true,
                ..before
            })
            .collect();
        self.seen = found;
        self.seen.extend(gone);
    }

    /// Owners and creators who are nobody of the target, by the names that the CRM has for them.
    async fn name_strangers(&mut self, known: &BTreeSet<String>) -> Done {
        let Some(watch) = &self.watch else {
            return Ok(());
        };
        let of = |record: &Found| {
            let ids = [&record.owner, &record.created_by, &record.modified_by];
            ids.into_iter().flatten().cloned().collect::<Vec<_>>()
        };
        let ids: BTreeSet<String> = self.seen.iter().flat_map(of).collect();
        for id in ids.difference(known) {
            if !self.strangers.contains_key(id) {
                let stranger = watch.stranger(id).await?;
                self.strangers.insert(id.clone(), stranger);
            }
        }
        Ok(())
    }

    /// Deletes whatever the scenario has made. What is left, the sweep at the end of the run finds.
    pub(in crate::suite::world) async fn clean_up(&mut self) {
        let Some(watch) = &mut self.watch else {
            return;
        };
        let found = watch.once(&[]).await.unwrap_or_default();
        let known = self
            .seen
            .iter()
            .filter(|before| !found.iter().any(|record| same(before, record)));
        let all: Vec<Found> = found.iter().chain(known).cloned().collect();
        for record in all.iter().filter(|record| !record.deleted) {
            // It is tried once more, and told, when the run ends.
            let _ = watch.delete(record).await;
        }
    }

    fn stranger(&self, id: &str) -> Option<&Stranger> {
        self.strangers.get(id)?.as_ref()
    }

    pub(super) fn is_queue(&self, id: &str) -> bool {
        let salesforce = self.crm == Crm::Salesforce && id.starts_with("00G");
        salesforce || self.stranger(id).is_some_and(|stranger| stranger.queue)
    }

    pub(super) fn owns(&self, id: &str) -> bool {
        self.stranger(id).is_some()
    }

    pub(super) fn other_principal(&self, id: &str) -> Principal {
        let name = self.stranger(id).map_or(id, |stranger| &stranger.name);
        Principal {
            name: format!("{name}, who is nobody of the target file"),
            crm: Some(self.crm),
            id: id.to_owned(),
            kind: match (self.is_queue(id), self.owns(id)) {
                (true, _) => PrincipalKind::Queue,
                (false, true) => PrincipalKind::BuiltIn,
                (false, false) => PrincipalKind::Stranger,
            },
        }
    }
}

fn same(one: &Found, other: &Found) -> bool {
    one.object == other.object && one.id == other.id
}

fn user(crm: Crm, found: &LiveUser) -> CrmUser {
    CrmUser {
        principal: Principal {
            name: found.name.clone(),
            crm: Some(crm),
            id: found.user_id.clone(),
            kind: PrincipalKind::User,
        },
        owner_id: found.owner_id.clone().unwrap_or_default(),
        email: found.email.clone(),
    }
}
