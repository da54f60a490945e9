//! One request inside another.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tower::ServiceExt;

use crate::salesforce::Salesforce;
use crate::salesforce::answer;
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::rest::Within;
use crate::serve::Vendor;

/// What answers sub-requests.
#[derive(Clone, Debug)]
pub(super) struct Inner {
    pub(super) salesforce: Arc<Salesforce>,
    pub(super) router: Router,
}

/// A sub-request that nothing stands open in.
#[derive(Debug)]
pub(super) struct Subrequest {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// The answer to a sub-request.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// What can't stand in an address but does in those of the guide's own examples.
const UNESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Inner {
    /// Answers a sub-request.
    pub(super) async fn answer(&self, within: &Within, subrequest: Subrequest) -> Done {
        let Some(request) = self.request(within, subrequest) else {
            return Done::refused(ApiError::NotFound);
        };
        match self.router.clone().oneshot(request).await {
            Ok(response) => Done::of(response).await,
            Err(never) => match never {},
        }
    }

    /// `None`: the method or the address is none.
    fn request(&self, within: &Within, subrequest: Subrequest) -> Option<Request<Body>> {
        let url = utf8_percent_encode(&subrequest.url, UNESCAPED).to_string();
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let route_path = self.salesforce.route_path(path);
        let path = route_path.as_deref().unwrap_or(path);
        let uri: Uri = format!("{path}?{query}").parse().ok()?;
        if uri.authority().is_some() {
            return None;
        }
        let mut request = Request::new(Body::from(subrequest.body));
        *request.method_mut() = Method::from_bytes(subrequest.method.as_bytes()).ok()?;
        *request.uri_mut() = uri;
        *request.headers_mut() = subrequest.headers;
        within.lead(&mut request);
        Some(request)
    }
}

impl Done {
    pub(super) async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        // The bodies of answers are made whole before they are sent.
        let body = axum::body::to_bytes(body, usize::MAX).await;
        Self {
            status: parts.status,
            headers: parts.headers,
            body: body.unwrap_or_default(),
        }
    }

    pub(super) fn refused(error: ApiError) -> Self {
        let status = error.status_and_code().0;
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, answer::JSON)]);
        Self {
            status,
            headers,
            body: Refused::from(error).rest_body().into(),
        }
    }

    pub(super) fn failed(&self) -> bool {
        self.status.is_client_error() || self.status.is_server_error()
    }

    /// The body as a JSON value.
    pub(super) fn push_body(&self, json: &mut Vec<u8>) {
        let is_json = self
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        match (self.body.is_empty(), is_json) {
            (true, _) => json.extend_from_slice(b"null"),
            (false, true) => json.extend_from_slice(&self.body),
            (false, false) => answer::push_text(json, &String::from_utf8_lossy(&self.body)),
        }
    }
}
