//! Object types and their properties: HubSpot's own, shared by all portals, and those that one portal adds.

mod activity;
mod association;
mod change;
mod company;
mod contact;
mod deal;
mod details;
mod lead;
mod property;
mod schema;
mod shared;
mod user;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

pub(crate) use association::{AssociationType, AssociationTypes, LabelChange, TypeId};
pub(crate) use change::ArchivedProperty;
pub(crate) use details::{Details, Group, Stamp};
pub(crate) use property::{Choice, Derived, Kind, Property, Source};
pub(crate) use schema::{NewType, Schema};

use crate::store::ObjectKey;

/// An object type: one row of the table that everything generic over `{objectType}` reads.
#[derive(Clone, Debug)]
pub(crate) struct ObjectType {
    /// Its place in the store. Written to logs, so a type keeps it.
    pub(crate) key: ObjectKey,
    /// The plural, by which paths and the ledger name it.
    pub(crate) name: Cow<'static, str>,
    /// The singular.
    pub(crate) singular: Cow<'static, str>,
    /// `0-1`; `2-n` for a custom one.
    pub(crate) type_id: Cow<'static, str>,
    /// The property that repeats `createdAt`.
    pub(crate) created: &'static str,
    /// The property that repeats `updatedAt`.
    pub(crate) modified: &'static str,
    /// What a read returns that names no properties.
    pub(crate) default_properties: &'static [&'static str],
    /// What a create has to set.
    pub(crate) required: Vec<Cow<'static, str>>,
    /// What a create has to be associated with: a type's name.
    pub(crate) required_association: Option<&'static str>,
    /// What `query` of a search looks into.
    pub(crate) searchable: &'static [&'static str],
    /// `contacts` of `crm.objects.contacts.write`.
    pub(crate) scope: &'static str,
    /// What kind of record it is: decides what can be done to it.
    pub(crate) family: Family,
    /// What HubSpot works out for every record, by name: a create's answer shows it.
    pub(crate) computed: Vec<Property>,
    /// Of custom types that were made or changed while the portal was open.
    pub(crate) schema: Option<Box<Schema>>,
    properties: HashMap<Cow<'static, str>, Property>,
}

/// What can be done to records of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Contacts, companies, deals and custom objects.
    Crm,
    /// Tasks, calls, emails, notes and meetings.
    Activity,
    /// The users of the portal as records: can be read.
    User,
}

/// Keys of custom types start here.
const FIRST_CUSTOM: u16 = 1000;

/// HubSpot's own types. New ones go to the end, since logs keep the keys.
static STANDARD: LazyLock<Vec<ObjectType>> = LazyLock::new(|| {
    let mut types = vec![contact::contacts(), company::companies(), deal::deals()];
    types.extend(activity::all());
    types.push(user::users());
    types.push(lead::leads());
    for (key, object_type) in (0..).zip(&mut types) {
        object_type.key = ObjectKey(key);
        object_type.compute();
    }
    types
});

/// Types of HubSpot that are known and not simulated: to be told from names that HubSpot does not know either.
const NOT_SIMULATED: [&str; 30] = [
    "tickets",
    "ticket",
    "0-5",
    "products",
    "product",
    "0-7",
    "line_items",
    "line_item",
    "0-8",
    "quotes",
    "quote",
    "0-14",
    "communications",
    "communication",
    "0-18",
    "postal_mail",
    "0-116",
    "invoices",
    "invoice",
    "0-53",
    "orders",
    "order",
    "0-123",
    "carts",
    "cart",
    "0-142",
    "goal_targets",
    "0-74",
    "feedback_submissions",
    "0-19",
];

/// What a name in a path means.
pub(crate) enum Lookup<'a> {
    Known(&'a ObjectType),
    NotSimulated,
    Unknown,
}

/// The types and properties of one portal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    /// `p62515_`: what stands before a custom type's name where it is to be unique in all of HubSpot.
    pub(crate) qualifier: String,
    custom_types: Vec<ObjectType>,
    custom_properties: HashMap<ObjectKey, HashMap<String, Property>>,
    archived_properties: BTreeMap<(ObjectKey, String), ArchivedProperty>,
    groups: BTreeMap<(ObjectKey, String), Group>,
    /// Names of those that hold owners.
    owner_properties: HashMap<ObjectKey, Vec<Cow<'static, str>>>,
    /// In which ways records can be connected.
    pub(crate) associations: AssociationTypes,
}

impl ObjectType {
    pub(crate) fn new(
        name: impl Into<Cow<'static, str>>,
        singular: impl Into<Cow<'static, str>>,
        type_id: impl Into<Cow<'static, str>>,
        family: Family,
        own: Vec<Property>,
    ) -> Self {
        let mut properties = HashMap::new();
        for property in shared::properties(family).into_iter().chain(own) {
            properties.insert(property.name.clone(), property);
        }
        Self {
            key: ObjectKey(0),
            name: name.into(),
            singular: singular.into(),
            type_id: type_id.into(),
            created: "hs_createdate",
            modified: "hs_lastmodifieddate",
            default_properties: &["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
            required: Vec::new(),
            required_association: None,
            searchable: &[],
            scope: "contacts",
            family,
            computed: Vec::new(),
            schema: None,
            properties,
        }
    }

    /// Lists what a create's answer shows beside what was written. Record source details come a moment later in HubSpot,
    /// so no recorded answer has them; the instants go by the type's own names.
    fn compute(&mut self) {
        let shown = |property: &&Property| match property.source {
            Source::Written | Source::Derived(Derived::SourceDetail) => false,
            Source::Derived(Derived::CreatedAt) => property.name == self.created,
            Source::Derived(Derived::ModifiedAt) => property.name == self.modified,
            Source::Default(_) | Source::Derived(_) => true,
        };
        self.computed = self.properties.values().filter(shown).cloned().collect();
        self.computed
            .sort_by(|one, other| one.name.cmp(&other.name));
    }

    /// The form of error texts: `CONTACT`.
    pub(crate) fn upper(&self) -> String {
        self.singular.to_uppercase()
    }

    /// Whether a path can mean it by this name.
    pub(crate) fn called(&self, name: &str) -> bool {
        self.name == name || self.singular == name || self.type_id == name
    }
}

impl Catalog {
    /// The type that a path or a specification means: plural, singular or type id; `p_` or `p62515_` before a custom one.
    pub(crate) fn lookup(&self, name: &str) -> Lookup<'_> {
        let standard = STANDARD.iter().find(|object_type| object_type.called(name));
        let bare = name.strip_prefix("p_");
        let custom_name = bare.or_else(|| name.strip_prefix(&*self.qualifier));
        let custom_name = custom_name.unwrap_or(name);
        let custom = || {
            let mut types = self.custom_types.iter().filter(|own| !own.archived());
            types.find(|object_type| object_type.called(custom_name))
        };
        match standard.or_else(custom) {
            Some(object_type) => Lookup::Known(object_type),
            None if NOT_SIMULATED.contains(&name) => Lookup::NotSimulated,
            None => Lookup::Unknown,
        }
    }

    /// The type with this name, if it is simulated.
    pub(crate) fn find(&self, name: &str) -> Option<&ObjectType> {
        match self.lookup(name) {
            Lookup::Known(object_type) => Some(object_type),
            Lookup::NotSimulated | Lookup::Unknown => None,
        }
    }

    /// The type of a record.
    pub(crate) fn by_key(&self, key: ObjectKey) -> Option<&ObjectType> {
        match key.0.checked_sub(FIRST_CUSTOM) {
            Some(index) => self.custom_types.get(usize::from(index)),
            None => STANDARD.get(usize::from(key.0)),
        }
    }

    /// The property of this name.
    pub(crate) fn property<'a>(
        &'a self,
        object_type: &'a ObjectType,
        name: &str,
    ) -> Option<&'a Property> {
        object_type.properties.get(name).or_else(|| {
            let added = self.custom_properties.get(&object_type.key)?;
            added.get(name)
        })
    }

    /// The names of the portal's own properties that hold an owner.
    pub(crate) fn owner_properties(&self, object_type: &ObjectType) -> &[Cow<'static, str>] {
        let names = self.owner_properties.get(&object_type.key);
        names.map_or(&[], Vec::as_slice)
    }

    /// All properties of a type, by name.
    pub(crate) fn properties<'a>(&'a self, object_type: &'a ObjectType) -> Vec<&'a Property> {
        let added = self.custom_properties.get(&object_type.key);
        let own = object_type.properties.values();
        let mut all: Vec<_> = own
            .chain(added.into_iter().flat_map(HashMap::values))
            .collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// Whether no new type can be called so. An archived type keeps its name until it is purged.
    pub(crate) fn taken(&self, name: &str) -> bool {
        let mut archived = self.custom_types.iter().filter(|own| own.archived());
        !matches!(self.lookup(name), Lookup::Unknown)
            || archived.any(|own| !own.purged() && own.called(name))
    }

    /// Adds a custom type and gives it its key and type id; `false` where the name is taken.
    pub(crate) fn add_type(&mut self, mut object_type: ObjectType) -> bool {
        if self.taken(&object_type.name) || self.taken(&object_type.singular) {
            return false;
        }
        let index = u16::try_from(self.custom_types.len()).unwrap_or(u16::MAX - FIRST_CUSTOM);
        object_type.key = ObjectKey(FIRST_CUSTOM + index);
        object_type.type_id = format!("2-{}", 1_000_000 + u32::from(index)).into();
        object_type.compute();
        let others = STANDARD.iter().filter(|other| other.family != Family::User);
        let others = others.chain(&self.custom_types).chain([&object_type]);
        self.associations.connect(&object_type, others);
        self.custom_types.push(object_type);
        true
    }

    /// Adds a property to the type called `object`; `false` where the type is unknown or the name is taken.
    pub(crate) fn add_property(&mut self, object: &str, property: Property) -> bool {
        let Some(object_type) = self.find(object) else {
            return false;
        };
        if self.property(object_type, &property.name).is_some() {
            return false;
        }
        let key = object_type.key;
        let added = self.custom_properties.entry(key).or_default();
        added.insert(property.name.to_string(), property);
        self.list_owner_properties(key);
        true
    }
}
