use mock_crm::tenant::Crm;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::with_proxy;

#[tokio::test]
async fn hosts_that_clients_have_hard_coded_lead_to_their_vendor() {
    let (crm, client) = with_proxy().await;

    for (url, vendor) in [
        ("https://login.salesforce.com/one", Crm::Salesforce),
        ("https://acme.my.salesforce.com/two", Crm::Salesforce),
        ("https://api.hubapi.com/three", Crm::Hubspot),
        ("https://api.hubspot.com/four", Crm::Hubspot),
        ("https://app.hubspot.com/oauth/authorize", Crm::Hubspot),
    ] {
        client.get(url).send().await.unwrap();

        let requests = crm.requests(&Default::default()).requests;
        let last = requests.last().unwrap();
        assert!(url.ends_with(&last.path), "{url}");
        assert_eq!(last.crm, vendor);
    }
}

#[tokio::test]
async fn the_instance_url_is_reached_through_the_proxy_too() {
    let (crm, client) = with_proxy().await;

    client
        .get(format!("{}/here", crm.salesforce_tls_url()))
        .send()
        .await
        .unwrap();

    assert_eq!(crm.requests(&Default::default()).requests[0].path, "/here");
}

async fn raw(proxy_url: &str, head: &str) -> String {
    let address = proxy_url.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn other_hosts_and_methods_are_refused_in_plain_words() {
    let (crm, _) = with_proxy().await;
    let proxy_url = crm.proxy_url().unwrap();

    for (head, status, text) in [
        (
            "CONNECT example.com:443 HTTP/1.1\r\n\r\n",
            "403",
            "and not to example.com:443",
        ),
        (
            "CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n",
            "403",
            "and not to 127.0.0.1:1",
        ),
        (
            "CONNECT login.salesforce.com:22 HTTP/1.1\r\n\r\n",
            "403",
            "login.salesforce.com:22",
        ),
        (
            "GET http://login.salesforce.com/ HTTP/1.1\r\n\r\n",
            "405",
            "set HTTPS_PROXY",
        ),
    ] {
        let answer = raw(&proxy_url, head).await;

        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
        assert!(answer.contains(text), "{answer}");
    }
}
