//! Every refusal the mock can give, and the body that HubSpot has for it.

mod body;

pub(crate) use body::json_response;

use http::StatusCode;

use super::objects::accept::Problem;

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
    /// The unique value of another record. Recorded from create calls of companies, deals and products.
    #[error("{message}")]
    UniqueValueTaken { message: String },
    #[error("{}", invalid_associations(.0))]
    InvalidAssociations(Vec<String>),
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
    #[error("You have reached your ten_secondly_rolling limit.")]
    RateLimited,
    #[error("The resource is locked. Wait at least 2 seconds before the next try.")]
    Locked,
    #[error("The service is unavailable")]
    Unavailable,
    #[error("internal error")]
    ServerError,
}

fn existing_id(existing: &Option<String>) -> String {
    let text = existing.as_ref().map(|id| format!(". Existing ID: {id}"));
    text.unwrap_or_default()
}

fn invalid_associations(problems: &[String]) -> String {
    format!(
        "One or more associations are not valid: {}",
        problems.join("; ")
    )
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
            Self::NotFound => (S::NOT_FOUND, Some("OBJECT_NOT_FOUND")),
            Self::UnknownRoute(_) => (S::NOT_FOUND, None),
            Self::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, None),
            Self::NotSimulated(_) => (S::NOT_IMPLEMENTED, Some("NOT_SIMULATED")),
            Self::RateLimited => (S::TOO_MANY_REQUESTS, None),
            Self::Locked => (S::LOCKED, Some("RESOURCE_LOCKED")),
            Self::Unavailable => (S::SERVICE_UNAVAILABLE, None),
            Self::ServerError => (S::INTERNAL_SERVER_ERROR, None),
        }
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let place = text.rfind(" at line ").unwrap_or(text.len());
        let text = &text[..place];
        let missing = text
            .strip_prefix("missing field `")
            .and_then(|rest| rest.strip_suffix('`'));
        Self::InvalidJson {
            line: error.line(),
            column: error.column(),
            problem: match missing {
                Some(field) => format!(". Some required fields were not set: [{field}]"),
                None => format!(": {text}"),
            },
        }
    }
}
