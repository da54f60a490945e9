//! Who the users are and what they may do, derived from the records of User, Profile, PermissionSet,
//! PermissionSetAssignment, Group and QueueSobject.

use std::collections::HashMap;
use std::sync::Arc;

use super::body::{self, Given, Pairs};
use super::org::Org;
use super::schema::{SObject, Schema};
use crate::store::{ObjectKey, Serial, Store};

/// All users and queues of an org, as of one state of its records.
#[derive(Debug, Default)]
pub(super) struct Principals {
    users: HashMap<Arc<str>, Arc<Principal>>,
    queues: HashMap<Arc<str>, Queue>,
}

/// A user.
#[derive(Debug)]
pub(super) struct Principal {
    pub(super) id: Arc<str>,
    pub(super) username: String,
    pub(super) active: bool,
    permissions: Permissions,
    access: Access,
}

/// A queue and the objects whose records it may own.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) id: Arc<str>,
    pub(super) objects: Vec<ObjectKey>,
}

/// A set of user permissions: a bit for each of [`Schema::permissions`].
#[derive(Clone, Copy, Debug, Default)]
struct Permissions(u32);

impl Permissions {
    fn bit(name: &str) -> u32 {
        Schema::permissions()
            .iter()
            .position(|known| *known == name)
            .map_or(0, |place| 1 << place)
    }

    fn of(pairs: &Pairs<'_>) -> Self {
        let granted = pairs
            .iter()
            .filter(|(_, value)| *value == Given::Boolean(true));
        Self(granted.fold(0, |bits, (name, _)| bits | Self::bit(name)))
    }
}

/// What may be done with the records of each object: a set of [`Right`]s at the place of the object's key.
#[derive(Clone, Debug, Default)]
struct Access(Vec<u8>);

/// Something that may be done with the records of an object. Object reference, ObjectPermissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    Read = 1,
    Create = 1 << 1,
    Edit = 1 << 2,
    Delete = 1 << 3,
    ModifyAll = 1 << 4,
}

impl Right {
    /// The fields that grant them; who may see all of an object's records may read, and so on.
    const GRANTS: [(&'static str, u8); 6] = [
        ("PermissionsRead", Self::Read as u8),
        ("PermissionsCreate", Self::Create as u8 | Self::Read as u8),
        ("PermissionsEdit", Self::Edit as u8 | Self::Read as u8),
        (
            "PermissionsDelete",
            Self::Delete as u8 | Self::Edit as u8 | Self::Read as u8,
        ),
        ("PermissionsViewAllRecords", Self::Read as u8),
        ("PermissionsModifyAllRecords", 0b1_1101),
    ];
}

impl Access {
    fn add(&mut self, object: ObjectKey, rights: u8) {
        let place = usize::from(object.0);
        if self.0.len() <= place {
            self.0.resize(place + 1, 0);
        }
        self.0[place] |= rights;
    }

    fn add_all(&mut self, other: &Self) {
        for (key, rights) in (0..).zip(&other.0) {
            self.add(ObjectKey(key), *rights);
        }
    }

    fn has(&self, object: ObjectKey, right: Right) -> bool {
        let rights = self.0.get(usize::from(object.0));
        rights.is_some_and(|rights| rights & right as u8 != 0)
    }
}

impl Principal {
    /// Whether one of the user's permission sets grants this.
    pub(super) fn has(&self, permission: &str) -> bool {
        self.permissions.0 & Permissions::bit(permission) != 0
    }

    /// Whether the user may see records of the object at all. Everybody may read what belongs to the set-up.
    pub(super) fn sees(&self, object: &SObject) -> bool {
        object.setup || self.may(object, Right::Read)
    }

    /// Whether a profile or permission set of the user grants this for the object.
    pub(super) fn may(&self, object: &SObject, right: Right) -> bool {
        self.access.has(object.key, right)
            || right != Right::Create && self.has("PermissionsModifyAllData")
    }

    /// Whether the user may give away records of others.
    pub(super) fn may_transfer(&self, object: &SObject) -> bool {
        let of_object = match &*object.name {
            "Lead" => self.has("PermissionsTransferAnyLead"),
            "Case" => self.has("PermissionsTransferAnyCase"),
            _ => false,
        };
        of_object || self.may(object, Right::ModifyAll) || self.has("PermissionsTransferAnyEntity")
    }
}

impl Principals {
    pub(super) fn user(&self, id: &str) -> Option<&Arc<Principal>> {
        self.users.get(id)
    }

    pub(super) fn queue(&self, id: &str) -> Option<&Queue> {
        self.queues.get(id)
    }

    pub(super) fn by_username(&self, username: &str) -> Option<&Arc<Principal>> {
        self.users
            .values()
            .find(|user| user.username.eq_ignore_ascii_case(username))
    }

    /// Reads them off the records.
    pub(super) fn read(org: &Org, store: &Store) -> Self {
        let records = Records { org, store };
        let sets = records.permission_sets();
        let mut granted: HashMap<String, (Permissions, Access)> = HashMap::new();
        for (_, pairs) in records.of("PermissionSetAssignment") {
            let set = text(&pairs, "PermissionSetId").and_then(|id| sets.get(id));
            if let (Some(user), Some((permissions, access))) = (text(&pairs, "AssigneeId"), set) {
                let entry = granted.entry(user.to_owned()).or_default();
                entry.0.0 |= permissions.0;
                entry.1.add_all(access);
            }
        }
        let users = records.of("User").map(|(id, pairs)| {
            let (permissions, access) = granted.remove(&*id).unwrap_or_default();
            let principal = Principal {
                id: id.clone(),
                username: text(&pairs, "Username").unwrap_or_default().to_owned(),
                active: body::get(&pairs, "IsActive") == Some(&Given::Boolean(true)),
                permissions,
                access,
            };
            (id, Arc::new(principal))
        });
        Self {
            users: users.collect(),
            queues: records.queues(),
        }
    }
}

struct Records<'s> {
    org: &'s Org,
    store: &'s Store,
}

impl<'s> Records<'s> {
    /// The records of an object that are not deleted.
    fn of(&self, object: &str) -> impl Iterator<Item = (Arc<str>, Pairs<'s>)> + use<'s> {
        let (org, store) = (self.org, self.store);
        let object = org.schema().object(object).map(|object| object.key);
        let id = move |key, serial: Serial| Arc::from(org.record_id(key, serial).as_str());
        object.into_iter().flat_map(move |key| {
            store
                .scan(key)
                .filter(|(_, record)| !record.deleted)
                .map(move |(serial, record)| (id(key, serial), body::stored(&record.body)))
        })
    }

    fn permission_sets(&self) -> HashMap<Arc<str>, (Permissions, Access)> {
        let sets = self.of("PermissionSet");
        let mut sets: HashMap<_, _> = sets
            .map(|(id, pairs)| (id, (Permissions::of(&pairs), Access::default())))
            .collect();
        for (_, pairs) in self.of("ObjectPermissions") {
            let set = text(&pairs, "ParentId").and_then(|id| sets.get_mut(id));
            let object =
                text(&pairs, "SobjectType").and_then(|name| self.org.schema().object(name));
            if let (Some((_, access)), Some(object)) = (set, object) {
                let granted = Right::GRANTS
                    .iter()
                    .filter(|(name, _)| body::get(&pairs, name) == Some(&Given::Boolean(true)));
                let rights = granted.fold(0, |rights, (_, more)| rights | more);
                access.add(object.key, rights);
            }
        }
        sets
    }

    fn queues(&self) -> HashMap<Arc<str>, Queue> {
        let queues = self
            .of("Group")
            .filter(|(_, pairs)| text(pairs, "Type") == Some("Queue"));
        let mut queues: HashMap<_, _> = queues
            .map(|(id, _)| {
                let queue = Queue {
                    id: id.clone(),
                    objects: Vec::new(),
                };
                (id, queue)
            })
            .collect();
        for (_, pairs) in self.of("QueueSobject") {
            let queue = text(&pairs, "QueueId").and_then(|id| queues.get_mut(id));
            let object =
                text(&pairs, "SobjectType").and_then(|name| self.org.schema().object(name));
            if let (Some(queue), Some(object)) = (queue, object) {
                queue.objects.push(object.key);
            }
        }
        queues
    }
}

fn text<'p>(pairs: &'p Pairs<'_>, key: &str) -> Option<&'p str> {
    match body::get(pairs, key)? {
        Given::Text(text) => Some(text),
        _ => None,
    }
}
