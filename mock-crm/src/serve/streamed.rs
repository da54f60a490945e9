//! Bodies that are too large to be held: they pass through, and the journal keeps how they started and how long they were.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use parking_lot::Mutex;

/// Bytes of a body that passes through which the journal keeps.
pub const KEPT: usize = 16 << 10;

/// A body larger than this is refused with 413, unless the vendor takes it as a stream ([`Vendor::streams`](super::Vendor::streams)).
const LARGEST_BODY: usize = 64 << 20;

/// What a refused upload may still send: its client would see a broken connection in place of the refusal otherwise.
const DRAINED: u64 = 256 << 20;

/// In the extensions of an answer whose body is sent as it comes: what the journal is to know of it.
#[derive(Clone, Debug)]
pub struct Streamed {
    /// How the body starts: at most [`KEPT`] bytes.
    pub first: Bytes,
    /// Bytes of the whole body.
    pub length: u64,
}

/// What is known of a body that has passed, or is passing.
#[derive(Debug, Default)]
struct Passed {
    first: Vec<u8>,
    length: u64,
    /// The body, where whoever was to read it did not read to its end.
    rest: Option<Body>,
}

impl Passed {
    fn note(&mut self, bytes: &[u8]) {
        let room = KEPT - self.first.len();
        self.first
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len() as u64;
    }
}

/// A request's body on its way to the vendor's router.
#[derive(Debug)]
struct Passing {
    body: Option<Body>,
    passed: Arc<Mutex<Passed>>,
}

impl HttpBody for Passing {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = self.body.as_mut() else {
            return Poll::Ready(None);
        };
        let frame = ready!(Pin::new(body).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let Some(bytes) = frame.data_ref()
        {
            self.passed.lock().note(bytes);
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(Body::size_hint).unwrap_or_default()
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        self.passed.lock().rest = self.body.take();
    }
}

/// What the journal gets of a request's body.
#[derive(Debug)]
pub(super) enum Received {
    Whole(Bytes),
    Passing(Watched),
}

/// A body that somebody else reads.
#[derive(Debug)]
pub(super) struct Watched(Arc<Mutex<Passed>>);

/// The whole of a body; none where it is too large.
pub(super) async fn whole(body: Body) -> (Option<Body>, Received) {
    match axum::body::to_bytes(body, LARGEST_BODY).await {
        Ok(body) => {
            // A copy, since the journal keeps it, and with it the connection's buffer otherwise.
            let body = Bytes::copy_from_slice(&body);
            (Some(Body::from(body.clone())), Received::Whole(body))
        }
        Err(_) => (None, Received::Whole(Bytes::new())),
    }
}

/// Lets a body through, and watches it.
pub(super) fn watched(body: Body) -> (Body, Received) {
    let passed = Arc::new(Mutex::new(Passed::default()));
    let passing = Passing {
        body: Some(body),
        passed: passed.clone(),
    };
    (Body::new(passing), Received::Passing(Watched(passed)))
}

impl Received {
    /// What is kept, and how many bytes are not. A body that nobody has read to its end is read now, so that its client
    /// comes to reading the answer.
    pub(super) async fn kept(self) -> (Bytes, u64) {
        match self {
            Self::Whole(bytes) => (bytes, 0),
            Self::Passing(watched) => {
                watched.drain().await;
                let mut passed = watched.0.lock();
                let first = std::mem::take(&mut passed.first);
                let dropped = passed.length - first.len() as u64;
                (first.into(), dropped)
            }
        }
    }
}

impl Watched {
    async fn drain(&self) {
        let rest = self.0.lock().rest.take();
        let Some(mut body) = rest else { return };
        let mut drained = 0;
        while drained < DRAINED
            && let Some(Ok(frame)) = body.frame().await
        {
            if let Some(bytes) = frame.data_ref() {
                drained += bytes.len() as u64;
                self.0.lock().note(bytes);
            }
        }
    }
}
