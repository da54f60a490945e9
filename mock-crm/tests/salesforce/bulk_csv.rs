//! CSV as jobs of Bulk API 2.0 read and write it.

use serde_json::{Value, json};

use crate::bulk_ingest::{failed, run, successful};
use crate::harness::{TestOrg, spec};
use mock_crm::salesforce::{CustomFieldSpec, OrgSpec};

const USER: &str = "Dana Reyes";

fn insert(more: Value) -> Value {
    let mut job = json!({ "object": "Contact", "operation": "insert" });
    job.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    job
}

/// What a job says in the end: its state, its error, and how many rows it processed.
async fn end(crm: &TestOrg, job: Value, csv: &str) -> (String, String, u64) {
    let path = run(crm, USER, job, csv).await;
    let body = crm.get(USER, &path).await.body;
    let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
    (
        text("state"),
        text("errorMessage"),
        body["numberRecordsProcessed"].as_u64().unwrap(),
    )
}

/// The newest contact.
async fn newest(crm: &TestOrg) -> Value {
    let id = crm.creates().pop().unwrap().record;
    crm.get(USER, &format!("/sobjects/Contact/{id}")).await.body
}

#[tokio::test]
async fn cells_hold_line_breaks_quotes_and_other_scripts() {
    let crm = TestOrg::new();
    let csv = "LASTNAME,mailingstreet\n\"Łęe \"\"X\"\"\",\"1 High St\nFlat 2, top\"\n";

    let job = run(&crm, USER, insert(json!({})), csv).await;

    let contact = newest(&crm).await;
    assert_eq!(contact["LastName"], "Łęe \"X\"");
    assert_eq!(contact["MailingStreet"], "1 High St\nFlat 2, top");
    let results = successful(&crm, USER, &job).await;
    assert!(results.starts_with("\"sf__Id\",\"sf__Created\",\"LASTNAME\",\"mailingstreet\"\n"));
    assert!(
        results.ends_with("\"true\",\"Łęe \"\"X\"\"\",\"1 High St\nFlat 2, top\"\n"),
        "{results}"
    );
}

#[tokio::test]
async fn every_delimiter_and_line_ending_is_read_and_written() {
    let all = [
        ("COMMA", ","),
        ("BACKQUOTE", "`"),
        ("CARET", "^"),
        ("PIPE", "|"),
        ("SEMICOLON", ";"),
        ("TAB", "\t"),
    ];
    for (name, text) in all {
        let crm = TestOrg::new();
        let csv = format!("LastName{text}Title\r\nLee{text}CEO\r\n");

        let job = insert(json!({ "columnDelimiter": name, "lineEnding": "CRLF" }));
        let path = run(&crm, USER, job, &csv).await;

        assert_eq!(newest(&crm).await["Title"], "CEO", "{name}");
        let id = crm.creates()[0].record.clone();
        let expected = ["\"sf__Id\"", "\"sf__Created\"", "\"LastName\"", "\"Title\""].join(text)
            + "\r\n"
            + &[
                format!("\"{id}\""),
                "\"true\"".into(),
                "\"Lee\"".into(),
                "\"CEO\"".into(),
            ]
            .join(text)
            + "\r\n";
        assert_eq!(successful(&crm, USER, &path).await, expected, "{name}");
    }
}

#[tokio::test]
async fn a_wrong_header_fails_the_whole_job() {
    let crm = TestOrg::new();
    let failed = |message: &str| ("Failed".to_owned(), message.to_owned(), 0);

    let unknown = end(&crm, insert(json!({})), "LastName,Foo__c,Bar__c\nLee,1,2\n").await;
    let marked = end(&crm, insert(json!({})), "\u{feff}LastName,Title\nLee,CEO\n").await;
    let endings = end(&crm, insert(json!({})), "LastName\r\nLee\r\n").await;
    let other = end(
        &crm,
        insert(json!({ "lineEnding": "CRLF" })),
        "LastName\nLee\n",
    )
    .await;
    let delete = end(
        &crm,
        json!({ "object": "Contact", "operation": "delete" }),
        "Id,LastName\na,b\n",
    )
    .await;

    assert_eq!(
        unknown,
        failed("InvalidBatch : Field name not found : Foo__c")
    );
    assert_eq!(
        marked,
        failed("InvalidBatch : Field name not found : \u{feff}LastName")
    );
    let line_ending = |now: &str| {
        failed(&format!(
            "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {now}"
        ))
    };
    assert_eq!(endings, line_ending("LF"));
    assert_eq!(other, line_ending("CRLF"));
    assert_eq!(
        delete,
        failed("InvalidBatch : Delete batch must contain only ids")
    );
    assert_eq!(crm.creates().len(), 0);
}

#[tokio::test]
async fn what_a_failed_job_left_is_there_to_be_fetched() {
    let crm = TestOrg::new();
    let path = run(
        &crm,
        USER,
        insert(json!({})),
        "LastName,Title\nLee,CEO\nLi\nLo,CFO\n",
    )
    .await;

    let job = crm.get(USER, &path).await.body;
    let left = crm
        .get(USER, &format!("{path}/UnprocessedRecords"))
        .await
        .text;

    assert_eq!(job["state"], "Failed");
    assert_eq!(job["numberRecordsProcessed"], 1);
    // The row that ended the data is among them: none is lost.
    assert_eq!(left, "\"LastName\",\"Title\"\n\"Li\"\n\"Lo\",\"CFO\"\n");
    assert_eq!(successful(&crm, USER, &path).await.lines().count(), 2);
    assert_eq!(failed(&crm, USER, &path).await.lines().count(), 1);
}

#[tokio::test]
async fn an_empty_upload_completes() {
    let crm = TestOrg::new();
    for csv in ["", "LastName\n", "\n\n"] {
        let path = run(&crm, USER, insert(json!({})), csv).await;

        let job = crm.get(USER, &path).await.body;
        assert_eq!(
            (
                job["state"].as_str(),
                job["numberRecordsProcessed"].as_u64()
            ),
            (Some("JobComplete"), Some(0)),
            "{csv:?}"
        );
        assert!(
            successful(&crm, USER, &path)
                .await
                .starts_with("\"sf__Id\",\"sf__Created\"")
        );
    }
}

#[tokio::test]
async fn references_are_found_by_external_id() {
    let external = |object: &str| CustomFieldSpec {
        object: object.to_owned(),
        name: "ExtId__c".to_owned(),
        external_id: true,
        ..CustomFieldSpec::default()
    };
    let crm = TestOrg::of(OrgSpec {
        custom_fields: vec![external("Account"), external("Contact"), external("Lead")],
        ..spec()
    });
    let account = crm
        .given(USER, "Account", json!({ "Name": "Acme", "ExtId__c": "a1" }))
        .await;
    let lead = crm
        .given(
            USER,
            "Lead",
            json!({ "LastName": "Lo", "Company": "X", "ExtId__c": "l1" }),
        )
        .await;

    let path = run(
        &crm,
        USER,
        insert(json!({})),
        "LastName,account.extid__C\nLee,a1\nLi,a2\nLo,\n",
    )
    .await;
    let contact = newest_of(&crm, 2).await;
    let task = json!({ "object": "Task", "operation": "insert" });
    run(&crm, USER, task, "Subject,Lead:Who.ExtId__c\nCall,l1\n").await;

    assert_eq!(contact["AccountId"], account);
    assert!(failed(&crm, USER, &path).await.contains("INVALID_FIELD:Foreign key external ID: a2 not found for field ExtId__c in entity Account:--"));
    let task = crm.creates().pop().unwrap().record;
    let task = crm.get(USER, &format!("/sobjects/Task/{task}")).await.body;
    assert_eq!(task["WhoId"], lead);
}

/// The contact that was created as the n-th record from the start, from 0.
async fn newest_of(crm: &TestOrg, n: usize) -> Value {
    let id = crm.creates()[n].record.clone();
    crm.get(USER, &format!("/sobjects/Contact/{id}")).await.body
}

#[tokio::test]
async fn values_are_read_by_the_type_of_their_column() {
    let crm = TestOrg::new();
    let task = json!({ "object": "Task", "operation": "insert" });
    let csv = "Subject,IsReminderSet,CallDurationInSeconds,ActivityDate\nA,YES,5,2026-01-31\nB,0,many,\nC,maybe,,\n";

    let path = run(&crm, USER, task, csv).await;

    let id = crm.creates()[0].record.clone();
    let task = crm.get(USER, &format!("/sobjects/Task/{id}")).await.body;
    assert_eq!(
        (&task["IsReminderSet"], &task["CallDurationInSeconds"]),
        (&json!(true), &json!(5))
    );
    assert_eq!(task["ActivityDate"], "2026-01-31");
    let failed = failed(&crm, USER, &path).await;
    assert_eq!(
        failed.matches("INVALID_TYPE_ON_FIELD_IN_RECORD:").count(),
        2,
        "{failed}"
    );
}

#[tokio::test]
async fn bytes_that_are_no_text_fail_the_job() {
    let crm = TestOrg::new();
    let path = crate::bulk_ingest::created(&crm, USER, insert(json!({}))).await;
    let request = http::Request::builder()
        .method("PUT")
        .uri(format!("/services/data/v60.0{path}/batches"))
        .header("authorization", format!("Bearer {}", crm.token(USER)))
        .body(axum::body::Body::from(
            b"LastName\nLee\n\xff\xfe\nLo\n".to_vec(),
        ))
        .unwrap();
    crm.send(request).await;
    crate::bulk_ingest::complete(&crm, USER, &path).await;

    let job = crate::bulk_ingest::over(&crm, USER, &path).await;

    assert_eq!(
        job["errorMessage"],
        "ClientInputError : Row 2 is not encoded in UTF-8"
    );
    assert_eq!(crm.creates().len(), 1);
    let left = http::Request::builder()
        .uri(format!("/services/data/v60.0{path}/unprocessedrecords"))
        .header("authorization", format!("Bearer {}", crm.token(USER)))
        .body(axum::body::Body::empty());
    let left = crm.host.handle(left.unwrap()).await.unwrap().into_body();
    let left = axum::body::to_bytes(left, usize::MAX).await.unwrap();
    assert_eq!(&*left, b"\"LastName\"\n\"\xff\xfe\"\n\"Lo\"\n");
}
