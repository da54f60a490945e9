//! Whether property values can be written, and in which form they are kept.
//!
//! All problems of a body are found, not the first one only, and nothing is written while there is one.

mod value;

pub(crate) use value::instant;

use std::borrow::Cow;

use crate::hubspot::catalog::{Kind, ObjectType, Property, Source};
use crate::hubspot::people::Person;
use crate::hubspot::portal::Portal;
use crate::hubspot::setup::Setup;
use crate::hubspot::spec::{ArchivedOwnerPolicy, SourceDetails};
use crate::hubspot::stored::Values;
use crate::store::unique_key;

/// Names and values as a client sent them.
pub(crate) type Sent<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// What values are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A new record.
    Create,
    /// A record that is there, or may be.
    Change,
}

/// Values that can be written.
#[derive(Debug)]
pub(crate) struct Accepted<'a, 'p> {
    /// In their stored form, by name, the owner apart. An empty text clears.
    pub(crate) values: Values<'a>,
    /// The owner, where one was named.
    pub(crate) owner: Option<NamedOwner<'p>>,
    /// The unique ones among the values.
    pub(crate) unique: Vec<Unique<'a>>,
}

/// What `hubspot_owner_id` was set to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NamedOwner<'p> {
    /// Nobody.
    Nobody,
    /// Somebody, who has an owner id.
    Owner(&'p Person),
}

/// A value that no other record may have.
#[derive(Clone, Debug)]
pub(crate) struct Unique<'a> {
    /// Where the store has it.
    pub(crate) key: u64,
    /// The property.
    pub(crate) name: Cow<'a, str>,
    /// The value.
    pub(crate) value: Cow<'a, str>,
}

/// Why a value can't be written: an item of the body of a 400.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The property.
    pub(crate) name: String,
    /// What clients branch on.
    pub(crate) code: &'static str,
    /// For people.
    pub(crate) message: String,
}

impl Problem {
    fn new(name: &str, code: &'static str, message: String) -> Self {
        Self {
            name: name.to_owned(),
            code,
            message,
        }
    }
}

impl<'a> Unique<'a> {
    pub(crate) fn new(
        object_type: &ObjectType,
        name: impl Into<Cow<'a, str>>,
        value: impl Into<Cow<'a, str>>,
    ) -> Self {
        let (name, value) = (name.into(), value.into());
        Self {
            key: unique_key(object_type.key, &name, &value),
            name,
            value,
        }
    }
}

/// Checks values against the definitions of the type.
pub(crate) fn properties<'a, 'p>(
    place: (&'p Portal, &'p Setup),
    object_type: &ObjectType,
    purpose: Purpose,
    mut sent: Sent<'a>,
) -> Result<Accepted<'a, 'p>, Vec<Problem>> {
    sent.sort_by(|one, other| one.0.cmp(&other.0));
    let mut accepted = Accepted {
        values: Values::with_capacity(sent.len()),
        owner: None,
        unique: Vec::new(),
    };
    let mut problems = Vec::new();
    let mut sent = sent.into_iter().peekable();
    while let Some((name, value)) = sent.next() {
        if sent.peek().is_some_and(|(next, _)| *next == name) {
            // A name twice in one JSON object: the last one counts.
            continue;
        }
        if let Err(problem) = one(place, (object_type, purpose), name, value, &mut accepted) {
            problems.push(problem);
        }
    }
    match problems.is_empty() {
        true => Ok(accepted),
        false => Err(problems),
    }
}

fn one<'a, 'p>(
    (portal, setup): (&'p Portal, &'p Setup),
    (object_type, purpose): (&ObjectType, Purpose),
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    accepted: &mut Accepted<'a, 'p>,
) -> Result<(), Problem> {
    let Some(property) = setup.catalog.property(object_type, &name) else {
        let message = format!("Property \"{name}\" does not exist");
        return Err(Problem::new(&name, "PROPERTY_DOESNT_EXIST", message));
    };
    if property.read_only && !set_on_create(portal, property, purpose) {
        let message = format!("\"{name}\" is a read only property; its value cannot be set.");
        return Err(Problem::new(&name, "READ_ONLY_VALUE", message));
    }
    let value = value::stored(property, value)?;
    if property.kind == Kind::Owner {
        let named = owner((portal, setup), &name, &value)?;
        if name == "hubspot_owner_id" {
            accepted.owner = Some(named);
            return Ok(());
        }
    }
    if property.unique && !value.is_empty() {
        accepted
            .unique
            .push(Unique::new(object_type, name.clone(), value.clone()));
    }
    accepted.values.push(name, value);
    Ok(())
}

/// Whether this is the create that may set a property which nothing else can.
fn set_on_create(portal: &Portal, property: &Property, purpose: Purpose) -> bool {
    property.on_create
        && purpose == Purpose::Create
        && portal.switches.source_details == SourceDetails::SecondAndThird
}

/// The owner with this owner id. A user id is none, unless an owner happens to have the same number.
fn owner<'p>(
    (portal, setup): (&Portal, &'p Setup),
    name: &str,
    id: &str,
) -> Result<NamedOwner<'p>, Problem> {
    if id.is_empty() {
        return Ok(NamedOwner::Nobody);
    }
    let archived_too = portal.switches.archived_owner_policy == ArchivedOwnerPolicy::Accept;
    let owner = setup.people.owner(id);
    match owner.filter(|person| person.active() || archived_too) {
        Some(person) => Ok(NamedOwner::Owner(person)),
        None => {
            // The code is reported from the field; the text is not known.
            let message = format!("Owner with id {id} does not exist");
            Err(Problem::new(name, "INVALID_OWNER_ID", message))
        }
    }
}

impl Accepted<'_, '_> {
    /// The owner id that was named.
    pub(crate) fn owner_id(&self) -> Option<&str> {
        match self.owner? {
            NamedOwner::Owner(person) => person.owner_id.as_deref(),
            NamedOwner::Nobody => None,
        }
    }

    /// Drops what is empty: on a create there is nothing to clear. What has a default stays, or the default would show.
    pub(crate) fn without_clears(mut self, setup: &Setup, object_type: &ObjectType) -> Self {
        let defaulted = |name: &str| {
            let property = setup.catalog.property(object_type, name);
            property.is_some_and(|property: &Property| property.source != Source::Written)
        };
        self.values
            .retain(|name, value| !value.is_empty() || defaulted(name));
        self
    }

    /// The keys under which the store is to find the record.
    pub(crate) fn unique_keys(&self) -> Vec<u64> {
        self.unique.iter().map(|unique| unique.key).collect()
    }
}
