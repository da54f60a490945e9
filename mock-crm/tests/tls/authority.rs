use std::net::SocketAddr;

use mock_crm::tls::Tls;
use mock_crm::{MockCrm, Options};

use crate::trusting;

#[tokio::test]
async fn http_and_https_are_answered_on_the_same_port() {
    let crm = MockCrm::start().await.unwrap();
    let client = trusting(&crm).build().unwrap();

    for url in [
        crm.salesforce_url(),
        crm.salesforce_tls_url(),
        crm.hubspot_url(),
        crm.hubspot_tls_url(),
        crm.salesforce_tls_url().replace("127.0.0.1", "localhost"),
    ] {
        let answer = client.get(format!("{url}/")).send().await;
        assert!(answer.is_ok(), "{url}: {answer:?}");
    }
}

#[tokio::test]
async fn the_hosts_of_both_vendors_have_a_certificate_without_a_proxy() {
    let crm = MockCrm::start().await.unwrap();
    let hubspot = crm.hubspot_tls_url();
    let address: SocketAddr = hubspot.trim_start_matches("https://").parse().unwrap();

    // As an entry of /etc/hosts does.
    for host in ["api.hubapi.com", "api.hubspot.com", "app.hubspot.com"] {
        let client = trusting(&crm).resolve(host, address).build().unwrap();
        let url = format!("https://{host}:{}/crm/v3/owners", address.port());

        let answer = client.get(url).send().await.unwrap();

        assert_eq!(answer.status(), 401, "{host}");
    }
}

#[tokio::test]
async fn a_client_that_does_not_trust_the_authority_is_not_answered() {
    let (crm, other) = (
        MockCrm::start().await.unwrap(),
        MockCrm::start().await.unwrap(),
    );

    let answer = trusting(&other)
        .build()
        .unwrap()
        .get(crm.salesforce_tls_url())
        .send()
        .await;

    assert!(answer.unwrap_err().is_connect());
}

#[test]
fn an_authority_that_is_kept_in_a_folder_stays_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("made/when/needed");

    let first = Tls::kept_in(&folder).unwrap().authority_pem().unwrap();
    let second = Tls::kept_in(&folder).unwrap();

    assert_eq!(second.authority_pem().unwrap(), first);
    assert_eq!(
        std::fs::read_to_string(second.authority_file().unwrap()).unwrap(),
        first
    );
}

#[tokio::test]
async fn a_later_start_is_trusted_by_who_trusts_the_folder() {
    let directory = tempfile::tempdir().unwrap();
    let start = async || {
        let tls = Tls::kept_in(directory.path()).unwrap();
        MockCrm::start_with(Options {
            tls,
            ..Options::default()
        })
        .await
        .unwrap()
    };
    let client = trusting(&start().await).build().unwrap();

    let later = start().await;

    client.get(later.hubspot_tls_url()).send().await.unwrap();
}

#[test]
fn many_that_start_at_once_share_one_authority() {
    let directory = tempfile::tempdir().unwrap();

    let made: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| Tls::kept_in(directory.path()).map(|tls| tls.acceptor().is_ok()))
            })
            .collect();
        starts
            .into_iter()
            .map(|start| start.join().unwrap())
            .collect()
    });

    assert!(made.iter().all(|made| matches!(made, Ok(true))), "{made:?}");
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 2);
}

#[test]
fn a_folder_that_can_not_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();

    let error = Tls::kept_in(&file.path().join("below")).unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("could not use {}", file.path().join("below").display())
    );
}

#[test]
fn a_text_is_kept_beside_the_authority_and_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let tls = Tls::kept_in(directory.path()).unwrap();

    for text in ["one", "two"] {
        let file = tls.keep("key.pem", text).unwrap().unwrap();
        assert_eq!(std::fs::read_to_string(file).unwrap(), text);
    }

    assert_eq!(Tls::in_memory().keep("key.pem", "one").unwrap(), None);
}
