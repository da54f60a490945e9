//! Bulk API 1.0.

use http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::{Answer, TestOrg};

const USER: &str = "Dana Reyes";
const XML: &str = "application/xml; charset=UTF-8";
const JSON: &str = "application/json";

/// A call with the session in Bulk API 1.0's own header.
async fn call(
    crm: &TestOrg,
    user: &str,
    method: Method,
    path: &str,
    content_type: &str,
    body: &str,
) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/services/async/60.0/job{path}"))
        .header("x-sfdc-session", crm.token(user))
        .header("content-type", content_type)
        .body(axum::body::Body::from(body.to_owned()))
        .unwrap();
    crm.send(request).await
}

async fn post(crm: &TestOrg, path: &str, content_type: &str, body: &str) -> Answer {
    call(crm, USER, Method::POST, path, content_type, body).await
}

async fn get(crm: &TestOrg, path: &str) -> Answer {
    call(crm, USER, Method::GET, path, XML, "").await
}

/// The text of the first element of this name.
fn element(xml: &str, name: &str) -> String {
    let rest = xml
        .split_once(&format!("<{name}>"))
        .unwrap_or_else(|| panic!("no {name} in {xml}"))
        .1;
    rest.split_once(&format!("</{name}>")).unwrap().0.to_owned()
}

/// A job that is described in JSON; its path.
async fn job(crm: &TestOrg, user: &str, info: Value) -> String {
    let answer = call(crm, user, Method::POST, "", JSON, &info.to_string()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    format!("/{}", answer.id())
}

/// A batch, processed; its path. Its job's data is not JSON.
async fn batch(crm: &TestOrg, user: &str, job: &str, data: &str) -> String {
    let answer = call(crm, user, Method::POST, &format!("{job}/batch"), JSON, data).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let id = match answer.body["id"].as_str() {
        Some(id) => id.to_owned(),
        None => element(&answer.text, "id"),
    };
    let path = format!("{job}/batch/{id}");
    for _ in 0..10_000 {
        let info = call(crm, user, Method::GET, &path, JSON, "").await;
        let state = match info.body["state"].as_str() {
            Some(state) => state.to_owned(),
            None => element(&info.text, "state"),
        };
        if ["Completed", "Failed", "NotProcessed"].contains(&state.as_str()) {
            return path;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("{path} does not end");
}

fn insert(content: &str) -> Value {
    json!({ "operation": "insert", "object": "Contact", "contentType": content })
}

#[tokio::test]
async fn an_xml_job_of_csv_goes_from_open_to_closed() {
    let crm = TestOrg::new();
    let info = "\n\n  <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<jobInfo  xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">\n\
        <operation>insert</operation><object>account</object><contentType>CSV</contentType></jobInfo>";

    let created = post(&crm, "", XML, info).await;
    let job = format!("/{}", element(&created.text, "id"));
    let batch = batch(&crm, USER, &job, "Name,Site\nAcme,\"a\nb\"\n,x\nBeta,\n").await;
    let result = get(&crm, &format!("{batch}/result")).await;
    let closed = post(&crm, &job, XML, "<jobInfo><state>Closed</state></jobInfo>").await;

    assert_eq!(
        (created.status, created.header("content-type")),
        (StatusCode::CREATED, Some("application/xml"))
    );
    assert_snapshot!(created.text.replace(&crm.id(USER), "[dana]").replace("><", ">\n<"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload">
    <id>750001000000001AAA</id>
    <operation>insert</operation>
    <object>Account</object>
    <createdById>[dana]</createdById>
    <createdDate>2026-01-01T00:00:03.000Z</createdDate>
    <systemModstamp>2026-01-01T00:00:03.000Z</systemModstamp>
    <state>Open</state>
    <concurrencyMode>Parallel</concurrencyMode>
    <contentType>CSV</contentType>
    <numberBatchesQueued>0</numberBatchesQueued>
    <numberBatchesInProgress>0</numberBatchesInProgress>
    <numberBatchesCompleted>0</numberBatchesCompleted>
    <numberBatchesFailed>0</numberBatchesFailed>
    <numberBatchesTotal>0</numberBatchesTotal>
    <numberRecordsProcessed>0</numberRecordsProcessed>
    <numberRetries>0</numberRetries>
    <apiVersion>60.0</apiVersion>
    <numberRecordsFailed>0</numberRecordsFailed>
    <totalProcessingTime>0</totalProcessingTime>
    <apiActiveProcessingTime>0</apiActiveProcessingTime>
    <apexProcessingTime>0</apexProcessingTime>
    </jobInfo>
    "#);
    let info = get(&crm, &batch).await.text;
    assert_snapshot!(info.replace("><", ">\n<"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <batchInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload">
    <id>751001000000001AAA</id>
    <jobId>750001000000001AAA</jobId>
    <state>Completed</state>
    <createdDate>2026-01-01T00:00:03.000Z</createdDate>
    <systemModstamp>2026-01-01T00:00:03.000Z</systemModstamp>
    <numberRecordsProcessed>3</numberRecordsProcessed>
    <numberRecordsFailed>1</numberRecordsFailed>
    <totalProcessingTime>0</totalProcessingTime>
    <apiActiveProcessingTime>0</apiActiveProcessingTime>
    <apexProcessingTime>0</apexProcessingTime>
    </batchInfo>
    "#);
    let ids: Vec<_> = crm.creates().into_iter().map(|row| row.record).collect();
    assert_eq!(
        result.text,
        format!(
            "\"Id\",\"Success\",\"Created\",\"Error\"\n\"{}\",\"true\",\"true\",\"\"\n\
             \"\",\"false\",\"false\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --\"\n\
             \"{}\",\"true\",\"true\",\"\"\n",
            ids[0], ids[1]
        )
    );
    assert_eq!(result.header("content-type"), Some("text/csv"));
    assert_eq!(element(&closed.text, "state"), "Closed");
    assert_eq!(element(&closed.text, "numberRecordsFailed"), "1");
    let echo = get(&crm, &format!("{batch}/request")).await;
    assert_eq!(echo.text, "Name,Site\nAcme,\"a\nb\"\n,x\nBeta,\n");
    let list = get(&crm, &format!("{job}/batch")).await.text;
    assert!(
        list.contains("<batchInfoList xmlns=") && list.contains("<batchInfo><id>751"),
        "{list}"
    );
}

#[tokio::test]
async fn rows_are_created_by_the_jobs_creator_through_this_door() {
    let crm = TestOrg::new();
    let path = job(&crm, USER, insert("CSV")).await;

    let foreign = call(
        &crm,
        "Robin Cole",
        Method::POST,
        &format!("{path}/batch"),
        XML,
        "LastName\nA\n",
    )
    .await;
    batch(&crm, "Ada Min", &path, "LastName,OwnerId\nLee,\n").await;

    assert_eq!(element(&foreign.text, "exceptionCode"), "InvalidUser");
    let row = crm.creates().remove(0);
    let dana = crm.id(USER);
    assert_eq!(
        (
            row.created_by.as_str(),
            row.created_by_reason.as_str(),
            row.api.as_str()
        ),
        (dana.as_str(), "job_creator", "bulk1")
    );
    assert_eq!(
        (row.owner.as_deref(), row.request.as_str()),
        (Some(&*dana), "q3")
    );
}

#[tokio::test]
async fn a_json_job_answers_json() {
    let crm = TestOrg::new();
    let account = crm.given(USER, "Account", json!({ "Name": "Acme" })).await;
    let path = job(&crm, USER, insert("JSON")).await;
    let rows = json!([
        { "attributes": { "type": "Contact" }, "LastName": "Lee", "AccountId": account, "Title": null },
        { "FirstName": "Ann" },
        5,
    ]);

    let batch = batch(&crm, USER, &path, &rows.to_string()).await;
    let result = get(&crm, &format!("{batch}/result")).await;

    let mut body = result.body.clone();
    assert_eq!(body[0]["id"], crm.creates()[1].record);
    body[0]["id"] = json!("[id]");
    assert_eq!(
        body,
        json!([
            { "success": true, "created": true, "id": "[id]", "errors": [] },
            { "success": false, "created": false, "id": null, "errors": [{
                "message": "Required fields are missing: [LastName]",
                "fields": ["LastName"],
                "statusCode": "REQUIRED_FIELD_MISSING",
                "extendedErrorDetails": null,
            }] },
            { "success": false, "created": false, "id": null, "errors": [{
                "message": "Can not deserialize SObject out of VALUE_NUMBER_INT token at [line:1, column:1]",
                "fields": [],
                "statusCode": "JSON_PARSER_ERROR",
                "extendedErrorDetails": null,
            }] },
        ])
    );
    assert_eq!(
        result.header("content-type"),
        Some("application/json;charset=UTF-8")
    );
    let info = get(&crm, &batch).await.body;
    assert_eq!(
        (&info["state"], &info["numberRecordsProcessed"]),
        (&json!("Completed"), &json!(3))
    );
}

#[tokio::test]
async fn an_xml_batch_has_records_references_and_nils() {
    let crm = TestOrg::new();
    let path = job(&crm, USER, insert("XML")).await;
    let rows = "<?xml version=\"1.0\"?><sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\" \
        xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><sObject><LastName>L&amp;ee</LastName><Title xsi:nil=\"true\"/>\
        <Department></Department></sObject><sObject><type>Contact</type><Title>x</Title></sObject></sObjects>";

    let good = batch(&crm, USER, &path, rows).await;
    let bad = batch(&crm, USER, &path, "<sObjects><sObject>").await;

    let result = get(&crm, &format!("{good}/result")).await;
    let id = crm.creates()[0].record.clone();
    assert_snapshot!(result.text.replace(&id, "[id]").replace("><", ">\n<"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <results xmlns="http://www.force.com/2009/06/asyncapi/dataload">
    <result>
    <id>[id]</id>
    <success>true</success>
    <created>true</created>
    </result>
    <result>
    <errors>
    <fields>LastName</fields>
    <message>Required fields are missing: [LastName]</message>
    <statusCode>REQUIRED_FIELD_MISSING</statusCode>
    </errors>
    <success>false</success>
    <created>false</created>
    </result>
    </results>
    "#);
    let record = crm.get(USER, &format!("/sobjects/Contact/{id}")).await.body;
    assert_eq!(record["LastName"], "L&ee");
    let failed = get(&crm, &bad).await.text;
    assert_eq!(
        (element(&failed, "state"), element(&failed, "stateMessage")),
        (
            "Failed".into(),
            "InvalidBatch : Unable to parse the batch".into()
        )
    );
}

#[tokio::test]
async fn a_query_batch_has_a_list_of_results() {
    let crm = TestOrg::new();
    crm.given(USER, "Contact", json!({ "LastName": "L<ee" }))
        .await;
    let soql = "SELECT LastName, Title FROM Contact";
    let query = |content: &str| json!({ "operation": "query", "object": "Contact", "contentType": content });
    let mut texts = Vec::new();
    for content in ["CSV", "JSON", "XML"] {
        let path = job(&crm, USER, query(content)).await;
        let batch = batch(&crm, USER, &path, soql).await;
        let list = get(&crm, &format!("{batch}/result")).await;
        let result = match content {
            "JSON" => list.body[0].as_str().unwrap().to_owned(),
            _ => element(&list.text, "result"),
        };
        assert!(result.starts_with("752"));
        let text = get(&crm, &format!("{batch}/result/{result}")).await.text;
        texts.push(text.replace(&crm.creates()[0].record, "[id]"));
    }
    let path = job(&crm, USER, query("CSV")).await;
    let wrong = batch(&crm, USER, &path, "SELECT Nothing FROM Contact").await;

    assert_snapshot!(texts.join("\n\n"), @r#"
    "LastName","Title"
    "L<ee",""


    [{"attributes":{"type":"Contact","url":"/services/data/v60.0/sobjects/Contact/[id]"},"LastName":"L<ee","Title":null}]

    <?xml version="1.0" encoding="UTF-8"?><queryResult xmlns="http://www.force.com/2009/06/asyncapi/dataload" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><records xsi:type="sObject"><type>Contact</type><LastName>L&lt;ee</LastName><Title xsi:nil="true"/></records></queryResult>
    "#);
    let info = get(&crm, &wrong).await.text;
    assert!(
        element(&info, "stateMessage")
            .starts_with("InvalidBatch : Failed to process query: INVALID_FIELD: "),
        "{info}"
    );
}

#[tokio::test]
async fn upserts_and_deletes_work_as_in_version_2() {
    let crm = TestOrg::new();
    let id = crm
        .given("Robin Cole", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let mut upsert = insert("CSV");
    upsert["operation"] = json!("upsert");
    upsert["externalIdFieldName"] = json!("Id");

    let path = job(&crm, USER, upsert).await;
    batch(&crm, USER, &path, &format!("Id,Title\n{id},CEO\n")).await;
    let kept = crm.owner_and_creator("Contact", &id).await;
    let mut delete = insert("CSV");
    delete["operation"] = json!("delete");
    let path = job(&crm, "Robin Cole", delete).await;
    batch(&crm, "Robin Cole", &path, &format!("Id\n{id}\n")).await;

    assert_eq!(kept, (crm.id("Robin Cole"), crm.id("Robin Cole")));
    assert_eq!(
        crm.get(USER, &format!("/sobjects/Contact/{id}"))
            .await
            .code(),
        "ENTITY_IS_DELETED"
    );
}

#[tokio::test]
async fn refusals_have_the_form_of_the_request_or_of_the_job() {
    let crm = TestOrg::new();
    let path = job(&crm, USER, insert("CSV")).await;
    let request = |header: &str, content_type: &str| {
        Request::builder()
            .uri(format!("/services/async/60.0/job{path}"))
            .header(header, "00D!nobody")
            .header("content-type", content_type)
            .body(axum::body::Body::empty())
            .unwrap()
    };

    let session = crm.send(request("x-sfdc-session", XML)).await;
    let json_session = crm.send(request("authorization", JSON)).await;
    let unknown = call(&crm, USER, Method::GET, "/750000000000000AAA", JSON, "").await;
    let empty = call(
        &crm,
        USER,
        Method::POST,
        &format!("{path}/batch"),
        JSON,
        " \n",
    )
    .await;
    let broken = post(&crm, "", XML, "<jobInfo>").await;
    let hard = post(
        &crm,
        "",
        JSON,
        &json!({ "operation": "hardDelete", "object": "Contact" }).to_string(),
    )
    .await;
    let zip = post(&crm, "", JSON, &insert("ZIP_CSV").to_string()).await;
    let method = call(&crm, USER, Method::DELETE, &path, XML, "").await;

    assert_eq!(session.status, StatusCode::BAD_REQUEST);
    assert_snapshot!(session.text, @r#"<?xml version="1.0" encoding="UTF-8"?><error xmlns="http://www.force.com/2009/06/asyncapi/dataload"><exceptionCode>InvalidSessionId</exceptionCode><exceptionMessage>Invalid session id</exceptionMessage></error>"#);
    assert_eq!(
        json_session.body,
        json!({ "exceptionCode": "InvalidSessionId", "exceptionMessage": "Invalid session id" })
    );
    assert_eq!(unknown.body["exceptionCode"], "InvalidJob");
    assert_eq!(element(&empty.text, "exceptionCode"), "ClientInputError");
    assert_eq!(element(&broken.text, "exceptionCode"), "InvalidJob");
    assert_eq!(hard.body["exceptionCode"], "FeatureNotEnabled");
    assert_eq!(
        (zip.status, &zip.body["exceptionCode"]),
        (StatusCode::NOT_IMPLEMENTED, &json!("NotSimulated"))
    );
    assert_eq!(element(&method.text, "exceptionCode"), "ClientInputError");
    assert_eq!(crm.creates().len(), 0);
}

#[tokio::test]
async fn a_closed_or_aborted_job_takes_no_batches() {
    let crm = TestOrg::new();
    let path = job(&crm, USER, insert("CSV")).await;
    let state = async |state: &str| {
        post(&crm, &path, JSON, &json!({ "state": state }).to_string())
            .await
            .body
    };

    let closed = state("Closed").await;
    let late = post(&crm, &format!("{path}/batch"), XML, "LastName\nLee\n").await;
    let aborted = state("Aborted").await;
    let again = state("Closed").await;

    assert_eq!(
        (&closed["state"], &aborted["state"]),
        (&json!("Closed"), &json!("Aborted"))
    );
    assert_eq!(element(&late.text, "exceptionCode"), "InvalidJobState");
    assert_eq!(again["exceptionCode"], "InvalidJobState");
    // A session of this API opens no other.
    let request = Request::builder()
        .uri("/services/data/v60.0/limits")
        .header("x-sfdc-session", crm.token(USER))
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(crm.send(request).await.code(), "INVALID_SESSION_ID");
}
