//! An answer on its way out: whole, cut short, or lost.

use axum::body::Body;
use bytes::Bytes;
use futures::stream;
use http::response::Parts;
use http::{Response, StatusCode, header};

use super::Attribution;
use crate::journal::Headers;

/// The connection is closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is reset")]
pub struct ConnectionReset;

/// What the client gets of an answer.
#[derive(Debug)]
enum Delivery {
    Whole,
    Truncated(usize),
    Lost,
}

#[derive(Debug)]
pub(super) struct Answer {
    parts: Parts,
    body: Bytes,
    delivery: Delivery,
}

impl Answer {
    pub(super) async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        // The bodies of both vendors' answers are made whole before they are sent.
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .unwrap_or_default();
        Self {
            parts,
            body,
            delivery: Delivery::Whole,
        }
    }

    pub(super) fn made_up(status: u16, body: &serde_json::Value) -> Self {
        let (content_type, body) = match body {
            serde_json::Value::Null => ("text/plain", Bytes::new()),
            serde_json::Value::String(text) => {
                ("text/plain;charset=utf-8", Bytes::from(text.clone()))
            }
            json => (
                "application/json;charset=UTF-8",
                Bytes::from(json.to_string()),
            ),
        };
        let mut answer =
            Self::empty(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        answer.parts.headers.insert(
            header::CONTENT_TYPE,
            http::HeaderValue::from_static(content_type),
        );
        answer.body = body;
        answer
    }

    pub(super) fn too_large() -> Self {
        Self::empty(StatusCode::PAYLOAD_TOO_LARGE)
    }

    pub(super) fn reset() -> Self {
        Self::empty(StatusCode::OK).lost()
    }

    fn empty(status: StatusCode) -> Self {
        let (mut parts, ()) = Response::new(()).into_parts();
        parts.status = status;
        Self {
            parts,
            body: Bytes::new(),
            delivery: Delivery::Whole,
        }
    }

    pub(super) fn lost(mut self) -> Self {
        self.delivery = Delivery::Lost;
        self
    }

    pub(super) fn truncated(mut self, bytes: usize) -> Self {
        self.delivery = Delivery::Truncated(bytes);
        self
    }

    /// `None` where nothing is sent.
    pub(super) fn status(&self) -> Option<StatusCode> {
        match self.delivery {
            Delivery::Lost => None,
            _ => Some(self.parts.status),
        }
    }

    pub(super) fn headers(&self) -> Headers {
        Headers::copy(&self.parts.headers)
    }

    pub(super) fn body(&self) -> Bytes {
        self.body.clone()
    }

    pub(super) fn attribution<T: Send + Sync + 'static>(&self) -> Option<Attribution<T>> {
        self.parts.extensions.get::<Attribution<T>>().cloned()
    }

    pub(super) fn into_response(self) -> Result<Response<Body>, ConnectionReset> {
        let Self {
            mut parts,
            body,
            delivery,
        } = self;
        let body = match delivery {
            Delivery::Whole => Body::from(body),
            Delivery::Lost => return Err(ConnectionReset),
            Delivery::Truncated(bytes) => {
                // The whole length is promised, so that the client can tell that something is missing.
                parts
                    .headers
                    .insert(header::CONTENT_LENGTH, body.len().into());
                let sent = body.slice(..bytes.min(body.len()));
                Body::from_stream(stream::iter([Ok(sent), Err(ConnectionReset)]))
            }
        };
        Ok(Response::from_parts(parts, body))
    }
}
