//! Contacts and accounts, and what became of them in a CRM.

use super::{ApolloError, Crm, Kind, RecordId, Source, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Field values by Apollo's name, such as `first_name`.
pub type Fields = BTreeMap<String, String>;

/// A contact or an account, before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    /// Contact or account.
    pub kind: Kind,
    /// How it came into Apollo.
    pub source: Source,
    /// Who creates it.
    pub user: UserId,
    /// The account that a contact belongs to.
    #[serde(default)]
    pub account: Option<RecordId>,
    /// Its values.
    pub fields: Fields,
}

/// A saved contact or account.
#[derive(Clone, Debug)]
pub struct Record {
    /// Apollo's id.
    pub id: RecordId,
    /// The id that a CRM stores, by which the record is found again when an answer got lost.
    pub external_id: String,
    /// Contact or account.
    pub kind: Kind,
    /// How it came into Apollo; decides Created By in Salesforce (A20).
    pub source: Source,
    /// Who created it. Never changes.
    pub creator: UserId,
    /// Who owns it in Apollo: the creator, until somebody changes it. No push changes it.
    pub owner: UserId,
    /// The account that a contact belongs to.
    pub account: Option<RecordId>,
    /// Its values.
    pub fields: Fields,
    counterparts: BTreeMap<(Crm, CrmObject), Counterpart>,
}

/// What a record or an activity is in a CRM. The documents' words; each vendor has its own name for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrmObject {
    /// Salesforce Contact, HubSpot contact.
    Contact,
    /// Salesforce Account, HubSpot company.
    Account,
    /// Salesforce Lead.
    Lead,
    /// An e-mail: Salesforce Task, HubSpot email.
    Email,
    /// A task in both.
    Task,
    /// A call: Salesforce Task, HubSpot call.
    Call,
}

/// A record's other half in a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// The CRM's id.
    pub crm_id: String,
    /// Apollo's owner when the record was last pushed: tells a changed owner from an unchanged one.
    pub owner_when_pushed: UserId,
}

impl Record {
    pub(super) fn new(id: RecordId, external_id: String, new: NewRecord) -> Self {
        Record {
            id,
            external_id,
            kind: new.kind,
            source: new.source,
            creator: new.user.clone(),
            owner: new.user,
            account: new.account,
            fields: new.fields,
            counterparts: BTreeMap::new(),
        }
    }

    /// What the record is in this CRM, if it was ever pushed there as this object.
    pub fn counterpart(&self, crm: Crm, object: CrmObject) -> Option<&Counterpart> {
        self.counterparts.get(&(crm, object))
    }

    /// What an activity about this record hangs on: the contact or account, or else the lead.
    pub fn any_counterpart(&self, crm: Crm) -> Option<(CrmObject, &Counterpart)> {
        self.counterparts
            .iter()
            .find(|((of, _), _)| *of == crm)
            .map(|((_, object), found)| (*object, found))
    }

    /// Notes a push that went through.
    pub fn pushed(&mut self, crm: Crm, object: CrmObject, crm_id: String) {
        let owner_when_pushed = self.owner.clone();
        self.counterparts.insert(
            (crm, object),
            Counterpart {
                crm_id,
                owner_when_pushed,
            },
        );
    }
}

impl Kind {
    /// The fields that sync, by Apollo's name.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Kind::Contact => &[
                "first_name",
                "last_name",
                "email",
                "phone",
                "title",
                "company",
            ],
            Kind::Account => &["name", "domain", "phone"],
        }
    }

    pub(super) fn check_fields(self, fields: &Fields) -> Result<(), ApolloError> {
        match fields
            .keys()
            .find(|name| !self.fields().contains(&name.as_str()))
        {
            Some(field) => Err(ApolloError::UnknownField {
                kind: self,
                field: field.clone(),
            }),
            None => Ok(()),
        }
    }
}
