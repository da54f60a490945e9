//! Association types: in which ways records of two object types can be connected, and the numbers of the ways.

mod standard;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

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

/// A change of a portal's labels, in the form in which the durable log keeps it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LabelChange {
    Added {
        from: ObjectKey,
        to: ObjectKey,
        /// Internal name, the same seen from both ends.
        name: String,
        label: String,
        /// The label seen from `to`, where that is another one.
        inverse_label: Option<String>,
    },
    Renamed {
        number: u32,
        label: String,
        inverse_label: Option<String>,
    },
    Deleted {
        number: u32,
    },
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

    fn between(&self, from: ObjectKey, to: ObjectKey) -> impl Iterator<Item = &AssociationType> {
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

    /// Adds, renames or takes away a label. A new one is a type for each end, or one alone where both are the same.
    pub(crate) fn change(&mut self, change: &LabelChange) {
        match change {
            LabelChange::Added {
                from,
                to,
                name,
                label,
                inverse_label,
            } => {
                let text = |text: &String| Some(Cow::Owned(text.clone()));
                let labels = (text(label), text(inverse_label.as_ref().unwrap_or(label)));
                self.add((*from, *to), (name.clone(), name.clone()), labels);
            }
            LabelChange::Renamed {
                number,
                label,
                inverse_label,
            } => self.rename(TypeId::UserDefined(*number), label, inverse_label.as_ref()),
            LabelChange::Deleted { number } => {
                let id = TypeId::UserDefined(*number);
                let inverse = self.own.types.remove(&id).map(|removed| removed.inverse);
                self.own.types.remove(&inverse.unwrap_or(id));
            }
        }
    }

    fn rename(&mut self, id: TypeId, label: &str, inverse_label: Option<&String>) {
        let Some(renamed) = self.own.types.get_mut(&id) else {
            return;
        };
        renamed.label = Some(label.to_owned().into());
        let inverse = renamed.inverse;
        let other = self.own.types.get_mut(&inverse).filter(|_| inverse != id);
        if let (Some(other), Some(text)) = (other, inverse_label) {
            other.label = Some(text.clone().into());
        }
    }

    fn add(
        &mut self,
        (from, to): (ObjectKey, ObjectKey),
        names: (String, String),
        labels: (Option<Cow<'static, str>>, Option<Cow<'static, str>>),
    ) {
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
        if !one_way {
            self.own
                .add(made(back, there, (to, from), names.1, labels.1));
        }
    }

    fn number(&mut self) -> TypeId {
        self.last += 1;
        TypeId::UserDefined(self.last)
    }
}

#[cfg(test)]
mod tests;
