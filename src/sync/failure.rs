//! Why a request did not do what it should.

use std::time::Duration;

/// One variant per thing that the caller does differently.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// The login is of no use any more: choose again without it.
    #[error("{why}")]
    CredentialDead { why: String },
    /// The CRM understood, and said no to this record.
    #[error("{code}: {message}")]
    Refused { code: String, message: String },
    /// The CRM may or may not have done it: look before trying again.
    #[error("the answer was lost")]
    AnswerLost { wait: Duration },
    /// Tried often enough.
    #[error("{message}")]
    Unavailable { message: String },
}

impl Failure {
    pub(super) fn refused(code: impl Into<String>, message: impl Into<String>) -> Self {
        Failure::Refused {
            code: code.into(),
            message: message.into(),
        }
    }
}
