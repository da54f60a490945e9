//! What a field is.

use std::borrow::Cow;

use super::column::Column;

/// One field of an object of an org.
#[derive(Clone, Debug)]
pub struct Field {
    /// The API name, in its canonical case.
    pub name: Cow<'static, str>,
    /// The label, as error texts have it.
    pub label: Cow<'static, str>,
    /// The type.
    pub kind: Kind,
    /// Characters that fit in, where the type is a text.
    pub length: u32,
    /// What may be done with it.
    pub flags: Flags,
    /// Names of the objects it may refer to.
    pub references: Cow<'static, [&'static str]>,
    /// The name of a custom object that it refers to: those names are not known when the program is built.
    pub custom_reference: Option<Box<str>>,
    /// The name under which SOQL reaches the other record: `Owner`, `Account`, `Parent__r`.
    pub relationship: Option<Cow<'static, str>>,
    /// Values of a picklist.
    pub values: Cow<'static, [&'static str]>,
    /// What a create without a value stores.
    pub default: Option<&'static str>,
    /// Where its value comes from.
    pub source: Source,
}

/// The type of a field, with the name it has in a describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `id`
    Id,
    /// `string`
    String,
    /// `textarea`
    TextArea,
    /// `picklist`
    Picklist,
    /// `multipicklist`: values joined by `;`.
    MultiPicklist,
    /// `combobox`
    Combobox,
    /// `email`
    Email,
    /// `phone`
    Phone,
    /// `url`
    Url,
    /// `reference`
    Reference,
    /// `boolean`
    Boolean,
    /// `int`
    Int,
    /// `double`
    Double,
    /// `currency`
    Currency,
    /// `percent`
    Percent,
    /// `date`
    Date,
    /// `datetime`
    DateTime,
    /// `address`: a compound, read-only.
    Address,
}

impl Kind {
    /// The name in a describe, and the SOAP type beside it.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Id => ("id", "tns:ID"),
            Self::String => ("string", "xsd:string"),
            Self::TextArea => ("textarea", "xsd:string"),
            Self::Picklist => ("picklist", "xsd:string"),
            Self::MultiPicklist => ("multipicklist", "xsd:string"),
            Self::Combobox => ("combobox", "xsd:string"),
            Self::Email => ("email", "xsd:string"),
            Self::Phone => ("phone", "xsd:string"),
            Self::Url => ("url", "xsd:string"),
            Self::Reference => ("reference", "tns:ID"),
            Self::Boolean => ("boolean", "xsd:boolean"),
            Self::Int => ("int", "xsd:int"),
            Self::Double => ("double", "xsd:double"),
            Self::Currency => ("currency", "xsd:double"),
            Self::Percent => ("percent", "xsd:double"),
            Self::Date => ("date", "xsd:date"),
            Self::DateTime => ("datetime", "xsd:dateTime"),
            Self::Address => ("address", "urn:address"),
        }
    }

    /// Whether the values are texts, ids aside.
    pub fn textual(self) -> bool {
        matches!(
            self,
            Self::String
                | Self::TextArea
                | Self::Picklist
                | Self::MultiPicklist
                | Self::Combobox
                | Self::Email
                | Self::Phone
                | Self::Url
        )
    }

    /// Whether the values are numbers with a fraction.
    pub fn fractional(self) -> bool {
        matches!(self, Self::Double | Self::Currency | Self::Percent)
    }
}

/// What may be done with a field, one letter each in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(u16);

impl Flags {
    /// `c`: may be given when a record is created.
    pub const CREATEABLE: Self = Self(1);
    /// `u`: may be changed.
    pub const UPDATEABLE: Self = Self(1 << 1);
    /// `n`: may be empty.
    pub const NILLABLE: Self = Self(1 << 2);
    /// `d`: gets a value when a record is created without one.
    pub const DEFAULTED: Self = Self(1 << 3);
    /// `i`: a record may be looked up by it.
    pub const ID_LOOKUP: Self = Self(1 << 4);
    /// `r`: a picklist that takes no other values.
    pub const RESTRICTED: Self = Self(1 << 5);
    /// `x`: an external id.
    pub const EXTERNAL_ID: Self = Self(1 << 6);
    /// `q`: no two records have the same value.
    pub const UNIQUE: Self = Self(1 << 7);
    /// `a`: may be set on insert with the permission to set audit fields.
    pub const AUDIT: Self = Self(1 << 8);
    /// `N`: the field whose value names the record.
    pub const NAME: Self = Self(1 << 9);

    /// `m`: its record belongs to the one it refers to, is deleted with it and has no owner of its own.
    pub const MASTER: Self = Self(1 << 10);

    const LETTERS: &'static [u8] = b"cundirxqaNm";

    /// Reads the letters of a table; a letter that is none does not compile.
    pub(super) const fn read(letters: &str) -> Self {
        let (letters, mut flags, mut i) = (letters.as_bytes(), 0, 0);
        while i < letters.len() {
            let mut bit = 0;
            while letters[i] != Self::LETTERS[bit] {
                bit += 1;
            }
            flags |= 1 << bit;
            i += 1;
        }
        Self(flags)
    }

    /// Whether all of `other` are set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// These and `other`.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Where the value of a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The record's body, under the field's name.
    Body,
    /// The record's place in the store.
    Id,
    /// The record's mark.
    IsDeleted,
    /// The record's owner.
    OwnerId,
    /// The record's instant of creation.
    CreatedDate,
    /// The record's creator.
    CreatedById,
    /// The instant of the last change by a user; the body has one that the audit permission set.
    LastModifiedDate,
    /// The user of the last change; the body has one that the audit permission set.
    LastModifiedById,
    /// The instant of the last change.
    SystemModstamp,
    /// First and last name together.
    FullName,
    /// The parts whose names start as this one does.
    Address,
    /// The account of what an activity is about, else of whom.
    ActivityAccount,
    /// A field of the contact of a case.
    OfContact(&'static str),
    /// The quarter of an opportunity's close date; fiscal years start in January.
    FiscalQuarter,
    /// Its year.
    FiscalYear,
    /// `Completed` is the closed status of a task.
    TaskClosed,
    /// A task of priority `High`.
    TaskHighPriority,
    /// `Closed` is the closed status of a case.
    CaseClosed,
    /// `Closed Won` and `Closed Lost` are the closed stages of an opportunity.
    OpportunityClosed,
    /// `Closed Won`.
    OpportunityWon,
}

impl Field {
    pub(super) fn standard(column: &Column) -> Self {
        Self {
            name: column.name.into(),
            label: column
                .label
                .map_or_else(|| spaced(column.name).into(), Cow::Borrowed),
            kind: column.kind,
            length: column.length,
            flags: column.flags,
            references: Cow::Borrowed(column.references),
            custom_reference: None,
            relationship: relationship(column),
            values: Cow::Borrowed(column.values),
            default: column.default,
            source: column.source,
        }
    }

    /// Whether a create must bring a value. The describes of real orgs give this rule.
    pub fn required(&self) -> bool {
        self.flags.has(Flags::CREATEABLE)
            && !self.flags.has(Flags::NILLABLE)
            && !self.flags.has(Flags::DEFAULTED)
            && self.kind != Kind::Boolean
    }

    /// Whether the store keeps an index of its values.
    pub fn indexed(&self) -> bool {
        self.source == Source::Body
            && (self.flags.has(Flags::ID_LOOKUP)
                || self.flags.has(Flags::EXTERNAL_ID)
                || self.flags.has(Flags::UNIQUE))
    }

    /// Whether an upsert may look records up by it.
    pub fn upsert_key(&self) -> bool {
        self.flags.has(Flags::ID_LOOKUP) || self.flags.has(Flags::EXTERNAL_ID)
    }

    /// Long texts can be neither filtered nor sorted by.
    pub fn filterable(&self) -> bool {
        !(self.kind == Kind::Address || self.kind == Kind::TextArea && self.length > 255)
    }

    /// Names of the objects it may refer to.
    pub fn referenced(&self) -> impl Iterator<Item = &str> {
        self.references
            .iter()
            .copied()
            .chain(self.custom_reference.as_deref())
    }
}

/// `OwnerId` is reached as `Owner`; what is not named `…Id` has no relationship.
fn relationship(column: &Column) -> Option<Cow<'static, str>> {
    if column.kind != Kind::Reference {
        return None;
    }
    column.name.strip_suffix("Id").map(Cow::Borrowed)
}

/// `LastName` becomes `Last Name`, `AccountId` becomes `Account ID`.
fn spaced(name: &str) -> String {
    let mut label = String::with_capacity(name.len() + 4);
    let mut previous = ' ';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && previous.is_ascii_lowercase() {
            label.push(' ');
        }
        label.push(letter);
        previous = letter;
    }
    match label.strip_suffix(" Id") {
        Some(start) => format!("{start} ID"),
        None => label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_error_texts() {
        assert_eq!(spaced("LastName"), "Last Name");
        assert_eq!(spaced("AccountId"), "Account ID");
        assert_eq!(spaced("CompanyDunsNumber"), "Company Duns Number");
    }
}
