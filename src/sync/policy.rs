//! Everything about the client that the documents decide, and the manners that decide it by accident, in one place.

use super::{
    Batches, BulkDoor, Candidate, Case, Found, Identity, LookUp, Outcome, Owner, Recognition,
    Sessions, Whose, Write, documents,
};
use crate::apollo::{Activity, Apollo, Crm, Mode, Record, UserId};

/// The choices of a client. Each is asked at one place; a wrong variation replaces one of them.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Who "you" is in the push of a record.
    pub you: fn(&Acting) -> Option<UserId>,
    /// Who "you" is in an activity about this record.
    pub doer: fn(&Activity, &Record) -> Option<UserId>,
    /// Who owns a record in Apollo.
    pub apollo_owner: fn(&Apollo, &Record, Moment<'_>) -> UserId,
    /// Which logins to try for writing, the first choice first.
    pub credentials: fn(&Case) -> Vec<Whose>,
    /// The same, for a client that decides once it knows how your login and team sync's stand. It then replaces the list above.
    pub second_look: Option<fn(&Case, &Found) -> Vec<Whose>>,
    /// Who becomes Owner, the first choice first; an empty list names nobody.
    pub owners: fn(&Case) -> Vec<Owner>,
    /// Which of the authenticated users counts as the most permitted, as an index.
    pub highest: fn(&[Candidate]) -> Option<usize>,
    /// Among whom the most permitted is looked for.
    pub ranked: Ranked,
    /// Which CRM's login of a person names that person as an owner.
    pub owner_known_in: fn(Crm) -> Crm,
    /// How the CRM is told about an owner.
    pub owner_id: fn(&Identity) -> Option<String>,
    /// What becomes of an access token that has expired.
    pub refresh: Refresh,
    /// How logins are kept apart.
    pub sessions: Sessions,
    /// What a request that did not get through means.
    pub patience: Patience,
    /// How a record is created.
    pub creates: Creates,
    /// How records that are pushed together are sent.
    pub batches: Batches,
    /// By which door they go into Salesforce.
    pub bulk: BulkDoor,
    /// How a record that the CRM has already is known again.
    pub recognition: Recognition,
    /// How the owner that a linked person is gets found.
    pub look_up: LookUp,
    /// The last look at a write before it is sent.
    pub last_look: fn(&mut Write),
    /// How an outcome is told, to the user and to the error log.
    pub told: fn(Outcome) -> Outcome,
}

/// Who and what meet in a push.
#[derive(Clone, Debug)]
pub struct Acting<'a> {
    /// Single or bulk.
    pub mode: Mode,
    /// Who pressed the button, if anybody did.
    pub pusher: Option<UserId>,
    /// What is pushed; its creator and its owner in Apollo are part of it.
    pub record: &'a Record,
}

/// When Apollo asks itself who owns a record.
#[derive(Clone, Copy, Debug)]
pub enum Moment<'a> {
    /// It has just been saved.
    Saved,
    /// It has just been pushed.
    Pushed {
        /// Whose push it was: the documents' "you".
        by: Option<&'a UserId>,
    },
}

/// Among whom the most permitted user is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranked {
    /// Everybody who has linked a personal login.
    PersonalLogins,
    /// The user of team sync's login too, and first.
    TeamSyncToo,
}

/// What becomes of an access token that has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Refreshed, and both new tokens kept with their owner.
    Kept,
    /// Refreshed for the moment; the next push starts from the old tokens.
    Forgotten,
    /// Not refreshed: the login counts as unusable.
    Never,
}

/// What a request that did not get through means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// It is repeated with the same login, a create only where it has not been done.
    Repeats,
    /// A CRM that is busy, or wants fewer calls, does not accept the login.
    BusyIsNoLogin,
    /// A CRM whose answer gets lost has refused.
    LostIsRefused,
}

/// How a record is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creates {
    /// With Apollo's id in it, so that a repeated attempt finds the first one.
    Findable,
    /// Without: a lost answer leads to a second record.
    Blindly,
}

impl Policy {
    /// The recommended readings, with good manners.
    pub const fn reference() -> Self {
        Policy {
            you: documents::you,
            doer: documents::doer,
            apollo_owner: documents::apollo_owner,
            credentials: documents::credentials,
            second_look: None,
            owners: documents::owners,
            highest: documents::highest,
            ranked: Ranked::PersonalLogins,
            owner_known_in: |crm| crm,
            owner_id: |identity| identity.owner_id.clone(),
            refresh: Refresh::Kept,
            sessions: Sessions::reference(),
            patience: Patience::Repeats,
            creates: Creates::Findable,
            batches: Batches::Careful,
            bulk: BulkDoor::Collections,
            recognition: Recognition::ById,
            look_up: LookUp::ByLogin,
            last_look: |_| {},
            told: |outcome| outcome,
        }
    }
}
