//! Everything about the client that the documents decide, and the manners that decide it by accident, in one place.

use super::{
    Batches, Candidate, Case, Identity, LookUp, Owner, Recognition, Whose, Write, documents,
};
use crate::apollo::{Mode, Record, UserId};

/// The choices of a client. Each is asked at one place; a wrong variation replaces one of them.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Who "you" is in the push of a record.
    pub you: fn(&Acting) -> Option<UserId>,
    /// Which logins to try for writing, the first choice first.
    pub credentials: fn(&Case) -> Vec<Whose>,
    /// Who becomes Owner, the first choice first; an empty list names nobody.
    pub owners: fn(&Case) -> Vec<Owner>,
    /// Which of the authenticated users counts as the most permitted, as an index.
    pub highest: fn(&[Candidate]) -> Option<usize>,
    /// How the CRM is told about an owner.
    pub owner_id: fn(&Identity) -> Option<String>,
    /// What becomes of an access token that has expired.
    pub refresh: Refresh,
    /// How a record is created.
    pub creates: Creates,
    /// How records that are pushed together are sent.
    pub batches: Batches,
    /// How a record that the CRM has already is known again.
    pub recognition: Recognition,
    /// How the owner that a linked person is gets found.
    pub look_up: LookUp,
    /// The last look at a write before it is sent.
    pub last_look: fn(&mut Write),
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
            credentials: documents::credentials,
            owners: documents::owners,
            highest: documents::highest,
            owner_id: |identity| identity.owner_id.clone(),
            refresh: Refresh::Kept,
            creates: Creates::Findable,
            batches: Batches::Careful,
            recognition: Recognition::ById,
            look_up: LookUp::ByLogin,
            last_look: |_| {},
        }
    }
}
