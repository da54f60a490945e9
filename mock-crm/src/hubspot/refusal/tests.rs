use serde_json::Value;

use super::*;

/// One of each, with the texts, as a client sees them.
fn all() -> Vec<ApiError> {
    let text = str::to_owned;
    let problem = |name: &str, code, message: &str| Problem {
        name: text(name),
        code,
        message: text(message),
    };
    vec![
        ApiError::NotAuthenticated,
        ApiError::Expired {
            ago: text("3 second(s)"),
            at: text("2026-01-01T00:00:00.000Z"),
        },
        ApiError::MissingScopes {
            required: vec![text("crm.objects.contacts.write")],
        },
        ApiError::NotPublic,
        ApiError::InvalidJson {
            line: 1,
            column: 2,
            problem: text(". Some required fields were not set: [label, name]"),
        },
        ApiError::UnknownObjectType(text("butterflies")),
        ApiError::InvalidProperties(vec![problem(
            "first000name",
            "PROPERTY_DOESNT_EXIST",
            "Property \"first000name\" does not exist",
        )]),
        ApiError::InvalidProperties(vec![problem(
            "dealstage",
            "INVALID_OPTION",
            "x is not a valid pipeline stage ID",
        )]),
        ApiError::NothingToUpdate,
        ApiError::MissingRequired {
            object: text("CALL"),
            properties: vec![text("hs_timestamp")],
        },
        ApiError::Invalid(text("There was a problem with the request.")),
        ApiError::DuplicateIds(vec![text("1"), text("2")]),
        ApiError::ContactExists {
            existing: Some(text("777")),
        },
        ApiError::ContactExists { existing: None },
        ApiError::UniqueValueTaken {
            message: text("7 already has that value."),
        },
        ApiError::InvalidAssociations(vec![text("unknown_id is not a valid ID")]),
        ApiError::NotFound,
        ApiError::UnknownRoute(text("/x")),
        ApiError::MethodNotAllowed,
        ApiError::NotSimulated(text("POST /x")),
        ApiError::RateLimited(Policy::TenSecondlyRolling),
        ApiError::RateLimited(Policy::Secondly),
        ApiError::RateLimited(Policy::Daily),
        ApiError::UriTooLong,
        ApiError::Locked,
        ApiError::Migrating,
        ApiError::Unavailable,
        ApiError::Gateway(StatusCode::BAD_GATEWAY),
        ApiError::ServerError,
    ]
}

/// Whether the text is a recorded one. Of others, only status and codes are HubSpot's, so they alone are compared.
fn recorded(error: &ApiError) -> bool {
    use ApiError as E;
    !matches!(
        error,
        E::InvalidAssociations(_)
            | E::UnknownRoute(_)
            | E::MethodNotAllowed
            | E::NotPublic
            | E::UriTooLong
            | E::Locked
            | E::Migrating
            | E::Unavailable
            | E::Gateway(_)
            | E::ServerError
    )
}

/// Status and body, the id apart.
fn line(error: ApiError) -> String {
    let status = error.status_and_category().0.as_u16();
    let recorded = recorded(&error);
    let mut body = error.into_body("id");
    let message = body.get_mut("message").filter(|_| !recorded);
    message
        .into_iter()
        .for_each(|message| *message = "…".into());
    let id = body.shift_remove("correlationId");
    assert_eq!(id, Some(Value::from("id")));
    assert_eq!(body.shift_remove("status"), Some(Value::from("error")));
    format!("{status} {}", Value::Object(body))
}

#[test]
fn every_refusal_has_the_status_and_body_of_the_table() {
    let table: Vec<String> = all().into_iter().map(line).collect();

    insta::assert_snapshot!(table.join("\n"), @r#"
    401 {"message":"Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview","category":"INVALID_AUTHENTICATION"}
    401 {"message":"The OAuth token used to make this call expired 3 second(s) ago.","context":{"expire time":["2026-01-01T00:00:00.000Z"]},"category":"EXPIRED_AUTHENTICATION"}
    403 {"message":"This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.","errors":[{"message":"One or more of the following scopes are required.","context":{"requiredGranularScopes":["crm.objects.contacts.write"]}}],"links":{"scopes":"https://developers.hubspot.com/scopes"},"category":"MISSING_SCOPES"}
    403 {"message":"…","category":"MISSING_SCOPES"}
    400 {"message":"Invalid input JSON on line 1, column 2. Some required fields were not set: [label, name]"}
    400 {"message":"Unable to infer object type from: butterflies"}
    400 {"message":"Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"first000name\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"first000name\"}]","errors":[{"message":"Property \"first000name\" does not exist","code":"PROPERTY_DOESNT_EXIST","context":{"propertyName":["first000name"]}}],"category":"VALIDATION_ERROR"}
    400 {"message":"Property values were not valid: [{\"isValid\":false,\"message\":\"x is not a valid pipeline stage ID\",\"error\":\"INVALID_OPTION\",\"name\":\"dealstage\"}]","errors":[{"message":"x is not a valid pipeline stage ID","code":"INVALID_OPTION","context":{"propertyName":["dealstage"]}}],"error":"INVALID_OPTION","category":"VALIDATION_ERROR"}
    400 {"message":"No properties found to update, please provide at least one.","category":"VALIDATION_ERROR"}
    400 {"message":"Error creating CALL. Some required properties were not set.","context":{"properties":["hs_timestamp"]},"category":"VALIDATION_ERROR"}
    400 {"message":"There was a problem with the request.","category":"VALIDATION_ERROR"}
    400 {"message":"Duplicate IDs found in batch input: [1, 2]. IDs must be unique","context":{"ids":["1","2"]},"category":"VALIDATION_ERROR"}
    409 {"message":"Contact already exists. Existing ID: 777","category":"CONFLICT"}
    409 {"message":"Contact already exists","category":"CONFLICT"}
    400 {"message":"7 already has that value.","category":"VALIDATION_ERROR"}
    400 {"message":"…","errors":[{"message":"unknown_id is not a valid ID","subCategory":"crm.associations.INVALID_IDENTIFIER"}],"category":"VALIDATION_ERROR"}
    404 {"message":"resource not found","category":"OBJECT_NOT_FOUND"}
    404 {"message":"…"}
    405 {"message":"…"}
    501 {"message":"mock-crm does not simulate POST /x","category":"NOT_SIMULATED"}
    429 {"message":"You have reached your ten_secondly_rolling limit.","errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING","requestId":"id"}
    429 {"message":"You have reached your secondly limit.","errorType":"RATE_LIMIT","policyName":"SECONDLY","requestId":"id"}
    429 {"message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY","requestId":"id"}
    414 {"message":"…"}
    423 {"message":"…"}
    477 {"message":"…"}
    503 {"message":"…"}
    502 {"message":"…"}
    500 {"message":"…"}
    "#);
}

#[test]
fn what_the_json_parser_says_is_said_in_hubspots_words() {
    #[derive(Debug, serde::Deserialize)]
    struct Wanted {
        #[serde(rename = "inputs")]
        _inputs: Vec<String>,
    }
    let said = |body: &str| match serde_json::from_str::<Wanted>(body) {
        Ok(_) => "nothing".to_owned(),
        Err(error) => ApiError::from(error).to_string(),
    };

    let all: Vec<String> = [
        "{}",
        "{\"inputs\":{}}",
        "{\"inputs\":\n \"x\"}",
        "{\"inputs\":[true]}",
        "{\"inputs\":[1.5]}",
        "{\"inputs\":null}",
        "{",
        "{\"inputs\":[,]}",
    ]
    .into_iter()
    .map(said)
    .collect();

    insta::assert_snapshot!(all.join("\n"), @r"
    Invalid input JSON on line 1, column 2. Some required fields were not set: [inputs]
    Invalid input JSON on line 1, column 10: Cannot deserialize value of type `a sequence` from Object value (token `JsonToken.START_OBJECT`)
    Invalid input JSON on line 2, column 4: Cannot deserialize value of type `a sequence` from String value (token `JsonToken.VALUE_STRING`)
    Invalid input JSON on line 1, column 15: Cannot deserialize value of type `a string` from Boolean value (token `JsonToken.VALUE_TRUE`)
    Invalid input JSON on line 1, column 14: Cannot deserialize value of type `a string` from Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)
    Invalid input JSON on line 1, column 14: Cannot deserialize value of type `a sequence` from Null value (token `JsonToken.VALUE_NULL`)
    Invalid input JSON on line 1, column 1: EOF while parsing an object
    Invalid input JSON on line 1, column 12: expected value
    ");
}
