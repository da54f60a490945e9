//! What an answer looks like on the wire, where clients read it to the letter.

use mock_crm::MockCrm;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn header_names_are_written_with_capitals() {
    let crm = MockCrm::start().await.unwrap();
    for url in [crm.salesforce_url(), crm.hubspot_url()] {
        let address = url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request =
            format!("GET /services/data HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();

        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();

        assert!(
            answer.contains("\r\nContent-Type: application/json"),
            "{answer}"
        );
    }
}
