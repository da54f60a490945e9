//! https on the vendors' ports, and the proxy for clients whose hosts can't be changed.

#![allow(
    clippy::unwrap_used,
    reason = "a test panics where something is not as it has to be"
)]

mod authority;
mod headers;
mod proxy;

use mock_crm::{MockCrm, Options};
use reqwest::{Certificate, Client, ClientBuilder, Proxy};

/// A client that trusts the mock's authority and nobody else.
pub(crate) fn trusting(crm: &MockCrm) -> ClientBuilder {
    // Tests run in one process: whoever comes first installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let pem = crm.tls().authority_pem().unwrap();
    Client::builder()
        .no_proxy()
        .tls_certs_only([Certificate::from_pem(pem.as_bytes()).unwrap()])
}

pub(crate) async fn with_proxy() -> (MockCrm, Client) {
    let options = Options {
        proxy: Some(([127, 0, 0, 1], 0).into()),
        ..Options::default()
    };
    let crm = MockCrm::start_with(options).await.unwrap();
    let proxy = Proxy::all(crm.proxy_url().unwrap()).unwrap();
    let client = trusting(&crm).proxy(proxy).build().unwrap();
    (crm, client)
}
