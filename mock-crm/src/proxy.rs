//! A CONNECT proxy for clients whose hosts can't be changed: `login.salesforce.com` and `api.hubapi.com` lead here.
//!
//! With `HTTPS_PROXY` set to it and the mock's authority trusted, such a client runs unmodified. It leads to the mock
//! and nowhere else.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::hubspot::Hubspot;
use crate::salesforce::Salesforce;
use crate::serve::{Host, Listener, serve_vendor};
use crate::tenant::Crm;
use crate::tls::{Tls, hosts};

/// Where the proxy leads.
#[derive(Clone, Debug)]
pub struct Targets {
    /// Salesforce.
    pub salesforce: Arc<Host<Salesforce>>,
    /// The port on which it listens itself.
    pub salesforce_port: u16,
    /// HubSpot.
    pub hubspot: Arc<Host<Hubspot>>,
    /// The port on which it listens itself.
    pub hubspot_port: u16,
    /// The certificate for the vendors' hosts.
    pub tls: Arc<Tls>,
}

/// Listens for CONNECT requests.
///
/// # Errors
/// Where the address can't be listened on.
pub async fn bind(address: SocketAddr, targets: Targets) -> std::io::Result<Listener> {
    Listener::bind(address, move |stream| connection(stream, targets.clone())).await
}

async fn connection(mut stream: TcpStream, targets: Targets) {
    let Some(head) = head(&mut stream).await else {
        return;
    };
    let (answer, crm) = match requested(&head).and_then(|authority| target(authority, &targets)) {
        Ok(crm) => (
            "HTTP/1.1 200 Connection established\r\n\r\n".to_owned(),
            Some(crm),
        ),
        Err(refusal) => (refusal.answer(), None),
    };
    if let Err(error) = stream.write_all(answer.as_bytes()).await {
        return tracing::debug!(%error, "a client of the proxy is gone");
    }
    match crm {
        Some(Crm::Salesforce) => serve_vendor(stream, targets.salesforce, targets.tls).await,
        Some(Crm::Hubspot) => serve_vendor(stream, targets.hubspot, targets.tls).await,
        None => {}
    }
}

/// A head longer than this is no CONNECT request.
const LONGEST_HEAD: usize = 8 << 10;

/// Everything up to the empty line, and not a byte of what is meant for the vendor.
async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() == LONGEST_HEAD {
            return None;
        }
        head.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}

/// Why a client is not led anywhere.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Refusal {
    #[error("mock-crm's proxy answers CONNECT only, so set HTTPS_PROXY and not HTTP_PROXY")]
    Method,
    #[error("mock-crm's proxy leads to Salesforce's and HubSpot's hosts only, and not to {0}")]
    Elsewhere(String),
}

impl Refusal {
    fn answer(&self) -> String {
        let status = match self {
            Self::Method => "405 Method Not Allowed\r\nallow: CONNECT",
            Self::Elsewhere(_) => "403 Forbidden",
        };
        let text = format!("{self}\n");
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/plain;charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
            text.len()
        )
    }
}

/// `host:port` of a CONNECT request.
fn requested(head: &str) -> Result<&str, Refusal> {
    let mut words = head.split_ascii_whitespace();
    match (words.next(), words.next()) {
        (Some("CONNECT"), Some(authority)) => Ok(authority),
        _ => Err(Refusal::Method),
    }
}

fn target(authority: &str, targets: &Targets) -> Result<Crm, Refusal> {
    let elsewhere = || Refusal::Elsewhere(authority.to_owned());
    let (host, port) = authority.rsplit_once(':').ok_or_else(elsewhere)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if let (Some(crm), "443") = (hosts::vendor(host), port) {
        return Ok(crm);
    }
    // Clients take the proxy for the instance URL, too, which is the mock's own.
    match port.parse::<u16>() {
        _ if !hosts::LOOPBACK.contains(&host) => Err(elsewhere()),
        Ok(port) if port == targets.salesforce_port => Ok(Crm::Salesforce),
        Ok(port) if port == targets.hubspot_port => Ok(Crm::Hubspot),
        _ => Err(elsewhere()),
    }
}
