//! What the suite itself asks a live CRM, with the observer's login.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::people::Tokens;
use crate::rules::Crm;

/// A CRM that answers slower than this counts as one that does not answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// A CRM that is asked too much says so, and is asked again, so many times.
const MOST_WAITS: usize = 12;
/// Between two tries, where it does not say how long.
const PAUSE: Duration = Duration::from_secs(1);

/// Why a live CRM could not be observed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LiveError {
    /// There is no answer.
    #[error("{crm} can't be reached: {why}")]
    Unreachable {
        /// Which.
        crm: Crm,
        /// What the system says.
        why: String,
    },
    /// There is another answer than was hoped for.
    #[error("{crm} refuses {what} ({status}): {why}")]
    Refused {
        /// Which.
        crm: Crm,
        /// What was asked.
        what: String,
        /// HTTP status.
        status: u16,
        /// The vendor's words.
        why: String,
    },
    /// The target file does not fit what is there.
    #[error("{what}\nhint: {hint}")]
    Misfit {
        /// What does not fit.
        what: String,
        /// What to do about it.
        hint: String,
    },
}

/// An answer that was read to its end.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Null without a body, or where it is no JSON.
    pub(super) body: Value,
}

/// Where a CRM is, and what is needed to speak to it as an app.
#[derive(Clone, Debug)]
pub(super) struct Door {
    pub(super) crm: Crm,
    pub(super) base: String,
    pub(super) token_url: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
}

/// One login in use. Clones share its token, and what a refresh has brought.
#[derive(Clone, Debug)]
pub struct Client {
    door: Arc<Door>,
    http: reqwest::Client,
    tokens: Arc<Mutex<Tokens>>,
}

impl Client {
    pub(super) fn new(
        door: Arc<Door>,
        ca_file: Option<&Path>,
        tokens: Tokens,
    ) -> Result<Self, LiveError> {
        let http = http_client(&door, ca_file)?;
        Ok(Self {
            door,
            http,
            tokens: Arc::new(Mutex::new(tokens)),
        })
    }

    /// The same login over connections of its own: those of another runtime end with it.
    pub(super) fn reconnected(&self, ca_file: Option<&Path>) -> Result<Self, LiveError> {
        Ok(Self {
            http: http_client(&self.door, ca_file)?,
            ..self.clone()
        })
    }

    /// The same connections with another login.
    pub fn with_tokens(&self, tokens: Tokens) -> Self {
        Self {
            tokens: Arc::new(Mutex::new(tokens)),
            ..self.clone()
        }
    }

    /// Where it is at home.
    pub fn crm(&self) -> Crm {
        self.door.crm
    }

    /// The tokens as they are now.
    pub(super) fn tokens(&self) -> Tokens {
        self.tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) async fn get(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Answer, LiveError> {
        self.call(|http, base| http.get(format!("{base}{path}")).query(query))
            .await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Answer, LiveError> {
        self.call(|http, base| http.post(format!("{base}{path}")).json(body))
            .await
    }

    pub(super) async fn delete(&self, path: &str) -> Result<Answer, LiveError> {
        self.call(|http, base| http.delete(format!("{base}{path}")))
            .await
    }

    /// Somebody's own write, past Apollo.
    ///
    /// # Errors
    /// Where the CRM does not take it.
    pub async fn write(&self, method: Method, path: &str, body: &Value) -> Result<(), LiveError> {
        let answer = self
            .call(|http, base| {
                http.request(method.clone(), format!("{base}{path}"))
                    // No assignment rule has a word in what a person does.
                    .header("Sforce-Auto-Assign", "FALSE")
                    .json(body)
            })
            .await?;
        self.expect(answer, &format!("{method} {path}")).map(|_| ())
    }

    /// The body of an answer, if it is a success.
    pub(super) fn expect(&self, answer: Answer, what: &str) -> Result<Value, LiveError> {
        if answer.status.is_success() {
            return Ok(answer.body);
        }
        Err(LiveError::Refused {
            crm: self.door.crm,
            what: what.to_owned(),
            status: answer.status.as_u16(),
            why: words(&answer.body),
        })
    }

    /// Sends; a dead access token is refreshed once, and whoever asks for patience gets some.
    async fn call(
        &self,
        build: impl Fn(&reqwest::Client, &str) -> reqwest::RequestBuilder,
    ) -> Result<Answer, LiveError> {
        let mut refreshed = false;
        let mut waits = 0;
        loop {
            let token = self.tokens().access_token.unwrap_or_default();
            let request = build(&self.http, &self.door.base).bearer_auth(&token);
            let (answer, pause) = self.send(request).await?;
            let over = answer.status == StatusCode::UNAUTHORIZED || token.is_empty();
            if over && !refreshed && self.tokens().refresh_token.is_some() {
                refreshed = true;
                self.refresh().await?;
            } else if answer.status == StatusCode::TOO_MANY_REQUESTS && waits < MOST_WAITS {
                waits += 1;
                tokio::time::sleep(pause).await;
            } else {
                return Ok(answer);
            }
        }
    }

    async fn refresh(&self) -> Result<(), LiveError> {
        let refresh_token = self.tokens().refresh_token.unwrap_or_default();
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.door.client_id),
            ("client_secret", &self.door.client_secret),
            ("refresh_token", &refresh_token),
        ];
        let (answer, _) = self
            .send(self.http.post(&self.door.token_url).form(&form))
            .await?;
        let body = self.expect(answer, "to refresh a token")?;
        let text = |field: &str| body[field].as_str().map(str::to_owned);
        let renewed = Tokens {
            access_token: text("access_token"),
            refresh_token: text("refresh_token").or(Some(refresh_token)),
        };
        *self.tokens.lock().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(())
    }

    async fn send(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<(Answer, Duration), LiveError> {
        let unreachable = |error: reqwest::Error| LiveError::Unreachable {
            crm: self.door.crm,
            // Without the URL: it may hold a token.
            why: chain(&error.without_url()),
        };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let asked = response.headers().get(reqwest::header::RETRY_AFTER);
        let asked = asked.and_then(|value| value.to_str().ok()?.parse().ok());
        let pause = asked.map_or(PAUSE, Duration::from_secs).min(PATIENCE);
        let bytes = response.bytes().await.map_err(unreachable)?;
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok((Answer { status, body }, pause))
    }
}

fn http_client(door: &Door, ca_file: Option<&Path>) -> Result<reqwest::Client, LiveError> {
    // An error only says that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .user_agent(concat!("crm-conformance/", env!("CARGO_PKG_VERSION")));
    let builder = match ca_file {
        Some(path) => builder.tls_certs_only(authorities(path)?),
        // Certificate authorities are wanted even for plain http, and a bare container has none.
        None if door.base.starts_with("http:") && door.token_url.starts_with("http:") => {
            builder.tls_certs_only([])
        }
        None => builder,
    };
    builder.build().map_err(|error| LiveError::Unreachable {
        crm: door.crm,
        why: chain(&error),
    })
}

fn authorities(path: &Path) -> Result<Vec<reqwest::Certificate>, LiveError> {
    let misfit = |why: String| LiveError::Misfit {
        what: format!("ca_file {} can't be used: {why}", path.display()),
        hint: "it is a PEM file, and its path is relative to the target file".to_owned(),
    };
    let pem = std::fs::read(path).map_err(|error| misfit(error.to_string()))?;
    reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| misfit(chain(&error)))
}

/// `message` of both vendors, with Salesforce's code; `error_description` of token endpoints.
fn words(body: &Value) -> String {
    let first = body.get(0).unwrap_or(body);
    let text = |field: &str| first[field].as_str();
    let said = text("message")
        .or_else(|| text("error_description"))
        .or_else(|| text("error"))
        .unwrap_or("it does not say why");
    match text("errorCode") {
        Some(code) => format!("{code}: {said}"),
        None => said.to_owned(),
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    text
}
