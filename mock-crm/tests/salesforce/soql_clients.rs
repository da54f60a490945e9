//! The queries that the clients really send, each with its answer.

use crate::soql_org::org;

#[tokio::test]
async fn queries_of_clients_are_answered() {
    let org = org().await;
    for (soql, expected) in [
        // jsforce's tests.
        ("SELECT Name FROM Account", "Acme | beta"),
        (
            "SELECT Name, BillingState FROM Account WHERE Name LIKE 'Bulk Account 179%'",
            "",
        ),
        (
            "SELECT Name FROM Account WHERE CreatedDate < 1970-01-01T00:00:00Z",
            "",
        ),
        (
            "SELECT Account.Name, CloseDate FROM Opportunity ORDER BY Account.Name ASC, CloseDate DESC",
            "{Acme},2026-01-15 | {Acme},2025-12-31 | {beta},2026-03-20",
        ),
        (
            "SELECT Owner.Name, CloseDate FROM Opportunity ORDER BY Owner.Name ASC, CloseDate DESC LIMIT 10",
            "{Dana Reyes},2026-01-15 | {Dana Reyes},2025-12-31 | {Robin Cole},2026-03-20",
        ),
        (
            "SELECT Name, (SELECT FirstName, Email FROM Contacts LIMIT 2), (SELECT Name FROM Opportunities LIMIT 2) \
             FROM Account LIMIT 10",
            "Acme,[Ann,ann@x.example Cid,cid@x.example],[First Third] | beta,null,[Second]",
        ),
        (
            "SELECT Name FROM Account ORDER BY CreatedDate DESC LIMIT 2 FOR VIEW",
            "Acme | beta",
        ),
        (
            "SELECT Name FROM Account WHERE OwnerId != null ORDER BY LastModifiedDate DESC LIMIT 1",
            "Acme",
        ),
        (
            "SELECT Name FROM Account WHERE Type IN ('Customer', 'Partner')",
            "Acme | beta",
        ),
        (
            "SELECT Subject, Owner.Username, What.Name FROM Task WHERE IsClosed = false",
            "Call,{dana.reyes@example.com.org1},{Acme}",
        ),
        // jsforce's query builder.
        (
            "SELECT FirstName FROM Contact WHERE NOT (FirstName = 'Ann' AND LastName = 'Lee')",
            "Bob | Cid",
        ),
        (
            "SELECT FirstName FROM Contact WHERE (NOT FirstName LIKE 'A%') AND Email != null",
            "Cid",
        ),
        (
            "SELECT FirstName FROM Contact WHERE FirstName = 'Bob' OR (NOT (LastName LIKE '%'))",
            "Bob",
        ),
        (
            "SELECT FirstName FROM Contact WHERE LastName LIKE 'O\\'A%'",
            "Bob",
        ),
        (
            "SELECT FirstName FROM Contact WHERE CreatedDate = LAST_N_DAYS:10 AND CreatedDate < TOMORROW",
            "Ann | Bob | Cid",
        ),
        (
            "SELECT Name FROM Opportunity WHERE CloseDate > 2026-01-15",
            "Second",
        ),
        (
            "SELECT FirstName FROM Contact WHERE CreatedDate > 2010-11-01T19:45:04Z LIMIT 10 OFFSET 2",
            "Cid",
        ),
        (
            "SELECT Subject FROM Task WHERE WhatId != null AND WhoId = null",
            "",
        ),
        (
            "SELECT FirstName FROM Contact WHERE Languages__c INCLUDES ('English', 'Japanese')",
            "Ann | Bob",
        ),
        (
            "SELECT FirstName FROM Contact WHERE Languages__c EXCLUDES ('Japanese')",
            "Bob | Cid",
        ),
        // simple-salesforce.
        ("SELECT IsSandbox FROM Organization LIMIT 1", "false"),
        (
            "SELECT FirstName FROM Contact WHERE Income__c > USD400",
            "Bob | Cid",
        ),
        // Salesforce CLI.
        (
            "SELECT name FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE Name='Ada Min')",
            "System Administrator",
        ),
        (
            "SELECT name FROM profile WHERE name='system administrator'",
            "System Administrator",
        ),
        ("SELECT name FROM Contact WHERE LastName = 'lee'", "Ann Lee"),
        // Airbyte, tap-salesforce.
        (
            "SELECT FirstName FROM Contact WHERE SystemModstamp >= 2024-01-01T00:00:00+00:00  ORDER BY SystemModstamp ASC",
            "Ann | Bob | Cid",
        ),
        (
            "SELECT FirstName FROM Contact WHERE SystemModstamp >= 2026-11-01T00:00:00.000+00:00 AND SystemModstamp < \
             2026-12-01T00:00:00.000+0000",
            "",
        ),
        // CumulusCI.
        (
            "select FirstName,LastName from Contact",
            "Ann,Lee | Bob,O'Ash | Cid,50%_Oak",
        ),
        ("select count(Id) from Account", "2"),
        (
            "select Name,(select Name from Opportunities) from Account",
            "Acme,[First Third] | beta,[Second]",
        ),
        (
            "SELECT Name FROM Account WHERE Name != 'Sample Account for Entitlements'",
            "Acme | beta",
        ),
        (
            "SELECT TYPEOF Who WHEN Contact THEN LastName, Email WHEN Lead THEN LastName, Company ELSE Id END, \
             TYPEOF What WHEN Account THEN Name ELSE Id END, Subject FROM Task",
            "{Lee,ann@x.example},{Acme},Call | null,null,Plan",
        ),
        // aiosalesforce's escapes.
        (
            r"SELECT FirstName FROM Contact WHERE LastName LIKE '50\%\_%'",
            "Cid",
        ),
        (
            r"SELECT FirstName FROM Contact WHERE LastName = 'O\'Ash' AND CreatedDate > 2024-01-01T00:00:00.000+00:00",
            "Bob",
        ),
        // Sync engines.
        (
            "SELECT FirstName FROM Contact WHERE Email = 'ANN@x.example' LIMIT 1",
            "Ann",
        ),
        (
            "SELECT FirstName FROM Contact WHERE Ext__c IN ('x-Ann', 'X-BOB', 'none')",
            "Ann | Bob",
        ),
        (
            "SELECT Name, IsActive FROM User WHERE IsActive = false",
            "Ina Active,false",
        ),
        (
            "SELECT FirstName FROM Contact WHERE SystemModstamp > 2025-01-01T00:00:00Z ORDER BY SystemModstamp, Id",
            "Ann | Bob | Cid",
        ),
    ] {
        assert_eq!(org.rows(soql).await, expected, "{soql}");
    }
}

#[tokio::test]
async fn an_object_that_no_org_has_is_refused() {
    let org = org().await;

    let refused = org.refused("SELECT Id FROM ScratchOrgInfo limit 1").await;

    assert!(refused.starts_with("INVALID_TYPE: sObject type 'ScratchOrgInfo' is not supported."));
}

#[tokio::test]
async fn a_count_has_no_records() {
    let org = org().await;

    let count = org
        .query("SELECT count() FROM Account WHERE Name LIKE 'A%'")
        .await;

    assert_eq!(
        count.to_string(),
        r#"{"totalSize":1,"done":true,"records":[]}"#
    );
}

#[tokio::test]
async fn names_are_canonical_in_answers_and_the_id_comes_when_selected() {
    let org = org().await;

    let answer = org
        .query("SELECT id, USERNAME, profileid FROM User WHERE NAME = 'ada min'")
        .await;

    let names: Vec<_> = answer["records"][0]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(names, ["attributes", "Id", "Username", "ProfileId"]);
}
