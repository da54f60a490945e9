//! Days, instants and their literals. It is 2026-01-01, a Thursday; opportunities close on 2025-12-31 (Third),
//! 2026-01-15 (First) and 2026-03-20 (Second).

use crate::soql_org::org;

#[tokio::test]
async fn literals_of_days_are_periods() {
    let org = org().await;
    for (condition, expected) in [
        ("= YESTERDAY", "Third"),
        ("= TODAY", ""),
        ("= LAST_YEAR", "Third"),
        ("= THIS_YEAR", "First | Second"),
        ("> LAST_YEAR", "First | Second"),
        ("<= THIS_MONTH", "First | Third"),
        ("= THIS_QUARTER", "First | Second"),
        ("= LAST_FISCAL_QUARTER", "Third"),
        ("= THIS_FISCAL_YEAR", "First | Second"),
        ("= LAST_N_DAYS:1", "Third"),
        ("= NEXT_N_DAYS:14", "First"),
        ("= NEXT_N_WEEKS:2", "First"),
        ("= N_DAYS_AGO:1", "Third"),
        ("= N_MONTHS_AGO:1", "Third"),
        ("= N_QUARTERS_AGO:1", "Third"),
        ("= NEXT_N_MONTHS:2", "Second"),
        ("= LAST_N_FISCAL_YEARS:3", "Third"),
        ("= NEXT_90_DAYS", "First | Second"),
        ("!= THIS_YEAR", "Third"),
        ("< THIS_WEEK", ""),
        ("= THIS_WEEK", "Third"),
        ("IN (YESTERDAY, 2026-03-20)", "Second | Third"),
        ("NOT IN (YESTERDAY, 2026-03-20)", "First"),
        ("= null", ""),
    ] {
        let soql = format!("SELECT Name FROM Opportunity WHERE CloseDate {condition}");
        assert_eq!(org.rows(&soql).await, expected, "{soql}");
    }
}

#[tokio::test]
async fn parts_of_dates_can_be_compared_and_grouped_by() {
    let org = org().await;
    for (soql, expected) in [
        (
            "SELECT Name FROM Opportunity WHERE CALENDAR_YEAR(CloseDate) = 2026",
            "First | Second",
        ),
        (
            "SELECT Name FROM Opportunity WHERE CALENDAR_MONTH(CloseDate) IN (3, 12)",
            "Second | Third",
        ),
        (
            "SELECT Name FROM Opportunity WHERE DAY_IN_WEEK(CloseDate) = 5",
            "First",
        ),
        (
            "SELECT Name FROM Opportunity WHERE DAY_ONLY(CreatedDate) = 2026-01-01 AND HOUR_IN_DAY(convertTimezone(CreatedDate)) = 0",
            "First | Second | Third",
        ),
        (
            "SELECT Name FROM Opportunity WHERE DAY_ONLY(CreatedDate) < TODAY",
            "",
        ),
        (
            "SELECT CALENDAR_QUARTER(CloseDate) q, COUNT(Id) FROM Opportunity GROUP BY CALENDAR_QUARTER(CloseDate) ORDER BY CALENDAR_QUARTER(CloseDate) DESC",
            "4,1 | 1,2",
        ),
        (
            "SELECT DAY_ONLY(CreatedDate) FROM Opportunity GROUP BY DAY_ONLY(CreatedDate)",
            "2026-01-01",
        ),
        (
            "SELECT FORMAT(CloseDate), FORMAT(CreatedDate) c FROM Opportunity WHERE Name = 'First'",
            "1/15/2026,1/1/2026, 12:00 AM",
        ),
    ] {
        assert_eq!(org.rows(soql).await, expected, "{soql}");
    }
}

#[tokio::test]
async fn days_and_instants_are_not_mixed() {
    let org = org().await;
    for (condition, expected) in [
        (
            "CreatedDate > 2026-01-01",
            "INVALID_FIELD: value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
        ),
        (
            "CloseDate > 2026-01-01T00:00:00Z",
            "INVALID_FIELD: value of filter criterion for field 'CloseDate' must be of type date and should not be enclosed in quotes",
        ),
        (
            "CloseDate > '2026-01-01'",
            "INVALID_FIELD: value of filter criterion for field 'CloseDate' must be of type date and should not be enclosed in quotes",
        ),
        (
            "CloseDate = 2026-02-30",
            "MALFORMED_QUERY: line 1:47 no viable alternative at '2026-02-30'",
        ),
        (
            "CreatedDate > 2026-01-01T25:00:00Z",
            "MALFORMED_QUERY: line 1:49 no viable alternative at '2026-01-01T25:00:00Z'",
        ),
        (
            "CloseDate = SOMEDAY",
            "MALFORMED_QUERY: unexpected token: 'SOMEDAY'",
        ),
        (
            "CloseDate = LAST_N_DAYS:99999999999",
            "MALFORMED_QUERY: unexpected token: 'LAST_N_DAYS'",
        ),
        (
            "CloseDate = LAST_N_DAYS:-5",
            "MALFORMED_QUERY: unexpected token: 'LAST_N_DAYS'",
        ),
        (
            "CALENDAR_YEAR(Name) = 2026",
            "MALFORMED_QUERY: function CALENDAR_YEAR can not be used with field Name",
        ),
        (
            "HOUR_IN_DAY(CloseDate) = 5",
            "MALFORMED_QUERY: function HOUR_IN_DAY can not be used with field CloseDate",
        ),
        (
            "CALENDAR_YEAR(CloseDate) = '2026'",
            "INVALID_FIELD: value of filter criterion for field 'CALENDAR_YEAR(CloseDate)' must be of type int and should not be enclosed in quotes",
        ),
    ] {
        let soql = format!("SELECT Name FROM Opportunity WHERE {condition}");
        assert_eq!(org.refused(&soql).await, expected, "{soql}");
    }
}
