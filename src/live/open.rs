//! From a target file to an org and a portal that are safe to write to, with everybody found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::client::{Client, Door, LiveError};
use super::people::{LiveUser, Tokens};
use super::prefix::{Prefix, RunName};
use super::production::{Kind, check_named};
use super::target::{self, Entry, HubspotTarget, Login, PersonName, SalesforceTarget, Target};
use super::{hubspot, salesforce};
use crate::rules::Crm;
use crate::suite::people::Person;
use crate::sut::{HubspotApp, SalesforceApp};

/// The live CRMs of a run.
#[derive(Debug)]
pub struct Live {
    run: RunName,
    scenarios: AtomicU64,
    salesforce: Option<Site>,
    hubspot: Option<Site>,
    ca_file: Option<PathBuf>,
}

/// An org or a portal that is no production, or was named as one that is meant.
#[derive(Debug)]
pub struct Site {
    pub(super) client: Client,
    pub(super) patience: Duration,
    ca_file: Option<PathBuf>,
    app: App,
    people: BTreeMap<Person, LiveUser>,
}

#[derive(Debug)]
enum App {
    Salesforce(SalesforceApp),
    Hubspot(HubspotApp),
}

/// Whether the people are needed, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Running,
    Sweeping,
}

impl Live {
    /// For a run: everybody of the target file is looked up, and every token asked whose it is.
    ///
    /// # Errors
    /// Where a CRM is production and not named, can't be asked, or does not have somebody.
    pub async fn open(target: &Target) -> Result<Self, LiveError> {
        Self::open_for(target, For::Running).await
    }

    /// For a sweep: only the observer is needed.
    ///
    /// # Errors
    /// Where a CRM is production and not named, or can't be asked.
    pub async fn open_to_sweep(target: &Target) -> Result<Self, LiveError> {
        Self::open_for(target, For::Sweeping).await
    }

    async fn open_for(target: &Target, purpose: For) -> Result<Self, LiveError> {
        let ca_file = target.ca_file.as_deref();
        let salesforce = match &target.salesforce {
            Some(org) => Some(Site::org(org, ca_file, purpose).await?),
            None => None,
        };
        let hubspot = match &target.hubspot {
            Some(portal) => Some(Site::portal(portal, ca_file, purpose).await?),
            None => None,
        };
        Ok(Self {
            run: RunName::new(),
            scenarios: AtomicU64::new(0),
            salesforce,
            hubspot,
            ca_file: target.ca_file.clone(),
        })
    }

    /// What the run's records bear.
    pub fn run(&self) -> &RunName {
        &self.run
    }

    /// What the records of the next scenario bear.
    pub fn next_scenario(&self) -> Prefix {
        self.run
            .scenario(self.scenarios.fetch_add(1, Ordering::Relaxed))
    }

    /// The CRM, if the target file has it.
    pub fn site(&self, crm: Crm) -> Option<&Site> {
        match crm {
            Crm::Salesforce => self.salesforce.as_ref(),
            Crm::Hubspot => self.hubspot.as_ref(),
        }
    }

    /// The only certificate authorities to trust.
    pub fn ca_file(&self) -> Option<&Path> {
        self.ca_file.as_deref()
    }
}

impl Site {
    async fn org(
        org: &SalesforceTarget,
        ca_file: Option<&Path>,
        purpose: For,
    ) -> Result<Self, LiveError> {
        let door = Door {
            crm: Crm::Salesforce,
            base: trimmed(org.instance_url.get()),
            token_url: format!("{}/services/oauth2/token", trimmed(org.login_url.get())),
            client_id: org.client_id.get().to_owned(),
            client_secret: org.client_secret.get().to_owned(),
        };
        let app = App::Salesforce(SalesforceApp {
            login_url: trimmed(org.login_url.get()),
            instance_url: door.base.clone(),
            client_id: door.client_id.clone(),
            client_secret: door.client_secret.clone(),
            external_id_field: org.external_id_field.get().to_owned(),
        });
        let client = Client::new(Arc::new(door), ca_file, of_observer(&org.observer))?;
        let (id, sandbox) = salesforce::organization(&client).await?;
        let named = org.production.as_ref().map(|named| named.get());
        check_named(Crm::Salesforce, &id, Kind::of_org(sandbox), named)?;
        let site = Self::new(client, Duration::ZERO, ca_file, app);
        site.with_people(&org.people, purpose).await
    }

    async fn portal(
        portal: &HubspotTarget,
        ca_file: Option<&Path>,
        purpose: For,
    ) -> Result<Self, LiveError> {
        let base = trimmed(portal.url());
        let door = Door {
            crm: Crm::Hubspot,
            token_url: format!("{base}/oauth/v1/token"),
            base,
            client_id: portal.client_id.get().to_owned(),
            client_secret: portal.client_secret.get().to_owned(),
        };
        let app = App::Hubspot(HubspotApp {
            url: door.base.clone(),
            portal: portal.portal,
            client_id: door.client_id.clone(),
            client_secret: door.client_secret.clone(),
            unique_property: portal.unique_property.get().to_owned(),
        });
        let client = Client::new(Arc::new(door), ca_file, of_observer(&portal.observer))?;
        let (id, account_type) = hubspot::account(&client).await?;
        if id != portal.portal.to_string() {
            return Err(LiveError::Misfit {
                what: format!(
                    "the observer's token is of HubSpot portal {id}, and the target file says {}",
                    portal.portal
                ),
                hint: "portal and tokens have to be of one portal".to_owned(),
            });
        }
        let named = portal.production.as_ref().map(|named| named.get());
        check_named(
            Crm::Hubspot,
            &id,
            Kind::of_portal(account_type.as_deref()),
            named,
        )?;
        let site = Self::new(client, portal.patience(), ca_file, app);
        site.with_people(&portal.people, purpose).await
    }

    fn new(client: Client, patience: Duration, ca_file: Option<&Path>, app: App) -> Self {
        Self {
            client,
            patience,
            ca_file: ca_file.map(Path::to_owned),
            app,
            people: BTreeMap::new(),
        }
    }

    async fn with_people(
        mut self,
        people: &BTreeMap<PersonName, Entry>,
        purpose: For,
    ) -> Result<Self, LiveError> {
        if purpose == For::Running {
            for (name, entry) in people {
                let person = name.get();
                let user = self.found(person, entry).await?;
                self.people.insert(person, user);
            }
        }
        Ok(self)
    }

    async fn found(&self, person: Person, entry: &Entry) -> Result<LiveUser, LiveError> {
        let crm = self.client.crm();
        let user = match crm {
            Crm::Salesforce => salesforce::user(&self.client, entry).await?,
            Crm::Hubspot => hubspot::user(&self.client, entry).await?,
        };
        let mut user = user.ok_or_else(|| LiveError::Misfit {
            what: format!("the target file's {person} is no one active user of {crm}"),
            hint: match crm {
                Crm::Salesforce => "user_id, username or email says who is meant; an e-mail address may be several users'",
                Crm::Hubspot => "user_id or email says who is meant",
            }
            .to_owned(),
        })?;
        let tokens = tokens(entry.access_token.as_ref(), entry.refresh_token.as_ref());
        if tokens.any() {
            user.tokens = self.checked(person, &user, tokens).await?;
        }
        Ok(user)
    }

    /// The tokens, if they are this user's; the access token new where there was none, or a dead one.
    async fn checked(
        &self,
        person: Person,
        user: &LiveUser,
        tokens: Tokens,
    ) -> Result<Tokens, LiveError> {
        let crm = self.client.crm();
        let theirs = self.client.with_tokens(tokens);
        let whose = match crm {
            Crm::Salesforce => salesforce::whose_token(&theirs).await?,
            Crm::Hubspot => hubspot::whose_token(&theirs).await?,
        };
        if !salesforce::same_id(&whose, &user.user_id) {
            return Err(LiveError::Misfit {
                what: format!(
                    "the {crm} token of {person} belongs to user {whose}, and {person} is user {}",
                    user.user_id
                ),
                hint: "each person needs a token of their own: log in as that user".to_owned(),
            });
        }
        Ok(theirs.tokens())
    }

    /// Whoever plays these people.
    pub fn people(&self) -> &BTreeMap<Person, LiveUser> {
        &self.people
    }

    /// What the system under test is told of the org.
    pub fn salesforce_app(&self) -> Option<&SalesforceApp> {
        match &self.app {
            App::Salesforce(app) => Some(app),
            App::Hubspot(_) => None,
        }
    }

    /// What the system under test is told of the portal.
    pub fn hubspot_app(&self) -> Option<&HubspotApp> {
        match &self.app {
            App::Salesforce(_) => None,
            App::Hubspot(app) => Some(app),
        }
    }

    /// The observer over connections of its own: those of another runtime end with it.
    ///
    /// # Errors
    /// Where the certificate authorities can no longer be read.
    pub fn connect(&self) -> Result<Client, LiveError> {
        self.client.reconnected(self.ca_file.as_deref())
    }

    /// How long the search is waited for.
    pub fn patience(&self) -> Duration {
        self.patience
    }
}

fn of_observer(login: &Login) -> Tokens {
    tokens(login.access_token.as_ref(), login.refresh_token.as_ref())
}

fn tokens(access: Option<&target::Text>, refresh: Option<&target::Text>) -> Tokens {
    let owned = |token: &target::Text| token.get().to_owned();
    Tokens {
        access_token: access.map(owned),
        refresh_token: refresh.map(owned),
    }
}

fn trimmed(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}
