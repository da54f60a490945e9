//! Every refusal of the REST API: one variant per text, one table of statuses and codes.

mod refused;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

pub use refused::Refused;

/// One refusal, with the text that real orgs give.
///
/// Source: REST API guide, "Status Codes and Error Responses"; SOAP API guide, "Core Data Types Used in API Calls"
/// (`StatusCode`); texts from recordings and from what clients branch on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(
    missing_docs,
    reason = "the text says what each is, and the fields are its parts"
)]
pub enum ApiError {
    #[error("Session expired or invalid")]
    InvalidSession,
    #[error("TotalRequests Limit exceeded.")]
    RequestLimitExceeded,
    #[error("API calls have been disabled for this user")]
    ApiDisabled,
    #[error("The requested resource does not exist")]
    NotFound,
    #[error("Provided external ID field does not exist or is not accessible: {field}")]
    NoExternalId { field: String },
    #[error("HTTP Method '{method}' not allowed. Allowed are {allowed}")]
    MethodNotAllowed {
        method: String,
        allowed: &'static str,
    },
    #[error("{message} at [line:{line}, column:{column}]")]
    JsonParser {
        message: String,
        line: usize,
        column: usize,
    },
    #[error("entity is deleted")]
    EntityIsDeleted,
    #[error("malformed id {id}")]
    MalformedId { id: String },
    #[error("{label}: id value of incorrect type: {value}")]
    IncorrectIdType {
        label: String,
        field: String,
        value: String,
    },
    #[error("No such column '{field}' on sobject of type {object}")]
    NoSuchColumn { field: String, object: String },
    #[error("The {field} field should not be specified in the sobject data.")]
    KeyInBody { field: String },
    #[error("Foreign key external ID: {value} not found for field {field} in entity {object}")]
    ForeignKeyNotFound {
        value: String,
        field: String,
        object: String,
    },
    #[error("{message}")]
    InvalidReference { message: String },
    #[error(
        "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is \
         read/write for your profile or permission set.",
        fields.join(", ")
    )]
    NotWriteable { fields: Vec<String> },
    #[error("cannot specify Id in an insert call")]
    IdInInsert,
    #[error("Required fields are missing: [{}]", fields.join(", "))]
    RequiredFieldMissing { fields: Vec<String> },
    #[error("{label}: data value too large: {value} (max length={length})")]
    StringTooLong {
        label: String,
        field: String,
        value: String,
        length: u32,
    },
    #[error("{label}: invalid email address: {value}")]
    InvalidEmail {
        label: String,
        field: String,
        value: String,
    },
    #[error("{label}: bad value for restricted picklist field: {value}")]
    RestrictedPicklist {
        label: String,
        field: String,
        value: String,
    },
    #[error("{label}: value not of required type: {value}")]
    WrongType {
        label: String,
        field: String,
        value: String,
    },
    #[error("duplicate value found: {field} duplicates value on record with id: {id}")]
    DuplicateValue { field: String, id: String },
    #[error(
        "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations."
    )]
    DuplicateUsername,
    #[error("A user-specified external ID matches more than one record during an upsert.")]
    DuplicateExternalId,
    #[error("invalid cross reference id")]
    InvalidCrossReference,
    #[error("invalid cross reference id")]
    NoSuchRecord,
    #[error("Owner ID: owner cannot be blank")]
    OwnerBlank,
    #[error("operation performed with inactive user [{user}] as owner of {object}")]
    InactiveOwner { user: String, object: String },
    #[error("Queue not associated with this SObject type")]
    QueueNotAssociated,
    #[error("cannot reference converted lead")]
    ConvertedLead,
    #[error("The new owner must have read permission")]
    TransferRequiresRead,
    #[error("insufficient access rights on entity: {object}")]
    InsufficientAccessOnEntity { object: String },
    #[error("insufficient access rights on object id")]
    InsufficientAccess { status: StatusCode },
    #[error("insufficient access rights on cross-reference id: {id}")]
    InsufficientAccessOnReference { id: String },
    #[error("entity type cannot be {verb}: {label}")]
    VerbNotSupported { verb: &'static str, label: String },
    #[error("record limit reached. cannot submit more than {limit} records in this request")]
    TooManyRecords { limit: usize },
    #[error(
        "Record rolled back because not all records were valid and the request was using AllOrNone header"
    )]
    RolledBack,
    #[error(
        "The transaction was rolled back since another operation in the same transaction failed."
    )]
    OperationRolledBack,
    #[error(
        "Invalid reference specified. No value for {reference} found in {id}. Provided referenceId ('{reference}') must \
         start with a letter or a number, and it can contain only letters, numbers and underscores ('_')."
    )]
    InvalidReferenceId { reference: String, id: String },
    #[error(
        "Provided referenceId ('{id}') must start with a letter or a number, and it can contain only letters, numbers \
         and underscores ('_')."
    )]
    MalformedReferenceId { id: String },
    // The texts of the next six are unverified.
    #[error("Duplicate referenceId '{id}'. Each reference ID must be unique in a request.")]
    DuplicateReferenceId { id: String },
    #[error("Limit exceeded: the request has more than {limit} subrequests")]
    TooManySubrequests { limit: usize },
    #[error("Limit exceeded: the request has more than {limit} query and collection subrequests")]
    TooManyQueries { limit: usize },
    #[error("The header '{name}' can't be specified in a subrequest")]
    HeaderInSubrequest { name: String },
    #[error("Limit exceeded: the records are nested more than {limit} levels deep")]
    TreeTooDeep { limit: usize },
    #[error("Execution halted: an earlier subrequest of the batch failed")]
    BatchHalted,
    #[error("{message}")]
    InvalidInput { message: String },
    #[error("{message}")]
    MalformedQuery { message: String },
    #[error("{message}")]
    InvalidQueryField { message: String },
    #[error("{message}")]
    InvalidType { message: String },
    #[error("invalid ID field: {value}")]
    InvalidIdFilter { value: String },
    #[error("Maximum SOQL offset allowed is 2000")]
    OffsetTooLarge,
    #[error(
        "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch"
    )]
    AggregateTooLarge,
    #[error("invalid query locator")]
    InvalidQueryLocator,
    #[error("unable to obtain exclusive access to this record")]
    UnableToLockRow,
    #[error("The service is temporarily unavailable.")]
    ServerUnavailable,
    #[error(
        "An unexpected error occurred. Please include this ErrorId if you contact support: {id}"
    )]
    Unknown { id: String },
    /// What real Salesforce answers and this mock does not: never a plausible lie.
    #[error("mock-crm does not simulate {what}")]
    NotSimulated { what: String },
}

impl ApiError {
    /// What clients branch on.
    pub fn status_and_code(&self) -> (StatusCode, &'static str) {
        const BAD: StatusCode = StatusCode::BAD_REQUEST;
        match self {
            Self::InvalidSession => (StatusCode::UNAUTHORIZED, "INVALID_SESSION_ID"),
            Self::RequestLimitExceeded => (StatusCode::FORBIDDEN, "REQUEST_LIMIT_EXCEEDED"),
            Self::ApiDisabled => (StatusCode::FORBIDDEN, "API_CURRENTLY_DISABLED"),
            Self::NotFound | Self::NoExternalId { .. } => (StatusCode::NOT_FOUND, "NOT_FOUND"),
            Self::MethodNotAllowed { .. } => (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"),
            Self::JsonParser { .. } => (BAD, "JSON_PARSER_ERROR"),
            Self::EntityIsDeleted => (StatusCode::NOT_FOUND, "ENTITY_IS_DELETED"),
            Self::MalformedId { .. } | Self::IncorrectIdType { .. } => (BAD, "MALFORMED_ID"),
            Self::NoSuchColumn { .. }
            | Self::KeyInBody { .. }
            | Self::ForeignKeyNotFound { .. }
            | Self::InvalidReference { .. }
            | Self::InvalidQueryField { .. } => (BAD, "INVALID_FIELD"),
            Self::NotWriteable { .. } | Self::IdInInsert => {
                (BAD, "INVALID_FIELD_FOR_INSERT_UPDATE")
            }
            Self::RequiredFieldMissing { .. } => (BAD, "REQUIRED_FIELD_MISSING"),
            Self::StringTooLong { .. } => (BAD, "STRING_TOO_LONG"),
            Self::InvalidEmail { .. } => (BAD, "INVALID_EMAIL_ADDRESS"),
            Self::RestrictedPicklist { .. } => (BAD, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
            Self::WrongType { .. } => (BAD, "INVALID_TYPE_ON_FIELD_IN_RECORD"),
            Self::DuplicateValue { .. } => (BAD, "DUPLICATE_VALUE"),
            Self::DuplicateUsername => (BAD, "DUPLICATE_USERNAME"),
            Self::DuplicateExternalId => (BAD, "DUPLICATE_EXTERNAL_ID"),
            Self::InvalidCrossReference | Self::OwnerBlank => (BAD, "INVALID_CROSS_REFERENCE_KEY"),
            Self::NoSuchRecord => (StatusCode::NOT_FOUND, "INVALID_CROSS_REFERENCE_KEY"),
            Self::InactiveOwner { .. } => (BAD, "INACTIVE_OWNER_OR_USER"),
            Self::QueueNotAssociated => (BAD, "INVALID_OPERATION"),
            Self::ConvertedLead => (BAD, "CANNOT_UPDATE_CONVERTED_LEAD"),
            Self::TransferRequiresRead => (BAD, "TRANSFER_REQUIRES_READ"),
            Self::InsufficientAccessOnEntity { .. } => {
                (StatusCode::FORBIDDEN, "INSUFFICIENT_ACCESS")
            }
            Self::InsufficientAccess { status } => (*status, "INSUFFICIENT_ACCESS_OR_READONLY"),
            Self::InsufficientAccessOnReference { .. } => {
                (BAD, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY")
            }
            Self::VerbNotSupported { .. } => (BAD, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"),
            Self::TooManyRecords { .. } | Self::AggregateTooLarge => (BAD, "EXCEEDED_ID_LIMIT"),
            Self::RolledBack => (BAD, "ALL_OR_NONE_OPERATION_ROLLED_BACK"),
            Self::OperationRolledBack | Self::InvalidReferenceId { .. } => {
                (BAD, "PROCESSING_HALTED")
            }
            Self::BatchHalted => (StatusCode::PRECONDITION_FAILED, "BATCH_PROCESSING_HALTED"),
            Self::MalformedReferenceId { .. }
            | Self::DuplicateReferenceId { .. }
            | Self::HeaderInSubrequest { .. }
            | Self::InvalidInput { .. } => (BAD, "INVALID_INPUT"),
            Self::TooManySubrequests { .. }
            | Self::TooManyQueries { .. }
            | Self::TreeTooDeep { .. } => (BAD, "LIMIT_EXCEEDED"),
            Self::MalformedQuery { .. } => (BAD, "MALFORMED_QUERY"),
            Self::InvalidType { .. } => (BAD, "INVALID_TYPE"),
            Self::InvalidIdFilter { .. } => (BAD, "INVALID_QUERY_FILTER_OPERATOR"),
            Self::OffsetTooLarge => (BAD, "NUMBER_OUTSIDE_VALID_RANGE"),
            Self::InvalidQueryLocator => (BAD, "INVALID_QUERY_LOCATOR"),
            Self::UnableToLockRow => (BAD, "UNABLE_TO_LOCK_ROW"),
            Self::ServerUnavailable => (StatusCode::SERVICE_UNAVAILABLE, "SERVER_UNAVAILABLE"),
            Self::Unknown { .. } => (StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN_EXCEPTION"),
            Self::NotSimulated { .. } => (StatusCode::NOT_IMPLEMENTED, "NOT_SIMULATED"),
        }
    }

    /// The fields a refusal of a write names; `None` for refusals that are not about a record: those have no such key.
    pub(super) fn fields(&self) -> Option<Vec<&str>> {
        Some(match self {
            Self::NotWriteable { fields } | Self::RequiredFieldMissing { fields } => {
                fields.iter().map(String::as_str).collect()
            }
            Self::StringTooLong { field, .. }
            | Self::InvalidEmail { field, .. }
            | Self::RestrictedPicklist { field, .. }
            | Self::WrongType { field, .. }
            | Self::DuplicateValue { field, .. }
            | Self::IncorrectIdType { field, .. } => vec![field],
            Self::DuplicateUsername => vec!["Username"],
            Self::IdInInsert => vec!["Id"],
            Self::OwnerBlank => vec!["OwnerId"],
            Self::EntityIsDeleted
            | Self::InvalidCrossReference
            | Self::NoSuchRecord
            | Self::MalformedId { .. }
            | Self::NoSuchColumn { .. }
            | Self::KeyInBody { .. }
            | Self::ForeignKeyNotFound { .. }
            | Self::InvalidReference { .. }
            | Self::DuplicateExternalId
            | Self::InactiveOwner { .. }
            | Self::QueueNotAssociated
            | Self::TransferRequiresRead
            | Self::ConvertedLead
            | Self::InsufficientAccess { .. }
            | Self::InsufficientAccessOnReference { .. }
            | Self::VerbNotSupported { .. }
            | Self::RolledBack
            | Self::UnableToLockRow => Vec::new(),
            _ => return None,
        })
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response<Body> {
        Refused::from(self).into_response()
    }
}
