//! Rows of the ledger as they are written, as server-sent events.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream;
use http::{HeaderMap, header};

use crate::crms::Crms;

/// Whether the client wants to follow.
pub(super) fn wanted(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/event-stream"))
}

/// Where the client goes on: what it saw last, or else `after` of its query.
pub(super) fn resumed(headers: &HeaderMap, after: u64) -> u64 {
    headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .unwrap_or(after)
}

/// Rows after a number, each with its own number, and the number up to which there are no others.
pub(super) type Page = (Vec<(u64, String)>, u64);

struct Follower<F> {
    crms: Crms,
    page: F,
    after: u64,
    waiting: VecDeque<(u64, String)>,
}

/// An endless answer: `page` is asked again whenever a row may have been added.
pub(super) fn follow<F>(crms: Crms, after: u64, page: F) -> Response
where
    F: FnMut(&Crms, u64) -> Page + Send + 'static,
{
    let follower = Follower {
        crms,
        page,
        after,
        waiting: VecDeque::new(),
    };
    let events = stream::unfold(follower, |mut follower| async move {
        let (sequence, row) = follower.next().await?;
        let event = Event::default().id(sequence.to_string()).data(row);
        Some((Ok::<_, Infallible>(event), follower))
    });
    // A comment now and then tells both sides that the other is still there.
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
        .into_response()
}

impl<F: FnMut(&Crms, u64) -> Page> Follower<F> {
    /// `None` once nothing can be acknowledged any more.
    async fn next(&mut self) -> Option<(u64, String)> {
        loop {
            if let Some(row) = self.waiting.pop_front() {
                return Some(row);
            }
            let server = self.crms.server.clone();
            let mut added = std::pin::pin!(server.sequences.added.notified());
            // From here on no row is missed: either the page has it, or it wakes us.
            added.as_mut().enable();
            let (rows, last) = (self.page)(&self.crms, self.after);
            self.after = last;
            if rows.is_empty() {
                added.await;
            } else {
                server.written().await.ok()?;
                self.waiting = rows.into();
            }
        }
    }
}
