//! An app's own address, to which webhooks come.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use parking_lot::Mutex;
use serde_json::Value;
use tokio::sync::Notify;

/// What came, and what is answered next.
#[derive(Default)]
struct Inside {
    received: Mutex<Vec<Received>>,
    answers: Mutex<VecDeque<StatusCode>>,
    came: Notify,
}

/// Listens until it is dropped.
pub(crate) struct Receiver {
    pub(crate) url: String,
    inside: Arc<Inside>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn events(&self) -> Vec<Value> {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

impl Receiver {
    /// Answers these, one after the other, and then 200.
    pub(crate) async fn answering(statuses: &[u16]) -> Self {
        let inside = Arc::new(Inside::default());
        let answers = statuses
            .iter()
            .map(|&code| StatusCode::from_u16(code).unwrap());
        inside.answers.lock().extend(answers);
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let url = format!("http://{}/hook?x=1", listener.local_addr().unwrap());
        let router = Router::new().fallback(take).with_state(inside.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inside, task }
    }

    /// Waits until this many calls have come.
    pub(crate) async fn calls(&self, count: usize) -> Vec<Received> {
        let waiting = async {
            loop {
                let mut came = std::pin::pin!(self.inside.came.notified());
                came.as_mut().enable();
                let received = self.inside.received.lock().clone();
                if received.len() >= count {
                    return received;
                }
                came.await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(10), waiting).await;
        waited.unwrap_or_else(|_| panic!("{} calls", self.inside.received.lock().len()))
    }

    /// What has come up to now.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.inside.received.lock().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(State(inside): State<Arc<Inside>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let body = String::from_utf8(body.to_vec()).unwrap();
    let answer = inside.answers.lock().pop_front();
    inside.received.lock().push(Received { headers, body });
    inside.came.notify_waiters();
    match answer.unwrap_or(StatusCode::OK) {
        // A stand-in for a receiver that never answers.
        StatusCode::PROCESSING => std::future::pending().await,
        answer => answer,
    }
}
