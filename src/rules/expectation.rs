use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Crm, Edition, ReadingId, SentenceId};

/// How firmly the documents speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A sentence says it. Broken: a failure.
    Documented,
    /// It follows from a sentence and how the CRM works. Broken: a warning, a failure under strict.
    Inferred,
    /// The documents allow several readings, or are silent. Outside the listed ones: a failure.
    Ambiguous,
}

/// A person or login, told by the part it plays for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// "You" of the documents: who pushes a record, who acts in an activity. In a mixed batch: the record's own user.
    You,
    /// The CRM user that you were linked to before.
    FormerYou,
    /// The user that team sync is connected as.
    TeamSync,
    /// The user that team sync was connected as before.
    FormerTeamSync,
    /// One of the authenticated CRM users with the highest permission. May be several people.
    Highest,
    /// In a mixed batch: who a record of the person that pressed the button would go to.
    Pusher,
    /// The CRM user of Apollo's owner, where that is not you.
    ApolloOwnersUser,
    /// Apollo's owner of the contact whose job change was followed.
    FollowedContactsOwner,
    /// Who confirmed the job change.
    Confirmer,
    /// Who the org's active assignment rule names.
    RuleUser,
}

/// What may be recorded for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The user in that role.
    User(Role),
    /// Nobody: HubSpot leaves an owner empty unless it is sent.
    Blank,
    /// No record, and the system says so.
    Refused,
    /// What was there before.
    Unchanged,
}

impl From<Role> for Outcome {
    fn from(role: Role) -> Self {
        Self::User(role)
    }
}

/// One outcome that is accepted, with the reading that leads to it where there are several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// The reading that this outcome follows from.
    pub reading: Option<ReadingId>,
    /// What may be recorded.
    pub outcome: Outcome,
    /// Why it is accepted; empty where the grounds say it all.
    pub why: &'static str,
}

/// The sentences that speak, per document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Grounds {
    /// Of the newer document.
    pub newer: Vec<SentenceId>,
    /// Of the older document.
    pub older: Vec<SentenceId>,
}

impl Grounds {
    /// The sentences of one document.
    pub fn of(&self, edition: Edition) -> &[SentenceId] {
        match edition {
            Edition::Newer => &self.newer,
            Edition::Older => &self.older,
        }
    }
}

/// What is expected of one field. Invariant: `allowed` is not empty, `recommended` is one of its outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expectation {
    /// How firmly.
    pub status: Status,
    /// Everything that is accepted.
    pub allowed: Vec<Allowed>,
    /// What strict narrows to, where there is such a thing.
    pub recommended: Option<Outcome>,
    /// The sentences it rests on.
    pub grounds: Grounds,
}

impl Expectation {
    /// The expectation as one document carries it, or nothing where that document does not speak.
    ///
    /// The older one knows no HubSpot. What it leaves out for Salesforce is still inferred: the newer one
    /// withdraws nothing, so the outcome stays the likeliest.
    pub fn in_edition(&self, edition: Edition, crm: Crm) -> Option<Self> {
        let silent = edition == Edition::Older && self.grounds.older.is_empty();
        let status = match (silent, crm, self.status) {
            (true, Crm::Hubspot, _) => return None,
            (true, Crm::Salesforce, Status::Documented) => Status::Inferred,
            (_, _, status) => status,
        };
        Some(Self {
            status,
            ..self.clone()
        })
    }

    /// What is accepted: the whole list, or under strict the recommended outcome alone where there is one.
    pub fn accepted(&self, strict: bool) -> Vec<&Allowed> {
        let narrowed = self.recommended.filter(|_| strict);
        self.allowed
            .iter()
            .filter(|allowed| narrowed.is_none_or(|only| allowed.outcome == only))
            .collect()
    }

    /// Whether the outcome is on the list.
    pub fn allows(&self, outcome: impl Into<Outcome>) -> bool {
        let outcome = outcome.into();
        self.allowed
            .iter()
            .any(|allowed| allowed.outcome == outcome)
    }

    /// The roles on the list.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.allowed
            .iter()
            .filter_map(|allowed| match allowed.outcome {
                Outcome::User(role) => Some(role),
                _ => None,
            })
    }
}

/// One outcome, said by a document.
pub(super) fn documented(outcome: impl Into<Outcome>) -> Expectation {
    one(Status::Documented, outcome.into())
}

/// One outcome, inferred.
pub(super) fn inferred(outcome: impl Into<Outcome>) -> Expectation {
    one(Status::Inferred, outcome.into())
}

/// Several readings; the first of them, none recommended yet.
pub(super) fn ambiguous(
    reading: ReadingId,
    outcome: impl Into<Outcome>,
    why: &'static str,
) -> Expectation {
    let empty = Expectation {
        status: Status::Ambiguous,
        allowed: vec![],
        recommended: None,
        grounds: Grounds::default(),
    };
    empty.or(reading, outcome, why)
}

fn one(status: Status, outcome: Outcome) -> Expectation {
    let allowed = vec![Allowed {
        reading: None,
        outcome,
        why: "",
    }];
    Expectation {
        status,
        allowed,
        recommended: Some(outcome),
        grounds: Grounds::default(),
    }
}

impl Expectation {
    /// One more accepted outcome.
    pub(super) fn or(
        mut self,
        reading: ReadingId,
        outcome: impl Into<Outcome>,
        why: &'static str,
    ) -> Self {
        self.allowed.push(Allowed {
            reading: Some(reading),
            outcome: outcome.into(),
            why,
        });
        self
    }

    /// Names the reading behind the first outcome.
    pub(super) fn read_as(mut self, reading: ReadingId) -> Self {
        if let Some(first) = self.allowed.first_mut() {
            first.reading = Some(reading);
        }
        self
    }

    /// Recommends the first outcome.
    pub(super) fn recommend_first(mut self) -> Self {
        self.recommended = self.allowed.first().map(|first| first.outcome);
        self
    }

    /// Sentences of the newer document.
    pub(super) fn a(mut self, numbers: &[u8]) -> Self {
        self.grounds
            .newer
            .extend(numbers.iter().map(|number| SentenceId::a(*number)));
        self
    }

    /// Sentences of the older document.
    pub(super) fn b(mut self, numbers: &[u8]) -> Self {
        self.grounds
            .older
            .extend(numbers.iter().map(|number| SentenceId::b(*number)));
        self
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Documented => "documented",
            Self::Inferred => "inferred",
            Self::Ambiguous => "ambiguous",
        })
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::You => "you",
            Self::FormerYou => "your former user",
            Self::TeamSync => "team sync",
            Self::FormerTeamSync => "former team sync",
            Self::Highest => "highest",
            Self::Pusher => "pusher",
            Self::ApolloOwnersUser => "Apollo's owner",
            Self::FollowedContactsOwner => "followed contact's owner",
            Self::Confirmer => "confirmer",
            Self::RuleUser => "rule's user",
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(role) => role.fmt(f),
            Self::Blank => f.pad("blank"),
            Self::Refused => f.pad("refused"),
            Self::Unchanged => f.pad("unchanged"),
        }
    }
}
