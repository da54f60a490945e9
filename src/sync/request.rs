//! One HTTP request and its answer, before any of it means something.

use super::failure::Failure;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::time::Duration;

/// A request, apart from the token.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) headers: Vec<(&'static str, &'static str)>,
    pub(super) body: Body,
    pub(super) repeat: Repeat,
}

#[derive(Clone, Debug)]
pub(super) enum Body {
    None,
    Json(Value),
    Form(Vec<(&'static str, String)>),
    Csv(String),
}

/// Whether a second attempt can do harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Twice is the same as once.
    Freely,
    /// Only when the server says that it has done nothing.
    OnlyIfUntouched,
}

/// An answer that was read to its end.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Null without a body, a string where it is not JSON.
    pub(super) body: Value,
    retry_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The server never saw the request.
    NotSent(String),
    /// The server may have carried it out.
    Lost(String),
}

impl Request {
    pub(super) fn new(method: Method, path: &[&str]) -> Self {
        Request {
            method,
            path: path.iter().map(|segment| (*segment).to_owned()).collect(),
            query: vec![],
            headers: vec![],
            body: Body::None,
            repeat: Repeat::Freely,
        }
    }

    pub(super) fn get(path: &[&str]) -> Self {
        Self::new(Method::GET, path)
    }

    pub(super) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    pub(super) fn json(mut self, body: Value) -> Self {
        self.body = Body::Json(body);
        self
    }

    pub(super) fn form(mut self, fields: Vec<(&'static str, String)>) -> Self {
        self.body = Body::Form(fields);
        self
    }

    pub(super) fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// For creates that a repetition would do twice.
    pub(super) fn only_once(mut self) -> Self {
        self.repeat = Repeat::OnlyIfUntouched;
        self
    }

    /// Sends it once, to `base`, with this bearer token.
    pub(super) async fn send(
        &self,
        http: &reqwest::Client,
        base: &str,
        token: Option<&str>,
    ) -> Result<Answer, NoAnswer> {
        let url = self.url(base).map_err(NoAnswer::NotSent)?;
        let mut builder = http.request(self.method.clone(), url);
        for (name, value) in &self.headers {
            builder = builder.header(*name, *value);
        }
        if let Some(token) = token {
            builder = builder.bearer_auth(token);
        }
        builder = match &self.body {
            Body::None => builder,
            Body::Json(value) => builder.json(value),
            Body::Form(fields) => builder.form(fields),
            Body::Csv(rows) => builder.header(CONTENT_TYPE, "text/csv").body(rows.clone()),
        };
        let response = builder.send().await.map_err(|error| {
            match error.is_connect() || error.is_builder() {
                true => NoAnswer::NotSent(chain(&error)),
                false => NoAnswer::Lost(chain(&error)),
            }
        })?;
        Answer::read(response).await
    }

    fn url(&self, base: &str) -> Result<reqwest::Url, String> {
        let mut url =
            reqwest::Url::parse(base).map_err(|error| format!("{base:?} is no URL: {error}"))?;
        url.path_segments_mut()
            .map_err(|()| format!("{base:?} is no URL to send requests to"))?
            .pop_if_empty()
            .extend(&self.path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

impl Answer {
    async fn read(response: reqwest::Response) -> Result<Self, NoAnswer> {
        let status = response.status();
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let rows = response
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/csv")));
        let bytes = response
            .bytes()
            .await
            .map_err(|error| NoAnswer::Lost(chain(&error)))?;
        let body = match serde_json::from_slice(&bytes) {
            _ if rows => Value::String(String::from_utf8_lossy(&bytes).into_owned()),
            Ok(body) => body,
            Err(_) if bytes.is_empty() => Value::Null,
            // A success that cannot be read was cut off on its way: it happened, but what it said is gone.
            Err(error) if status.is_success() => {
                return Err(NoAnswer::Lost(format!("unreadable answer: {error}")));
            }
            Err(_) => Value::String(String::from_utf8_lossy(&bytes).into_owned()),
        };
        Ok(Answer {
            status,
            body,
            retry_after: retry_after.map(Duration::from_secs),
        })
    }

    /// What the server asks to wait; seconds only, since a date would need a clock that both sides share.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The text at this JSON pointer.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.body.pointer(pointer).and_then(Value::as_str)
    }

    /// The text at this JSON pointer of an answer that is useless without it.
    pub(super) fn expect_text(&self, pointer: &str) -> Result<String, Failure> {
        let text = self.text(pointer).map(str::to_owned);
        text.ok_or_else(|| {
            Failure::refused(
                "malformed_answer",
                format!("no text at {pointer} in {}", self.body),
            )
        })
    }
}

/// An error with its causes, since reqwest's own line says little.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
