//! One property: what it may hold, who may write it, where its value comes from.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::details::Details;

/// A property definition. The durable log keeps those that a portal makes.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Property {
    pub(crate) name: Cow<'static, str>,
    pub(crate) label: Cow<'static, str>,
    pub(crate) kind: Kind,
    pub(crate) field_type: Cow<'static, str>,
    pub(crate) options: Vec<Choice>,
    /// Integrations can't write it.
    pub(crate) read_only: bool,
    /// Read-only, except in a create where the portal's switch `source_details` says so.
    pub(crate) on_create: bool,
    /// Records can be addressed by it, and no two have the same value.
    pub(crate) unique: bool,
    /// HubSpot's own, not the portal's.
    pub(crate) standard: bool,
    /// HubSpot works out values of its own properties only.
    #[serde(skip)]
    pub(crate) source: Source,
    /// Of properties that were made while the portal was open.
    pub(crate) details: Option<Box<Details>>,
}

/// `type` of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Kind {
    String,
    Number,
    Bool,
    Enumeration,
    /// An enumeration whose options are the portal's owners (`externalOptions`). `hubspot_owner_id` alone says whose the
    /// record is.
    Owner,
    DateTime,
    Date,
    PhoneNumber,
}

/// A value of an enumeration.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: Cow<'static, str>,
    pub(crate) label: Cow<'static, str>,
    #[serde(default)]
    pub(crate) description: String,
    /// `None`: its place in the list.
    #[serde(default)]
    pub(crate) display_order: Option<i32>,
    #[serde(default)]
    pub(crate) hidden: bool,
}

/// Where a value comes from when it was not written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Source {
    /// Nowhere: it is empty.
    #[default]
    Written,
    /// It is this.
    Default(&'static str),
    /// From other facts about the record.
    Derived(Derived),
}

/// A value that HubSpot works out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Derived {
    ObjectId,
    CreatedAt,
    ModifiedAt,
    Owner,
    OwnerAssignedAt,
    /// The team of `hubspot_owner_id`.
    OwnerTeam,
    /// Everybody that a property of the kind [`Kind::Owner`] names: HubSpot's own and the portal's.
    AllOwners,
    /// Their user ids.
    AllOwnerUsers,
    /// Their teams.
    AllOwnerTeams,
    SourceKind,
    SourceLabel,
    SourceId,
    SourceUser,
    SourceDetail,
    CreatedBy,
    UpdatedBy,
    EmailDomain,
    /// The company of a contact's primary association.
    PrimaryCompany,
    FullNameOrEmail,
    Imported,
    TaskCompleted,
    /// When the record came into this lifecycle stage.
    StageEnteredAt(&'static str),
    /// Whether the deal is in one of these stages.
    StageIsOneOf(&'static [&'static str]),
    /// What another property says.
    Copied(&'static str),
    /// `0-48-` and the id.
    Coordinates,
    /// The words of this body property.
    Preview(&'static str),
    /// The same as a page.
    PreviewPage(&'static str),
    PreviewTruncated(&'static str),
    /// From the headers of an email: `from`, `to`, `cc` or `bcc`, and the part of each address.
    EmailHeader(&'static str, &'static str),
}

impl Property {
    /// A line of text that integrations can write.
    pub(crate) fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::String, "text")
    }

    pub(crate) fn new(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        kind: Kind,
        field_type: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            field_type: field_type.into(),
            options: Vec::new(),
            read_only: false,
            on_create: false,
            unique: false,
            standard: true,
            source: Source::Written,
            details: None,
        }
    }

    pub(crate) fn number(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Number, "number")
    }

    pub(crate) fn datetime(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::DateTime, "date")
    }

    pub(crate) fn area(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::String, "textarea")
    }

    /// An enumeration; labels are made of the values.
    pub(crate) fn select(name: &'static str, label: &'static str, values: &[&'static str]) -> Self {
        let mut property = Self::new(name, label, Kind::Enumeration, "select");
        property.options = values.iter().map(|value| Choice::new(*value)).collect();
        property
    }

    pub(crate) fn flag(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Bool, "booleancheckbox")
    }

    /// The words for people of its options, where they are not made of the values.
    pub(crate) fn labels(mut self, labels: &[&'static str]) -> Self {
        for (choice, label) in self.options.iter_mut().zip(labels) {
            choice.label = (*label).into();
        }
        self
    }

    pub(crate) fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    pub(crate) fn on_create(mut self) -> Self {
        self.on_create = true;
        self
    }

    pub(crate) fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// What the property is where nobody wrote it.
    pub(crate) fn default_value(&self) -> Option<&'static str> {
        match self.source {
            Source::Default(value) => Some(value),
            Source::Written | Source::Derived(_) => None,
        }
    }

    pub(crate) fn default(mut self, value: &'static str) -> Self {
        self.source = Source::Default(value);
        self
    }

    pub(crate) fn derived(mut self, derived: Derived) -> Self {
        self.source = Source::Derived(derived);
        self
    }
}

impl Choice {
    pub(crate) fn new(value: impl Into<Cow<'static, str>>) -> Self {
        let value = value.into();
        let words = value.replace('_', " ").to_lowercase();
        let mut letters = words.chars();
        let label = match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => String::new(),
        };
        Self {
            value,
            label: label.into(),
            description: String::new(),
            display_order: None,
            hidden: false,
        }
    }
}

impl Kind {
    /// The word of definitions.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Enumeration | Self::Owner => "enumeration",
            Self::DateTime => "datetime",
            Self::Date => "date",
            Self::PhoneNumber => "phone_number",
        }
    }

    /// The kind that a definition's word means, and the field type it usually has.
    pub(crate) fn parse(word: &str) -> Option<(Self, &'static str)> {
        Some(match word {
            "string" => (Self::String, "text"),
            "number" => (Self::Number, "number"),
            "bool" => (Self::Bool, "booleancheckbox"),
            "enumeration" => (Self::Enumeration, "select"),
            "datetime" => (Self::DateTime, "date"),
            "date" => (Self::Date, "date"),
            "phone_number" => (Self::PhoneNumber, "phonenumber"),
            _ => return None,
        })
    }
}
