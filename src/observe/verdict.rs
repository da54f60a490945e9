use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Cause, LikelyCause, Observation};
use crate::rules::{Crm, ReadingId, RowId, SentenceId, Status};

/// How one assertion came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// As expected, and something was recorded that shows it.
    Passed,
    /// The CRM's public API does not show it. Never a pass.
    NotObservable,
    /// A capability is not declared, so that nothing was tried. Never a pass.
    Unsupported,
    /// What is only inferred was not kept.
    Warning,
    /// Not as expected.
    Failed,
    /// The harness could not judge.
    Error,
}

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Apollo's own owner.
    ApolloOwner,
    /// Owner in the CRM.
    Owner,
    /// Created By in the CRM.
    CreatedBy,
    /// That both are one person.
    OwnerIsCreator,
    /// An invariant, N1 to N8.
    Invariant,
    /// That nothing else happened.
    NothingElse,
}

/// A value as a report shows it: the name, and the part it plays.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Shown {
    /// `Dana Reyes`; `blank`, `refused` and the like where there is nobody.
    pub name: String,
    /// `you`, `team sync`; the same as the name where there is nobody.
    pub part: String,
}

/// The request that wrote what is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blame {
    /// Its id in the HTTP journal.
    pub request: String,
    /// HTTP method.
    pub method: String,
    /// Path.
    pub path: String,
    /// HTTP status.
    pub status: u16,
    /// Whose credential it carried.
    pub credential: String,
}

/// One assertion, judged, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// How it came out.
    pub judgement: Judgement,
    /// The row that demands it. `None`: a feature's own words, or the frame of every scenario.
    pub row: Option<RowId>,
    /// The CRM; `None` where both or neither.
    pub crm: Option<Crm>,
    /// The line of the Then that claims it. `None`: nobody has to claim it, it is judged in every scenario.
    #[serde(default)]
    pub line: Option<usize>,
    /// The record that it is about; empty for the whole scenario.
    pub subject: String,
    /// What is judged.
    pub field: Field,
    /// How firmly the documents speak. `None`: an invariant, or no row.
    pub level: Option<Status>,
    /// Everything that was accepted.
    pub expected: Vec<Shown>,
    /// What was found.
    pub recorded: Shown,
    /// The readings that the system follows here, where the row has several.
    pub readings: Vec<ReadingId>,
    /// The request to blame, unless passed.
    pub blamed: Option<Blame>,
    /// A likely cause, unless passed.
    pub cause: Option<LikelyCause>,
    /// The sentences that it rests on.
    pub sentences: Vec<SentenceId>,
    /// Whether the system under test itself is the only witness.
    pub reported: bool,
}

impl Verdict {
    /// A passed verdict on nothing yet; the judge fills in the rest.
    pub(super) fn on(subject: &str, field: Field) -> Self {
        Self {
            judgement: Judgement::Passed,
            row: None,
            crm: None,
            line: None,
            subject: subject.to_owned(),
            field,
            level: None,
            expected: vec![],
            recorded: Shown::plain("as expected"),
            readings: vec![],
            blamed: None,
            cause: None,
            sentences: vec![],
            reported: false,
        }
    }

    /// Whether it passed on the word of the system under test, and no CRM recorded a push.
    pub(super) fn unproved(&self, observation: &Observation) -> bool {
        self.judgement == Judgement::Passed && self.reported && !observation.recorded_anything()
    }

    /// The same, as a failure if it is unproved: a feature that asserts it has to show it.
    pub(super) fn or_unproved(self, observation: &Observation) -> Self {
        if !self.unproved(observation) {
            return self;
        }
        let cause =
            "no CRM recorded a push, so what the system says of Apollo's owner shows nothing";
        Self {
            judgement: Judgement::Failed,
            cause: Some(Cause::NothingToShow.told(cause)),
            ..self
        }
    }

    /// What is judged, in a few words: the field, or what a Then claims beside fields.
    pub fn what(&self) -> String {
        let claimed = self.line.is_some() || !self.sentences.is_empty();
        if self.field != Field::NothingElse || !claimed {
            return self.field.to_string();
        }
        let expected: Vec<_> = self.expected.iter().map(ToString::to_string).collect();
        expected.join(" or ")
    }

    /// Whether it counts against conformance.
    pub fn broken(&self) -> bool {
        self.judgement == Judgement::Failed
    }
}

/// One verdict per row that could not be tried, since the system under test does not declare the capability.
pub fn unsupported(rows: &[RowId], capability: &str) -> Vec<Verdict> {
    let of_row = |row: &RowId| Verdict {
        judgement: Judgement::Unsupported,
        row: Some(*row),
        recorded: Shown::plain("not tried"),
        cause: Some(Cause::NotDeclared.told(format!(
            "the system under test does not declare {capability}"
        ))),
        ..Verdict::on(
            "",
            if row.invariant() {
                Field::Invariant
            } else {
                Field::Owner
            },
        )
    };
    rows.iter().map(of_row).collect()
}

impl Shown {
    /// A value that is nobody: blank, refused, a count.
    pub fn plain(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            part: name.clone(),
            name,
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name == self.part {
            f.pad(&self.name)
        } else {
            f.pad(&format!("{} ({})", self.name, self.part))
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::ApolloOwner => "Apollo owner",
            Self::Owner => "Owner",
            Self::CreatedBy => "Created By",
            Self::OwnerIsCreator => "Owner and Created By",
            Self::Invariant => "invariant",
            Self::NothingElse => "nothing else",
        })
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Passed => "passed",
            Self::NotObservable => "not seen",
            Self::Unsupported => "unsupported",
            Self::Warning => "warning",
            Self::Failed => "FAILED",
            Self::Error => "ERROR",
        })
    }
}

impl fmt::Display for Blame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} -> {}, with {}'s credential",
            self.method, self.path, self.status, self.credential
        )
    }
}
