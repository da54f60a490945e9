//! Bulk API 2.0, records in: jobs, their rows' owners and creators, their results.

use http::{Method, StatusCode};
use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{Answer, TestOrg};

pub(crate) const JOBS: &str = "/jobs/ingest";

/// Creates a job; its path.
#[track_caller]
pub(crate) fn created<'a>(
    crm: &'a TestOrg,
    user: &'a str,
    job: Value,
) -> impl Future<Output = String> + 'a {
    let caller = std::panic::Location::caller();
    async move {
        let answer = crm.post(user, JOBS, job).await;
        assert_eq!(answer.status, StatusCode::OK, "{caller}: {}", answer.text);
        format!("{JOBS}/{}", answer.id())
    }
}

pub(crate) async fn upload(crm: &TestOrg, user: &str, job: &str, csv: &str) -> Answer {
    let path = format!("{job}/batches");
    crm.call_with(
        user,
        Method::PUT,
        &path,
        csv,
        &[("content-type", "text/csv")],
    )
    .await
}

pub(crate) async fn complete(crm: &TestOrg, user: &str, job: &str) -> Answer {
    crm.patch(user, job, json!({ "state": "UploadComplete" }))
        .await
}

/// The job when it is over.
pub(crate) async fn over(crm: &TestOrg, user: &str, job: &str) -> Value {
    for _ in 0..20_000 {
        let body = crm.get(user, job).await.body;
        if ["JobComplete", "Failed", "Aborted"].contains(&body["state"].as_str().unwrap_or("")) {
            return body;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("{job} does not end");
}

/// A job from its creation to its end; its path.
pub(crate) async fn run(crm: &TestOrg, user: &str, job: Value, csv: &str) -> String {
    let path = created(crm, user, job).await;
    assert_eq!(
        upload(crm, user, &path, csv).await.status,
        StatusCode::CREATED
    );
    assert_eq!(complete(crm, user, &path).await.status, StatusCode::OK);
    over(crm, user, &path).await;
    path
}

pub(crate) async fn successful(crm: &TestOrg, user: &str, job: &str) -> String {
    crm.get(user, &format!("{job}/successfulResults"))
        .await
        .text
}

pub(crate) async fn failed(crm: &TestOrg, user: &str, job: &str) -> String {
    crm.get(user, &format!("{job}/failedResults")).await.text
}

pub(crate) fn insert(object: &str) -> Value {
    json!({ "object": object, "operation": "insert" })
}

#[tokio::test]
async fn a_job_goes_from_open_to_complete() {
    let crm = TestOrg::new();
    let user = "Dana Reyes";

    let new = crm.post(user, JOBS, insert("contact")).await;
    let path = format!("{JOBS}/{}", new.id());
    let uploaded = upload(&crm, user, &path, "LastName,firstname\nLee,Ann\n").await;
    let again = upload(&crm, user, &path, "LastName\nLi\n").await;
    let completed = complete(&crm, user, &path).await;
    let over = over(&crm, user, &path).await;

    assert_eq!(new.status, StatusCode::OK);
    assert_eq!(new.body["createdById"], crm.id(user));
    assert_json_snapshot!(without_creator(new.body), @r#"
    {
      "id": "750001000000001AAA",
      "operation": "insert",
      "object": "Contact",
      "createdDate": "2026-01-01T00:00:03.000+0000",
      "systemModstamp": "2026-01-01T00:00:03.000+0000",
      "state": "Open",
      "concurrencyMode": "Parallel",
      "contentType": "CSV",
      "apiVersion": 60.0,
      "contentUrl": "services/data/v60.0/jobs/ingest/750001000000001AAA/batches",
      "lineEnding": "LF",
      "columnDelimiter": "COMMA"
    }
    "#);
    assert_eq!(
        (uploaded.status, uploaded.text.as_str()),
        (StatusCode::CREATED, "")
    );
    assert_eq!(again.code(), "INVALIDJOBSTATE");
    assert_eq!(completed.body["state"], "UploadComplete");
    assert_json_snapshot!(without_creator(over), @r#"
    {
      "id": "750001000000001AAA",
      "operation": "insert",
      "object": "Contact",
      "createdDate": "2026-01-01T00:00:03.000+0000",
      "systemModstamp": "2026-01-01T00:00:03.000+0000",
      "state": "JobComplete",
      "concurrencyMode": "Parallel",
      "contentType": "CSV",
      "apiVersion": 60.0,
      "jobType": "V2Ingest",
      "contentUrl": "services/data/v60.0/jobs/ingest/750001000000001AAA/batches",
      "lineEnding": "LF",
      "columnDelimiter": "COMMA",
      "retries": 0,
      "totalProcessingTime": 0,
      "apiActiveProcessingTime": 0,
      "apexProcessingTime": 0,
      "numberRecordsProcessed": 1,
      "numberRecordsFailed": 0
    }
    "#);
    let id = &crm.creates()[0].record;
    let results = crm.get(user, &format!("{path}/successfulResults")).await;
    assert_eq!(results.header("content-type"), Some("text/csv"));
    assert_eq!(
        results.text,
        format!(
            "\"sf__Id\",\"sf__Created\",\"LastName\",\"firstname\"\n\"{id}\",\"true\",\"Lee\",\"Ann\"\n"
        )
    );
    assert_eq!(crm.delete(user, &path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(crm.get(user, &path).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn a_row_that_is_refused_stops_no_other() {
    let crm = TestOrg::new();

    let job = run(&crm, "Dana Reyes", insert("Account"), "Name\nA\n#N/A\nB\n").await;

    let state = crm.get("Dana Reyes", &job).await.body;
    assert_eq!(
        (
            &state["numberRecordsProcessed"],
            &state["numberRecordsFailed"]
        ),
        (&json!(3), &json!(1))
    );
    insta::assert_snapshot!(failed(&crm, "Dana Reyes", &job).await, @r##"
    "sf__Id","sf__Error","Name"
    "","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","#N/A"
    "##);
    assert_eq!(crm.creates().len(), 2);
}

#[tokio::test]
async fn records_are_changed_and_deleted_by_id() {
    let crm = TestOrg::new();
    let id = crm
        .given(
            "Dana Reyes",
            "Contact",
            json!({ "LastName": "Lee", "Title": "CEO" }),
        )
        .await;
    let update = json!({ "object": "Contact", "operation": "update" });
    let delete = json!({ "object": "Contact", "operation": "delete" });
    let path = format!("/sobjects/Contact/{id}");

    let csv = format!("Id,LastName,Title,Department\n{id},,#N/A,\"Sales\"\n,X,Y,Z\n");
    let job = run(&crm, "Robin Cole", update, &csv).await;
    let changed = crm.get("Dana Reyes", &path).await.body;
    run(&crm, "Dana Reyes", delete, &format!("Id\n{id}\n")).await;

    assert_eq!(
        (
            &changed["LastName"],
            &changed["Title"],
            &changed["Department"]
        ),
        (&json!("Lee"), &Value::Null, &json!("Sales"))
    );
    assert_eq!(changed["OwnerId"], crm.id("Dana Reyes"));
    assert_eq!(changed["LastModifiedById"], crm.id("Robin Cole"));
    assert!(
        failed(&crm, "Robin Cole", &job)
            .await
            .contains("MISSING_ARGUMENT:Id not specified in update call:--")
    );
    assert_eq!(
        crm.get("Dana Reyes", &path).await.code(),
        "ENTITY_IS_DELETED"
    );
}

#[tokio::test]
async fn thousands_of_rows_and_two_users_at_once() {
    let crm = TestOrg::new();
    let csv = |name: &str, rows: usize| {
        let rows = (0..rows).map(|row| format!("{name} {row}\n"));
        "LastName\n".to_owned() + &rows.collect::<String>()
    };
    let dana = created(&crm, "Dana Reyes", insert("Contact")).await;
    let robin = created(&crm, "Robin Cole", insert("Contact")).await;
    upload(&crm, "Dana Reyes", &dana, &csv("Dana", 5000)).await;
    upload(&crm, "Robin Cole", &robin, &csv("Robin", 300)).await;

    complete(&crm, "Dana Reyes", &dana).await;
    complete(&crm, "Robin Cole", &robin).await;
    let ends = [
        over(&crm, "Dana Reyes", &dana).await,
        over(&crm, "Robin Cole", &robin).await,
    ];

    let processed = ends.map(|job| job["numberRecordsProcessed"].clone());
    assert_eq!(processed, [json!(5000), json!(300)]);
    let of = |user: &str| {
        let id = crm.id(user);
        crm.creates()
            .into_iter()
            .filter(|row| row.created_by == id && row.owner.as_deref() == Some(&id))
            .count()
    };
    assert_eq!((of("Dana Reyes"), of("Robin Cole")), (5000, 300));
    let results = successful(&crm, "Dana Reyes", &dana).await;
    assert_eq!(results.lines().count(), 5001);
    let limits = crm.get("Dana Reyes", "/limits").await.body;
    assert_eq!(limits["DailyBulkApiBatches"]["Remaining"], 14_998);
}

#[tokio::test]
async fn a_job_that_is_given_up_has_no_rows() {
    let crm = TestOrg::new();
    let job = created(&crm, "Dana Reyes", insert("Contact")).await;
    upload(&crm, "Dana Reyes", &job, "LastName\nLee\n").await;

    let aborted = crm
        .patch("Dana Reyes", &job, json!({ "state": "Aborted" }))
        .await;
    let late = complete(&crm, "Dana Reyes", &job).await;

    assert_eq!(aborted.body["state"], "Aborted");
    assert_eq!(late.code(), "INVALIDJOBSTATE");
    assert_eq!(crm.creates().len(), 0);
}

#[tokio::test]
async fn a_creator_who_is_deactivated_writes_no_more() {
    let crm = TestOrg::new();
    let job = created(&crm, "Dana Reyes", insert("Contact")).await;
    upload(&crm, "Dana Reyes", &job, "LastName\nLee\n").await;
    crm.org.set_user_active("Dana Reyes", false).unwrap();

    complete(&crm, "Ada Min", &job).await;
    let over = over(&crm, "Ada Min", &job).await;

    assert_eq!(over["state"], "Failed");
    assert_eq!(
        over["errorMessage"],
        "InvalidUser : The user who created the job is inactive"
    );
    let left = crm
        .get("Ada Min", &format!("{job}/unprocessedrecords"))
        .await;
    assert_eq!(left.text, "\"LastName\"\n\"Lee\"\n");
    assert_eq!(crm.creates().len(), 0);
}

#[tokio::test]
async fn jobs_are_listed_for_those_who_may_touch_them() {
    let crm = TestOrg::new();
    created(&crm, "Dana Reyes", insert("Contact")).await;
    created(&crm, "Robin Cole", insert("Lead")).await;

    let of = async |user: &str| crm.get(user, JOBS).await.body;

    assert_eq!(
        of("Dana Reyes").await["records"].as_array().unwrap().len(),
        1
    );
    let all = of("Ada Min").await;
    assert_eq!(all["records"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&all["done"], &all["nextRecordsUrl"]),
        (&json!(true), &Value::Null)
    );
}

#[tokio::test]
async fn a_job_that_makes_no_sense_is_refused() {
    let crm = TestOrg::new();
    let code = async |job: Value| crm.post("Ada Min", JOBS, job).await.code().to_owned();

    assert_eq!(code(insert("Nothing")).await, "INVALIDJOB");
    assert_eq!(
        code(json!({ "object": "Contact", "operation": "upsert" })).await,
        "INVALIDJOB"
    );
    assert_eq!(
        code(json!({ "object": "Contact", "operation": "query" })).await,
        "INVALIDJOB"
    );
    assert_eq!(
        code(json!({ "object": "Contact", "operation": "dance" })).await,
        "JSON_PARSER_ERROR"
    );
    assert_eq!(code(json!([])).await, "JSON_PARSER_ERROR");
    let hard = json!({ "object": "Contact", "operation": "hardDelete" });
    assert_eq!(code(hard.clone()).await, "NOT_SIMULATED");
    assert_eq!(
        crm.post("Dana Reyes", JOBS, hard).await.code(),
        "FEATURENOTENABLED"
    );
    let unknown = crm
        .get("Dana Reyes", &format!("{JOBS}/750000000000000AAA"))
        .await;
    assert_eq!(unknown.code(), "NOT_FOUND");
}

#[tokio::test]
async fn an_upload_may_be_packed() {
    let crm = TestOrg::new();
    let packed = |text: &str| {
        let mut packed = Vec::new();
        let mut encoder =
            flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::fast());
        std::io::Read::read_to_end(&mut encoder, &mut packed).unwrap();
        packed
    };
    let put = async |job: &str, body: Vec<u8>| {
        let request = http::Request::builder()
            .method("PUT")
            .uri(format!("/services/data/v60.0{job}/batches"))
            .header(
                "authorization",
                format!("Bearer {}", crm.token("Dana Reyes")),
            )
            .header("content-encoding", "gzip");
        crm.send(request.body(axum::body::Body::from(body)).unwrap())
            .await
    };
    let job = created(&crm, "Dana Reyes", insert("Contact")).await;

    let not_packed = put(&job, b"LastName\nLee\n".to_vec()).await;
    let taken = put(&job, packed("LastName\nLee\n")).await;
    complete(&crm, "Dana Reyes", &job).await;
    over(&crm, "Dana Reyes", &job).await;

    assert_eq!(not_packed.code(), "CLIENTINPUTERROR");
    assert_eq!(taken.status, StatusCode::CREATED);
    assert_eq!(crm.creates().len(), 1);
}

#[tokio::test]
async fn a_job_ends_with_its_org() {
    let crm = TestOrg::new();
    let rows = (0..50_000).map(|row| format!("Contact {row}\n"));
    let csv = "LastName\n".to_owned() + &rows.collect::<String>();
    let job = created(&crm, "Dana Reyes", insert("Contact")).await;
    upload(&crm, "Dana Reyes", &job, &csv).await;
    complete(&crm, "Dana Reyes", &job).await;

    crm.salesforce.close(crm.org.id());
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    let then = crm.creates().len();
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;

    assert!(then < 50_000, "{then}");
    assert_eq!(crm.creates().len(), then);
    assert_eq!(crm.server.panics(), []);
}

fn without_creator(mut job: Value) -> Value {
    job.as_object_mut().unwrap().shift_remove("createdById");
    job
}
