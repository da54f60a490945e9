//! One org: its records, its people, its rules.

mod control;
mod opening;
mod usage;

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::assignment::AssignmentRules;
use super::bulk::Jobs;
use super::oauth::AppKey;
use super::paging::Cursors;
use super::principals::Principals;
use super::recent::Recent;
use super::schema::Schema;
use super::spec::{AppSpec, OrgSpec};
use crate::clock::Timestamp;
use crate::ids::SalesforceId;
use crate::store::{ObjectKey, Serial, Store};
use crate::tenant::{Hosted, Naming, Tenant};

pub use control::{Issued, UnknownUser, UserIdentity};
pub(super) use opening::{Login, open};
pub(super) use usage::Usage;

/// One org.
#[derive(Debug)]
pub struct Org {
    tenant: Tenant,
    /// What it was opened with.
    pub spec: OrgSpec,
    ids: Ids,
    schema: Arc<Schema>,
    principals: RwLock<Option<Arc<Principals>>>,
    logins: HashMap<Arc<str>, Login>,
    named: HashMap<String, Arc<str>>,
    pub(super) assignment_rules: AssignmentRules,
    pub(super) usage: Usage,
    pub(super) recent: Mutex<Recent>,
    pub(super) cursors: Mutex<Cursors>,
    /// What the assertions of an app are verified with, by its consumer key.
    pub(super) app_keys: HashMap<String, AppKey>,
    pub(super) jobs: Jobs,
    opened_at: Timestamp,
}

impl Hosted for Org {
    fn tenant(&self) -> &Tenant {
        &self.tenant
    }
}

impl Org {
    /// The 18-character id.
    pub fn id(&self) -> &str {
        &self.tenant.id
    }

    /// Its objects and fields.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// When it was opened.
    pub fn opened_at(&self) -> Timestamp {
        self.opened_at
    }

    /// Does `work` in a transaction, see [`Tenant::transaction`]: nobody has looked at a record that never was.
    ///
    /// # Errors
    /// Those of `work`.
    pub(super) fn transaction<T, E>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.tenant.transaction(|| {
            let first = self.tenant.read().next_serial();
            work().inspect_err(|_| self.recent.lock().forget(first))
        })
    }

    /// The id of a record.
    pub fn record_id(&self, object: ObjectKey, serial: Serial) -> SalesforceId {
        self.ids.of(object, serial)
    }

    /// The record behind an id of this object; `None` where there is none, or it belongs to another org or object.
    pub(super) fn serial(
        &self,
        store: &Store,
        object: ObjectKey,
        id: SalesforceId,
    ) -> Option<Serial> {
        let serial = match id == self.ids.org {
            true => Serial(0),
            false => Serial(u32::try_from(id.serial()?).ok()?),
        };
        let record = store.get(serial)?;
        (record.object == object && self.ids.of(object, serial) == id).then_some(serial)
    }

    /// The users and queues, as the records say now. Not to be called while the records are locked.
    pub(super) fn principals(&self) -> Arc<Principals> {
        if let Some(principals) = &*self.principals.read() {
            return principals.clone();
        }
        // Filled under the records' lock, and emptied under it, so that no old state is kept after a change.
        let store = self.tenant.read();
        let principals = Arc::new(Principals::read(self, &store));
        // Who is somebody in a transaction only may be nobody after it.
        if !self.tenant.in_transaction() {
            *self.principals.write() = Some(principals.clone());
        }
        principals
    }

    /// To be called with the records locked, after a change of those that principals are read from.
    pub(super) fn forget_principals(&self) {
        *self.principals.write() = None;
    }

    /// The connected app with this consumer key.
    pub(super) fn app(&self, client_id: &str) -> Option<&AppSpec> {
        self.spec.apps.iter().find(|app| app.client_id == client_id)
    }

    /// The password of a user of the specification.
    pub(super) fn login(&self, user: &str) -> Option<&Login> {
        self.logins.get(user)
    }
}

/// How the org writes ids.
#[derive(Clone, Debug)]
struct Ids {
    org: SalesforceId,
    pod: [u8; 3],
    schema: Arc<Schema>,
}

impl Ids {
    fn of(&self, object: ObjectKey, serial: Serial) -> SalesforceId {
        // The record of the organisation itself is the first one, and its id may be given.
        if serial == Serial(0) {
            return self.org;
        }
        let prefix = self
            .schema
            .by_key(object)
            .map_or(*b"000", |object| object.prefix);
        SalesforceId::new(prefix, self.pod, u64::from(serial.0))
    }
}

impl Naming for Ids {
    fn object_name(&self, object: ObjectKey) -> String {
        self.schema
            .by_key(object)
            .map(|object| object.name.to_string())
            .unwrap_or_default()
    }

    fn record_id(&self, object: ObjectKey, serial: Serial) -> String {
        self.of(object, serial).to_string()
    }
}
