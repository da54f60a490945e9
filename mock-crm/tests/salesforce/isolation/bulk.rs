//! Jobs: their ids, their rows, their results.

use http::Method;
use mock_crm::salesforce::Org;
use serde_json::{Value, json};
use std::sync::Arc;

use super::two_orgs::TwoOrgs;
use crate::harness::Answer;

const INGEST: &str = "/jobs/ingest";
const QUERY: &str = "/jobs/query";

async fn job(two: &TwoOrgs, token: &str, jobs: &str, job: Value) -> String {
    let answer = two.rest(token, Method::POST, jobs, &job.to_string()).await;
    format!("{jobs}/{}", answer.id())
}

async fn over(two: &TwoOrgs, token: &str, job: &str) -> Value {
    for _ in 0..20_000 {
        let body = two.rest(token, Method::GET, job, "").await.body;
        if ["JobComplete", "Failed"].contains(&body["state"].as_str().unwrap_or("")) {
            return body;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("{job} does not end");
}

/// A job of rows from its creation to its end; its path.
async fn rows(two: &TwoOrgs, token: &str, description: Value, csv: &str) -> String {
    let job = job(two, token, INGEST, description).await;
    two.rest(token, Method::PUT, &format!("{job}/batches"), csv)
        .await;
    two.rest(token, Method::PATCH, &job, r#"{"state":"UploadComplete"}"#)
        .await;
    over(two, token, &job).await;
    job
}

/// Three jobs of an org: one that is open, one that is over, one that has found something.
async fn jobs(two: &TwoOrgs, org: &Arc<Org>) -> [String; 3] {
    let token = two.token(org);
    let insert = json!({ "object": "Account", "operation": "insert" });
    let query = json!({ "operation": "query", "query": "SELECT Id, Name FROM Account" });
    let open = job(two, &token, INGEST, insert.clone()).await;
    let done = rows(two, &token, insert, "Name,Site\nRed or blue,\n,x\n").await;
    let found = job(two, &token, QUERY, query).await;
    over(two, &token, &found).await;
    [open, done, found]
}

/// Doors of the job in braces, and what the red org has there.
const DOORS: [(&str, &str, &str); 14] = [
    ("GET", "{open}", ""),
    ("PUT", "{open}/batches", "Name\nStolen\n"),
    ("PATCH", "{open}", r#"{"state":"UploadComplete"}"#),
    ("PATCH", "{open}", r#"{"state":"Aborted"}"#),
    ("GET", "{done}", ""),
    ("DELETE", "{done}", ""),
    ("GET", "{done}/successfulResults", ""),
    ("GET", "{done}/failedResults", ""),
    ("GET", "{done}/unprocessedrecords", ""),
    ("GET", "{found}", ""),
    ("PATCH", "{found}", r#"{"state":"Aborted"}"#),
    ("DELETE", "{found}", ""),
    ("GET", "{found}/results", ""),
    ("GET", "{found}/results?locator=MTAw&maxRecords=100", ""),
];

#[tokio::test]
async fn jobs_of_the_other_org_are_as_good_as_none() {
    let two = TwoOrgs::new().await;
    let (red, blue) = (two.token(&two.crm.org), two.token(&two.blue));
    // The same jobs in the same order: they have the same numbers.
    let red_jobs = jobs(&two, &two.crm.org).await;
    let blue_jobs = jobs(&two, &two.blue).await;
    let shown = async |token: &str, jobs: &[String; 3]| {
        let mut bodies = Vec::new();
        for job in jobs {
            bodies.push(two.rest(token, Method::GET, job, "").await.body);
        }
        bodies
    };
    let before = (shown(&red, &red_jobs).await, shown(&blue, &blue_jobs).await);
    for (method, path, body) in DOORS {
        let [open, done, found] = &red_jobs;
        let path = path.replace("{open}", open).replace("{done}", done);
        let path = path.replace("{found}", found);
        let method = Method::from_bytes(method.as_bytes()).unwrap();

        let answer = two.rest(&blue, method.clone(), &path, body).await;

        assert_eq!(
            answer.code(),
            "NOT_FOUND",
            "{method} {path}: {}",
            answer.text
        );
        if method == Method::GET {
            let own = two.rest(&red, method, &path, body).await;
            // Only what is not over has no results.
            assert!(own.status.is_success(), "{path}: {}", own.text);
        }
    }

    let after = (shown(&red, &red_jobs).await, shown(&blue, &blue_jobs).await);
    assert_eq!(before, after);
    for (jobs, path) in [(INGEST, &red_jobs[0]), (QUERY, &red_jobs[2])] {
        let id = path.rsplit('/').next().unwrap();
        let list = async |token: &str| two.rest(token, Method::GET, jobs, "").await.text;
        assert!(list(&red).await.contains(id));
        assert!(!list(&blue).await.contains(id));
    }
}

#[tokio::test]
async fn rows_name_records_and_users_of_their_own_org_only() {
    let two = TwoOrgs::new().await;
    let only_red = json!({ "LastName": "Only", "Ext__c": "only-red" });
    two.crm.given("Dana Reyes", "Contact", only_red).await;
    let (red, blue) = (two.token(&two.crm.org), two.token(&two.blue));
    let before = two.crm.creates().len();
    let contact = |operation: &str| json!({ "object": "Contact", "operation": operation });
    let upsert = |key: &str| json!({ "object": "Contact", "operation": "upsert", "externalIdFieldName": key });
    for (job, csv) in [
        (contact("update"), "Id,LastName\n{contact},Stolen\n"),
        (upsert("Id"), "Id,LastName\n{contact},Stolen\n"),
        (contact("insert"), "LastName,ReportsToId\nNew,{contact}\n"),
        (
            contact("insert"),
            "LastName,ReportsTo.Ext__c\nNew,only-red\n",
        ),
        (contact("insert"), "LastName,OwnerId\nNew,{user}\n"),
        (contact("delete"), "Id\n{contact}\n"),
    ] {
        let csv = two.fill(csv);

        let path = rows(&two, &blue, job.clone(), &csv).await;

        let shown = two.rest(&blue, Method::GET, &path, "").await;
        let failed = two
            .rest(&blue, Method::GET, &format!("{path}/failedResults"), "")
            .await;
        assert_eq!(
            shown.body["numberRecordsFailed"], 1,
            "{csv}: {}",
            shown.text
        );
        assert!(!failed.text.contains("Red"), "{csv}: {}", failed.text);
        two.check_red(&csv).await;
        assert_eq!(two.crm.creates().len(), before, "{csv}");
    }

    // The key of a record of the other org is free: this one gets a record of its own.
    let created = rows(
        &two,
        &blue,
        upsert("Ext__c"),
        "Ext__c,LastName\nonly-red,New\n",
    )
    .await;
    let created = format!("{created}/successfulResults");
    let created = two.rest(&blue, Method::GET, &created, "").await.text;
    assert!(
        created.contains("\"true\",\"only-red\",\"New\""),
        "{created}"
    );
    let path = "/sobjects/Contact/Ext__c/only-red";
    let name =
        async |token: &str| two.rest(token, Method::GET, path, "").await.body["LastName"].clone();
    assert_eq!(
        (name(&red).await, name(&blue).await),
        ("Only".into(), "New".into())
    );
}

#[tokio::test]
async fn a_query_job_finds_records_of_its_own_org() {
    let two = TwoOrgs::new().await;
    for (org, expected) in [(&two.crm.org, "\"Red\""), (&two.blue, "\"Blue\"")] {
        let token = two.token(org);
        for operation in ["query", "queryAll"] {
            let query = json!({ "operation": operation, "query": "SELECT LastName FROM Contact" });
            let job = job(&two, &token, QUERY, query).await;
            over(&two, &token, &job).await;
            let found = two
                .rest(&token, Method::GET, &format!("{job}/results"), "")
                .await;
            assert_eq!(found.text, format!("\"LastName\"\n{expected}\n"));
        }
    }
}

/// A call of version 1.0.
async fn classic(two: &TwoOrgs, session: &str, method: Method, path: &str, body: &str) -> Answer {
    let request = http::Request::builder()
        .method(method)
        .uri(format!("/services/async/60.0/job{path}"))
        .header("x-sfdc-session", session)
        .header("content-type", "application/json");
    let request = request.body(axum::body::Body::from(body.to_owned()));
    two.crm.send(request.unwrap()).await
}

/// A query's job with a batch that is over: the ids of the job, the batch and the result.
async fn classic_query(two: &TwoOrgs, org: &Arc<Org>) -> [String; 3] {
    let token = two.token(org);
    let query = json!({ "operation": "query", "object": "Contact", "contentType": "JSON" });
    let job = classic(two, &token, Method::POST, "", &query.to_string())
        .await
        .id();
    let (path, soql) = (format!("/{job}/batch"), "SELECT LastName FROM Contact");
    let batch = classic(two, &token, Method::POST, &path, soql).await.id();
    for _ in 0..20_000 {
        let path = format!("/{job}/batch/{batch}/result");
        let results = classic(two, &token, Method::GET, &path, "").await.body;
        if let Some(result) = results[0].as_str() {
            return [job, batch, result.to_owned()];
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("{batch} does not end");
}

#[tokio::test]
async fn jobs_batches_and_results_of_version_1_stay_in_their_org() {
    let two = TwoOrgs::new().await;
    let [job, batch, result] = classic_query(&two, &two.crm.org).await;
    let [own_job, own_batch, _] = classic_query(&two, &two.blue).await;
    let (red, blue) = (two.token(&two.crm.org), two.token(&two.blue));
    let (get, post) = (Method::GET, Method::POST);
    let (closed, soql) = (r#"{"state":"Closed"}"#, "SELECT Id FROM Contact");
    for (method, path, body, code) in [
        (&get, format!("/{job}"), "", "InvalidJob"),
        (&post, format!("/{job}"), closed, "InvalidJob"),
        (&get, format!("/{job}/batch"), "", "InvalidJob"),
        (&post, format!("/{job}/batch"), soql, "InvalidJob"),
        (&get, format!("/{job}/batch/{batch}"), "", "InvalidJob"),
        (
            &get,
            format!("/{job}/batch/{batch}/request"),
            "",
            "InvalidJob",
        ),
        (
            &get,
            format!("/{job}/batch/{batch}/result"),
            "",
            "InvalidJob",
        ),
        (
            &get,
            format!("/{job}/batch/{batch}/result/{result}"),
            "",
            "InvalidJob",
        ),
        (
            &get,
            format!("/{own_job}/batch/{batch}"),
            "",
            "InvalidBatch",
        ),
        (
            &get,
            format!("/{own_job}/batch/{batch}/result"),
            "",
            "InvalidBatch",
        ),
        (
            &get,
            format!("/{own_job}/batch/{own_batch}/result/{result}"),
            "",
            "InvalidBatch",
        ),
    ] {
        let answer = classic(&two, &blue, method.clone(), &path, body).await;

        assert!(
            answer.text.contains(code),
            "{method} {path}: {}",
            answer.text
        );
        assert!(
            answer.text.contains("exceptionCode"),
            "{method} {path}: {}",
            answer.text
        );
    }
    let state = classic(&two, &red, Method::GET, &format!("/{job}"), "").await;
    assert_eq!(
        (&state.body["state"], &state.body["numberBatchesTotal"]),
        (&json!("Open"), &json!(1))
    );
    for (session, job, batch, expected) in [
        (&red, &job, &batch, "Red"),
        (&blue, &own_job, &own_batch, "Blue"),
    ] {
        let list = format!("/{job}/batch/{batch}/result");
        let list = classic(&two, session, Method::GET, &list, "").await.body;
        let found = format!("/{job}/batch/{batch}/result/{}", list[0].as_str().unwrap());
        let found = classic(&two, session, Method::GET, &found, "").await.body;
        assert_eq!(found[0]["LastName"], expected);
    }
}
