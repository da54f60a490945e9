//! A driver behind an URL: each message a POST, each answer its body.

use std::error::Error;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use tokio::runtime::Runtime;

use super::Heard;

/// One URL, asked one message at a time.
#[derive(Debug)]
pub(in crate::check) struct Http {
    url: String,
    client: reqwest::Client,
    runtime: Runtime,
    came: Option<Heard>,
}

impl Http {
    pub(super) fn new(url: &str, deadline: Duration) -> Result<Self, Box<dyn Error>> {
        // An error only says that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder().no_proxy().timeout(deadline);
        // reqwest wants certificate authorities even for plain http, and a bare container has none.
        let builder = match url.starts_with("https:") {
            true => builder,
            false => builder.tls_certs_only([]),
        };
        Ok(Self {
            url: url.to_owned(),
            client: builder.build()?,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            came: None,
        })
    }

    pub(super) fn send(&mut self, line: &str) {
        let request = self
            .client
            .post(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .body(line.to_owned());
        let answered = self.runtime.block_on(async {
            let answer = request.send().await?;
            let status = answer.status();
            Ok::<_, reqwest::Error>((status, answer.text().await?))
        });
        self.came = Some(match answered {
            Ok((status, body)) if status.is_success() => Heard::Line(body),
            Ok((status, body)) => {
                let body: String = body.chars().take(200).collect();
                Heard::Gone(format!("{} answers HTTP {status}: {body}", self.url))
            }
            Err(error) if error.is_timeout() => Heard::Silence,
            Err(error) => Heard::Gone(chain(&error)),
        });
    }

    /// What the last message was answered with; after that, nothing.
    pub(super) fn next(&mut self) -> Heard {
        self.came.take().unwrap_or(Heard::Silence)
    }
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
