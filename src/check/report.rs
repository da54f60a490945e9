//! What was found out about a driver.

use serde::Serialize;

use super::finding::{Finding, Found, Problem};
use crate::report::Exit;
use crate::sut::HelloAnswer;

/// Every check, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What the driver says of itself, if it says anything.
    pub system: Option<HelloAnswer>,
    /// Whether no check failed.
    pub sound: bool,
    /// The checks.
    pub checks: Vec<Check>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The word that names it.
    pub check: &'static str,
    /// What has to hold.
    pub title: &'static str,
    /// Whether it does.
    pub status: Status,
    /// What is wrong, or why nothing was found out, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// The message that showed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_by: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It holds.
    Ok,
    /// It does not.
    Failed,
    /// It holds, and there is something to know.
    Warning,
    /// Nothing was found out.
    Skipped,
}

impl Report {
    pub(super) fn new(system: Option<HelloAnswer>, checks: Vec<Check>) -> Self {
        Self {
            system,
            sound: checks.iter().all(|check| check.status != Status::Failed),
            checks,
        }
    }

    /// A driver that breaks the protocol is not conformant.
    pub fn exit(&self) -> Exit {
        if self.sound {
            Exit::Conformant
        } else {
            Exit::NotConformant
        }
    }

    /// How many checks came out like this.
    pub fn count(&self, status: Status) -> usize {
        let same = self.checks.iter().filter(|check| check.status == status);
        same.count()
    }
}

impl Check {
    pub(super) fn new(check: &'static str, title: &'static str, found: Found) -> Self {
        let (status, problem) = match found {
            Ok(()) => (Status::Ok, None),
            Err(Finding::Failed(problem)) => (Status::Failed, Some(problem)),
            Err(Finding::Warned(problem)) => (Status::Warning, Some(problem)),
            Err(Finding::Skipped(why)) => (Status::Skipped, Some(Problem::new(why))),
        };
        let (what, shown_by, hint) = match problem {
            None => (None, None, None),
            Some(problem) => (Some(problem.what), problem.shown_by, problem.hint),
        };
        Self {
            check,
            title,
            status,
            what,
            shown_by,
            hint,
        }
    }
}

impl Status {
    /// As it is shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Warning => "warning",
            Self::Skipped => "skipped",
        }
    }
}
