//! A client that reports success at once, and writes when nobody looks any more.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use async_trait::async_trait;
use http::Uri;
use serde_json::{Value, json};

use super::line::Call;
use crate::sut::{InProcess, Transport, TransportError};

#[derive(Debug)]
pub(super) struct Late {
    inside: InProcess,
    /// Where each CRM answers.
    addresses: HashMap<String, String>,
    /// The last token that it got for each CRM.
    tokens: HashMap<String, String>,
    /// The CRMs that something is still to be written in.
    owed: Vec<String>,
}

impl Late {
    pub(super) fn new(inside: InProcess) -> Self {
        Self {
            inside,
            addresses: HashMap::new(),
            tokens: HashMap::new(),
            owed: Vec::new(),
        }
    }

    fn remember(&mut self, call: &Call) {
        for (crm, field) in [("salesforce", "instance_url"), ("hubspot", "url")] {
            if let Some(address) = call.params[crm][field].as_str() {
                self.addresses.insert(crm.to_owned(), address.to_owned());
            }
        }
        let crm = call.params["crm"].as_str().unwrap_or_default().to_owned();
        if let Some(token) = call.params["grant"]["access_token"].as_str() {
            self.tokens.insert(crm.clone(), token.to_owned());
        }
        if call.writes() {
            self.owed.push(crm);
        }
    }

    fn write(&self, crm: &str) -> io::Result<()> {
        let (Some(address), Some(token)) = (self.addresses.get(crm), self.tokens.get(crm)) else {
            return Ok(());
        };
        let (path, body) = create(crm);
        post(address, path, token, &body.to_string())
    }
}

#[async_trait]
impl Transport for Late {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let call = Call::read(&line);
        self.remember(&call);
        if call.writes() {
            let pushed = json!({ "outcome": "pushed", "crm_id": "later" });
            return Ok(call.answer(&call.outcome(&pushed)));
        }
        self.inside.exchange(line).await
    }
}

impl Drop for Late {
    /// The World lets go of its driver after org and portal are closed.
    fn drop(&mut self) {
        for crm in std::mem::take(&mut self.owed) {
            // The CRM's answer is of no interest; that the write is seen is for the suite to show.
            let _ = self.write(&crm);
        }
    }
}

fn create(crm: &str) -> (&'static str, Value) {
    match crm {
        "salesforce" => (
            "/services/data/v62.0/sobjects/Contact",
            json!({ "LastName": "Late" }),
        ),
        _ => (
            "/crm/v3/objects/contacts",
            json!({ "properties": { "lastname": "Late" } }),
        ),
    }
}

/// One request, by hand: it is sent while a runtime is being left, so that nothing asynchronous would get through.
fn post(address: &str, path: &str, token: &str, body: &str) -> io::Result<()> {
    let url: Uri = format!("{address}{path}")
        .parse()
        .map_err(io::Error::other)?;
    let authority = url.authority().map_or("", |authority| authority.as_str());
    let path = url.path_and_query().map_or(path, |path| path.as_str());
    let mut stream = TcpStream::connect(authority)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    stream.read_to_end(&mut Vec::new())?;
    Ok(())
}
