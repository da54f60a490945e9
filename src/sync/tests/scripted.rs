//! A server that does what a test says, and remembers what it was asked.

use crate::sync::Sleeper;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use futures::future::BoxFuture;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    /// What stands after `Bearer`, or nothing.
    pub(super) token: String,
    pub(super) auto_assign: Option<String>,
    /// JSON; a form as the string it is.
    pub(super) body: Value,
}

/// An answer.
pub(super) enum Reply {
    Json(u16, Value),
    /// 429, or another "later", with `Retry-After` in seconds.
    Later(u16, u64),
    /// Headers of a success, and then nothing.
    CutOff,
}

/// A server on loopback; dropped with the runtime of its test.
pub(super) struct Script {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// Does not wait, and remembers for how long it should have.
#[derive(Debug, Default)]
pub(super) struct Naps(Mutex<Vec<Duration>>);

impl Script {
    /// `answer` gets the request and how many like it (method and path) came before.
    pub(super) async fn start(
        answer: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(vec![]));
        let (log, answer) = (seen.clone(), Arc::new(answer));
        let app = axum::Router::new().fallback(
            move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
                let reply = note(&log, &*answer, Seen::new(&method, &uri, &headers, &body));
                async move { reply.into_response() }
            },
        );
        tokio::spawn(async move { axum::serve(listener, app).await });
        Script { url, seen }
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// `METHOD /path token` of each request to a path that contains this.
    pub(super) fn lines(&self, part: &str) -> Vec<String> {
        let seen = self.seen();
        let wanted = seen.iter().filter(|seen| seen.path.contains(part));
        wanted
            .map(|seen| format!("{} {} {}", seen.method, seen.path, seen.token))
            .collect()
    }
}

fn note(log: &Mutex<Vec<Seen>>, answer: &dyn Fn(&Seen, usize) -> Reply, request: Seen) -> Reply {
    let mut log = log.lock().unwrap();
    let before = log
        .iter()
        .filter(|seen| (&seen.method, &seen.path) == (&request.method, &request.path))
        .count();
    let reply = answer(&request, before);
    log.push(request);
    reply
}

impl Seen {
    fn new(method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Self {
        let header = |name: &str| {
            headers
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        let text = String::from_utf8_lossy(body).into_owned();
        Seen {
            method: method.to_string(),
            path: uri.path().to_owned(),
            token: header("authorization")
                .unwrap_or_default()
                .trim_start_matches("Bearer ")
                .to_owned(),
            auto_assign: header("sforce-auto-assign"),
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }
}

impl Reply {
    fn into_response(self) -> Response<Body> {
        let response = Response::builder();
        match self {
            Reply::Json(204, _) => response
                .status(StatusCode::NO_CONTENT)
                .body(Body::empty())
                .unwrap(),
            Reply::Json(status, body) => response
                .status(status)
                .body(Body::from(body.to_string()))
                .unwrap(),
            Reply::Later(status, seconds) => response
                .status(status)
                .header("retry-after", seconds)
                .body(Body::empty())
                .unwrap(),
            Reply::CutOff => {
                let torn =
                    futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("torn")) });
                response.status(201).body(Body::from_stream(torn)).unwrap()
            }
        }
    }
}

impl Naps {
    pub(super) fn seconds(&self) -> Vec<u64> {
        self.0
            .lock()
            .unwrap()
            .iter()
            .map(Duration::as_secs)
            .collect()
    }
}

impl Sleeper for Naps {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.lock().unwrap().push(duration);
        Box::pin(async {})
    }
}
