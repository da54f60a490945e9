//! The value of any property of a record: as written, by default, or worked out from other facts.

use std::borrow::Cow;
use std::sync::Arc;

use super::catalog::{Derived, ObjectType, Property, Source};
use super::people::Person;
use super::portal::Portal;
use super::setup::Setup;
use super::spec::CreatedByPolicy;
use super::stored::{Origin, Values};
use crate::store::{Record, Serial, Store};

/// Everything about one record that a property can be worked out from.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) portal: &'a Portal,
    pub(crate) setup: &'a Setup,
    pub(crate) object_type: &'a ObjectType,
    pub(crate) id: String,
    /// ISO 8601.
    pub(crate) created_at: String,
    /// ISO 8601, where it is another instant.
    pub(crate) modified_at: Option<String>,
    pub(crate) archived: bool,
    pub(crate) owner: Option<&'a str>,
    /// The user id of whoever created it.
    pub(crate) created_by: &'a str,
    pub(crate) origin: Origin<'a>,
    pub(crate) values: &'a Values<'a>,
}

/// A record with its body read, which [`Facts`] borrow from.
#[derive(Debug)]
pub(crate) struct Opened<'a> {
    pub(crate) serial: Serial,
    pub(crate) record: &'a Record,
    pub(crate) values: Values<'a>,
}

impl<'a> Opened<'a> {
    pub(crate) fn new(serial: Serial, record: &'a Record) -> Self {
        Self {
            serial,
            record,
            values: Values::parse(&record.body),
        }
    }

    /// What is known of the record; `None` only where its type is gone.
    pub(crate) fn facts<'b>(
        &'b self,
        (portal, setup): (&'b Portal, &'b Setup),
        store: &'b Store,
    ) -> Option<Facts<'b>> {
        let (created_at, modified_at) = (self.record.created_at, self.record.modified_at);
        Some(Facts {
            portal,
            setup,
            object_type: setup.type_of(self.record.object)?,
            id: portal.record_ids.id(self.serial).to_string(),
            created_at: created_at.iso().to_string(),
            modified_at: (modified_at != created_at).then(|| modified_at.iso().to_string()),
            archived: self.record.deleted,
            owner: self.record.owner.map(|owner| store.symbols.text(owner)),
            created_by: store.symbols.text(self.record.created_by),
            origin: self.values.origin(),
            values: &self.values,
        })
    }
}

impl Facts<'_> {
    /// The value; `None` where the property is empty.
    pub(crate) fn value(&self, property: &Property) -> Option<Cow<'_, str>> {
        if let Some(written) = self.values.get(&property.name) {
            // Empty: cleared by somebody, which a default does not undo.
            return Some(written)
                .filter(|value| !value.is_empty())
                .map(Cow::Borrowed);
        }
        self.unwritten(property)
    }

    /// The value of a property that nobody wrote.
    pub(crate) fn unwritten(&self, property: &Property) -> Option<Cow<'_, str>> {
        match property.source {
            Source::Written => None,
            Source::Default(value) => Some(Cow::Borrowed(value)),
            Source::Derived(derived) => self.derive(derived),
        }
    }

    /// The value of the property called `name`.
    pub(crate) fn named(&self, name: &str) -> Option<Cow<'_, str>> {
        self.value(self.setup.catalog.property(self.object_type, name)?)
    }

    fn derive(&self, derived: Derived) -> Option<Cow<'_, str>> {
        let text = match derived {
            Derived::ObjectId => &self.id,
            Derived::CreatedAt => &self.created_at,
            Derived::ModifiedAt => self.modified_at(),
            Derived::Owner => self.owner?,
            // A later assignment is written down; what is not was there from the start.
            Derived::OwnerAssignedAt => self.owner.map(|_| &self.created_at)?,
            Derived::OwnerUser => self.owner_person()?.user_id.as_deref()?,
            Derived::OwnerTeam => &self.setup.people.team_of(self.owner_person()?)?.id,
            Derived::SourceKind => match self.origin {
                Origin::Pages => "CRM_UI",
                Origin::App(_) | Origin::UserLevelApp(_) => "INTEGRATION",
            },
            Derived::SourceId => match self.origin {
                Origin::Pages => return Some(["userId:", self.created_by].concat().into()),
                Origin::App(app) | Origin::UserLevelApp(app) => app,
            },
            Derived::SourceDetail => match self.origin {
                Origin::Pages => &self.setup.people.user(self.created_by)?.name,
                Origin::App(app) | Origin::UserLevelApp(app) => &self.portal.app(app)?.name,
            },
            Derived::SourceUser | Derived::CreatedBy | Derived::UpdatedBy => self.shown_user()?,
            Derived::EmailDomain => self.values.get("email")?.rsplit_once('@')?.1,
            Derived::FullNameOrEmail => return self.full_name_or_email(),
            Derived::TaskCompleted => match self.values.get("hs_task_status") {
                Some("COMPLETED") => "1",
                _ => "0",
            },
        };
        Some(Cow::Borrowed(text))
    }

    /// ISO 8601.
    pub(crate) fn modified_at(&self) -> &str {
        self.modified_at.as_ref().unwrap_or(&self.created_at)
    }

    fn owner_person(&self) -> Option<&Arc<Person>> {
        self.setup.people.owner(self.owner?)
    }

    /// The creator, as far as HubSpot shows one: for app credentials it does not know a user.
    fn shown_user(&self) -> Option<&str> {
        let shown = match (self.origin, self.portal.switches.created_by_policy) {
            (Origin::Pages, _) => true,
            (_, CreatedByPolicy::InstallingUser) => true,
            (_, CreatedByPolicy::None) => false,
            (origin, CreatedByPolicy::Observed) => matches!(origin, Origin::UserLevelApp(_)),
        };
        Some(self.created_by).filter(|user| shown && !user.is_empty())
    }

    fn full_name_or_email(&self) -> Option<Cow<'_, str>> {
        let part = |name| self.values.get(name).filter(|value| !value.is_empty());
        match (part("firstname"), part("lastname")) {
            (Some(first), Some(last)) => Some([first, " ", last].concat().into()),
            (Some(name), None) | (None, Some(name)) => Some(Cow::Borrowed(name)),
            (None, None) => part("email").map(Cow::Borrowed),
        }
    }
}
