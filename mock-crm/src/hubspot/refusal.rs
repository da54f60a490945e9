//! Every refusal the mock can give, and the body that HubSpot has for it.

mod body;
mod json;

pub(crate) use body::{CORRELATION_ID, json_response};

use http::StatusCode;

use super::objects::accept::Problem;

#[cfg(test)]
mod tests;

/// Why a call is refused. The names are the cases of HubSpot's error guide; the texts are those of recorded answers,
/// unless a comment says that the text is not known.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// No token, or one that nobody issued, was revoked, or belongs to a user who is gone.
    #[error(
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details \
         at https://developers.hubspot.com/docs/methods/auth/oauth-overview"
    )]
    NotAuthenticated,
    #[error("The OAuth token used to make this call expired {ago} ago.")]
    Expired {
        /// How long ago: `3 second(s)`.
        ago: String,
        /// ISO 8601.
        at: String,
    },
    #[error(
        "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: \
         https://developers.hubspot.com/scopes."
    )]
    MissingScopes {
        /// Any of them would do.
        required: Vec<String>,
    },
    #[error("Invalid input JSON on line {line}, column {column}{problem}")]
    InvalidJson {
        line: usize,
        column: usize,
        /// With the punctuation before it.
        problem: String,
    },
    #[error("Unable to infer object type from: {0}")]
    UnknownObjectType(String),
    /// Values that can't be written.
    #[error("Property values were not valid")]
    InvalidProperties(Vec<Problem>),
    #[error("No properties found to update, please provide at least one.")]
    NothingToUpdate,
    #[error("Error creating {object}. Some required properties were not set.")]
    MissingRequired {
        /// `TASK`.
        object: String,
        properties: Vec<String>,
    },
    #[error("{0}")]
    Invalid(String),
    #[error("Duplicate IDs found in batch input: [{}]. IDs must be unique", .0.join(", "))]
    DuplicateIds(Vec<String>),
    /// The e-mail address of another contact.
    #[error("Contact already exists{}", existing_id(.existing))]
    ContactExists { existing: Option<String> },
    /// The unique value of another record: 400, in recordings of 2026 of contacts, deals, products and orders alike, and
    /// not the 409 of e-mail addresses.
    #[error("{message}")]
    UniqueValueTaken { message: String },
    /// Of a create. A client compares the text.
    #[error("one or more associations are not valid")]
    InvalidAssociations(Vec<String>),
    /// `USER_DEFINED=3` and others that connect no records of these types.
    #[error("One or more associations are invalid")]
    InvalidAssociationSpecs(Vec<String>),
    #[error("{name} is not a valid association type between {from} and {to}")]
    InvalidAssociationType {
        name: String,
        from: String,
        to: String,
    },
    /// A definition or a user of this name.
    #[error("{message}")]
    AlreadyExists {
        message: String,
        sub_category: Option<&'static str>,
    },
    #[error("resource not found")]
    NotFound,
    /// The path means nothing.
    #[error("The requested resource {0} does not exist")]
    UnknownRoute(String),
    #[error("HTTP 405 Method Not Allowed")]
    MethodNotAllowed,
    /// HubSpot has it and the mock has not: said plainly, instead of with a plausible lie.
    #[error("mock-crm does not simulate {0}")]
    NotSimulated(String),
    #[error("You have reached your {} limit.", .0.word())]
    RateLimited(Policy),
    /// A door that HubSpot opens for some apps only.
    #[error(
        "The scope needed for this API call isn't available for public use. If you have questions, contact support."
    )]
    NotPublic,
    // The statuses of the following are documented; no text of theirs is recorded.
    #[error("The URI is too long")]
    UriTooLong,
    #[error("The resource is locked. Wait at least 2 seconds before the next try.")]
    Locked,
    #[error("This account is being migrated between data hosting locations")]
    Migrating,
    #[error("The service is unavailable")]
    Unavailable,
    /// An answer of what stands before HubSpot's servers: 502, 504, 521 to 524.
    #[error("The server did not answer as it should")]
    Gateway(StatusCode),
    #[error("internal error")]
    ServerError,
}

/// Which limit a client ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Calls of an app in ten seconds.
    TenSecondlyRolling,
    /// Searches of a portal in a second.
    Secondly,
    /// Calls of a portal's private apps in a day.
    Daily,
}

impl Policy {
    /// As messages have it. One client compares the message of `Secondly` to the letter.
    fn word(self) -> &'static str {
        match self {
            Self::TenSecondlyRolling => "ten_secondly_rolling",
            Self::Secondly => "secondly",
            Self::Daily => "daily",
        }
    }

    /// `policyName`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::TenSecondlyRolling => "TEN_SECONDLY_ROLLING",
            Self::Secondly => "SECONDLY",
            Self::Daily => "DAILY",
        }
    }
}

fn existing_id(existing: &Option<String>) -> String {
    let text = existing.as_ref().map(|id| format!(". Existing ID: {id}"));
    text.unwrap_or_default()
}

impl ApiError {
    /// HTTP status and `category`, where the recorded answer has one.
    pub(crate) fn status_and_category(&self) -> (StatusCode, Option<&'static str>) {
        use StatusCode as S;
        match self {
            Self::NotAuthenticated => (S::UNAUTHORIZED, Some("INVALID_AUTHENTICATION")),
            Self::Expired { .. } => (S::UNAUTHORIZED, Some("EXPIRED_AUTHENTICATION")),
            Self::MissingScopes { .. } => (S::FORBIDDEN, Some("MISSING_SCOPES")),
            Self::InvalidJson { .. } => (S::BAD_REQUEST, None),
            Self::UnknownObjectType(_) => (S::BAD_REQUEST, None),
            Self::InvalidProperties(_) => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::NothingToUpdate => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::MissingRequired { .. } => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::Invalid(_) => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::DuplicateIds(_) => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::ContactExists { .. } => (S::CONFLICT, Some("CONFLICT")),
            Self::UniqueValueTaken { .. } => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::InvalidAssociations(_) => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::AlreadyExists { .. } => (S::CONFLICT, Some("OBJECT_ALREADY_EXISTS")),
            Self::InvalidAssociationSpecs(_) => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::InvalidAssociationType { .. } => (S::BAD_REQUEST, Some("VALIDATION_ERROR")),
            Self::NotFound => (S::NOT_FOUND, Some("OBJECT_NOT_FOUND")),
            Self::UnknownRoute(_) => (S::NOT_FOUND, None),
            Self::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, None),
            Self::NotSimulated(_) => (S::NOT_IMPLEMENTED, Some("NOT_SIMULATED")),
            Self::RateLimited(_) => (S::TOO_MANY_REQUESTS, None),
            Self::NotPublic => (S::FORBIDDEN, Some("MISSING_SCOPES")),
            Self::UriTooLong => (S::URI_TOO_LONG, None),
            Self::Locked => (S::LOCKED, None),
            Self::Migrating => (migrating(), None),
            Self::Unavailable => (S::SERVICE_UNAVAILABLE, None),
            Self::Gateway(status) => (*status, None),
            Self::ServerError => (S::INTERNAL_SERVER_ERROR, None),
        }
    }
}

/// 477, which no other service has.
fn migrating() -> StatusCode {
    StatusCode::from_u16(477).unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
}
