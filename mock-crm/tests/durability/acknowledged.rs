use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use mock_crm::durable::Gate;

use crate::{client, contact, created, salesforce_token, started};

/// While it is shut, no sync call is made.
fn gate(shut: &Arc<AtomicBool>) -> Gate {
    let shut = shut.clone();
    Box::new(move |commit| {
        while shut.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        commit()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_leaves_before_the_sync_call_returns() {
    let directory = tempfile::tempdir().unwrap();
    let shut = Arc::new(AtomicBool::new(false));
    let crm = started(directory.path(), Some(gate(&shut))).await;
    let (http, token) = (client(), salesforce_token(&crm, 0));
    created(contact(&http, &crm.salesforce_url(), &token, "Before")).await;

    shut.store(true, Ordering::SeqCst);
    let request = contact(&http, &crm.salesforce_url(), &token, "Held");
    let mut answer = tokio::spawn(created(request));
    let held = tokio::time::timeout(Duration::from_millis(150), &mut answer).await;

    assert!(held.is_err(), "it was answered: {held:?}");
    // The record is in memory, so a look at it waits as well: it could be lost yet.
    let url = format!("{}/services/data/v62.0/query", crm.salesforce_url());
    let look = http.get(url).query(&[("q", "SELECT Id FROM Contact")]);
    let look = look.bearer_auth(&token).send();
    assert!(
        tokio::time::timeout(Duration::from_millis(50), look)
            .await
            .is_err()
    );
    shut.store(false, Ordering::SeqCst);
    answer.await.unwrap();
}
