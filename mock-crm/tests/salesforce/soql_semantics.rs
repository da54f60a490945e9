//! What queries mean.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::soql_org::org;

#[tokio::test]
async fn names_and_aliases_lead_to_fields() {
    let org = org().await;
    for (soql, expected) in [
        (
            "SELECT c.FirstName, a.Name FROM Contact c, c.Account a WHERE a.Name = 'acme'",
            "Ann,{Acme} | Cid,{Acme}",
        ),
        (
            "SELECT o.Username, Contact.FirstName FROM Contact c, c.Account a, a.Owner o WHERE c.FirstName = 'Ann'",
            "{{dana.reyes@example.com.org1}},Ann",
        ),
        (
            "SELECT FirstName FROM Contact USING SCOPE mine",
            "Ann | Cid",
        ),
        (
            "SELECT FirstName FROM Contact USING SCOPE everything WHERE LastName != null",
            "Ann | Bob | Cid",
        ),
        (
            "SELECT FirstName FROM Contact WITH SECURITY_ENFORCED ORDER BY FirstName DESC LIMIT 1",
            "Cid",
        ),
        (
            "SELECT toLabel(Type), convertCurrency(AnnualRevenue) r FROM Account LIMIT 1 UPDATE VIEWSTAT",
            "Customer,5000.0",
        ),
        (
            "SELECT FORMAT(AnnualRevenue) f, AnnualRevenue FROM Account",
            "$5,000.00,5000.0 | null,null",
        ),
        (
            "SELECT Name FROM Account WHERE toLabel(Type) = 'Partner'",
            "beta",
        ),
        (
            "SELECT FirstName FROM Contact WHERE Languages__c = 'english;japanese'",
            "Ann",
        ),
        (
            "SELECT FirstName FROM Contact WHERE Languages__c INCLUDES ('Japanese;English')",
            "Ann",
        ),
        (
            "SELECT Subject, TYPEOF What WHEN Account THEN Owner.Name, Type END FROM Task",
            "Call,{{Dana Reyes},Customer} | Plan,null",
        ),
        (
            "SELECT Subject, TYPEOF Who WHEN Lead THEN Company ELSE Name END FROM Task LIMIT 1",
            "Call,{Ann Lee}",
        ),
        (
            "SELECT Subject, Who.Type, Who.Name, Owner.Type FROM Task LIMIT 1",
            "Call,{Contact,Ann Lee},{User}",
        ),
        (
            "SELECT FirstName FROM Contact WHERE Id IN (SELECT WhoId FROM Task) AND AccountId IN (SELECT AccountId FROM Opportunity)",
            "Ann",
        ),
        (
            "SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)",
            "beta",
        ),
        ("SELECT FirstName FROM Contact LIMIT 0", ""),
        (
            "SELECT Name, (SELECT Name FROM Opportunities ORDER BY Amount LIMIT 1) FROM Account",
            "Acme,[Third] | beta,[Second]",
        ),
        (
            "SELECT Name, (SELECT FirstName, (SELECT Subject FROM Tasks) FROM Contacts WHERE FirstName > 'A') FROM Account",
            "Acme,[Ann,[Call] Cid,null] | beta,null",
        ),
    ] {
        assert_eq!(org.rows(soql).await, expected, "{soql}");
    }
}

#[tokio::test]
async fn nothing_compares_with_nothing() {
    let org = org().await;
    for (condition, expected) in [
        ("Email = null", "Bob"),
        ("Email != null", "Ann | Cid"),
        ("Email = ''", "Bob"),
        ("Email != 'ann@x.example'", "Bob | Cid"),
        ("Email > 'a'", "Ann | Cid"),
        ("Email < 'z'", "Ann | Cid"),
        ("Email LIKE '%'", "Ann | Cid"),
        ("NOT Email LIKE 'ann%'", "Bob | Cid"),
        ("Email NOT IN ('ann@x.example')", "Bob | Cid"),
        ("Email IN (null, 'ann@x.example')", "Ann | Bob"),
        ("Email NOT IN (null, 'ann@x.example')", "Cid"),
        ("Account.Name = null", "Bob"),
        ("Account.AnnualRevenue < 6000", "Ann | Cid"),
        ("LastName LIKE '50\\\\%%'", "Cid"),
        ("LastName LIKE '_ee'", "Ann"),
    ] {
        let soql = format!("SELECT FirstName FROM Contact WHERE {condition}");
        let soql = soql.replace("\\\\", "\\");
        assert_eq!(org.rows(&soql).await, expected, "{soql}");
    }
}

#[tokio::test]
async fn what_no_org_answers_is_refused() {
    let org = org().await;
    for (soql, expected) in [
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT ReportsToId FROM Contact)",
            "MALFORMED_QUERY: The inner and outer selects should not be on the same object type",
        ),
        (
            "SELECT Id FROM Contact WHERE LastName = 'x' OR AccountId IN (SELECT Id FROM Account)",
            "MALFORMED_QUERY: Semi join sub-selects are not allowed with the 'OR' operator",
        ),
        (
            "SELECT Id FROM Contact WHERE NOT AccountId IN (SELECT Id FROM Account)",
            "MALFORMED_QUERY: Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.",
        ),
        (
            "SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Case))",
            "MALFORMED_QUERY: Nesting of semi join sub-selects is not supported",
        ),
        (
            "SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account) AND Id IN (SELECT WhoId FROM Task) AND OwnerId IN (SELECT Id FROM User)",
            "MALFORMED_QUERY: Maximum 2 semi join sub-selects are allowed",
        ),
        (
            "SELECT Id FROM Contact WHERE AccountId IN (SELECT Name FROM Account)",
            "MALFORMED_QUERY: Semi join sub-selects can only query id fields, cannot use: 'Name'",
        ),
        (
            "SELECT Id FROM Contact WHERE LastName IN (SELECT Id FROM Account)",
            "MALFORMED_QUERY: Semi join sub-selects can only query id fields, cannot use: 'LastName'",
        ),
        (
            "SELECT Id FROM Contact WHERE AccountId IN (SELECT OwnerId FROM Account)",
            "MALFORMED_QUERY: The selected field 'OwnerId' in the subquery and the left operand field in the where expression in the outer query 'AccountId' should point to the same object type",
        ),
        (
            "SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account LIMIT 5)",
            "MALFORMED_QUERY: ORDER BY, LIMIT, OFFSET and GROUP BY are not allowed in a semi join sub-select",
        ),
        (
            "SELECT Id FROM Contact WHERE A = 1 AND B = 2 OR C = 3",
            "MALFORMED_QUERY: unexpected token: 'OR'",
        ),
        (
            "SELECT Id, Id FROM Contact",
            "INVALID_FIELD: duplicate field selected: Id",
        ),
        (
            "SELECT What.AnnualRevenue FROM Task",
            "INVALID_FIELD: No such column 'AnnualRevenue' on entity 'Name'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
        ),
        (
            "SELECT ReportsTo.ReportsTo.ReportsTo.ReportsTo.ReportsTo.ReportsTo.Name FROM Contact",
            "MALFORMED_QUERY: SOQL relationship path exceeds 5 levels: ReportsTo.ReportsTo.ReportsTo.ReportsTo.ReportsTo.ReportsTo",
        ),
        (
            "SELECT Id FROM Contact WHERE LastName INCLUDES ('x')",
            "INVALID_FIELD: invalid operator on string field",
        ),
        (
            "SELECT Id FROM Contact WHERE IsDeleted > false",
            "INVALID_FIELD: invalid operator on boolean field",
        ),
        (
            "SELECT Id FROM Contact WHERE OwnerId LIKE '005%'",
            "INVALID_FIELD: invalid operator on id field",
        ),
        (
            "SELECT Id FROM Contact WHERE IsDeleted = 'true'",
            "INVALID_FIELD: value of filter criterion for field 'IsDeleted' must be of type boolean and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Contact WHERE Account.NumberOfEmployees = '5'",
            "INVALID_FIELD: value of filter criterion for field 'NumberOfEmployees' must be of type int and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Contact WHERE LastName = x",
            "MALFORMED_QUERY: unexpected token: 'x'",
        ),
        (
            "SELECT Id FROM Contact WHERE LastName = true",
            "INVALID_FIELD: value of filter criterion for field 'LastName' must be of type string and should be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Contact WHERE Id IN :ids",
            "MALFORMED_QUERY: Bind variables only allowed in Apex code",
        ),
        (
            "SELECT Id FROM Contact LIMIT :n",
            "MALFORMED_QUERY: Bind variables only allowed in Apex code",
        ),
        (
            "SELECT Id FROM Contact ALL ROWS",
            "MALFORMED_QUERY: ALL ROWS not allowed in this context",
        ),
        (
            "SELECT Id FROM Contact USING SCOPE nobody",
            "MALFORMED_QUERY: scope 'nobody' is not supported on Contact",
        ),
        (
            "SELECT Id FROM Contact USING SCOPE team",
            "NOT_SIMULATED: mock-crm does not simulate USING SCOPE team in SOQL",
        ),
        (
            "SELECT FIELDS(CUSTOM) FROM Contact LIMIT 201",
            "MALFORMED_QUERY: The SOQL FIELDS function must have a LIMIT of at most 200",
        ),
        (
            "SELECT TYPEOF Account WHEN Account THEN Name END FROM Contact",
            "MALFORMED_QUERY: Account is not a polymorphic relationship",
        ),
        (
            "SELECT TYPEOF Who WHEN Account THEN Name END FROM Task",
            "INVALID_TYPE: sObject type 'Account' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
        ),
    ] {
        assert_eq!(org.refused(soql).await, expected, "{soql}");
    }
}

#[tokio::test]
async fn deleted_records_are_seen_by_query_all_alone() {
    let org = org().await;
    let crm = &org.crm;
    crm.delete("Dana Reyes", &format!("/sobjects/Contact/{}", org.ann))
        .await;
    let soql = "SELECT+FirstName+FROM+Contact+WHERE+IsDeleted=true";

    let hidden = crm.get("Dana Reyes", &format!("/query?q={soql}")).await;
    let seen = crm.get("Dana Reyes", &format!("/queryAll/?q={soql}")).await;
    let below = org
        .rows("SELECT Name, (SELECT FirstName FROM Contacts) FROM Account")
        .await;

    assert_eq!(hidden.body["totalSize"], 0);
    assert_eq!(seen.body["records"][0]["FirstName"], "Ann");
    assert_eq!(below, "Acme,[Cid] | beta,null");
}

#[tokio::test]
async fn records_below_come_in_pages_too() {
    let org = org().await;
    let crm = &org.crm;
    for chunk in 0..3 {
        let records: Vec<_> = (0..100)
            .map(|n| {
                json!({ "attributes": { "type": "Contact" }, "AccountId": org.acme,
                    "LastName": format!("n{}", 100 + chunk * 100 + n) })
            })
            .collect();
        crm.post(
            "Dana Reyes",
            "/composite/sobjects",
            json!({ "records": records }),
        )
        .await;
    }
    let sized = [("Sforce-Query-Options", "batchSize=200")];
    let soql = "/query?q=SELECT+Name,(SELECT+LastName+FROM+Contacts+WHERE+LastName+LIKE+'n%25'+ORDER+BY+LastName+DESC)+FROM+Account";

    let first = crm
        .call_with("Dana Reyes", Method::GET, soql, "", &sized)
        .await
        .body;
    let below = &first["records"][0]["Contacts"];
    let next = below["nextRecordsUrl"].as_str().unwrap();
    let next = next.trim_start_matches("/services/data/v60.0");
    let rest = crm.get("Dana Reyes", next).await;
    let stolen = crm.get("Robin Cole", next).await;

    let size = |page: &Value| page["records"].as_array().unwrap().len();
    assert_eq!(
        (size(below), &below["totalSize"], &below["done"]),
        (200, &json!(300), &json!(false))
    );
    assert_eq!((size(&rest.body), &rest.body["done"]), (100, &json!(true)));
    assert_eq!(rest.body["records"][99]["LastName"], "n100");
    assert_eq!(first["records"][1]["Contacts"], Value::Null);
    assert_eq!(
        (stolen.status, stolen.code()),
        (StatusCode::BAD_REQUEST, "INVALID_QUERY_LOCATOR")
    );
}
