use std::fmt;

use serde::{Deserialize, Serialize};

use super::Source;

/// A CRM that Apollo pushes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crm {
    /// Salesforce.
    Salesforce,
    /// HubSpot.
    Hubspot,
}

impl Crm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Salesforce, Self::Hubspot];
}

/// What is pushed. An account is a company in HubSpot; a lead is a contact pushed as Lead, in Salesforce alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the vendors' words")]
pub enum Kind {
    Contact,
    Account,
    Lead,
    Email,
    Task,
    Call,
    Note,
    Meeting,
}

impl Kind {
    /// Contact, account, lead.
    pub const RECORDS: &'static [Self] = &[Self::Contact, Self::Account, Self::Lead];
    /// The activities that the documents name (A17, B2).
    pub const ACTIVITIES: &'static [Self] = &[Self::Email, Self::Task, Self::Call];
    /// Activities that other pages add to them.
    pub const MORE_ACTIVITIES: &'static [Self] = &[Self::Note, Self::Meeting];
}

/// The state of your personal credential in the CRM pushed to. For an activity: of the one who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// Linked and working.
    Linked,
    /// Linked; the access token is dead, a refresh works.
    Refreshable,
    /// Never linked, or unlinked.
    Never,
    /// Linked once; the refresh is refused.
    Revoked,
    /// Linked; the CRM user has been deactivated.
    Inactive,
}

/// The state of the team sync connection in the CRM pushed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Team {
    /// Connected, as a user who is not among the most permitted.
    Connected,
    /// Connected, as one of the most permitted users: then no reading of "team sync or highest" differs.
    ConnectedAtTop,
    /// Not connected.
    None,
    /// Connected once; its credential no longer works.
    Broken,
}

impl Team {
    /// Both connected states.
    pub const USABLE: &'static [Self] = &[Self::Connected, Self::ConnectedAtTop];
    /// Both states without a working credential.
    pub const UNUSABLE: &'static [Self] = &[Self::None, Self::Broken];
}

/// Who else has authenticated with the CRM, apart from you and team sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// Nobody.
    Nobody,
    /// Several, one of them above the rest in permission.
    Ranked,
    /// Several, and more than one at the top.
    Tie,
}

/// The push action: on one record, or on several at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the enum's line says it")]
pub enum Mode {
    Single,
    Bulk,
}

/// What happened to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// You made it, own it, and it is pushed for the first time. Activities: you logged it.
    Create,
    /// An account that a contact's push made along the way.
    CreateAsByProduct,
    /// First push with nobody acting, as after a job change.
    CreateAutomatically,
    /// First push with Apollo's assignment-rule switch on and an active rule in the org.
    CreateUnderAssignmentRules,
    /// First push in one batch with records of other users; somebody else may have pressed the button.
    CreateInMixedBatch,
    /// First push by you of a record that somebody else owns in Apollo.
    CreateForAnotherOwner,
    /// First push of values that the CRM does not take: nothing can be recorded, and no row speaks of it.
    CreateInvalid,
    /// First push after team sync was connected as another user.
    CreateAfterTeamSyncChange,
    /// First push after you linked another CRM user.
    CreateAfterRelinking,
    /// You logged an activity on a contact that somebody else owns.
    LogOnAnothersContact,
    /// A sequence sent the e-mail; no person acted.
    SendAutomatically,
    /// Update; Apollo's owner maps to the present Owner.
    UpdateSameOwner,
    /// Update; Apollo's owner maps to somebody else than the present Owner.
    UpdateOtherOwner,
    /// First push of what somebody else had put into the CRM before.
    UpdateFound,
    /// Made while you were unlinked; you linked; then an update.
    UpdateAfterLinking,
    /// Made while you were linked; you unlinked; then an update.
    UpdateAfterUnlinking,
    /// Made before team sync was connected as another user, and looked at (or updated) after.
    KeptAfterTeamSyncChange,
    /// Made before you linked another CRM user, and looked at (or updated) after.
    KeptAfterRelinking,
}

impl Event {
    /// The events after which the record was in the CRM already.
    pub const UPDATES: &'static [Self] = &[
        Self::UpdateSameOwner,
        Self::UpdateOtherOwner,
        Self::UpdateFound,
        Self::UpdateAfterLinking,
        Self::UpdateAfterUnlinking,
        Self::KeptAfterTeamSyncChange,
        Self::KeptAfterRelinking,
    ];

    /// Whether the record was in the CRM before the event.
    pub fn updates(self) -> bool {
        Self::UPDATES.contains(&self)
    }
}

/// Everything that the rules look at, for one record in one CRM.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Situation {
    /// The CRM pushed to.
    pub crm: Crm,
    /// What is pushed.
    pub kind: Kind,
    /// How the record came to be; for an activity or a by-product, the contact that it belongs to.
    pub source: Option<Source>,
    /// Your personal credential in this CRM.
    pub personal: Personal,
    /// Team sync in this CRM.
    pub team: Team,
    /// Who else has authenticated with this CRM.
    pub others: Others,
    /// How it was pushed.
    pub mode: Mode,
    /// What happened.
    pub event: Event,
    /// Your personal credential in the other CRM, where the scenario is about that.
    pub other_crm: Option<Personal>,
    /// The personal credential of Apollo's owner, where that is not you.
    pub owners_personal: Option<Personal>,
}

impl Situation {
    /// The commonest one: you made the record, own it, push it alone; personal and team sync connected, others too.
    pub fn create(crm: Crm, kind: Kind, source: Source) -> Self {
        Self {
            crm,
            kind,
            source: Some(source),
            personal: Personal::Linked,
            team: Team::Connected,
            others: Others::Ranked,
            mode: Mode::Single,
            event: Event::Create,
            other_crm: None,
            owners_personal: None,
        }
    }
}

impl fmt::Display for Crm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Salesforce => "Salesforce",
            Self::Hubspot => "HubSpot",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Contact => "contact",
            Self::Account => "account",
            Self::Lead => "lead",
            Self::Email => "e-mail",
            Self::Task => "task",
            Self::Call => "call",
            Self::Note => "note",
            Self::Meeting => "meeting",
        })
    }
}
