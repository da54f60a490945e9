//! Definitions that a portal makes, changes and archives while it is open.

use std::collections::btree_map::Range;

use super::{Catalog, Group, Kind, ObjectType, Property};
use crate::clock::Timestamp;
use crate::store::ObjectKey;

/// A definition that is out of use. Records keep its values.
#[derive(Clone, Debug)]
pub(crate) struct ArchivedProperty {
    pub(crate) property: Property,
    pub(crate) at: Timestamp,
}

/// HubSpot's own groups beside the first one of each type.
const OWN_GROUPS: [(&str, &str, &str); 9] = [
    ("contacts", "contact_activity", "Contact activity"),
    ("contacts", "sales_properties", "Sales properties"),
    ("contacts", "emailinformation", "Email information"),
    (
        "contacts",
        "conversioninformation",
        "Conversion information",
    ),
    ("contacts", "analyticsinformation", "Web analytics history"),
    (
        "contacts",
        "socialmediainformation",
        "Social media information",
    ),
    ("companies", "company_activity", "Company activity"),
    ("companies", "analyticsinformation", "Analytics history"),
    ("deals", "deal_activity", "Deal activity"),
];

impl ObjectType {
    /// The group of properties that name none: `contactinformation`, and `car_information` of a custom type.
    pub(crate) fn first_group(&self) -> String {
        match self.type_id.starts_with("2-") {
            true => format!("{}_information", self.singular),
            false => format!("{}information", self.singular),
        }
    }
}

impl Catalog {
    /// Adds a definition, or puts it in the place of one of the same name.
    pub(crate) fn put_property(&mut self, object: ObjectKey, property: Property) {
        let name = property.name.to_string();
        self.archived_properties.remove(&(object, name.clone()));
        let added = self.custom_properties.entry(object).or_default();
        added.insert(name, property);
        self.list_owner_properties(object);
    }

    /// Notes anew which of a type's own properties hold owners.
    pub(super) fn list_owner_properties(&mut self, object: ObjectKey) {
        let added = self.custom_properties.get(&object).into_iter().flatten();
        let owners = added.filter(|(_, property)| property.kind == Kind::Owner);
        let mut names: Vec<_> = owners.map(|(_, property)| property.name.clone()).collect();
        names.sort_unstable();
        self.owner_properties.insert(object, names);
    }

    /// Takes a definition out of use.
    pub(crate) fn archive_property(&mut self, object: ObjectKey, name: &str, at: Timestamp) {
        let added = self.custom_properties.entry(object).or_default();
        if let Some(property) = added.remove(name) {
            let key = (object, name.to_owned());
            let archived = ArchivedProperty { property, at };
            self.archived_properties.insert(key, archived);
            self.list_owner_properties(object);
        }
    }

    /// The definitions of a type that are out of use, by name.
    pub(crate) fn archived_properties(
        &self,
        object: ObjectKey,
    ) -> impl Iterator<Item = &ArchivedProperty> {
        of_type(
            self.archived_properties.range((object, String::new())..),
            object,
        )
    }

    /// How many definitions of the portal's own forbid two equal values.
    pub(crate) fn unique_properties(&self, object: ObjectKey) -> usize {
        let added = self.custom_properties.get(&object);
        let added = added.into_iter().flat_map(|added| added.values());
        added.filter(|property| property.unique).count()
    }

    /// The groups of a type: HubSpot's own first, then the portal's by name.
    pub(crate) fn groups(&self, object_type: &ObjectType) -> Vec<Group> {
        let own = OWN_GROUPS
            .iter()
            .filter(|(object, _, _)| *object == object_type.name)
            .map(|(_, name, label)| ((*name).to_owned(), (*label).to_owned()));
        let mut singular = object_type.singular.to_string();
        if let Some(first) = singular.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let first = (object_type.first_group(), format!("{singular} information"));
        let own = (0..).zip([first].into_iter().chain(own));
        let mut groups: Vec<Group> = own
            .map(|(display_order, (name, label))| Group {
                name,
                label,
                display_order,
                archived: false,
            })
            .collect();
        let added = self.groups.range((object_type.key, String::new())..);
        groups.extend(of_type(added, object_type.key).cloned());
        groups
    }

    /// Whether a group is the portal's own.
    pub(crate) fn own_group(&self, object: ObjectKey, name: &str) -> bool {
        self.groups.contains_key(&(object, name.to_owned()))
    }

    /// Adds a group, or puts it in the place of one of the same name.
    pub(crate) fn put_group(&mut self, object: ObjectKey, group: Group) {
        self.groups.insert((object, group.name.clone()), group);
    }
}

fn of_type<'a, T>(
    entries: Range<'a, (ObjectKey, String), T>,
    object: ObjectKey,
) -> impl Iterator<Item = &'a T> {
    let same = entries.take_while(move |((key, _), _)| *key == object);
    same.map(|(_, value)| value)
}
