//! What the Bulk APIs refuse: the same reasons in both, each with a form of its own.

use std::fmt;

/// Why. Source: Bulk API guide, "Errors" (`ExceptionCode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkCode {
    /// The request says something that it must not say.
    ClientInputError,
    /// A batch that can't be processed.
    InvalidBatch,
    /// A job that there is not, or whose description is wrong.
    InvalidJob,
    /// A job in another state than the request needs.
    InvalidJobState,
    /// The token does not work.
    InvalidSessionId,
    /// Somebody else's job, or a right that is missing.
    InvalidUser,
    /// A right that is missing.
    FeatureNotEnabled,
    /// Too much.
    ExceededQuota,
    /// The disk of the mock, most likely.
    Unknown,
}

impl BulkCode {
    /// The `exceptionCode` of version 1.0.
    pub fn exception(self) -> &'static str {
        match self {
            Self::ClientInputError => "ClientInputError",
            Self::InvalidBatch => "InvalidBatch",
            Self::InvalidJob => "InvalidJob",
            Self::InvalidJobState => "InvalidJobState",
            Self::InvalidSessionId => "InvalidSessionId",
            Self::InvalidUser => "InvalidUser",
            Self::FeatureNotEnabled => "FeatureNotEnabled",
            Self::ExceededQuota => "ExceededQuota",
            Self::Unknown => "Unknown",
        }
    }

    /// The `errorCode` of version 2.0.
    pub fn error(self) -> &'static str {
        match self {
            Self::ClientInputError => "CLIENTINPUTERROR",
            Self::InvalidBatch => "INVALIDBATCH",
            Self::InvalidJob => "INVALIDJOB",
            Self::InvalidJobState => "INVALIDJOBSTATE",
            Self::InvalidSessionId => "INVALID_SESSION_ID",
            Self::InvalidUser => "INVALIDUSER",
            Self::FeatureNotEnabled => "FEATURENOTENABLED",
            Self::ExceededQuota => "EXCEEDEDQUOTA",
            Self::Unknown => "UNKNOWN_EXCEPTION",
        }
    }
}

/// A refusal with its text. The texts of most are unverified; what clients branch on is the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRefusal {
    /// Why.
    pub code: BulkCode,
    /// What exactly.
    pub message: String,
}

impl std::error::Error for BulkRefusal {}

impl BulkRefusal {
    /// A refusal.
    pub fn new(code: BulkCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// `InvalidBatch : Field name not found : Foo__c`, the form of version 2.0.
impl fmt::Display for BulkRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : {}", self.code.exception(), self.message)
    }
}
