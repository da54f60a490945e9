//! What became of each record.

use serde::{Deserialize, Serialize};

/// The truth about one record of a push.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// The CRM has it.
    Pushed {
        /// The CRM's id.
        crm_id: String,
        /// Something that people should know, though it went through.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// The CRM does not have it, or not as it is in Apollo now.
    Refused {
        /// Why, as a word to branch on.
        reason: String,
        /// Why, for people.
        #[serde(default)]
        message: String,
    },
}

/// The reasons that the reference client gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No login is available.
    NoCredential,
    /// The CRM said no.
    CrmRefused,
    /// The CRM did not answer, or asked to wait for too long.
    CrmUnreachable,
    /// The account that the contact belongs to could not be pushed.
    AccountRefused,
    /// The record that the activity is about is not in the CRM.
    NotInCrm,
    /// In the error log only: your login could not be used, and the record went through another.
    CredentialUnusable,
}

impl Reason {
    /// The word in results and in the error log.
    pub fn word(self) -> &'static str {
        match self {
            Reason::NoCredential => "no_credential",
            Reason::CrmRefused => "crm_refused",
            Reason::CrmUnreachable => "crm_unreachable",
            Reason::AccountRefused => "account_refused",
            Reason::NotInCrm => "not_in_crm",
            Reason::CredentialUnusable => "credential_unusable",
        }
    }
}

impl Outcome {
    pub(super) fn refused(reason: Reason, message: impl Into<String>) -> Self {
        Outcome::Refused {
            reason: reason.word().into(),
            message: message.into(),
        }
    }
}
