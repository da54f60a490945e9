//! SOSL through `/search`, and searches by parameters.

use http::Method;
use serde_json::{Value, json};

use crate::harness::Answer;
use crate::soql_org::{SoqlOrg, org};

async fn search(org: &SoqlOrg, sosl: &str) -> Answer {
    let sosl = percent_encoding::utf8_percent_encode(sosl, percent_encoding::NON_ALPHANUMERIC);
    org.crm
        .get("Dana Reyes", &format!("/search/?q={sosl}"))
        .await
}

/// Names of what was found, or ids' prefixes where there are none.
fn names(answer: &Answer) -> String {
    let records = answer.body["searchRecords"].as_array();
    let records = records.unwrap_or_else(|| panic!("{}", answer.text)).iter();
    let names = records.map(|record| match &record["Name"] {
        Value::String(name) => name.clone(),
        _ => record["Id"].as_str().unwrap()[..3].to_owned(),
    });
    names.collect::<Vec<_>>().join(" | ")
}

#[tokio::test]
async fn records_are_found_by_words() {
    let org = org().await;
    for (sosl, expected) in [
        (
            r#"FIND {"acme"} IN NAME FIELDS RETURNING Account(Id, Name)"#,
            "Acme",
        ),
        ("find {acm*} returning Account(Name), Contact(Name)", "Acme"),
        (
            "FIND {example} IN EMAIL FIELDS RETURNING Contact(Name ORDER BY FirstName DESC)",
            "Cid 50%_Oak | Ann Lee",
        ),
        (r"FIND {ann@x.example} RETURNING Contact(Name)", "Ann Lee"),
        ("FIND {example} IN NAME FIELDS RETURNING Contact(Name)", ""),
        (
            "FIND {example AND NOT ann} RETURNING Contact(Name)",
            "Cid 50%_Oak",
        ),
        (
            "FIND {lee OR beta} RETURNING Account(Name), Contact(Name)",
            "beta | Ann Lee",
        ),
        (
            "FIND {example} RETURNING Contact(Name WHERE FirstName = 'Cid')",
            "Cid 50%_Oak",
        ),
        ("FIND {example} RETURNING Contact(Name LIMIT 1)", "Ann Lee"),
        (
            "FIND {example} RETURNING Contact(Name LIMIT 1 OFFSET 1)",
            "Cid 50%_Oak",
        ),
        (
            "FIND {acme OR lee OR beta} RETURNING Account(Name), Contact(Name) LIMIT 2",
            "Acme | beta",
        ),
        ("FIND {ann lee} RETURNING Contact", "003"),
        ("FIND {English}", "003 | 003"),
        ("FIND {dana} RETURNING User(Name)", "Dana Reyes"),
        (r"FIND {O\'Ash} RETURNING Contact(Name)", "Bob O'Ash"),
        ("FIND {nobody at all}", ""),
    ] {
        assert_eq!(names(&search(&org, sosl).await), expected, "{sosl}");
    }
}

#[tokio::test]
async fn records_come_with_attributes_and_what_was_asked_for() {
    let org = org().await;

    let answer = search(&org, "FIND {acme} RETURNING Account(Type, Owner.Name)").await;

    let expected = json!({ "searchRecords": [{
        "attributes": { "type": "Account", "url": format!("/services/data/v60.0/sobjects/Account/{}", org.acme) },
        "Type": "Customer",
        "Owner": {
            "attributes": { "type": "User", "url": format!("/services/data/v60.0/sobjects/User/{}", org.crm.id("Dana Reyes")) },
            "Name": "Dana Reyes",
        },
    }] });
    assert_eq!(answer.body, expected);
}

#[tokio::test]
async fn what_is_no_search_is_refused() {
    let org = org().await;
    for (sosl, code, message) in [
        ("", "MALFORMED_SEARCH", "unexpected token: '<EOF>'"),
        (
            "SELECT Id FROM Account",
            "MALFORMED_SEARCH",
            "unexpected token: 'SELECT'",
        ),
        (
            "FIND 'acme'",
            "MALFORMED_SEARCH",
            "No search term found. The search term must be enclosed in braces.",
        ),
        (
            "FIND {}",
            "MALFORMED_SEARCH",
            "No search term found. The search term must be enclosed in braces.",
        ),
        (
            "FIND {acme",
            "MALFORMED_SEARCH",
            "No search term found. The search term must be enclosed in braces.",
        ),
        (
            "FIND {a}",
            "MALFORMED_SEARCH",
            "search term must be longer than one character: a",
        ),
        (
            "FIND {acme} IN SOME FIELDS",
            "MALFORMED_SEARCH",
            "unexpected token: 'SOME'",
        ),
        (
            "FIND {acme} RETURNING",
            "MALFORMED_SEARCH",
            "unexpected token: '<EOF>'",
        ),
        (
            "FIND {acme} RETURNING Account(Id",
            "MALFORMED_SEARCH",
            "unexpected token: '<EOF>'",
        ),
        (
            "FIND {acme} RETURNING Account(COUNT(Id))",
            "MALFORMED_SEARCH",
            "RETURNING takes fields, WHERE, ORDER BY, LIMIT and OFFSET",
        ),
        (
            "FIND {acme} RETURNING Account((SELECT Id FROM Contacts))",
            "MALFORMED_SEARCH",
            "RETURNING takes fields, WHERE, ORDER BY, LIMIT and OFFSET",
        ),
        (
            "FIND {acme} RETURNING Account(FORMAT(COUNT(Id)))",
            "MALFORMED_SEARCH",
            "RETURNING takes no aggregate functions",
        ),
        (
            "FIND {acme} RETURNING Profile(Id)",
            "INVALID_TYPE",
            "entity type Profile does not support search",
        ),
        (
            "FIND {acme} WITH SNIPPET",
            "NOT_SIMULATED",
            "mock-crm does not simulate WITH SNIPPET in SOQL",
        ),
    ] {
        let answer = search(&org, sosl).await;
        let last = answer.body[0]["message"].as_str().unwrap().lines().last();
        assert_eq!((answer.code(), last), (code, Some(message)), "{sosl}");
    }
}

#[tokio::test]
async fn the_place_of_a_wrong_name_is_that_in_the_whole_search() {
    let org = org().await;

    let answer = search(&org, "FIND {acme}\nRETURNING Account(Foo)").await;

    assert_eq!(answer.code(), "INVALID_FIELD");
    let message = answer.body[0]["message"].as_str().unwrap();
    assert!(message.starts_with("\nRETURNING Account(Foo)\n                  ^\nERROR at Row:2:Column:19\nNo such column 'Foo'"), "{message}");
}

#[tokio::test]
async fn parameters_make_a_search_too() {
    let org = org().await;
    let by_url = org
        .crm
        .get("Dana Reyes", "/parameterizedSearch?q=example&sobject=Contact&Contact.fields=Id,Name&Contact.limit=1&sobject=Account")
        .await;
    let body = json!({ "q": "example", "in": "EMAIL", "fields": ["Name"],
        "sobjects": [{ "name": "Contact", "where": "FirstName = 'Cid'" }], "overallLimit": 5 });
    let by_body = org
        .crm
        .post("Dana Reyes", "/parameterizedSearch", body)
        .await;
    let wrong = org
        .crm
        .call("Dana Reyes", Method::POST, "/parameterizedSearch", "{")
        .await;
    let other = org
        .crm
        .get("Dana Reyes", "/parameterizedSearch?q=ab&dataCategory.x=1")
        .await;

    assert_eq!(names(&by_url), "Ann Lee");
    assert_eq!(names(&by_body), "Cid 50%_Oak");
    assert_eq!(
        (wrong.code(), other.code()),
        ("JSON_PARSER_ERROR", "NOT_SIMULATED")
    );
}

#[tokio::test]
async fn parameters_may_be_long_and_have_to_be_json() {
    let org = org().await;
    let send = async |body: String, kind: &str| {
        let headers = [("content-type", kind)];
        let path = "/parameterizedSearch";
        let crm = &org.crm;
        crm.call_with("Dana Reyes", Method::POST, path, body, &headers)
            .await
    };
    let parameters =
        json!({ "q": "acme", "sobjects": [{ "name": "Account", "fields": ["Name"] }] });
    let long = format!("{}{}", " ".repeat(3 << 20), parameters);

    let found = send(long, "application/json").await;
    let refused = send(parameters.to_string(), "text/plain").await;

    assert_eq!(names(&found), "Acme");
    assert_eq!(refused.code(), "UNSUPPORTED_MEDIA_TYPE", "{}", refused.text);
}
