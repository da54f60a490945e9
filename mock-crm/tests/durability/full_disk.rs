use reqwest::StatusCode;

use crate::binary::Binary;
use crate::contact;

/// The program, in a shell that lets no file grow beyond 300 KiB: a full disk, as far as it can tell.
#[cfg(unix)]
#[tokio::test]
async fn on_a_full_disk_nothing_is_acknowledged_and_what_was_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = tokio::process::Command::new("sh");
    let limited = "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\"";
    shell.args(["-c", limited, env!("CARGO_BIN_EXE_mock-crm")]);
    let crm = Binary::launch(shell, folder.path()).await;
    let (url, token) = (
        crm.text("/salesforce/url"),
        crm.text("/salesforce/users/0/token"),
    );

    let mut answered = Vec::new();
    let refused = loop {
        let answer = contact(&crm.http, &url, &token, "Lee")
            .send()
            .await
            .unwrap();
        if answer.status() != StatusCode::CREATED {
            break answer.status();
        }
        let body: serde_json::Value = answer.json().await.unwrap();
        answered.push(body["id"].as_str().unwrap().to_owned());
        assert!(answered.len() < 10_000, "the disk never fills up");
    };
    assert!(refused.is_server_error(), "{refused}");
    let again = contact(&crm.http, &url, &token, "Lee")
        .send()
        .await
        .unwrap();
    assert!(again.status().is_server_error());
    let health = format!("{}/health", crm.text("/control/url"));
    assert_eq!(crm.http.get(health).send().await.unwrap().status(), 503);
    drop(crm);

    let crm = Binary::start(folder.path()).await;
    let rows = crm.rows("salesforce", "Contact").await;
    assert!(!answered.is_empty());
    assert!(answered.iter().all(|id| rows.contains_key(id)));
    assert_eq!(crm.salesforce_contacts().await, rows);
}
