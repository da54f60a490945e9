//! One call to an app's address.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::signature;
use crate::clock::Timestamp;

/// How much of an answer is looked at.
const LONGEST_ANSWER: usize = 1 << 10;

/// A signed call, ready to go.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) url: &'a str,
    pub(super) client_secret: &'a str,
    pub(super) body: &'a str,
    pub(super) at: Timestamp,
}

/// An `http` address that calls can go to. There is no TLS on the way to an app: such a target would be a server in the
/// outside world, which a mock has no business with.
pub(crate) fn target(url: &str) -> Option<Uri> {
    let uri: Uri = url.parse().ok()?;
    let known = uri.scheme_str() == Some("http") && uri.host().is_some();
    known.then_some(uri)
}

impl Call<'_> {
    /// Sends it: status and the beginning of the answer, or why there was none.
    pub(super) async fn send(&self, timeout: Duration) -> Result<(u16, String), String> {
        match tokio::time::timeout(timeout, self.exchange()).await {
            Ok(answered) => answered,
            Err(_) => Err(format!("no answer within {timeout:?}")),
        }
    }

    async fn exchange(&self) -> Result<(u16, String), String> {
        let said = |error: &dyn std::fmt::Display| error.to_string();
        let uri = target(self.url).ok_or("the target is no http URL")?;
        let authority = uri.authority().map(|authority| authority.as_str());
        let host = uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let address = (host, uri.port_u16().unwrap_or(80));
        let stream = TcpStream::connect(address)
            .await
            .map_err(|error| said(&error))?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| said(&error))?;
        let request = self
            .request(&uri, authority.unwrap_or_default())
            .map_err(|error| said(&error))?;
        let answered = async {
            let answer = sender.send_request(request).await;
            let answer = answer.map_err(|error| said(&error))?;
            let status = answer.status().as_u16();
            Ok((status, beginning(answer.into_body()).await))
        };
        // The connection is driven only as long as the answer is wanted.
        tokio::select! {
            answered = answered => answered,
            Err(error) = connection => Err(said(&error)),
        }
    }

    fn request(&self, uri: &Uri, host: &str) -> Result<Request<Full<Bytes>>, http::Error> {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let signature = signature::first(self.client_secret, self.body);
        let third = signature::third(self.client_secret, self.url, self.body, self.at.0);
        Request::post(path)
            .header(header::HOST, host)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "mock-crm webhooks")
            .header("x-hubspot-signature-version", "v1")
            .header("x-hubspot-signature", signature)
            .header("x-hubspot-signature-v3", third)
            .header("x-hubspot-request-timestamp", self.at.0)
            .body(Full::new(Bytes::from(self.body.to_owned())))
    }
}

async fn beginning(mut body: hyper::body::Incoming) -> String {
    let mut kept = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        if let Ok(part) = frame.into_data() {
            let room = LONGEST_ANSWER - kept.len();
            kept.extend_from_slice(&part[..part.len().min(room)]);
        }
        if kept.len() == LONGEST_ANSWER {
            break;
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}
