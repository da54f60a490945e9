//! Every refusal of the REST API: one variant per text, one table of statuses and codes.

mod place;
mod refused;
mod table;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

pub use refused::Refused;

use super::bulk::BulkRefusal;

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
    #[error("INVALID_HEADER_TYPE")]
    InvalidAuthHeader,
    /// A token whose app may not use the API. Clients tell it from a session that is over by this text.
    #[error("This session is not valid for use with the REST API")]
    NotForRest,
    #[error("TotalRequests Limit exceeded.")]
    RequestLimitExceeded,
    #[error("ConcurrentRequests (Concurrent API Requests) Limit exceeded.")]
    ConcurrentLimitExceeded,
    #[error("API calls have been disabled for this user")]
    ApiDisabled,
    #[error("API is not enabled for this Organization or Partner")]
    ApiDisabledForOrg,
    #[error("The requested resource does not exist")]
    NotFound,
    #[error("Provided external ID field does not exist or is not accessible: {field}")]
    NoExternalId { field: String },
    #[error("HTTP Method '{method}' not allowed. Allowed are {allowed}")]
    MethodNotAllowed {
        method: String,
        allowed: &'static str,
    },
    #[error("Content type {given} not supported")]
    UnsupportedMediaType { given: String },
    #[error("URI is longer than {limit} bytes")]
    UriTooLong { limit: usize },
    #[error("URI and headers are longer than {limit} bytes together")]
    HeadersTooLong { limit: usize },
    #[error("The record was changed since")]
    PreconditionFailed,
    #[error(
        "Cannot deserialize instance of {kind} from {token} value {value} or request may be missing a required field \
         at [line:{line}, column:{column}]"
    )]
    CannotDeserialize {
        kind: &'static str,
        token: &'static str,
        value: String,
        field: String,
        line: usize,
        column: usize,
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
    #[error("{label}: value outside of valid range on numeric field: {value}")]
    NumberOutsideRange {
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
    MalformedSearch { message: String },
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
    #[error("{message}")]
    ReplicationDate { message: String },
    #[error("The {name} parameter is required")]
    MissingArgument { name: &'static str },
    #[error("{message}")]
    NotSpecified { message: String },
    #[error(transparent)]
    Bulk(#[from] BulkRefusal),
    #[error("invalid query locator")]
    InvalidQueryLocator,
    #[error("Your query request was running for too long.")]
    QueryTimeout,
    #[error(
        "Query is either selecting too many fields or the filter conditions are too complicated."
    )]
    QueryTooComplicated,
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

impl IntoResponse for ApiError {
    fn into_response(self) -> Response<Body> {
        Refused::from(self).into_response()
    }
}

#[cfg(test)]
mod tests;
