//! What can happen, and how a feature says it.

use super::story::Story;
use crate::explore::phrase;
use crate::rules::{Crm, Kind, Mode, Personal, Source};
use crate::suite::people::Person;

/// Names a record for good, whatever else is saved or dropped from a history.
pub(in crate::explore) type RecordNumber = u8;

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::explore) enum Act {
    Link(Person),
    LinkSecondUser,
    /// In the CRM that the history is not about.
    LinkElsewhere(Person),
    Unlink(Person),
    Spoil(Person, Personal),
    ConnectTeamSync(Person),
    BreakTeamSync,
    DisconnectTeamSync,
    Save(RecordNumber, Person, Kind, Source),
    /// A contact, and the account that it belongs to, which gets the next number.
    SaveWithAccount(RecordNumber, Person, Source),
    Assign(RecordNumber, Person),
    LoseNextAnswer,
    BeBusyOnce,
    Push(Person, RecordNumber, Mode),
    PushEverything(Person),
    PushByItself(RecordNumber),
    Update(Person, RecordNumber, Mode),
    Log(Person, Kind, RecordNumber),
    SendByItself(RecordNumber),
}

impl Act {
    /// Whether it is about getting something into the CRM.
    pub(in crate::explore) fn writes(&self) -> bool {
        matches!(
            self,
            Self::Push(..)
                | Self::PushEverything(_)
                | Self::PushByItself(_)
                | Self::Update(..)
                | Self::Log(..)
                | Self::SendByItself(_)
        )
    }

    /// The act as a Given, or as a When.
    pub(in crate::explore) fn words(&self, crm: Crm, given: bool, story: &Story) -> String {
        self.of_logins(crm, given)
            .unwrap_or_else(|| self.of_records(crm, given, story))
    }

    fn of_logins(&self, crm: Crm, given: bool) -> Option<String> {
        let has = |past: &str, now: &str| {
            if given {
                past.to_owned()
            } else {
                now.to_owned()
            }
        };
        Some(match self {
            Self::Link(who) => {
                let links = has("has linked", "links");
                format!("{who} {links} {} {crm} login", their(*who))
            }
            Self::LinkElsewhere(who) => {
                let links = has("has linked", "links");
                format!("{who} {links} {} {} login", their(*who), other(crm))
            }
            Self::LinkSecondUser => {
                let links = has("has linked", "links");
                format!("Dana {links} her second {crm} user instead")
            }
            Self::Unlink(who) => {
                let unlinks = has("has unlinked", "unlinks");
                format!("{who} {unlinks} {} {crm} login", their(*who))
            }
            Self::Spoil(who, state) => format!("{who}'s {crm} login {}", phrase::state(*state)),
            Self::ConnectTeamSync(who) => format!("team sync is connected to {crm} as {who}"),
            Self::BreakTeamSync => format!("the team sync login of {crm} has been revoked"),
            Self::DisconnectTeamSync => {
                let is = has("has been", "is");
                format!("team sync {is} disconnected from {crm}")
            }
            _ => return None,
        })
    }

    fn of_records(&self, crm: Crm, given: bool, story: &Story) -> String {
        let the = |record: &RecordNumber| story.called(*record);
        let saved = if given { "has saved" } else { "saves" };
        match self {
            Self::Save(_, who, kind, source) => {
                let kind = phrase::a(*kind);
                format!("{who} {saved} {kind} {}", phrase::source(*source))
            }
            Self::SaveWithAccount(_, who, source) => {
                format!(
                    "{who} {saved} a contact of a new account {}",
                    phrase::source(*source)
                )
            }
            Self::Assign(record, who) => {
                let becomes = if given { "has become" } else { "becomes" };
                format!("{who} {becomes} the owner of {} in Apollo", the(record))
            }
            Self::LoseNextAnswer => format!("the answer to the next write in {crm} gets lost"),
            Self::BeBusyOnce => format!("{crm} is too busy for the next write"),
            Self::Push(who, record, mode) => {
                format!(
                    "{who} pushes {} to {crm} {}",
                    the(record),
                    phrase::mode(*mode)
                )
            }
            Self::PushEverything(who) => format!("{who} pushes everything to {crm} in bulk"),
            Self::PushByItself(record) => {
                format!("Apollo pushes {} to {crm} by itself", the(record))
            }
            Self::Update(who, record, mode) => {
                let mode = phrase::mode(*mode);
                format!(
                    "{who} updates {} and pushes it to {crm} {mode}",
                    the(record)
                )
            }
            Self::Log(who, kind, record) => {
                let kind = phrase::a(*kind);
                format!("{who} logs {kind} about {} in {crm}", the(record))
            }
            Self::SendByItself(record) => format!(
                "a sequence sends an e-mail to {} and logs it in {crm}",
                the(record)
            ),
            _ => String::new(),
        }
    }
}

fn their(who: Person) -> &'static str {
    match who {
        Person::Dana => "her",
        Person::Lee => "his",
        _ => "their",
    }
}

fn other(crm: Crm) -> Crm {
    match crm {
        Crm::Salesforce => Crm::Hubspot,
        Crm::Hubspot => Crm::Salesforce,
    }
}
