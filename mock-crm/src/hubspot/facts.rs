//! The value of any property of a record: as written, by default, or worked out from other facts.

mod owners;
mod preview;
pub(crate) mod source;

use std::borrow::Cow;
use std::sync::Arc;

use super::catalog::{Derived, ObjectType, Property, Source};
use super::people::Person;
use super::portal::Portal;
use super::setup::Setup;
use super::stored::{Origin, Values};
use crate::clock::Timestamp;
use crate::store::{Record, Serial, Store};

/// Everything about one record that a property can be worked out from.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) portal: &'a Portal,
    pub(crate) setup: &'a Setup,
    pub(crate) object_type: &'a ObjectType,
    pub(crate) id: String,
    /// The instant of the next one.
    pub(crate) created: Timestamp,
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
    /// Where the record is; `None` while it is being made.
    pub(crate) place: Option<(&'a Store, Serial)>,
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
            created: created_at,
            created_at: created_at.iso().to_string(),
            modified_at: (modified_at != created_at).then(|| modified_at.iso().to_string()),
            archived: self.record.deleted,
            owner: self.record.owner.map(|owner| store.symbols.text(owner)),
            created_by: store.symbols.text(self.record.created_by),
            origin: self.values.origin(),
            values: &self.values,
            place: Some((store, self.serial)),
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

    /// The same in the answer to a create, where the instants of lifecycle stages are milliseconds, as recorded.
    pub(crate) fn at_create(&self, property: &Property) -> Option<Cow<'_, str>> {
        let value = self.unwritten(property)?;
        match property.source {
            Source::Derived(Derived::StageEnteredAt(_)) => Some(self.created.0.to_string().into()),
            _ => Some(value),
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
            Derived::OwnerTeam => self.team_of(self.owner?)?,
            Derived::AllOwners => return owners::joined(self.owners()),
            Derived::AllOwnerUsers => {
                let people = self.owners().filter_map(|owner| self.person(owner));
                return owners::joined(people.filter_map(|person| person.user_id.as_deref()));
            }
            Derived::AllOwnerTeams => {
                return owners::joined(self.owners().filter_map(|owner| self.team_of(owner)));
            }
            Derived::SourceKind => source::kind(self.origin),
            Derived::SourceLabel => source::label(self.origin),
            Derived::SourceId => return source::id_of(self.origin, self.created_by),
            Derived::SourceDetail => source::detail(self)?,
            Derived::SourceUser | Derived::CreatedBy | Derived::UpdatedBy => source::user(self)?,
            Derived::Imported => matches!(self.origin, Origin::Import(_)).then_some("true")?,
            Derived::EmailDomain => self.values.get("email")?.rsplit_once('@')?.1,
            Derived::PrimaryCompany => return self.primary_company(),
            Derived::FullNameOrEmail => return self.full_name_or_email(),
            Derived::TaskCompleted => match self.values.get("hs_task_status") {
                Some("COMPLETED") => "1",
                _ => "0",
            },
            Derived::StageEnteredAt(stage) => {
                // A later stage is written down when it comes; what is not was there from the start.
                let now = self.values.get("lifecyclestage");
                let now = now.or_else(|| self.default_of("lifecyclestage"));
                now.filter(|now| *now == stage).map(|_| &*self.created_at)?
            }
            Derived::StageIsOneOf(stages) => {
                let stage = self.values.get("dealstage").unwrap_or_default();
                if stages.contains(&stage) {
                    "true"
                } else {
                    "false"
                }
            }
            Derived::Copied(name) => self.values.get(name)?,
            Derived::Coordinates => {
                return Some([&self.object_type.type_id, "-", &self.id].concat().into());
            }
            Derived::Preview(body) => return Some(preview::words(self.written(body)?)),
            Derived::PreviewPage(body) => return Some(preview::page(self.written(body)?)),
            Derived::PreviewTruncated(body) => self.written(body).map(|_| "false")?,
            Derived::EmailHeader(field, part) => {
                return preview::header(self.written("hs_email_headers")?, field, part);
            }
        };
        Some(Cow::Borrowed(text))
    }

    /// ISO 8601.
    pub(crate) fn modified_at(&self) -> &str {
        self.modified_at.as_ref().unwrap_or(&self.created_at)
    }

    /// A value that somebody wrote and nobody cleared.
    fn written(&self, name: &str) -> Option<&str> {
        self.values.get(name).filter(|value| !value.is_empty())
    }

    fn default_of(&self, name: &str) -> Option<&'static str> {
        let property = self.setup.catalog.property(self.object_type, name)?;
        property.default_value()
    }

    fn person(&self, owner_id: &str) -> Option<&Arc<Person>> {
        self.setup.people.owner(owner_id)
    }

    fn team_of(&self, owner_id: &str) -> Option<&str> {
        let team = self.setup.people.team_of(self.person(owner_id)?)?;
        Some(&team.id)
    }

    /// The owner, and whom the portal's own properties of the kind name.
    fn owners(&self) -> impl Iterator<Item = &str> {
        let others = self.setup.catalog.owner_properties(self.object_type);
        let others = others.iter().filter_map(|name| self.written(name));
        self.owner.into_iter().chain(others)
    }

    fn primary_company(&self) -> Option<Cow<'_, str>> {
        const CONTACT_TO_PRIMARY_COMPANY: u32 = 1;
        let (store, serial) = self.place?;
        let mut links = store.links_from(serial);
        let primary = links.find(|link| {
            let living = store.get(link.to).is_some_and(|record| !record.deleted);
            link.type_id == CONTACT_TO_PRIMARY_COMPANY && living
        })?;
        let id = self.portal.record_ids.id(primary.to);
        Some(id.to_string().into())
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
