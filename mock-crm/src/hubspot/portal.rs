//! One portal: who is in it, which apps it has, what records look like in it.

mod naming;
mod opening;

use std::sync::Arc;

use super::app::App;
use super::limits::Meters;
use super::people::Person;
use super::setup::{CurrentSetup, Setup, SetupChange};
use super::spec::{DeactivatedUserTokens, Switches};
use super::webhooks::{Delivery, Feed, Webhooks};
use crate::clock::Timestamp;
use crate::store::{Serial, Store};
use crate::tenant::{Hosted, Tenant};

pub(crate) use naming::RecordIds;
pub(super) use opening::open;
pub(crate) use opening::{later_numbers, user_values};

/// One portal.
#[derive(Debug)]
pub struct Portal {
    /// What a portal is called.
    pub name: String,
    /// The hub id: the number of the portal.
    pub hub_id: u32,
    /// `hub_domain` of token information.
    pub domain: String,
    /// `accountType` of the account information.
    pub account_type: String,
    /// How it behaves where HubSpot's behaviour is a setting or unknown.
    pub switches: Switches,
    pub(crate) opened_at: Timestamp,
    /// The developer API key for the webhooks of its apps, if there is one.
    pub developer_api_key: Option<String>,
    pub(crate) apps: Vec<App>,
    webhooks: Webhooks,
    setup: CurrentSetup,
    pub(crate) record_ids: RecordIds,
    pub(crate) meters: Meters,
    tenant: Tenant,
}

impl Hosted for Portal {
    fn tenant(&self) -> &Tenant {
        &self.tenant
    }
}

impl Portal {
    /// The user or owner with this name, e-mail or user id.
    pub fn user(&self, who: &str) -> Option<Arc<Person>> {
        self.setup().people.find(who).cloned()
    }

    /// Everybody, in the order of the specification; queues come last.
    pub fn users(&self) -> Vec<Arc<Person>> {
        self.setup().people.all().to_vec()
    }

    /// Its apps, in the order of the specification; private ones come last.
    pub fn apps(&self) -> &[App] {
        &self.apps
    }

    /// The id of a person's record in the users object: neither user id nor owner id.
    pub fn user_record_id(&self, person: &Person) -> Option<String> {
        person
            .record
            .map(|serial| self.record_ids.id(serial).to_string())
    }

    /// Deactivates a user, which archives the owner, or takes it back. Tokens that are known stop working or start to,
    /// if the portal's switch says so. `false` where there is nobody of this name, e-mail or user id.
    pub fn set_user_active(&self, who: &str, active: bool) -> bool {
        let at = self.now();
        let change = |setup: &Setup| {
            let person = setup.people.position(who)?;
            Some(SetupChange::Active { person, active, at })
        };
        self.change_setup(|setup| change(setup).ok_or(())).is_ok()
    }

    /// Its people and definitions as they are now.
    pub(crate) fn setup(&self) -> Arc<Setup> {
        self.setup.now()
    }

    /// Changes people or definitions: `decide` looks at how they are and says what is to become of them, or why nothing.
    /// Nothing else is written meanwhile, so the durable log has the change where it took effect.
    ///
    /// # Errors
    /// Those of `decide`.
    pub(crate) fn change_setup<E>(
        &self,
        decide: impl FnOnce(&Setup) -> Result<SetupChange, E>,
    ) -> Result<Arc<Setup>, E> {
        self.change_setup_and_records(|setup, _| decide(setup))
    }

    /// The same where `decide` looks at records, or writes some: all of it is one entry of the log.
    ///
    /// # Errors
    /// Those of `decide`, which then has written nothing.
    pub(crate) fn change_setup_and_records<E>(
        &self,
        decide: impl FnOnce(&Setup, &mut Store) -> Result<SetupChange, E>,
    ) -> Result<Arc<Setup>, E> {
        self.tenant.transaction(|| {
            let mut store = self.tenant.write();
            let change = decide(&self.setup(), &mut store)?;
            self.setup.change(|setup| setup.apply(&change));
            self.feed().follow(&self.setup());
            // A change is plain data, so it can be written.
            store.tell_setup(|| serde_json::to_value(&change).unwrap_or_default());
            Ok(self.setup())
        })
    }

    /// Does again what [`Portal::change_setup`] logged.
    ///
    /// # Errors
    /// Where it is no change that this version knows.
    pub(crate) fn replay_setup(&self, change: serde_json::Value) -> Result<(), serde_json::Error> {
        let change: SetupChange = serde_json::from_value(change)?;
        self.setup.change(|setup| setup.apply(&change));
        self.feed().follow(&self.setup());
        Ok(())
    }

    /// The webhooks that were sent or tried, and what came of it: the newest, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.feed().deliveries()
    }

    pub(crate) fn feed(&self) -> &Arc<Feed> {
        &self.webhooks.0
    }

    /// The hub id as text.
    pub(crate) fn tenant_id(&self) -> &str {
        &self.tenant.id
    }

    /// Its time.
    pub(crate) fn now(&self) -> Timestamp {
        self.tenant.clock.now()
    }

    pub(crate) fn app(&self, app_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| &*app.app_id == app_id)
    }

    pub(crate) fn app_of_client(&self, client_id: &str) -> Option<&App> {
        self.apps
            .iter()
            .find(|app| app.client_id() == Some(client_id))
    }

    /// Whether tokens of this user work, as far as that is the user's doing.
    pub(crate) fn lets_in(&self, user_id: &str) -> bool {
        self.switches.deactivated_user_tokens == DeactivatedUserTokens::Work
            || (self.setup().people)
                .user(user_id)
                .is_none_or(|person| person.active())
    }

    /// The record that an id on the wire means, whatever its type.
    pub(crate) fn serial(&self, id: &str) -> Option<Serial> {
        self.record_ids.serial(id)
    }

    /// A value for an error body or a header that tells one answer from another.
    pub(crate) fn uuid(&self) -> String {
        self.tenant.entropy.uuid()
    }

    /// Puts results into an order that says nothing about the inputs.
    pub(crate) fn shuffle<T>(&self, results: &mut [T]) {
        if !self.switches.shuffle_batch_results {
            return;
        }
        for last in (1..results.len()).rev() {
            let chance = self.tenant.entropy.next() % (last as u64 + 1);
            results.swap(last, chance as usize);
        }
    }
}

/// A portal, shared.
pub(crate) type SharedPortal = Arc<Portal>;
