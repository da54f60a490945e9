//! Any text as a query or a search: it is answered or refused, in the vendor's shape, and nothing panics.

use http::StatusCode;
use proptest::prelude::*;
use serde_json::Value;

use crate::harness::{Answer, TestOrg};
use crate::soql_org::{SoqlOrg, org};

/// Words of both languages, names of the org, and any text: what comes near to a query gets further than noise.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "SELECT",
        "FROM",
        "WHERE",
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        ",",
        ".",
        "=",
        "!=",
        "<",
        ">=",
        "LIKE",
        "IN",
        "INCLUDES",
        "GROUP BY",
        "ROLLUP",
        "CUBE",
        "HAVING",
        "ORDER BY",
        "DESC",
        "NULLS LAST",
        "LIMIT",
        "OFFSET",
        "FOR VIEW",
        "ALL ROWS",
        "USING SCOPE",
        "WITH",
        "TYPEOF",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "COUNT()",
        "COUNT(",
        "SUM(",
        "FORMAT(",
        "toLabel(",
        "CALENDAR_YEAR(",
        "DAY_ONLY(",
        "GROUPING(",
        "FIELDS(",
        "ALL",
        "Id",
        "Name",
        "Contact",
        "Account",
        "Task",
        "What",
        "Owner",
        "CreatedDate",
        "AnnualRevenue",
        "Contacts",
        "Email",
        "Languages__c",
        "'x'",
        "'%_\\'",
        "''",
        "null",
        "true",
        "5",
        "-1",
        "1e308",
        "2026-01-01",
        "0000-00-00",
        "2026-01-01T00:00:00Z",
        "TODAY",
        "LAST_N_DAYS:5",
        "NEXT_N_YEARS:99999",
        "USD5",
        ":",
        "FIND",
        "{",
        "}",
        "acme*",
        "\"a b\"",
        "RETURNING",
        "é",
        "\n",
        "\\",
        "'",
    ]);
    let word = prop_oneof![8 => words.prop_map(str::to_owned), 1 => ".{0,6}"];
    prop_oneof![
        prop::collection::vec(word.clone(), 0..24).prop_map(|words| words.join(" ")),
        prop::collection::vec(word.clone(), 0..12)
            .prop_map(|words| format!("SELECT Id FROM Contact WHERE {}", words.join(" "))),
        prop::collection::vec(word, 0..12)
            .prop_map(|words| format!("FIND {{acme}} RETURNING Contact({}", words.join(" "))),
        ".{0,60}",
    ]
}

async fn ask(crm: &TestOrg, start: &str, text: &str) -> Answer {
    let text = percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
    crm.get("Dana Reyes", &format!("{start}{text}")).await
}

fn check(answer: &Answer, found: &str) -> Result<(), TestCaseError> {
    if answer.status == StatusCode::OK {
        prop_assert!(answer.body.get(found).is_some(), "{}", answer.text);
        return Ok(());
    }
    let error = &answer.body[0];
    let refused = [StatusCode::BAD_REQUEST, StatusCode::NOT_IMPLEMENTED].contains(&answer.status);
    prop_assert!(refused, "{} {}", answer.status, answer.text);
    prop_assert!(
        answer
            .body
            .as_array()
            .is_some_and(|errors| !errors.is_empty())
    );
    prop_assert!(
        error["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty())
    );
    prop_assert!(
        error["errorCode"]
            .as_str()
            .is_some_and(|code| !code.is_empty())
    );
    Ok(())
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
}

#[test]
fn any_text_is_answered_or_refused() {
    let runtime = runtime();
    let org: SoqlOrg = runtime.block_on(org());
    let config = ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let result = runner.run(&text(), |text| {
        runtime.block_on(async {
            check(&ask(&org.crm, "/query?q=", &text).await, "totalSize")?;
            check(
                &ask(&org.crm, "/query?columns=true&q=", &text).await,
                "columnMetadata",
            )?;
            check(&ask(&org.crm, "/query?explain=", &text).await, "plans")?;
            check(&ask(&org.crm, "/search?q=", &text).await, "searchRecords")
        })
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test]
async fn deep_nesting_is_refused_not_followed() {
    let org = org().await;
    let deep = |start: &str, again: &str| {
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        // As often as an address has room for: tens of thousands of times where it is short.
        let again = encode(again);
        format!("{}{}", encode(start), again.repeat(60_000 / again.len()))
    };
    for (start, again) in [
        ("SELECT Id FROM Contact WHERE ", "("),
        ("SELECT Id FROM Contact WHERE ", "NOT "),
        (
            "SELECT Id FROM Contact WHERE ",
            "Id IN(SELECT Id FROM C WHERE ",
        ),
        ("SELECT ", "(SELECT "),
        ("SELECT ", "FORMAT("),
        ("SELECT Id FROM Contact WHERE Id", ".Id"),
        ("SELECT Id FROM Contact WHERE Id = 1", " AND Id=1"),
        ("SELECT Id FROM Contact WHERE Id IN (1", ",1"),
    ] {
        let answer = org
            .crm
            .get("Dana Reyes", &format!("/query?q={}", deep(start, again)))
            .await;

        assert!(
            answer.status.is_client_error(),
            "{start}{again}: {}",
            answer.status
        );
        assert_ne!(answer.body, Value::Null);
    }
}
