//! What a check comes to.

use std::fmt;

/// `Ok`: the driver is as it should be.
pub(super) type Found = Result<(), Finding>;

/// Why a check did not come out well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// The driver breaks the protocol.
    Failed(Problem),
    /// It works, and there is something to know.
    Warned(Problem),
    /// Nothing was found out: why.
    Skipped(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(problem) | Self::Warned(problem) => f.write_str(&problem.what),
            Self::Skipped(why) => f.write_str(why),
        }
    }
}

/// What is wrong with a driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In one sentence.
    pub what: String,
    /// The message that showed it.
    pub shown_by: Option<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Problem {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            shown_by: None,
            hint: None,
        }
    }

    pub(super) fn shown_by(mut self, message: impl Into<String>) -> Self {
        self.shown_by = Some(message.into());
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

/// Nothing can be found out.
pub(super) fn skip<T>(why: impl Into<String>) -> Result<T, Finding> {
    Err(Finding::Skipped(why.into()))
}

impl Finding {
    /// Says more of a failure.
    pub(super) fn with(self, more: impl FnOnce(Problem) -> Problem) -> Self {
        match self {
            Self::Failed(problem) => Self::Failed(more(problem)),
            other => other,
        }
    }
}
