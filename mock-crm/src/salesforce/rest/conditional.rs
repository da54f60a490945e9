//! Conditional requests: `If-Modified-Since`, `If-None-Match` and their opposites. REST guide, "Conditional Requests".

use axum::body::Body;
use http::{HeaderMap, HeaderName, Response, StatusCode, header};

use crate::clock::Timestamp;
use crate::salesforce::answer;
use crate::salesforce::error::ApiError;

const FORM: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// The state of a resource: when it changed, and a mark of its content where it has one.
#[derive(Debug)]
pub(in crate::salesforce) struct Validator {
    pub(in crate::salesforce) modified_at: Timestamp,
    pub(in crate::salesforce) tag: Option<String>,
}

/// What a conditional request gets in place of the resource.
#[derive(Debug)]
pub(in crate::salesforce) enum Verdict {
    Send,
    NotModified,
}

impl Validator {
    /// Compares the state with what the request knows of it.
    ///
    /// # Errors
    /// 412 where the request wants another state.
    pub(in crate::salesforce) fn check(&self, headers: &HeaderMap) -> Result<Verdict, ApiError> {
        if self.tagged(headers, header::IF_MATCH) == Some(false)
            || self.changed_since(headers, header::IF_UNMODIFIED_SINCE) == Some(true)
        {
            return Err(ApiError::PreconditionFailed);
        }
        let same = match self.tagged(headers, header::IF_NONE_MATCH) {
            // A mark says more than an instant: where both are there, it counts.
            Some(same) => same,
            None => self.changed_since(headers, header::IF_MODIFIED_SINCE) == Some(false),
        };
        Ok(if same {
            Verdict::NotModified
        } else {
            Verdict::Send
        })
    }

    /// The answer with the state in its headers.
    pub(in crate::salesforce) fn mark(&self, response: Response<Body>) -> Response<Body> {
        let response = answer::with_header(response, header::LAST_MODIFIED, &self.date());
        match &self.tag {
            Some(tag) => answer::with_header(response, header::ETAG, tag),
            None => response,
        }
    }

    /// 304.
    pub(in crate::salesforce) fn not_modified(&self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        self.mark(response)
    }

    fn date(&self) -> String {
        let at = jiff::Timestamp::from_millisecond(self.modified_at.0).unwrap_or_default();
        at.to_zoned(jiff::tz::TimeZone::UTC)
            .strftime(FORM)
            .to_string()
    }

    /// Whether one of the marks of the header is this one; `None` without the header.
    fn tagged(&self, headers: &HeaderMap, name: HeaderName) -> Option<bool> {
        let tag = self.tag.as_deref()?;
        let known = headers.get(name)?.to_str().ok()?;
        let plain = |tag: &str| {
            tag.trim()
                .trim_start_matches("W/")
                .trim_end_matches("--gzip")
                .to_owned()
        };
        let mut known = known.split(',').map(plain);
        Some(known.any(|known| known == "*" || known == plain(tag)))
    }

    /// Whether it changed after the instant of the header; `None` without the header or where it is no instant.
    fn changed_since(&self, headers: &HeaderMap, name: HeaderName) -> Option<bool> {
        let text = headers.get(name)?.to_str().ok()?;
        let since = jiff::fmt::strtime::parse(FORM, text.trim()).ok()?;
        let since = since.to_datetime().ok()?;
        let since = jiff::tz::Offset::UTC.to_timestamp(since).ok()?;
        // The header has whole seconds.
        Some(self.modified_at.0.div_euclid(1000) > since.as_second())
    }
}
