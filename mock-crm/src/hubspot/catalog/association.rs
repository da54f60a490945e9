//! Association types: in which ways records of two object types can be connected, and the numbers of the ways.

mod standard;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::ObjectType;
use crate::store::ObjectKey;

/// `associationTypeId` with its `associationCategory`: a number means something else in the other category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TypeId {
    /// HubSpot's own, the same in every portal.
    HubspotDefined(u32),
    /// Made for one portal: labels, and everything about custom object types.
    UserDefined(u32),
}

/// A way in which records can be connected, seen from one end. Every one has its inverse, which may be itself.
#[derive(Clone, Debug)]
pub(crate) struct AssociationType {
    pub(crate) id: TypeId,
    /// The same connection, seen from the other end.
    pub(crate) inverse: TypeId,
    pub(crate) from: ObjectKey,
    pub(crate) to: ObjectKey,
    /// As v3 calls it: `contact_to_company`.
    pub(crate) name: String,
    /// As v4 calls it. `None`: the one that only says that there is a connection, and stands beside every other.
    pub(crate) label: Option<Cow<'static, str>>,
    /// A record has at most one of it: its primary company, its parent.
    pub(crate) single: bool,
    /// The first record that is connected gets it without being asked.
    pub(crate) automatic: bool,
}

/// The two ends of a way to be added: what v3 and v4 call it from here, and from there.
#[derive(Debug)]
pub(crate) struct Ends<'a> {
    pub(crate) from: &'a ObjectType,
    pub(crate) to: &'a ObjectType,
    /// Internal name.
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    /// The label seen from `to`, where that is another one.
    pub(crate) inverse_label: Option<&'a str>,
}

/// The association types of one portal that are not HubSpot's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct AssociationTypes {
    own: Table,
    /// Numbers are given once, even where the type is gone again.
    last: u32,
}

/// Association types with the two ways to find them.
#[derive(Clone, Debug, Default)]
struct Table {
    types: BTreeMap<TypeId, AssociationType>,
    by_pair: HashMap<(ObjectKey, ObjectKey), Vec<TypeId>>,
}

/// Numbers of portals' own types are kept from here on, so that they never meet HubSpot's.
const FIRST_USER_DEFINED: u32 = 1 << 24;

impl TypeId {
    /// The number under which the store keeps it.
    pub(crate) fn stored(self) -> u32 {
        match self {
            Self::HubspotDefined(number) => number,
            Self::UserDefined(number) => FIRST_USER_DEFINED.saturating_add(number),
        }
    }

    /// What a client names; `None` for a category that HubSpot has not, or has and the mock has not.
    pub(crate) fn named(category: &str, number: u32) -> Option<Self> {
        match category {
            "HUBSPOT_DEFINED" => Some(Self::HubspotDefined(number)),
            "USER_DEFINED" => Some(Self::UserDefined(number)),
            _ => None,
        }
    }

    pub(crate) fn category(self) -> &'static str {
        match self {
            Self::HubspotDefined(_) => "HUBSPOT_DEFINED",
            Self::UserDefined(_) => "USER_DEFINED",
        }
    }

    pub(crate) fn number(self) -> u32 {
        match self {
            Self::HubspotDefined(number) | Self::UserDefined(number) => number,
        }
    }
}

impl Table {
    fn add(&mut self, added: AssociationType) {
        let pair = self.by_pair.entry((added.from, added.to)).or_default();
        pair.push(added.id);
        self.types.insert(added.id, added);
    }

    fn between(
        &self,
        from: ObjectKey,
        to: ObjectKey,
    ) -> impl Iterator<Item = &AssociationType> {
        let ids = self.by_pair.get(&(from, to)).into_iter().flatten();
        ids.filter_map(|id| self.types.get(id))
    }
}

impl AssociationTypes {
    /// The type with this number.
    pub(crate) fn get(&self, id: TypeId) -> Option<&AssociationType> {
        let table = match id {
            TypeId::HubspotDefined(_) => standard::table(),
            TypeId::UserDefined(_) => &self.own,
        };
        table.types.get(&id)
    }

    /// All ways from records of one type to records of another, HubSpot's own first.
    pub(crate) fn between(
        &self,
        from: ObjectKey,
        to: ObjectKey,
    ) -> impl Iterator<Item = &AssociationType> {
        standard::table()
            .between(from, to)
            .chain(self.own.between(from, to))
    }

    /// The way that only says that there is a connection; `None` where records of these types can't be connected.
    pub(crate) fn unlabeled(&self, from: ObjectKey, to: ObjectKey) -> Option<&AssociationType> {
        self.between(from, to).find(|found| found.label.is_none())
    }

    /// Makes records of a custom type connectable with those of `others`, itself among them. HubSpot numbers such types
    /// for each portal, in pairs, and calls them the portal's own although nobody made them.
    pub(crate) fn connect<'a>(
        &mut self,
        custom: &ObjectType,
        others: impl Iterator<Item = &'a ObjectType>,
    ) {
        for other in others {
            let name = |from: &ObjectType, to: &ObjectType| {
                [&*from.singular, "_to_", &*to.singular].concat()
            };
            let names = (name(custom, other), name(other, custom));
            self.add((custom.key, other.key), names, (None, None));
        }
    }

    /// Adds a label of the portal; the types it consists of: one for each end, or one alone where both are the same.
    pub(crate) fn add_label(&mut self, ends: &Ends<'_>) -> Vec<TypeId> {
        let label = |label: &str| Some(Cow::Owned(label.to_owned()));
        let inverse = ends.inverse_label.unwrap_or(ends.label);
        let names = (ends.name.to_owned(), ends.name.to_owned());
        let labels = (label(ends.label), label(inverse));
        self.add((ends.from.key, ends.to.key), names, labels)
    }

    /// Renames a label, and its other end if that gets another name; `false` where there is none of the portal's own.
    pub(crate) fn rename(&mut self, id: TypeId, label: &str, inverse_label: Option<&str>) -> bool {
        let Some(renamed) = self.label_mut(id) else {
            return false;
        };
        renamed.label = Some(label.to_owned().into());
        let inverse = renamed.inverse;
        let named_same = inverse == id;
        if let (Some(other), Some(text), false) =
            (self.label_mut(inverse), inverse_label, named_same)
        {
            other.label = Some(text.to_owned().into());
        }
        true
    }

    /// Takes a label away, with its other end; `false` where there is none of the portal's own.
    pub(crate) fn remove(&mut self, id: TypeId) -> bool {
        let Some(removed) = self.label_mut(id) else {
            return false;
        };
        for id in [removed.inverse, id] {
            self.own.types.remove(&id);
        }
        true
    }

    fn label_mut(&mut self, id: TypeId) -> Option<&mut AssociationType> {
        let found = self.own.types.get_mut(&id)?;
        found.label.is_some().then_some(found)
    }

    fn add(
        &mut self,
        (from, to): (ObjectKey, ObjectKey),
        names: (String, String),
        labels: (Option<Cow<'static, str>>, Option<Cow<'static, str>>),
    ) -> Vec<TypeId> {
        let there = self.number();
        let one_way = from == to && labels.0 == labels.1;
        let back = if one_way { there } else { self.number() };
        let made = |id, inverse, (from, to), name, label| AssociationType {
            id,
            inverse,
            from,
            to,
            name,
            label,
            single: false,
            automatic: false,
        };
        self.own
            .add(made(there, back, (from, to), names.0, labels.0));
        if one_way {
            return vec![there];
        }
        self.own
            .add(made(back, there, (to, from), names.1, labels.1));
        vec![there, back]
    }

    fn number(&mut self) -> TypeId {
        self.last += 1;
        TypeId::UserDefined(self.last)
    }
}

#[cfg(test)]
mod tests;
