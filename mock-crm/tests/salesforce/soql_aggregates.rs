//! Aggregate queries.

use insta::assert_compact_json_snapshot;

use crate::soql_org::org;

#[tokio::test]
async fn groups_are_counted_filtered_and_ordered() {
    let org = org().await;
    for (soql, expected) in [
        (
            "SELECT COUNT(Id), COUNT(Email), COUNT_DISTINCT(AccountId) FROM Contact",
            "3,2,1",
        ),
        (
            "SELECT SUM(Amount), AVG(Amount), MIN(CloseDate), MAX(Amount) FROM Opportunity",
            "4000.5,1333.5,2025-12-31,2500.5",
        ),
        (
            "SELECT SUM(Amount), MIN(Name), COUNT(Id) FROM Opportunity WHERE Name = 'none'",
            "null,null,0",
        ),
        (
            "SELECT Account.Name, SUM(Amount) total FROM Opportunity GROUP BY Account.Name",
            "Acme,1500.0 | beta,2500.5",
        ),
        (
            "SELECT Account.Name n FROM Opportunity GROUP BY Account.Name HAVING SUM(Amount) > 2000",
            "beta",
        ),
        (
            "SELECT StageName FROM Opportunity GROUP BY StageName HAVING COUNT(Id) = 3 AND StageName LIKE 'P%'",
            "Prospecting",
        ),
        (
            "SELECT AccountId FROM Contact GROUP BY AccountId HAVING AccountId = null",
            "null",
        ),
        (
            "SELECT Account.Name FROM Opportunity GROUP BY Account.Name ORDER BY SUM(Amount) DESC LIMIT 1",
            "beta",
        ),
        (
            "SELECT Account.Name FROM Opportunity GROUP BY Account.Name ORDER BY Account.Name DESC LIMIT 1 OFFSET 1",
            "Acme",
        ),
        ("SELECT FORMAT(SUM(Amount)) s FROM Opportunity", "$4,000.50"),
        ("SELECT COUNT(Id) FROM Contact HAVING COUNT(Id) > 5", ""),
    ] {
        assert_eq!(org.rows(soql).await, expected, "{soql}");
    }
}

#[tokio::test]
async fn subtotals() {
    let org = org().await;
    for (soql, expected) in [
        (
            "SELECT StageName, Account.Name, GROUPING(Account.Name) g, COUNT(Id) FROM Opportunity \
             GROUP BY ROLLUP(StageName, Account.Name) ORDER BY GROUPING(Account.Name)",
            "refused",
        ),
        (
            "SELECT StageName, Account.Name, GROUPING(Account.Name) g, COUNT(Id) FROM Opportunity \
             GROUP BY ROLLUP(StageName, Account.Name) ORDER BY StageName NULLS LAST, Account.Name NULLS LAST",
            "Prospecting,Acme,0,2 | Prospecting,beta,0,1 | Prospecting,null,1,3 | null,null,1,3",
        ),
        (
            "SELECT Account.Name, COUNT(Id) n FROM Opportunity GROUP BY CUBE(StageName, Account.Name) \
             ORDER BY Account.Name NULLS LAST, StageName NULLS LAST",
            "Acme,2 | Acme,2 | beta,1 | beta,1 | null,3 | null,3",
        ),
    ] {
        match expected {
            "refused" => assert!(org.refused(soql).await.starts_with("MALFORMED_QUERY")),
            expected => assert_eq!(org.rows(soql).await, expected, "{soql}"),
        }
    }
}

#[tokio::test]
async fn columns_without_a_name_are_numbered() {
    let org = org().await;

    let answer = org
        .query("SELECT CALENDAR_YEAR(CloseDate), COUNT(Id), StageName s, MAX(Amount) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate), StageName")
        .await;

    assert_compact_json_snapshot!(answer["records"][0], @r#"{"attributes": {"type": "AggregateResult"}, "expr0": 2025, "expr1": 1, "s": "Prospecting", "expr2": 500.0}"#);
}

#[tokio::test]
async fn rules_of_aggregates_are_kept() {
    let org = org().await;
    for (soql, expected) in [
        (
            "SELECT Name, COUNT(Id) FROM Account",
            "MALFORMED_QUERY: Field must be grouped or aggregated: Name",
        ),
        (
            "SELECT Account.Name FROM Contact GROUP BY AccountId",
            "MALFORMED_QUERY: Field must be grouped or aggregated: Account.Name",
        ),
        (
            "SELECT COUNT(Id) FROM Account ORDER BY Name",
            "MALFORMED_QUERY: Ordered field must be grouped or aggregated: Name",
        ),
        (
            "SELECT Name FROM Account GROUP BY Name HAVING Type = 'x'",
            "MALFORMED_QUERY: Field must be grouped or aggregated: Type",
        ),
        (
            "SELECT CALENDAR_YEAR(CreatedDate) FROM Account",
            "MALFORMED_QUERY: Field must be grouped or aggregated: CALENDAR_YEAR(CreatedDate)",
        ),
        (
            "SELECT SUM(Name) FROM Account",
            "MALFORMED_QUERY: field Name does not support aggregate operator SUM",
        ),
        (
            "SELECT MAX(IsDeleted) FROM Account",
            "MALFORMED_QUERY: field IsDeleted does not support aggregate operator MAX",
        ),
        (
            "SELECT CreatedDate FROM Account GROUP BY CreatedDate",
            "INVALID_FIELD: field 'CreatedDate' can not be grouped in a query call",
        ),
        (
            "SELECT AnnualRevenue FROM Account GROUP BY AnnualRevenue",
            "INVALID_FIELD: field 'AnnualRevenue' can not be grouped in a query call",
        ),
        (
            "SELECT Id FROM Account WHERE COUNT(Id) > 1",
            "MALFORMED_QUERY: aggregate functions are not allowed in WHERE, use HAVING",
        ),
        (
            "SELECT Id FROM Account HAVING Name = 'x'",
            "MALFORMED_QUERY: HAVING needs GROUP BY or an aggregate function",
        ),
        (
            "SELECT COUNT(), Name FROM Account",
            "MALFORMED_QUERY: COUNT() must be the only element of the SELECT list, without GROUP BY and ORDER BY",
        ),
        (
            "SELECT Name, (SELECT COUNT(Id) FROM Contacts) FROM Account",
            "MALFORMED_QUERY: Only root queries support aggregate expressions",
        ),
        (
            "SELECT COUNT(Id) FROM Account GROUP BY CUBE(Name, Type, Site, Phone)",
            "MALFORMED_QUERY: a maximum of 3 fields is allowed in ROLLUP and CUBE",
        ),
        (
            "SELECT COUNT(Id), (SELECT Id FROM Contacts) FROM Account",
            "MALFORMED_QUERY: not allowed in an aggregate query",
        ),
        (
            "SELECT Name n FROM Account",
            "MALFORMED_QUERY: only aggregate expressions use field aliasing",
        ),
    ] {
        assert_eq!(org.refused(soql).await, expected, "{soql}");
    }
}
