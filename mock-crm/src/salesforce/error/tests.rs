use super::*;

/// One of each that is not a query's own, with what a client sees of it.
#[test]
fn every_refusal_has_the_text_status_and_fields_of_the_table() {
    let text = String::from;
    let (label, field, value) = (text("Email"), text("Email"), text("foo"));
    let refusals = [
        ApiError::InvalidSession,
        ApiError::InvalidAuthHeader,
        ApiError::RequestLimitExceeded,
        ApiError::ConcurrentLimitExceeded,
        ApiError::ApiDisabled,
        ApiError::ApiDisabledForOrg,
        ApiError::InsufficientAccess {
            status: StatusCode::FORBIDDEN,
        },
        ApiError::InsufficientAccessOnEntity {
            object: text("Contact"),
        },
        ApiError::RequiredFieldMissing {
            fields: vec![text("LastName"), text("Company")],
        },
        ApiError::NoSuchColumn {
            field: text("Foo__c"),
            object: text("Contact"),
        },
        ApiError::KeyInBody {
            field: text("Ext__c"),
        },
        ApiError::ForeignKeyNotFound {
            value: text("x"),
            field: text("Ext__c"),
            object: text("Account"),
        },
        ApiError::InvalidQueryLocator,
        ApiError::IncorrectIdType {
            label: text("Owner ID"),
            field: text("OwnerId"),
            value: text("INVALID_OWNER"),
        },
        ApiError::MalformedId { id: text("abc123") },
        ApiError::NotFound,
        ApiError::NoExternalId { field: text("XYZ") },
        ApiError::EntityIsDeleted,
        ApiError::NoSuchRecord,
        ApiError::InvalidCrossReference,
        ApiError::OwnerBlank,
        ApiError::InsufficientAccessOnReference {
            id: text("001000000000001AAA"),
        },
        ApiError::NotWriteable {
            fields: vec![text("CreatedById"), text("CreatedDate")],
        },
        ApiError::IdInInsert,
        ApiError::InactiveOwner {
            user: text("005000000000001"),
            object: text("contact"),
        },
        ApiError::QueueNotAssociated,
        ApiError::TransferRequiresRead,
        ApiError::DuplicateValue {
            field: text("Ext__c"),
            id: text("a00000000000001"),
        },
        ApiError::DuplicateExternalId,
        ApiError::StringTooLong {
            label: text("Last Name"),
            field: text("LastName"),
            value: text("xx"),
            length: 1,
        },
        ApiError::InvalidEmail {
            label: label.clone(),
            field: field.clone(),
            value: value.clone(),
        },
        ApiError::RestrictedPicklist {
            label: text("Status"),
            field: text("Status"),
            value: text("X"),
        },
        ApiError::NumberOutsideRange {
            label: text("Discount"),
            field: text("Discount"),
            value: text("123456"),
        },
        ApiError::WrongType {
            label,
            field,
            value,
        },
        ApiError::JsonParser {
            message: text("expected value"),
            line: 3,
            column: 4,
        },
        ApiError::CannotDeserialize {
            kind: "boolean",
            token: "VALUE_STRING",
            value: text("xx"),
            field: text("IsActive"),
            line: 1,
            column: 2,
        },
        ApiError::UnableToLockRow,
        ApiError::QueryTimeout,
        ApiError::QueryTooComplicated,
        ApiError::VerbNotSupported {
            verb: "inserted",
            label: text("Profile"),
        },
        ApiError::ConvertedLead,
        ApiError::TooManyRecords { limit: 200 },
        ApiError::RolledBack,
        ApiError::MethodNotAllowed {
            method: text("PUT"),
            allowed: "HEAD,GET,PATCH,DELETE",
        },
        ApiError::UnsupportedMediaType {
            given: text("text/plain"),
        },
        ApiError::UriTooLong { limit: 16_384 },
        ApiError::HeadersTooLong { limit: 16_384 },
        ApiError::PreconditionFailed,
        ApiError::ServerUnavailable,
        ApiError::Unknown { id: text("1-0") },
        ApiError::NotSimulated {
            what: text("GET /x"),
        },
    ];
    let rows: Vec<String> = refusals
        .iter()
        .map(|refusal| {
            let (status, code) = refusal.status_and_code();
            let fields = refusal
                .fields()
                .map_or("-".to_owned(), |fields| format!("[{}]", fields.join(", ")));
            format!("{} {code} {fields}\n  {refusal}", status.as_u16())
        })
        .collect();

    insta::assert_snapshot!(rows.join("\n"), @r"
    401 INVALID_SESSION_ID -
      Session expired or invalid
    401 INVALID_AUTH_HEADER -
      INVALID_HEADER_TYPE
    403 REQUEST_LIMIT_EXCEEDED -
      TotalRequests Limit exceeded.
    403 REQUEST_LIMIT_EXCEEDED -
      ConcurrentRequests (Concurrent API Requests) Limit exceeded.
    403 API_CURRENTLY_DISABLED -
      API calls have been disabled for this user
    403 API_DISABLED_FOR_ORG -
      API is not enabled for this Organization or Partner
    403 INSUFFICIENT_ACCESS_OR_READONLY []
      insufficient access rights on object id
    403 INSUFFICIENT_ACCESS -
      insufficient access rights on entity: Contact
    400 REQUIRED_FIELD_MISSING [LastName, Company]
      Required fields are missing: [LastName, Company]
    400 INVALID_FIELD []
      No such column 'Foo__c' on sobject of type Contact
    400 INVALID_FIELD []
      The Ext__c field should not be specified in the sobject data.
    400 INVALID_FIELD []
      Foreign key external ID: x not found for field Ext__c in entity Account
    400 INVALID_QUERY_LOCATOR -
      invalid query locator
    400 MALFORMED_ID [OwnerId]
      Owner ID: id value of incorrect type: INVALID_OWNER
    400 MALFORMED_ID []
      malformed id abc123
    404 NOT_FOUND -
      The requested resource does not exist
    404 NOT_FOUND -
      Provided external ID field does not exist or is not accessible: XYZ
    404 ENTITY_IS_DELETED []
      entity is deleted
    404 INVALID_CROSS_REFERENCE_KEY []
      invalid cross reference id
    400 INVALID_CROSS_REFERENCE_KEY []
      invalid cross reference id
    400 INVALID_CROSS_REFERENCE_KEY [OwnerId]
      Owner ID: owner cannot be blank
    400 INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY []
      insufficient access rights on cross-reference id: 001000000000001AAA
    400 INVALID_FIELD_FOR_INSERT_UPDATE [CreatedById, CreatedDate]
      Unable to create/update fields: CreatedById, CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.
    400 INVALID_FIELD_FOR_INSERT_UPDATE [Id]
      cannot specify Id in an insert call
    400 INACTIVE_OWNER_OR_USER []
      operation performed with inactive user [005000000000001] as owner of contact
    400 INVALID_OPERATION []
      Queue not associated with this SObject type
    400 TRANSFER_REQUIRES_READ []
      The new owner must have read permission
    400 DUPLICATE_VALUE [Ext__c]
      duplicate value found: Ext__c duplicates value on record with id: a00000000000001
    400 DUPLICATE_EXTERNAL_ID []
      A user-specified external ID matches more than one record during an upsert.
    400 STRING_TOO_LONG [LastName]
      Last Name: data value too large: xx (max length=1)
    400 INVALID_EMAIL_ADDRESS [Email]
      Email: invalid email address: foo
    400 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST [Status]
      Status: bad value for restricted picklist field: X
    400 NUMBER_OUTSIDE_VALID_RANGE [Discount]
      Discount: value outside of valid range on numeric field: 123456
    400 INVALID_TYPE_ON_FIELD_IN_RECORD [Email]
      Email: value not of required type: foo
    400 JSON_PARSER_ERROR -
      expected value at [line:3, column:4]
    400 JSON_PARSER_ERROR -
      Cannot deserialize instance of boolean from VALUE_STRING value xx or request may be missing a required field at [line:1, column:2]
    400 UNABLE_TO_LOCK_ROW []
      unable to obtain exclusive access to this record
    400 QUERY_TIMEOUT -
      Your query request was running for too long.
    400 QUERY_TOO_COMPLICATED -
      Query is either selecting too many fields or the filter conditions are too complicated.
    400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY []
      entity type cannot be inserted: Profile
    400 CANNOT_UPDATE_CONVERTED_LEAD []
      cannot reference converted lead
    400 EXCEEDED_ID_LIMIT -
      record limit reached. cannot submit more than 200 records in this request
    400 ALL_OR_NONE_OPERATION_ROLLED_BACK []
      Record rolled back because not all records were valid and the request was using AllOrNone header
    405 METHOD_NOT_ALLOWED -
      HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH,DELETE
    415 UNSUPPORTED_MEDIA_TYPE -
      Content type text/plain not supported
    414 URI_TOO_LONG -
      URI is longer than 16384 bytes
    431 REQUEST_HEADER_FIELDS_TOO_LARGE -
      URI and headers are longer than 16384 bytes together
    412 PRECONDITION_FAILED -
      The record was changed since
    503 SERVER_UNAVAILABLE -
      The service is temporarily unavailable.
    500 UNKNOWN_EXCEPTION -
      An unexpected error occurred. Please include this ErrorId if you contact support: 1-0
    501 NOT_SIMULATED -
      mock-crm does not simulate GET /x
    ");
}
