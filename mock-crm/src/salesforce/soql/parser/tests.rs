use super::*;

#[track_caller]
fn refused(query: &str) -> String {
    parse(query).unwrap_err().in_frame(query).to_string()
}

#[test]
fn what_clients_send_is_read() {
    for query in [
        "SELECT Id, Name FROM Account",
        "SELECT count() FROM Account WHERE Name LIKE 'A%'",
        "SELECT Owner.Name, CloseDate FROM Opportunity ORDER BY Owner.Name ASC, CloseDate DESC LIMIT 10",
        "SELECT Id, Name FROM Account ORDER BY CreatedDate DESC NULLS LAST LIMIT 2 FOR VIEW",
        "SELECT name FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE username='a')",
        "SELECT Id FROM Contact WHERE NOT (LastName = 'a' AND Email != null) LIMIT 10 OFFSET 20",
        "SELECT OwnerId, COUNT(Id) n FROM Contact GROUP BY OwnerId ORDER BY COUNT(Id) DESC",
        "SELECT c.Id FROM Contact c WHERE c.CreatedDate = LAST_N_DAYS:10",
        "SELECT Id FROM Contact WHERE Owner.Id NOT IN ('a', 'b') AND Amount > 5.5",
        "SELECT c.Id, a.Name FROM Contact c, c.Account a USING SCOPE mine WHERE a.Name = 'x' WITH SECURITY_ENFORCED",
        "SELECT Id, TYPEOF What WHEN Account, Case THEN Name, Phone ELSE Id END FROM Task WITH USER_MODE LIMIT 1",
        "SELECT FORMAT(MIN(CloseDate)) d FROM Opportunity GROUP BY ROLLUP(StageName) HAVING COUNT(Id) > 1 FOR VIEW, REFERENCE UPDATE TRACKING",
        "SELECT Id FROM Contact WHERE Languages__c INCLUDES ('A;B') AND Income__c > USD5000 UPDATE VIEWSTAT",
    ] {
        parse(query).unwrap();
    }
}

#[test]
fn a_misspelt_word_is_refused_with_its_place() {
    insta::assert_snapshot!(refused("SELECT Id FORM Account").trim_start(), @r"
    SELECT Id FORM Account
              ^
    ERROR at Row:1:Column:11
    unexpected token: 'FORM'
    ");
}

#[test]
fn and_with_or_takes_parentheses() {
    let refused = refused("SELECT Id FROM Contact WHERE A = 1 AND B = 2 OR C = 3");

    assert!(refused.ends_with("unexpected token: 'OR'"), "{refused}");
}

#[test]
fn a_query_that_is_nested_too_deep_is_refused() {
    for nested in ["(", "NOT ", "Id IN (SELECT Id FROM Contact WHERE "] {
        let query = format!("SELECT Id FROM Contact WHERE {}", nested.repeat(2500));

        assert!(refused(&query).ends_with("the query is nested too deep"));
    }
}

#[test]
fn what_is_soql_but_not_simulated_says_so() {
    for query in [
        "SELECT Id FROM Account WHERE DISTANCE(Place__c, GEOLOCATION(1, 2), 'mi') < 5",
        "SELECT Id FROM Account WITH DATA CATEGORY Geo__c AT usa__c",
    ] {
        let error = parse(query).unwrap_err().in_frame(query);
        assert_eq!(error.status_and_code().1, "NOT_SIMULATED", "{query}");
    }
}

#[test]
fn the_place_is_that_of_the_line() {
    insta::assert_snapshot!(refused("SELECT Id\nFROM Contact\n  WHERE Name = 'é' ^ 5").trim_start(), @r"
    WHERE Name = 'é' ^ 5
                       ^
    ERROR at Row:3:Column:20
    unexpected char: '^'
    ");
}

#[test]
fn clauses_are_read_in_their_order_only() {
    for query in [
        "SELECT Id FROM Contact LIMIT 1 WHERE Id != null",
        "SELECT Id FROM Contact ORDER BY Id GROUP BY Id",
        "SELECT Id FROM Contact LIMIT -1",
        "SELECT Id FROM Contact LIMIT 1.5",
        "SELECT Id FROM Contact FOR UPDATE",
        "SELECT Id FROM Contact FOR VIEW,",
        "SELECT Id, FROM Contact",
        "SELECT FROM Contact",
        "SELECT Id FROM Contact c d",
        "SELECT Id FROM Contact ALL ROWS",
        "SELECT Id FROM Contact WHERE Id IN ()",
        "SELECT Id FROM Contact WHERE Id = 'a' 'b'",
        "SELECT Id FROM Contact;",
        "SELECT FOO(Id) FROM Contact",
        "SELECT TYPEOF What THEN Name END FROM Task",
        "DELETE FROM Contact",
    ] {
        let error = parse(query).unwrap_err().in_frame(query);
        assert_eq!(error.status_and_code().1, "MALFORMED_QUERY", "{query}");
    }
}

#[test]
fn a_query_has_a_longest_length() {
    let query = |length: usize| format!("SELECT Id FROM Contact{}", " ".repeat(length - 22));

    parse(&query(LONGEST)).unwrap();
    assert!(refused(&query(LONGEST + 1)).ends_with("cannot be longer than 100000 characters."));
}
