//! One decision: which login writes a record, and who becomes its Owner. Pure; what is not known yet is asked for.

use super::Policy;
use crate::apollo::{Crm, CrmObject, Mode, Source};

/// What a push is about, as far as the documents make it count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Where it goes.
    pub crm: Crm,
    /// Single or bulk: one determinant for both (A5, A6).
    pub mode: Mode,
    /// What it becomes there. An account that a contact's push creates counts as that contact (R08, H11).
    pub object: CrmObject,
    /// How the record, or the record that an activity is about, came into Apollo.
    pub source: Source,
    /// Whether it is in the CRM already.
    pub verb: Verb,
}

/// Create or update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// The CRM does not have it.
    Create,
    /// The CRM has it.
    Update {
        /// Whether somebody else owns it in Apollo than at the last push.
        owner_changed: bool,
    },
}

/// A login, by its part in the push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Your personal one: the documents' "you".
    You,
    /// The personal one of whoever owns the record in Apollo.
    ApolloOwner,
    /// Team sync's.
    TeamSync,
    /// The one of the authenticated user with the highest permission in the CRM.
    Highest,
    /// The first personal one that works and is not yours. No reading asks for it; wrong variations do.
    Colleague,
    /// The personal one of an Apollo admin. No reading asks for it; wrong variations do.
    ApolloAdmin,
}

/// Who may become the Owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The CRM user behind a login.
    Of(Whose),
    /// The CRM user whose login writes.
    Writer,
    /// A CRM user with your e-mail address. No reading asks for it; wrong variations do.
    MatchingEmail,
    /// The CRM user with your e-mail address, active or not, where your login can't be used. No reading asks for it either.
    YouThoughUnusable,
    /// Nobody is named: the CRM does what it does.
    LeftToCrm,
}

/// What is known of a login.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Availability {
    /// Not asked yet.
    #[default]
    Unknown,
    /// Nobody connected it.
    Absent,
    /// Connected once; revoked, or its CRM user deactivated.
    Unusable,
    /// The CRM accepts it, after a refresh if need be.
    Usable,
}

/// What is known of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Yours.
    pub you: Availability,
    /// The Apollo owner's.
    pub apollo_owner: Availability,
    /// Team sync's.
    pub team_sync: Availability,
    /// The most permitted user's.
    pub highest: Availability,
    /// A colleague's.
    pub colleague: Availability,
    /// An Apollo admin's.
    pub apollo_admin: Availability,
}

/// The outcome of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Write with this login and name this owner.
    Write {
        /// Becomes Created By.
        writer: Whose,
        /// Becomes Owner.
        owner: Owner,
    },
    /// No login is available.
    NoCredential,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Find out about this login, then decide again.
    Ask(Whose),
    /// Nothing more is needed.
    Decided(Decision),
}

impl Found {
    /// What is known of one login.
    pub fn of(&self, whose: Whose) -> Availability {
        match whose {
            Whose::You => self.you,
            Whose::ApolloOwner => self.apollo_owner,
            Whose::TeamSync => self.team_sync,
            Whose::Highest => self.highest,
            Whose::Colleague => self.colleague,
            Whose::ApolloAdmin => self.apollo_admin,
        }
    }

    /// Notes what was found out.
    pub fn set(&mut self, whose: Whose, availability: Availability) {
        *match whose {
            Whose::You => &mut self.you,
            Whose::ApolloOwner => &mut self.apollo_owner,
            Whose::TeamSync => &mut self.team_sync,
            Whose::Highest => &mut self.highest,
            Whose::Colleague => &mut self.colleague,
            Whose::ApolloAdmin => &mut self.apollo_admin,
        } = availability;
    }
}

/// Walks the policy's logins, then its owners, and takes the first of each that can be used.
///
/// Asks about a login only once it matters, so that a colleague's is never touched while yours or team sync's works.
pub fn decide(policy: &Policy, case: &Case, found: &Found) -> Step {
    let logins = match logins(policy, case, found) {
        Ok(logins) => logins.into_iter().map(|whose| (whose, found.of(whose))),
        Err(whose) => return Step::Ask(whose),
    };
    let writer = match first_usable(logins) {
        First::Unknown(whose) => return Step::Ask(whose),
        First::None => return Step::Decided(Decision::NoCredential),
        First::Usable(whose) => whose,
    };
    let owners = (policy.owners)(case).into_iter().map(|owner| match owner {
        Owner::Of(whose) => (owner, found.of(whose)),
        Owner::YouThoughUnusable if found.you != Availability::Unusable => {
            (owner, Availability::Absent)
        }
        Owner::YouThoughUnusable | Owner::Writer | Owner::MatchingEmail | Owner::LeftToCrm => {
            (owner, Availability::Usable)
        }
    });
    match first_usable(owners) {
        First::Unknown(Owner::Of(whose)) => Step::Ask(whose),
        First::Usable(owner) | First::Unknown(owner) => {
            Step::Decided(Decision::Write { writer, owner })
        }
        First::None => Step::Decided(Decision::Write {
            writer,
            owner: Owner::LeftToCrm,
        }),
    }
}

/// The logins to try, or whose login has to be asked about before the policy can say.
fn logins(policy: &Policy, case: &Case, found: &Found) -> Result<Vec<Whose>, Whose> {
    let Some(second_look) = policy.second_look else {
        return Ok((policy.credentials)(case));
    };
    let unknown = [Whose::You, Whose::TeamSync]
        .into_iter()
        .find(|whose| found.of(*whose) == Availability::Unknown);
    match unknown {
        Some(whose) => Err(whose),
        None => Ok(second_look(case, found)),
    }
}

enum First<T> {
    Usable(T),
    Unknown(T),
    None,
}

fn first_usable<T>(choices: impl Iterator<Item = (T, Availability)>) -> First<T> {
    for (choice, availability) in choices {
        match availability {
            Availability::Usable => return First::Usable(choice),
            Availability::Unknown => return First::Unknown(choice),
            Availability::Absent | Availability::Unusable => {}
        }
    }
    First::None
}

#[cfg(test)]
mod rows;
