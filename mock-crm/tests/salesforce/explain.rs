//! What `/query` says of a query: its columns, and how it would be answered.

use insta::assert_compact_json_snapshot;
use serde_json::Value;

use crate::soql_org::{SoqlOrg, org};

async fn columns(org: &SoqlOrg, soql: &str) -> Value {
    let soql = percent_encoding::utf8_percent_encode(soql, percent_encoding::NON_ALPHANUMERIC);
    let path = format!("/query?q={soql}&columns=true");
    let answer = org.crm.get("Dana Reyes", &path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body
}

/// Names of columns, with those joined in parentheses.
fn names(columns: &Value) -> String {
    let columns = columns.as_array().unwrap().iter().map(|column| {
        let name = column["columnName"].as_str().unwrap();
        let shown = column["displayName"].as_str().unwrap();
        let marks = if column["aggregate"] == true { "*" } else { "" };
        match names(&column["joinColumns"]) {
            joined if joined.is_empty() => format!("{name}/{shown}{marks}"),
            joined => format!("{name}{marks}({joined})"),
        }
    });
    columns.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn columns_are_described_without_running_the_query() {
    let org = org().await;

    let described = columns(
        &org,
        "SELECT Id, Income__c, Account.Owner.Name, (SELECT Subject FROM Tasks) FROM Contact",
    )
    .await;
    let grouped = columns(
        &org,
        "SELECT Type, COUNT(Id), MAX(Name) m FROM Account GROUP BY Type",
    )
    .await;
    let count = columns(&org, "SELECT COUNT() FROM Account").await;

    assert_eq!(
        names(&described["columnMetadata"]),
        "Id/Id Income__c/Income__c Account(Owner(Name/Name)) Tasks*(Subject/Subject)"
    );
    assert_compact_json_snapshot!(described["columnMetadata"][1], @r#"
    {
      "aggregate": false,
      "apexType": "Double",
      "booleanType": false,
      "columnName": "Income__c",
      "custom": true,
      "displayName": "Income__c",
      "foreignKeyName": null,
      "insertable": true,
      "joinColumns": [],
      "numberType": true,
      "textType": false,
      "updatable": true
    }
    "#);
    assert_eq!(
        (
            &described["entityName"],
            &described["idSelected"],
            &described["keyPrefix"]
        ),
        (&"Contact".into(), &true.into(), &"003".into())
    );
    assert_eq!(
        names(&grouped["columnMetadata"]),
        "Type/Type Count/expr0* Max/m*"
    );
    assert_eq!(grouped["groupBy"], true);
    assert_eq!(names(&count["columnMetadata"]), "");
}

#[tokio::test]
async fn plans_say_which_index_is_asked() {
    let org = org().await;
    let explained = |soql: &str| {
        let soql = percent_encoding::utf8_percent_encode(soql, percent_encoding::NON_ALPHANUMERIC);
        format!("/query/?explain={soql}")
    };

    let indexed = org
        .crm
        .get(
            "Dana Reyes",
            &explained("SELECT Id FROM Contact WHERE Ext__c = 'x-Ann'"),
        )
        .await;
    let scanned = org
        .crm
        .get(
            "Dana Reyes",
            &explained("SELECT Id FROM Contact WHERE LastName = 'Lee'"),
        )
        .await;
    let wrong = org.crm.get("Dana Reyes", &explained("SELECT")).await;
    let report = org
        .crm
        .get("Dana Reyes", &explained("00O001000000001"))
        .await;

    assert_eq!(
        indexed.body["plans"][0].to_string(),
        r#"{"cardinality":1,"fields":["Ext__c"],"leadingOperationType":"Index","notes":[],"relativeCost":0.3333333333333333,"sobjectCardinality":3,"sobjectType":"Contact"}"#
    );
    assert_eq!(
        indexed.body["plans"][1]["leadingOperationType"],
        "TableScan"
    );
    assert_eq!(
        indexed.body["sourceQuery"],
        "SELECT Id FROM Contact WHERE Ext__c = 'x-Ann'"
    );
    assert_eq!(scanned.body["plans"].as_array().unwrap().len(), 1);
    assert_eq!(
        (wrong.code(), report.code()),
        ("MALFORMED_QUERY", "NOT_SIMULATED")
    );
}
