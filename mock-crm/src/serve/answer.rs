//! An answer on its way out: whole, cut short, or lost.

use axum::body::Body;
use bytes::Bytes;
use futures::{StreamExt, future, stream};
use http::response::Parts;
use http::{Response, StatusCode, header};

use super::{Attribution, Streamed};
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
enum Content {
    Whole(Bytes),
    /// A body that is sent as it comes, and what the journal gets of it.
    Streamed(Body, Streamed),
}

#[derive(Debug)]
pub(super) struct Answer {
    parts: Parts,
    content: Content,
    delivery: Delivery,
}

impl Answer {
    pub(super) async fn of(response: Response<Body>) -> Self {
        let (mut parts, body) = response.into_parts();
        let content = match parts.extensions.remove::<Streamed>() {
            Some(streamed) => Content::Streamed(body, streamed),
            // Other bodies are made whole before they are sent.
            None => Content::Whole(
                axum::body::to_bytes(body, usize::MAX)
                    .await
                    .unwrap_or_default(),
            ),
        };
        Self {
            parts,
            content,
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
        answer.content = Content::Whole(body);
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
            content: Content::Whole(Bytes::new()),
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
        match &self.content {
            Content::Whole(body) => body.clone(),
            Content::Streamed(_, streamed) => streamed.first.clone(),
        }
    }

    /// How many bytes of the body [`Answer::body`] leaves out.
    pub(super) fn body_dropped(&self) -> u64 {
        match &self.content {
            Content::Whole(_) => 0,
            Content::Streamed(_, streamed) => streamed.length - streamed.first.len() as u64,
        }
    }

    pub(super) fn attribution<T: Send + Sync + 'static>(&self) -> Option<Attribution<T>> {
        self.parts.extensions.get::<Attribution<T>>().cloned()
    }

    pub(super) fn into_response(self) -> Result<Response<Body>, ConnectionReset> {
        let Self {
            mut parts,
            content,
            delivery,
        } = self;
        let (body, length) = match content {
            Content::Whole(body) => {
                let length = body.len() as u64;
                (Body::from(body), length)
            }
            Content::Streamed(body, streamed) => {
                parts
                    .headers
                    .insert(header::CONTENT_LENGTH, streamed.length.into());
                (body, streamed.length)
            }
        };
        let body = match delivery {
            Delivery::Whole => body,
            Delivery::Lost => return Err(ConnectionReset),
            Delivery::Truncated(bytes) => {
                // The whole length is promised, so that the client can tell that something is missing.
                parts.headers.insert(header::CONTENT_LENGTH, length.into());
                cut(body, bytes)
            }
        };
        Ok(Response::from_parts(parts, body))
    }
}

/// The first bytes of a body, and then a broken connection.
fn cut(body: Body, bytes: usize) -> Body {
    let start = body.into_data_stream().scan(bytes, |left, chunk| {
        let sent = match chunk {
            Ok(chunk) if *left > 0 => Some(chunk.slice(..chunk.len().min(*left))),
            _ => None,
        };
        *left -= sent.as_ref().map_or(0, Bytes::len);
        future::ready(sent.map(Ok))
    });
    Body::from_stream(start.chain(stream::once(future::ready(Err(ConnectionReset)))))
}
