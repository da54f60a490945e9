//! SOQL through `/query`.

use http::{Method, StatusCode};
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::harness::TestOrg;

/// Three contacts: Ann Lee of Acme (Dana's), Bob Ash of no account (Robin's), Cid Oak of Acme (Dana's).
async fn contacts() -> TestOrg {
    let crm = TestOrg::new();
    let acme = crm
        .given(
            "Dana Reyes",
            "Account",
            json!({ "Name": "Acme", "AnnualRevenue": 5 }),
        )
        .await;
    for (user, first, last, email, account) in [
        (
            "Dana Reyes",
            "Ann",
            "Lee",
            json!("ann@x.example"),
            json!(acme),
        ),
        ("Robin Cole", "Bob", "Ash", Value::Null, Value::Null),
        (
            "Dana Reyes",
            "Cid",
            "Oak",
            json!("cid@x.example"),
            json!(acme),
        ),
    ] {
        let fields =
            json!({ "FirstName": first, "LastName": last, "Email": email, "AccountId": account });
        crm.given(user, "Contact", fields).await;
    }
    crm
}

/// First names of the contacts that a condition finds.
async fn found(crm: &TestOrg, rest: &str) -> String {
    let answer = crm
        .query(
            "Dana Reyes",
            &format!("SELECT FirstName FROM Contact {rest}"),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{rest}: {}", answer.text);
    let records = answer.body["records"].as_array().unwrap();
    let names = records
        .iter()
        .map(|record| record["FirstName"].as_str().unwrap());
    names.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn records_come_with_attributes_and_what_was_selected() {
    let crm = contacts().await;

    let answer = crm
        .query(
            "Dana Reyes",
            "select lastname, Account.Name, account.annualrevenue FROM contact LIMIT 2",
        )
        .await;

    assert_compact_json_snapshot!(answer.body, @r#"
    {
      "totalSize": 2,
      "done": true,
      "records": [
        {
          "attributes": {
            "type": "Contact",
            "url": "/services/data/v60.0/sobjects/Contact/003001000000012AAA"
          },
          "LastName": "Lee",
          "Account": {
            "attributes": {
              "type": "Account",
              "url": "/services/data/v60.0/sobjects/Account/001001000000011AAA"
            },
            "Name": "Acme",
            "AnnualRevenue": 5.0
          }
        },
        {
          "attributes": {
            "type": "Contact",
            "url": "/services/data/v60.0/sobjects/Contact/003001000000013AAA"
          },
          "LastName": "Ash",
          "Account": null
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn conditions_pick_records() {
    let crm = contacts().await;
    let dana = crm.id("Dana Reyes");
    for (rest, expected) in [
        ("WHERE LastName = 'LEE'", "Ann"),
        ("WHERE LastName != 'Lee'", "Bob Cid"),
        ("WHERE Email != 'ann@x.example'", "Bob Cid"),
        ("WHERE Email = null", "Bob"),
        ("WHERE Email = ''", "Bob"),
        (
            "WHERE Email IN ('ANN@x.example', 'cid@x.example')",
            "Ann Cid",
        ),
        ("WHERE Email NOT IN ('ann@x.example')", "Bob Cid"),
        (
            "WHERE FirstName LIKE '%i%' OR (NOT LastName LIKE 'A%')",
            "Ann Cid",
        ),
        ("WHERE Account.Name = 'acme' AND LastName > 'M'", "Cid"),
        ("WHERE Account.AnnualRevenue >= 5", "Ann Cid"),
        (&format!("WHERE OwnerId = '{}'", &dana[..15]), "Ann Cid"),
        (
            &format!("WHERE Owner.Id = '{dana}' AND CreatedById = '{dana}'"),
            "Ann Cid",
        ),
        ("WHERE Owner.Name = 'Robin Cole'", "Bob"),
        ("WHERE CreatedDate = TODAY", "Ann Bob Cid"),
        ("WHERE CreatedDate > TODAY", ""),
        (
            "WHERE CreatedDate >= LAST_N_DAYS:3 AND SystemModstamp <= 2026-01-01T00:00:03.000+00:00",
            "Ann Bob Cid",
        ),
        ("WHERE CreatedDate < 1970-01-01T00:00:00Z", ""),
        (
            "WHERE IsDeleted = false AND IsEmailBounced = false",
            "Ann Bob Cid",
        ),
        (
            "WHERE AccountId IN (SELECT Id FROM Account WHERE Name = 'Acme')",
            "Ann Cid",
        ),
        (
            "WHERE AccountId NOT IN (SELECT Id FROM Account WHERE Name = 'Acme')",
            "Bob",
        ),
        (
            "WHERE OwnerId IN (SELECT Id FROM User WHERE Name LIKE 'Rob%')",
            "Bob",
        ),
    ] {
        assert_eq!(found(&crm, rest).await, expected, "{rest}");
    }
}

#[tokio::test]
async fn order_limit_and_offset_make_a_page() {
    let crm = contacts().await;
    for (rest, expected) in [
        ("ORDER BY LastName", "Bob Ann Cid"),
        ("ORDER BY LastName DESC LIMIT 2", "Cid Ann"),
        ("ORDER BY Email", "Bob Ann Cid"),
        ("ORDER BY Email DESC NULLS LAST", "Cid Ann Bob"),
        ("ORDER BY Account.Name, LastName DESC", "Bob Cid Ann"),
        ("ORDER BY LastName LIMIT 1 OFFSET 1", "Ann"),
    ] {
        assert_eq!(found(&crm, rest).await, expected, "{rest}");
    }
}

#[tokio::test]
async fn counts_and_groups() {
    let crm = contacts().await;

    let count = crm
        .query(
            "Dana Reyes",
            "SELECT count() FROM Contact WHERE Email != null",
        )
        .await;
    let all = crm
        .query(
            "Dana Reyes",
            "SELECT COUNT(Email), MAX(LastName) last FROM Contact",
        )
        .await;
    let groups = crm
        .query("Dana Reyes", "SELECT Owner.Name, COUNT(Id) n FROM Contact GROUP BY Owner.Name ORDER BY COUNT(Id) DESC")
        .await;

    assert_compact_json_snapshot!(count.body, @r#"{"totalSize": 2, "done": true, "records": []}"#);
    assert_compact_json_snapshot!(all.body, @r#"{"totalSize": 1, "done": true, "records": [{"attributes": {"type": "AggregateResult"}, "expr0": 2, "last": "Oak"}]}"#);
    assert_compact_json_snapshot!(groups.body, @r#"
    {
      "totalSize": 2,
      "done": true,
      "records": [
        {
          "attributes": {
            "type": "AggregateResult"
          },
          "Name": "Dana Reyes",
          "n": 2
        },
        {
          "attributes": {
            "type": "AggregateResult"
          },
          "Name": "Robin Cole",
          "n": 1
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn the_highest_permission_is_found_in_the_documented_ways() {
    let crm = TestOrg::new();
    let by_assignment = crm
        .query(
            "Dana Reyes",
            "SELECT Assignee.Name, PermissionSet.Profile.Name FROM PermissionSetAssignment WHERE \
             PermissionSet.PermissionsModifyAllData = true AND Assignee.IsActive = true",
        )
        .await;
    let by_profile = crm
        .query(
            "Dana Reyes",
            "SELECT Name FROM User WHERE ProfileId IN (SELECT Id FROM Profile WHERE PermissionsModifyAllData=true)",
        )
        .await;
    let from_above = crm
        .query("Dana Reyes", "SELECT Label, (SELECT Assignee.Name FROM Assignments) FROM PermissionSet WHERE PermissionsCreateAuditFields = true")
        .await;

    assert_eq!(by_assignment.body["totalSize"], 1, "{}", by_assignment.text);
    assert_eq!(
        by_assignment.body["records"][0]["Assignee"]["Name"],
        "Ada Min"
    );
    assert_eq!(
        by_assignment.body["records"][0]["PermissionSet"]["Profile"]["Name"],
        "System Administrator"
    );
    assert_eq!(by_profile.body["records"][0]["Name"], "Ada Min");
    assert_eq!(
        from_above.body["records"][0]["Assignments"]["records"][0]["Assignee"]["Name"],
        "Audi Ting"
    );
}

#[tokio::test]
async fn the_owner_of_a_lead_may_be_a_queue() {
    let crm = TestOrg::new();
    let off = [("Sforce-Auto-Assign", "FALSE")];
    let fields = json!({ "LastName": "Lee", "Company": "Acme", "OwnerId": crm.id("Lead Queue") });
    crm.call_with("Sam Sync", Method::POST, "/sobjects/Lead", fields, &off)
        .await;

    let answer = crm
        .query(
            "Dana Reyes",
            "SELECT Owner.Name, Owner.Type FROM Lead WHERE Owner.Type = 'Queue'",
        )
        .await;

    let owner = &answer.body["records"][0]["Owner"];
    assert_eq!(
        (&owner["Name"], &owner["attributes"]["type"]),
        (&json!("Lead Queue"), &json!("Group")),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn long_results_come_in_pages() {
    let crm = TestOrg::new();
    for chunk in 0..3 {
        let records: Vec<_> = (0..150)
            .map(|n| json!({ "attributes": { "type": "Contact" }, "LastName": format!("{chunk}-{n}") }))
            .collect();
        crm.post(
            "Dana Reyes",
            "/composite/sobjects",
            json!({ "records": records }),
        )
        .await;
    }
    let sized = [("Sforce-Query-Options", "batchSize=200")];

    let first = crm
        .call_with(
            "Dana Reyes",
            Method::GET,
            "/query?q=SELECT+LastName+FROM+Contact+ORDER+BY+LastName",
            "",
            &sized,
        )
        .await
        .body;
    let next = first["nextRecordsUrl"]
        .as_str()
        .unwrap()
        .trim_start_matches("/services/data/v60.0")
        .to_owned();
    let second = crm.get("Dana Reyes", &next).await.body;
    let last = second["nextRecordsUrl"]
        .as_str()
        .unwrap()
        .trim_start_matches("/services/data/v60.0")
        .to_owned();
    let third = crm.get("Dana Reyes", &last).await.body;

    let sizes = [&first, &second, &third].map(|page| {
        (
            page["records"].as_array().unwrap().len(),
            page["done"].clone(),
        )
    });
    assert_eq!(
        sizes,
        [(200, json!(false)), (200, json!(false)), (50, json!(true))]
    );
    assert_eq!(
        (&first["totalSize"], &third["records"][49]["LastName"]),
        (&json!(450), &json!("2-99"))
    );
    for (user, locator) in [
        ("Robin Cole", next.as_str()),
        ("Dana Reyes", "/query/01gxx"),
        ("Dana Reyes", "/query/é"),
    ] {
        assert_eq!(
            crm.get(user, &locator.replace('é', "%C3%A9")).await.code(),
            "INVALID_QUERY_LOCATOR",
            "{locator}"
        );
    }
}

#[tokio::test]
async fn all_fields_can_be_selected_a_few_records_at_a_time() {
    let crm = contacts().await;

    let answer = crm
        .query("Dana Reyes", "SELECT FIELDS(ALL) FROM Contact LIMIT 1")
        .await;

    assert_eq!(
        answer.body["records"][0]["LastName"], "Lee",
        "{}",
        answer.text
    );
}
