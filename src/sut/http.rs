//! A system under test that answers by HTTP: the same messages, each the body of a POST.

use std::error::Error;
use std::net::IpAddr;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Url};

use super::TransportError;
use super::heard::shortened;

/// Where a driver listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why a text names no such place.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It can't be read.
    #[error("'{text}' is no URL: {why}")]
    NoUrl {
        /// What was given.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// It has another scheme.
    #[error("'{0}' is no URL that can be posted to: it has to begin with http:// or https://")]
    Scheme(String),
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let url = Url::parse(text).map_err(|error| AddressError::NoUrl {
            text: text.to_owned(),
            why: error.to_string(),
        })?;
        match (url.scheme(), url.has_host()) {
            ("http" | "https", true) => Ok(Self(url)),
            _ => Err(AddressError::Scheme(text.to_owned())),
        }
    }
}

/// Connections to one driver, for one scenario, since they belong to its runtime.
#[derive(Debug)]
pub(super) struct Connection {
    address: Address,
    client: Client,
}

impl Connection {
    pub(super) fn to(address: Address) -> Result<Self, TransportError> {
        // An error only says that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("crm-conformance/", env!("CARGO_PKG_VERSION")));
        if address.loopback() {
            builder = builder.no_proxy();
        }
        if address.0.scheme() == "http" {
            // reqwest wants certificate authorities even for plain http, and a bare container has none.
            builder = builder.tls_certs_only([]);
        }
        let client = builder
            .build()
            .map_err(|error| failure(format!("could not set up HTTP: {}", chain(&error))))?;
        Ok(Self { address, client })
    }

    /// One message there, and its answer back.
    pub(super) async fn exchange(&self, line: String) -> Result<String, TransportError> {
        let url = self.address.shown();
        let request = self
            .client
            .post(self.address.0.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(line);
        let answer = request.send().await.map_err(|error| self.unsent(&error))?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(|error| {
            failure(format!(
                "its answer over {url} broke off: {}",
                chain(&error)
            ))
        })?;
        let body = String::from_utf8(body.into())
            .map_err(|_| failure(format!("its answer over {url} is not UTF-8")))?;
        if status != reqwest::StatusCode::OK {
            let said = shortened(body.trim(), 300);
            let said = if said.is_empty() {
                "nothing more".to_owned()
            } else {
                said
            };
            return Err(failure(format!(
                "{url} answered with HTTP status {status} in place of 200, and {said}"
            )));
        }
        Ok(body)
    }

    fn unsent(&self, error: &reqwest::Error) -> TransportError {
        let url = self.address.shown();
        let why = chain(error);
        if error.is_connect() {
            failure(format!(
                "could not reach {url} ({why}); is the driver running, and does it listen there?"
            ))
        } else {
            failure(format!("{url} gave no answer: {why}"))
        }
    }
}

impl Address {
    /// Without what nobody else should read: a name, a password, and a query that may hold a token.
    fn shown(&self) -> String {
        let mut url = self.0.clone();
        // An address with a host takes both.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_query(None);
        url.to_string()
    }

    /// Whether it is on this machine, where no proxy has anything to do.
    fn loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    }
}

fn failure(message: String) -> TransportError {
    TransportError {
        message,
        source: None,
    }
}

/// The causes alone, since reqwest's own line repeats the URL.
fn chain(error: &dyn Error) -> String {
    let mut text = Vec::new();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push(inner.to_string());
        cause = inner.source();
    }
    if text.is_empty() {
        error.to_string()
    } else {
        text.dedup();
        text.join(": ")
    }
}
