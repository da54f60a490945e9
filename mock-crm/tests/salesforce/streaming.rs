//! Bodies that pass through: what the journal keeps of them, and faults that hit them.

use http::{Method, Request, StatusCode};
use mock_crm::faults::{Action, Fault, Refusal};
use mock_crm::journal::{Exchange, ExchangeEntry};
use mock_crm::tenant::Hosted;
use serde_json::json;

use crate::bulk_ingest::{complete, created, over, upload};
use crate::harness::{Answer, TestOrg};

const USER: &str = "Dana Reyes";

/// More than the journal keeps of a body that passes through.
fn large_csv() -> String {
    let rows = (0..5_000).map(|row| format!("Contact {row}\n"));
    "LastName\n".to_owned() + &rows.collect::<String>()
}

async fn job(crm: &TestOrg) -> String {
    let job = json!({ "object": "Contact", "operation": "insert" });
    created(crm, USER, job).await
}

fn play(crm: &TestOrg, action: Action) {
    crm.server.faults.add(Fault {
        crm: None,
        org: None,
        token: None,
        method: None,
        path: None,
        routes: vec![],
        nth: 1,
        times: Some(1),
        action,
    });
}

fn newest<T>(crm: &TestOrg, look: impl Fn(&Exchange) -> T) -> T {
    let journal = crm.org.tenant().journal.lock();
    look(journal.exchanges().last().unwrap())
}

async fn reset(crm: &TestOrg, method: Method, path: &str, body: &str) -> bool {
    let request = Request::builder()
        .method(method)
        .uri(format!("/services/data/v60.0{path}"))
        .header("authorization", format!("Bearer {}", crm.token(USER)))
        .body(axum::body::Body::from(body.to_owned()))
        .unwrap();
    crm.host.handle(request).await.is_err()
}

#[tokio::test]
async fn the_journal_says_what_it_has_not_kept() {
    let crm = TestOrg::new();
    let csv = large_csv();
    let path = job(&crm).await;

    upload(&crm, USER, &path, &csv).await;
    let uploaded = newest(&crm, ExchangeEntry::new);
    complete(&crm, USER, &path).await;
    over(&crm, USER, &path).await;
    let results = crm.get(USER, &format!("{path}/successfulResults")).await;
    let answered = newest(&crm, ExchangeEntry::new);

    assert_eq!(uploaded.request_body, csv[..mock_crm::serve::KEPT]);
    assert_eq!(
        uploaded.request_body_dropped as usize,
        csv.len() - mock_crm::serve::KEPT
    );
    assert_eq!(uploaded.response_body_dropped, 0);
    assert_eq!(
        answered.response_body,
        results.text[..mock_crm::serve::KEPT]
    );
    assert_eq!(
        answered.response_body_dropped as usize,
        results.text.len() - mock_crm::serve::KEPT
    );
    let length = results.text.len().to_string();
    assert_eq!(results.header("content-length"), Some(length.as_str()));
}

#[tokio::test]
async fn a_refused_upload_is_read_to_its_end_and_brings_nothing() {
    let crm = TestOrg::new();
    let (csv, path) = (large_csv(), job(&crm).await);

    play(&crm, Action::Refuse(Refusal::LockedRow));
    let refused = upload(&crm, USER, &path, &csv).await;
    let entry = newest(&crm, ExchangeEntry::new);
    let again = upload(&crm, USER, &path, &csv).await;

    assert_eq!(refused.code(), "UNABLE_TO_LOCK_ROW");
    assert_eq!(
        entry.request_body.len() + entry.request_body_dropped as usize,
        csv.len()
    );
    assert_eq!(again.status, StatusCode::CREATED);
}

#[tokio::test]
async fn an_upload_can_be_lost_before_or_after_it_counts() {
    let crm = TestOrg::new();
    let (csv, path) = (large_csv(), job(&crm).await);
    let batches = format!("{path}/batches");

    play(&crm, Action::ResetBefore);
    assert!(reset(&crm, Method::PUT, &batches, &csv).await);
    play(&crm, Action::ResetAfter);
    assert!(reset(&crm, Method::PUT, &batches, &csv).await);
    let third = upload(&crm, USER, &path, &csv).await;

    // The second one was taken, though nobody said so.
    assert_eq!(third.code(), "INVALIDJOBSTATE");
}

#[tokio::test]
async fn a_token_can_expire_on_an_upload() {
    let crm = TestOrg::new();
    let path = job(&crm).await;

    play(&crm, Action::ExpireToken);
    let token = crm.token(USER);
    let request = Request::builder()
        .method(Method::PUT)
        .uri(format!("/services/data/v60.0{path}/batches"))
        .header("authorization", format!("Bearer {token}"))
        .body(axum::body::Body::from(large_csv()))
        .unwrap();
    let answer: Answer = crm.send(request).await;

    assert_eq!(answer.code(), "INVALID_SESSION_ID");
}

#[tokio::test]
async fn a_streamed_answer_can_be_cut_or_lost() {
    let crm = TestOrg::new();
    let path = job(&crm).await;
    upload(&crm, USER, &path, &large_csv()).await;
    complete(&crm, USER, &path).await;
    over(&crm, USER, &path).await;
    let results = format!("{path}/successfulResults");
    let whole = crm.get(USER, &results).await.text;

    play(&crm, Action::Truncate { bytes: 100_000 });
    let request = Request::builder()
        .uri(format!("/services/data/v60.0{results}"))
        .header("authorization", format!("Bearer {}", crm.token(USER)))
        .body(axum::body::Body::empty())
        .unwrap();
    let cut = crm.host.handle(request).await.unwrap();
    let promised = cut.headers()["content-length"].to_str().unwrap().to_owned();
    let mut body = cut.into_body();
    let (mut received, mut broken) = (0, false);
    while let Some(frame) = http_body_util::BodyExt::frame(&mut body).await {
        match frame {
            Ok(frame) => received += frame.data_ref().map_or(0, bytes::Bytes::len),
            Err(_) => broken = true,
        }
    }
    play(&crm, Action::ResetAfter);
    let lost = reset(&crm, Method::GET, &results, "").await;

    assert_eq!(promised, whole.len().to_string());
    assert_eq!((received, broken, lost), (100_000, true, true));
}
