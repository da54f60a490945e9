//! Which objects and fields an org has.

mod column;
mod field;
mod names;
mod standard;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

pub use field::{Field, Flags, Kind, Source};
pub use standard::Evidence;

use crate::store::ObjectKey;
use column::{AUDIT, IS_DELETED, id, owner, string};
use names::NameTable;
use standard::{LADDER, TABLES, Table};

/// An object: what the REST API calls an sObject.
#[derive(Clone, Debug)]
pub struct SObject {
    /// Its key in the store.
    pub key: ObjectKey,
    /// Its API name, in canonical case.
    pub name: Cow<'static, str>,
    /// Its label.
    pub label: Cow<'static, str>,
    /// The label of several.
    pub plural: Cow<'static, str>,
    /// The first three characters of its records' ids.
    pub prefix: [u8; 3],
    /// Defined by the org.
    pub custom: bool,
    /// Belongs to the set-up of the org.
    pub setup: bool,
    /// Takes audit fields on insert, with the permission.
    pub audit: bool,
    /// What its fields are known from.
    pub evidence: Evidence,
    /// Records may be created through the API.
    pub createable: bool,
    /// Records may be updated through the API.
    pub updateable: bool,
    /// Records may be deleted through the API.
    pub deletable: bool,
    fields: Vec<Field>,
    names: NameTable,
    owner: Option<usize>,
}

impl SObject {
    /// The field of this name, in any case.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.place(name).map(|place| &self.fields[place])
    }

    /// The place of the field of this name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.names.find(name, |place| &self.fields[place].name)
    }

    /// All fields, in the order of a describe.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// `OwnerId`, if its records have owners.
    pub fn owner_field(&self) -> Option<&Field> {
        self.owner.map(|place| &self.fields[place])
    }

    /// The field under whose relationship name SOQL reaches another record.
    pub fn relationship(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| {
            field
                .relationship
                .as_deref()
                .is_some_and(|known| known.eq_ignore_ascii_case(name))
        })
    }

    /// Whether the object has rows that an assignment rule can reroute.
    pub fn assignable(&self) -> bool {
        matches!(&*self.name, "Lead" | "Case")
    }

    fn index(&mut self) {
        self.names = NameTable::new(self.fields.iter().map(|field| &*field.name));
        // A group has a field of that name, too, but no owner that a write decides.
        self.owner = self
            .place("OwnerId")
            .filter(|place| self.fields[*place].source == Source::OwnerId);
    }

    fn standard(key: ObjectKey, table: &Table) -> Self {
        let columns = table.columns.iter().copied().flatten();
        let mut fields: Vec<Field> = Vec::new();
        for column in columns {
            // Activities list IsDeleted in another place than the rest; a column counts once.
            if !fields.iter().any(|field| field.name == column.name) {
                fields.push(Field::standard(column));
            }
        }
        let mut object = Self {
            key,
            name: table.name.into(),
            label: table.label.into(),
            plural: table.plural.into(),
            prefix: table.prefix,
            custom: false,
            setup: table.setup,
            audit: table.audit,
            evidence: table.evidence,
            createable: table.verbs.contains('c'),
            updateable: table.verbs.contains('u'),
            deletable: table.verbs.contains('d'),
            fields,
            names: NameTable::new(std::iter::empty()),
            owner: None,
        };
        object.index();
        object
    }
}

/// The objects of an org. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Schema {
    objects: Vec<Arc<SObject>>,
    names: NameTable,
}

static STANDARD: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let objects = (0..)
        .zip(TABLES)
        .map(|(key, table)| Arc::new(SObject::standard(ObjectKey(key), table)))
        .collect();
    Arc::new(Schema::of(objects))
});

impl Schema {
    /// The standard objects, shared by all orgs.
    pub fn standard() -> Arc<Self> {
        STANDARD.clone()
    }

    /// The user permissions that can be granted: `PermissionsModifyAllData`, …
    pub fn permissions() -> &'static [&'static str] {
        &LADDER
    }

    fn of(objects: Vec<Arc<SObject>>) -> Self {
        let names = NameTable::new(
            objects
                .iter()
                .map(|object| &*object.name)
                .collect::<Vec<_>>()
                .into_iter(),
        );
        Self { objects, names }
    }

    /// All objects, in the order of their keys.
    pub fn objects(&self) -> &[Arc<SObject>] {
        &self.objects
    }

    /// The object of this name, in any case.
    pub fn object(&self, name: &str) -> Option<&Arc<SObject>> {
        self.names
            .find(name, |place| &self.objects[place].name)
            .map(|place| &self.objects[place])
    }

    /// The object with this key. Keys come from the schema alone.
    pub fn by_key(&self, key: ObjectKey) -> Option<&Arc<SObject>> {
        self.objects.get(usize::from(key.0))
    }

    /// The object whose records' ids start like this.
    pub fn by_prefix(&self, prefix: [u8; 3]) -> Option<&Arc<SObject>> {
        self.objects.iter().find(|object| object.prefix == prefix)
    }

    /// The relationships from an object down to those that refer to it: the other object, the place of its field, and
    /// the name under which a sub-query reaches it.
    pub fn child_relationships(&self, parent: &SObject) -> Vec<(Arc<SObject>, usize, String)> {
        self.references_to(parent)
            .filter_map(|(object, place, name)| Some((object.clone(), place, name?)))
            .collect()
    }

    /// All fields that refer to an object, with the name of the relationship where it has one.
    pub fn references_to<'s>(
        &'s self,
        parent: &'s SObject,
    ) -> impl Iterator<Item = (&'s Arc<SObject>, usize, Option<String>)> {
        self.objects.iter().flat_map(move |object| {
            let fields = object.fields.iter().enumerate();
            let refers = |field: &Field| {
                field.kind == Kind::Reference && field.referenced().any(|name| name == parent.name)
            };
            fields
                .filter(move |(_, field)| refers(field))
                .map(move |(place, field)| (object, place, child_name(parent, object, field)))
        })
    }

    /// The fields through which records belong to those of this object and are deleted with them: contacts,
    /// opportunities and activities of an account, details of a master.
    pub fn owned_children<'s>(
        &'s self,
        parent: &'s SObject,
    ) -> impl Iterator<Item = (&'s SObject, &'s Field)> {
        self.references_to(parent).filter_map(|(object, place, _)| {
            let field = &object.fields[place];
            let owned = match (&*parent.name, &*object.name, &*field.name) {
                ("Account", "Contact" | "Opportunity", "AccountId") => true,
                ("Account", "Task" | "Event", "WhatId") => true,
                _ => field.flags.has(Flags::MASTER),
            };
            owned.then_some((&**object, field))
        })
    }

    /// With one more custom object, which has the system's fields, a name and an owner.
    #[must_use]
    pub fn with_object(mut self, name: &str, label: &str, plural: &str) -> Self {
        let number = self.objects.iter().filter(|object| object.custom).count();
        let columns = [id("Record ID"), IS_DELETED, owner(&["Group", "User"])]
            .into_iter()
            .chain([string("Name", 80, "cundN")])
            .chain(AUDIT);
        let mut object = SObject {
            key: ObjectKey(u16::try_from(self.objects.len()).unwrap_or(u16::MAX)),
            name: name.to_owned().into(),
            label: label.to_owned().into(),
            plural: plural.to_owned().into(),
            prefix: custom_prefix(number),
            custom: true,
            setup: false,
            audit: true,
            evidence: Evidence::Custom,
            createable: true,
            updateable: true,
            deletable: true,
            fields: columns.map(|column| Field::standard(&column)).collect(),
            names: NameTable::new(std::iter::empty()),
            owner: None,
        };
        object.index();
        self.objects.push(Arc::new(object));
        Self::of(self.objects)
    }

    /// With an object whose records belong to others and have no owner of their own.
    #[must_use]
    pub fn without_owner(mut self, object: ObjectKey) -> Self {
        if let Some(object) = self.objects.get_mut(usize::from(object.0)) {
            let mut changed = SObject::clone(object);
            changed
                .fields
                .retain(|field| field.source != Source::OwnerId);
            changed.index();
            *object = Arc::new(changed);
        }
        self
    }

    /// With one more field on an object that is there.
    #[must_use]
    pub fn with_field(mut self, object: ObjectKey, field: Field) -> Self {
        if let Some(object) = self.objects.get_mut(usize::from(object.0)) {
            let mut changed = SObject::clone(object);
            changed.fields.push(field);
            changed.index();
            *object = Arc::new(changed);
        }
        self
    }
}

/// The name of a relationship seen from above; `None` for those that have none, as the audit fields.
fn child_name(parent: &SObject, child: &SObject, field: &Field) -> Option<String> {
    match (&*parent.name, &*child.name, &*field.name) {
        _ if field.custom_reference.is_some() => {
            let plural = child.plural.replace(' ', "_");
            Some(if field.name.ends_with("__c") && child.custom {
                format!("{plural}__r")
            } else {
                format!("{}__r", field.name.trim_end_matches("__c"))
            })
        }
        ("Account", "Account", "ParentId") => Some("ChildAccounts".to_owned()),
        ("Case", "Case", "ParentId") => Some("Cases".to_owned()),
        ("Case", "EmailMessage", "ParentId") => Some("EmailMessages".to_owned()),
        (_, "EmailMessage", "RelatedToId") => Some("Emails".to_owned()),
        ("PermissionSet", "ObjectPermissions", _) => Some("ObjectPerms".to_owned()),
        ("Group", "GroupMember", "GroupId") => Some("GroupMembers".to_owned()),
        ("UserRole" | "Profile", "User", _) => Some("Users".to_owned()),
        // Activities belong to the account through what they are about.
        (_, "Task" | "Event", "AccountId") | (_, "User", _) => None,
        ("PermissionSet", "PermissionSetAssignment", _) => Some("Assignments".to_owned()),
        ("User", "PermissionSetAssignment", "AssigneeId") => {
            Some("PermissionSetAssignments".to_owned())
        }
        ("Group", "QueueSobject", _) => Some("QueueSobjects".to_owned()),
        (_, _, "AccountId" | "ContactId" | "WhoId" | "WhatId") => Some(child.plural.to_string()),
        _ => None,
    }
}

/// `a00`, `a01`, … in the order of the specification, so that ids stay the same from run to run.
fn custom_prefix(number: usize) -> [u8; 3] {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    [b'a', DIGITS[number / 62 % 62], DIGITS[number % 62]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_create_must_bring_is_what_real_describes_say() {
        let schema = Schema::standard();
        let required = |object: &str| {
            let fields = schema.object(object).unwrap().fields();
            let names = fields.iter().filter(|field| field.required());
            names.map(|field| field.name.clone()).collect::<Vec<_>>()
        };

        assert_eq!(required("account"), ["Name"]);
        assert_eq!(required("contact"), ["LastName"]);
        assert_eq!(required("lead"), ["LastName", "Company"]);
        assert_eq!(required("opportunity"), ["Name", "StageName", "CloseDate"]);
        assert!(required("case").is_empty() && required("task").is_empty());
    }

    #[test]
    fn a_key_prefix_belongs_to_one_object() {
        let schema = Schema::standard();

        for object in schema.objects() {
            let found = schema.by_prefix(object.prefix).unwrap();
            assert_eq!(found.name, object.name);
        }
    }

    #[test]
    fn a_custom_field_is_in_the_org_that_has_it_and_in_no_other() {
        let contact = Schema::standard().object("Contact").unwrap().key;
        let mut field = Schema::standard().object("Contact").unwrap().fields()[0].clone();
        field.name = "Apollo_Id__c".into();

        let schema = Schema::clone(&Schema::standard()).with_field(contact, field);

        let has = |schema: &Schema| {
            schema
                .object("Contact")
                .unwrap()
                .field("APOLLO_ID__C")
                .is_some()
        };
        assert!(has(&schema));
        assert!(!has(&Schema::standard()));
    }
}
