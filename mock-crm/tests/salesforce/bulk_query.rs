//! Bulk API 2.0, records out.

use http::StatusCode;
use insta::{assert_json_snapshot, assert_snapshot};
use mock_crm::salesforce::{BulkInstants, OrgSpec, Switches};
use serde_json::{Value, json};

use crate::bulk_ingest::{over, run};
use crate::harness::{Answer, TestOrg, spec};

const JOBS: &str = "/jobs/query";
const USER: &str = "Dana Reyes";

async fn asked(crm: &TestOrg, operation: &str, soql: &str) -> Answer {
    crm.post(USER, JOBS, json!({ "operation": operation, "query": soql }))
        .await
}

/// A query job from its creation to its end; its path.
async fn queried(crm: &TestOrg, operation: &str, soql: &str) -> String {
    let answer = asked(crm, operation, soql).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let path = format!("{JOBS}/{}", answer.id());
    over(crm, USER, &path).await;
    path
}

async fn results(crm: &TestOrg, job: &str, query: &str) -> Answer {
    crm.get(USER, &format!("{job}/results{query}")).await
}

/// Contacts `C 0`, `C 1`, … with line breaks and quotes in them.
async fn contacts(crm: &TestOrg, count: usize) {
    let rows = (0..count).map(|row| format!("C {row},\"a \"\"quoted\"\"\nline\"\n"));
    let csv = "LastName,Description\n".to_owned() + &rows.collect::<String>();
    let job = json!({ "object": "Contact", "operation": "insert" });
    run(crm, USER, job, &csv).await;
}

#[tokio::test]
async fn a_query_is_a_job_with_a_result() {
    let crm = TestOrg::new();
    let account = json!({ "Name": "Acme", "AnnualRevenue": 5, "NumberOfEmployees": 7 });
    let account = crm.given(USER, "Account", account).await;
    crm.given(
        USER,
        "Contact",
        json!({ "LastName": "Łęe \"X\"", "AccountId": account }),
    )
    .await;
    crm.given(USER, "Contact", json!({ "LastName": "Li" }))
        .await;
    let soql = "select LASTNAME, Title, IsDeleted, Account.Name, Account.AnnualRevenue, CreatedDate, \
                Contact.Account.NumberOfEmployees from contact order by LastName desc";

    let job = queried(&crm, "query", soql).await;

    let mut shown = crm.get(USER, &job).await.body;
    shown
        .as_object_mut()
        .unwrap()
        .retain(|key, _| !["createdById", "id"].contains(&key.as_str()));
    assert_json_snapshot!(shown, @r#"
    {
      "operation": "query",
      "object": "Contact",
      "createdDate": "2026-01-01T00:00:03.000+0000",
      "systemModstamp": "2026-01-01T00:00:03.000+0000",
      "state": "JobComplete",
      "concurrencyMode": "Parallel",
      "contentType": "CSV",
      "apiVersion": 60.0,
      "jobType": "V2Query",
      "lineEnding": "LF",
      "columnDelimiter": "COMMA",
      "retries": 0,
      "totalProcessingTime": 0,
      "numberRecordsProcessed": 2
    }
    "#);
    let answer = results(&crm, &job, "").await;
    assert_snapshot!(answer.text, @r#"
    "LastName","Title","IsDeleted","Account.Name","Account.AnnualRevenue","CreatedDate","Account.NumberOfEmployees"
    "Łęe ""X""","","false","Acme","5.0","2026-01-01T00:00:03.000Z","7"
    "Li","","false","","","2026-01-01T00:00:03.000Z",""
    "#);
    assert_eq!(answer.header("content-type"), Some("text/csv"));
    assert_eq!(answer.header("sforce-locator"), Some("null"));
    assert_eq!(answer.header("sforce-numberofrecords"), Some("2"));
    assert_eq!(crm.delete(USER, &job).await.status, StatusCode::NO_CONTENT);
    assert_eq!(results(&crm, &job, "").await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn a_long_result_comes_in_pages() {
    let crm = TestOrg::new();
    contacts(&crm, 1234).await;
    let whole = results(
        &crm,
        &queried(&crm, "query", "SELECT LastName, Description FROM Contact").await,
        "",
    )
    .await;
    let job = queried(&crm, "query", "SELECT LastName, Description FROM Contact").await;

    let (mut read, mut locator, mut pages) = (String::new(), String::new(), Vec::new());
    while locator != "null" {
        let page = results(&crm, &job, &format!("?locator={locator}&maxRecords=333")).await;
        let (head, rows) = page.text.split_once('\n').unwrap();
        assert_eq!(head, "\"LastName\",\"Description\"");
        read += rows;
        pages.push(page.header("sforce-numberofrecords").unwrap().to_owned());
        locator = page.header("sforce-locator").unwrap().to_owned();
    }

    assert_eq!(pages, ["333", "333", "333", "235"]);
    assert_eq!(whole.text, format!("\"LastName\",\"Description\"\n{read}"));
    assert_eq!(
        results(&crm, &job, "?locator=MTIzNQ").await.code(),
        "CLIENTINPUTERROR"
    );
    assert_eq!(
        results(&crm, &job, "?locator=%00").await.code(),
        "CLIENTINPUTERROR"
    );
}

#[tokio::test]
async fn the_recycle_bin_is_for_query_all() {
    let crm = TestOrg::new();
    let id = crm
        .given(USER, "Contact", json!({ "LastName": "Lee" }))
        .await;
    crm.delete(USER, &format!("/sobjects/Contact/{id}")).await;
    let soql = "SELECT LastName FROM Contact";

    let present = queried(&crm, "query", soql).await;
    let all = queried(&crm, "queryAll", soql).await;

    assert_eq!(results(&crm, &present, "").await.text, "\"LastName\"\n");
    assert_eq!(
        results(&crm, &all, "").await.text,
        "\"LastName\"\n\"Lee\"\n"
    );
}

#[tokio::test]
async fn what_has_no_table_is_refused() {
    let crm = TestOrg::new();
    let code = async |soql: &str| {
        let answer = asked(&crm, "query", soql).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{soql}");
        answer.code().to_owned()
    };

    assert_eq!(code("SELECT COUNT() FROM Contact").await, "INVALIDBATCH");
    assert_eq!(
        code("SELECT LastName FROM Contact GROUP BY LastName").await,
        "INVALIDBATCH"
    );
    assert_eq!(
        code("SELECT Id FROM Contact LIMIT 5 OFFSET 5").await,
        "INVALIDBATCH"
    );
    assert_eq!(
        code("SELECT Id, (SELECT Id FROM Contacts) FROM Account").await,
        "INVALIDBATCH"
    );
    assert_eq!(code("SELECT Nothing FROM Contact").await, "INVALID_FIELD");
    assert_eq!(code("SELECT Id FROM Nothing").await, "INVALID_TYPE");
    assert_eq!(code("SELECT").await, "MALFORMED_QUERY");
    for soql in [
        "SELECT MailingAddress FROM Contact",
        "SELECT Account.BillingAddress FROM Contact",
    ] {
        let answer = asked(&crm, "query", soql).await;
        assert_eq!(answer.code(), "INVALID_FIELD");
        assert_eq!(
            answer.body[0]["message"],
            "Selecting compound data not supported in Bulk Query"
        );
    }
    assert_eq!(
        asked(&crm, "insert", "SELECT Id FROM Contact").await.code(),
        "INVALIDJOB"
    );
}

#[tokio::test]
async fn a_query_job_belongs_to_its_creator_and_counts_against_the_limit() {
    let crm = TestOrg::new();
    let job = queried(&crm, "query", "SELECT Id FROM Contact").await;

    assert_eq!(crm.get("Robin Cole", &job).await.code(), "INVALIDUSER");
    assert_eq!(crm.get("Ada Min", &job).await.status, StatusCode::OK);
    let limits = crm.get(USER, "/limits").await.body;
    assert_eq!(limits["DailyBulkV2QueryJobs"]["Remaining"], 9_999);
    let list = crm.get(USER, JOBS).await.body;
    assert_eq!(list["records"][0]["jobType"], "V2Query");
    let aborted = crm.patch(USER, &job, json!({ "state": "Aborted" })).await;
    assert_eq!(aborted.code(), "INVALIDJOBSTATE");
    assert_eq!(aborted.body[0]["fields"], Value::Null);
}

#[tokio::test]
async fn a_switch_writes_instants_as_rest_does() {
    let switches = Switches {
        bulk_query_instants: BulkInstants::Offset,
        ..Switches::default()
    };
    let crm = TestOrg::of(OrgSpec { switches, ..spec() });
    crm.given(USER, "Contact", json!({ "LastName": "Lee" }))
        .await;

    let job = queried(&crm, "query", "SELECT CreatedDate FROM Contact").await;

    let cells = results(&crm, &job, "").await.text;
    assert_eq!(cells, "\"CreatedDate\"\n\"2026-01-01T00:00:03.000+0000\"\n");
}
