//! How the client finds out as whom a linked person owns records in a CRM.

use super::connection::Connection;
use super::failure::Failure;
use super::{Identity, hubspot, salesforce};
use crate::apollo::{Crm, User};

/// By what a person's owner is found. All but the first are guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// By the login itself: the CRM says whose token it is, and as which owner it knows that user.
    ByLogin,
    /// By the login, in the first page of the CRM's list of owners.
    FirstPage,
    /// By the user's id, in which upper and lower case count as one.
    AnyCaseId,
    /// By the e-mail address, letter by letter.
    EmailAsWritten,
    /// By the e-mail address, whether the user may still log in or not.
    EmailOfAnyUser,
    /// By the e-mail address, or else whoever comes first.
    EmailOrAnybody,
    /// By the name, which a queue may have, too.
    Name,
}

/// Somebody whom a CRM lists as a possible owner.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) owner_id: String,
    pub(super) user_id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) active: bool,
    pub(super) queue: bool,
}

/// The owner that this guess gives, in place of the one that the login gave.
pub(super) async fn guess(
    look_up: LookUp,
    connection: &mut Connection<'_>,
    crm: Crm,
    person: &User,
    who: Identity,
) -> Result<Identity, Failure> {
    if look_up == LookUp::ByLogin {
        return Ok(who);
    }
    let listed = match (crm, look_up) {
        (Crm::Salesforce, _) => salesforce::listed(connection).await?,
        (Crm::Hubspot, LookUp::FirstPage) => hubspot::listed(connection, 100).await?,
        (Crm::Hubspot, _) => hubspot::listed(connection, 500).await?,
    };
    let owner_id = choose(look_up, &listed, person, &who).map(|found| found.owner_id.clone());
    Ok(Identity { owner_id, ..who })
}

fn choose<'a>(
    look_up: LookUp,
    listed: &'a [Listed],
    person: &User,
    who: &Identity,
) -> Option<&'a Listed> {
    let active = || listed.iter().filter(|one| one.active && !one.queue);
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    match look_up {
        LookUp::ByLogin | LookUp::FirstPage => active().find(|one| one.user_id == who.user_id),
        LookUp::AnyCaseId => active().find(|one| same(short(&one.user_id), short(&who.user_id))),
        LookUp::EmailAsWritten => active().find(|one| one.email == person.email),
        LookUp::EmailOfAnyUser => listed.iter().find(|one| same(&one.email, &person.email)),
        LookUp::EmailOrAnybody => active()
            .find(|one| same(&one.email, &person.email))
            .or_else(|| active().next()),
        LookUp::Name => listed.iter().find(|one| same(&one.name, &person.name)),
    }
}

/// The 15 characters of a Salesforce id that are not its check sum.
fn short(id: &str) -> &str {
    id.get(..15).unwrap_or(id)
}
