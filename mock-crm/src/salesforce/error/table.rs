//! What each refusal is for a client: status, code, and the fields it names.

use http::StatusCode;

use super::ApiError;

impl ApiError {
    /// What clients branch on.
    pub fn status_and_code(&self) -> (StatusCode, &'static str) {
        const BAD: StatusCode = StatusCode::BAD_REQUEST;
        match self {
            Self::InvalidSession | Self::NotForRest => {
                (StatusCode::UNAUTHORIZED, "INVALID_SESSION_ID")
            }
            Self::InvalidAuthHeader => (StatusCode::UNAUTHORIZED, "INVALID_AUTH_HEADER"),
            Self::RequestLimitExceeded | Self::ConcurrentLimitExceeded => {
                (StatusCode::FORBIDDEN, "REQUEST_LIMIT_EXCEEDED")
            }
            Self::ApiDisabled => (StatusCode::FORBIDDEN, "API_CURRENTLY_DISABLED"),
            Self::ApiDisabledForOrg => (StatusCode::FORBIDDEN, "API_DISABLED_FOR_ORG"),
            Self::NotFound | Self::NoExternalId { .. } => (StatusCode::NOT_FOUND, "NOT_FOUND"),
            Self::MethodNotAllowed { .. } => (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"),
            Self::UnsupportedMediaType { .. } => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE")
            }
            Self::UriTooLong { .. } => (StatusCode::URI_TOO_LONG, "URI_TOO_LONG"),
            Self::HeadersTooLong { .. } => (
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "REQUEST_HEADER_FIELDS_TOO_LARGE",
            ),
            Self::PreconditionFailed => (StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED"),
            Self::JsonParser { .. } | Self::CannotDeserialize { .. } => (BAD, "JSON_PARSER_ERROR"),
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
            Self::MalformedSearch { .. } => (BAD, "MALFORMED_SEARCH"),
            Self::InvalidType { .. } => (BAD, "INVALID_TYPE"),
            Self::InvalidIdFilter { .. } => (BAD, "INVALID_QUERY_FILTER_OPERATOR"),
            Self::NumberOutsideRange { .. } | Self::OffsetTooLarge => {
                (BAD, "NUMBER_OUTSIDE_VALID_RANGE")
            }
            Self::ReplicationDate { .. } => (BAD, "INVALID_REPLICATION_DATE"),
            Self::MissingArgument { .. } | Self::NotSpecified { .. } => (BAD, "MISSING_ARGUMENT"),
            Self::Bulk(refusal) => (BAD, refusal.code.error()),
            Self::InvalidQueryLocator => (BAD, "INVALID_QUERY_LOCATOR"),
            Self::QueryTimeout => (BAD, "QUERY_TIMEOUT"),
            Self::QueryTooComplicated => (BAD, "QUERY_TOO_COMPLICATED"),
            Self::UnableToLockRow => (BAD, "UNABLE_TO_LOCK_ROW"),
            Self::ServerUnavailable => (StatusCode::SERVICE_UNAVAILABLE, "SERVER_UNAVAILABLE"),
            Self::Unknown { .. } => (StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN_EXCEPTION"),
            Self::NotSimulated { .. } => (StatusCode::NOT_IMPLEMENTED, "NOT_SIMULATED"),
        }
    }

    /// The fields a refusal of a write names; `None` for refusals that are not about a record: those have no such key.
    pub(in crate::salesforce) fn fields(&self) -> Option<Vec<&str>> {
        Some(match self {
            Self::NotWriteable { fields } | Self::RequiredFieldMissing { fields } => {
                fields.iter().map(String::as_str).collect()
            }
            Self::StringTooLong { field, .. }
            | Self::InvalidEmail { field, .. }
            | Self::RestrictedPicklist { field, .. }
            | Self::WrongType { field, .. }
            | Self::NumberOutsideRange { field, .. }
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
            | Self::NotSpecified { .. }
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
