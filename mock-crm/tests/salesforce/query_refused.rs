//! Queries that are refused, with the place of what is wrong.

use http::StatusCode;
use insta::assert_snapshot;
use mock_crm::salesforce::{OrgSpec, Switches};

use crate::harness::{TestOrg, spec};

/// The message of a query that is refused, and its code.
async fn refused(soql: &str) -> (String, String) {
    let crm = TestOrg::new();
    let answer = crm.query("Dana Reyes", soql).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    let message = answer.body[0]["message"].as_str().unwrap().to_owned();
    (answer.code().to_owned(), message)
}

#[tokio::test]
async fn an_unknown_object_is_named_with_its_place() {
    let (code, message) = refused("select count() from XYZZY").await;

    assert_eq!(code, "INVALID_TYPE");
    assert!(message.starts_with('\n'));
    assert_snapshot!(message.trim_start(), @r"
    select count() from XYZZY
                        ^
    ERROR at Row:1:Column:21
    sObject type 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.
    ");
}

#[tokio::test]
async fn an_unknown_column_is_named_with_its_place() {
    let (code, message) = refused("SELECT Id, Foo__c FROM Contact").await;

    assert_eq!(code, "INVALID_FIELD");
    assert!(message.starts_with('\n'));
    assert_snapshot!(message.trim_start(), @r"
    SELECT Id, Foo__c FROM Contact
               ^
    ERROR at Row:1:Column:12
    No such column 'Foo__c' on entity 'Contact'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.
    ");
}

#[tokio::test]
async fn what_does_not_go_together_is_refused() {
    for (soql, code, part) in [
        (
            "SELECT Id FROM Contact WHERE Description = 'x'",
            "INVALID_FIELD",
            "can not be filtered",
        ),
        (
            "SELECT Id FROM Contact ORDER BY Description",
            "INVALID_FIELD",
            "can not be sorted",
        ),
        (
            "SELECT Id FROM Contact WHERE CreatedDate > '2026-01-01'",
            "INVALID_FIELD",
            "must be of type dateTime and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Contact WHERE LastName = 5",
            "INVALID_FIELD",
            "should be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Contact WHERE OwnerId = 'garbage'",
            "INVALID_QUERY_FILTER_OPERATOR",
            "invalid ID field: garbage",
        ),
        (
            "SELECT Id FROM Contact WHERE Boss.Name = 'x'",
            "INVALID_FIELD",
            "Didn't understand relationship 'Boss'",
        ),
        (
            "SELECT LastName, COUNT(Id) FROM Contact",
            "MALFORMED_QUERY",
            "must be grouped or aggregated",
        ),
        (
            "SELECT Id FROM Contact OFFSET 2001",
            "NUMBER_OUTSIDE_VALID_RANGE",
            "2000",
        ),
        (
            "SELECT FIELDS(ALL) FROM Contact",
            "MALFORMED_QUERY",
            "LIMIT",
        ),
        (
            "SELECT Id FROM Contact WHERE Id = :id",
            "MALFORMED_QUERY",
            "Bind variables",
        ),
        ("", "MALFORMED_QUERY", "unexpected token"),
    ] {
        let (found, message) = refused(soql).await;
        assert_eq!(found, code, "{soql}: {message}");
        assert!(message.contains(part), "{soql}: {message}");
    }
}

#[tokio::test]
async fn a_switch_leaves_the_frame_off_a_malformed_query() {
    let switches = Switches {
        malformed_query_frame: false,
        ..Switches::default()
    };
    let crm = TestOrg::of(OrgSpec { switches, ..spec() });

    let answer = crm.query("Dana Reyes", "SELECT Id FORM Contact").await;

    assert_eq!(answer.body[0]["message"], "unexpected token: 'FORM'");
}
