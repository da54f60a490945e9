//! One request, from the socket to the vendor's router and back.
//!
//! Everything that is the same for both vendors and for every route is done here, in this order: number the request,
//! tidy its path, find out whose token it is, play a fault, let the vendor answer, wait for the durable log, keep the
//! exchange in the journal.

mod answer;
mod connection;
mod server;
mod streamed;

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use futures::FutureExt;
use http::request::Parts;
use http::{Method, Request, Response, Uri};
use tower::ServiceExt;

use crate::faults::{Action, Armed, Call, Refusal};
use crate::identity::{Directory, End, Found};
use crate::journal::{Exchange, Headers};
use crate::tenant::{Crm, Hosted};
use answer::Answer;
use streamed::{watched, whole};

pub use answer::ConnectionReset;
pub use connection::{Listener, Scheme, serve_vendor};
pub use server::{Panic, Server};
pub use streamed::{KEPT, Streamed};

/// What a vendor is to the server around it.
pub trait Vendor: Send + Sync + 'static {
    /// Its orgs or portals.
    type Tenant: Hosted;
    /// Which one it is.
    const CRM: Crm;
    /// Its orgs or portals and their tokens.
    fn directory(&self) -> &Directory<Self::Tenant>;
    /// Its routes.
    fn router(self: Arc<Self>) -> Router;
    /// The token that a request was sent with.
    fn token_text<'a>(&self, request: &'a Parts) -> Option<&'a str>;
    /// The path under which the router knows what this path means; `None` where they are the same.
    fn route_path(&self, path: &str) -> Option<String>;
    /// Whether the body of a request like this goes to the router as it comes in, however long it is.
    fn streams(&self, _method: &Method, _path: &str) -> bool {
        false
    }
    /// A refusal of a call of this path, in the vendor's shape.
    fn refused(&self, refusal: Refusal, path: &str) -> Response<Body>;
}

/// The number of a request, in the extensions of each one.
#[derive(Clone, Copy, Debug)]
pub struct RequestNumber(pub u64);

/// What the request's token led to, in the extensions of each request that had one that is known.
#[derive(Debug)]
pub struct Identified<T>(pub Found<T>);

impl<T> Clone for Identified<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Whose request it turned out to be: a handler puts it into the answer's extensions where no token told beforehand.
#[derive(Debug)]
pub struct Attribution<T> {
    /// The org or portal.
    pub tenant: Arc<T>,
    /// The id of the token that was issued or used.
    pub token: Option<Arc<str>>,
    /// The user.
    pub user: Option<Arc<str>>,
}

impl<T> Clone for Attribution<T> {
    fn clone(&self) -> Self {
        Self {
            tenant: self.tenant.clone(),
            token: self.token.clone(),
            user: self.user.clone(),
        }
    }
}

/// A vendor with the server around it: what answers requests, with or without a socket.
#[derive(Debug)]
pub struct Host<V> {
    vendor: Arc<V>,
    router: Router,
    server: Arc<Server>,
}

impl<V: Vendor> Host<V> {
    /// The vendor's routes inside `server`.
    pub fn new(vendor: Arc<V>, server: Arc<Server>) -> Self {
        Self {
            router: vendor.clone().router(),
            vendor,
            server,
        }
    }

    /// Answers one request. `Err`: the connection is to be closed without an answer.
    pub async fn handle(&self, request: Request<Body>) -> Result<Response<Body>, ConnectionReset> {
        let number = self.server.next_request();
        let (mut parts, body) = request.into_parts();
        let sent = (
            parts.method.clone(),
            copied(&parts.uri),
            Headers::copy(&parts.headers),
        );
        let found = self
            .vendor
            .token_text(&parts)
            .and_then(|text| self.vendor.directory().find(text));
        let fault = self.due_fault(&parts, found.as_ref());

        let (body, received) = match self.vendor.streams(&parts.method, parts.uri.path()) {
            true => {
                let (body, received) = watched(body);
                (Some(body), received)
            }
            false => whole(body).await,
        };
        self.route(&mut parts);
        parts.extensions.insert(RequestNumber(number));
        if let Some(found) = found.clone() {
            parts.extensions.insert(Identified(found));
        }
        let mut answer = match body {
            Some(body) => {
                self.answer(parts, body, fault.as_deref(), found.as_ref(), number)
                    .await
            }
            None => Answer::too_large(),
        };
        if self.server.written().await.is_err() {
            answer = Answer::of(self.vendor.refused(Refusal::ServerError, "")).await;
        }

        let (method, uri, request_headers) = sent;
        let (request_body, request_body_dropped) = received.kept().await;
        self.keep(found, &answer, |org, token, user, now| Exchange {
            number,
            at: now,
            crm: V::CRM,
            org,
            token,
            user,
            method,
            uri,
            request_headers,
            request_body,
            request_body_dropped,
            status: answer.status(),
            response_headers: answer.headers(),
            response_body: answer.body(),
            response_body_dropped: answer.body_dropped(),
            fault: fault.as_ref().map(|armed| armed.id.clone()),
        });
        answer.into_response()
    }

    fn due_fault(&self, parts: &Parts, found: Option<&Found<V::Tenant>>) -> Option<Arc<Armed>> {
        let (org, token) = match found {
            Some(Found::Token(token)) => (Some(&*token.tenant.tenant().id), Some(&*token.grant.id)),
            Some(Found::Finished(finished)) => (Some(&*finished.tenant), Some(&*finished.token)),
            None => (None, None),
        };
        let call = Call {
            crm: V::CRM,
            org,
            token,
            method: &parts.method,
            path: parts.uri.path(),
        };
        self.server.faults.due(&call)
    }

    /// Path tolerances come before routing, since the router compares to the letter.
    fn route(&self, parts: &mut Parts) {
        let Some(path) = self.vendor.route_path(parts.uri.path()) else {
            return;
        };
        let path = match parts.uri.query() {
            Some(query) => format!("{path}?{query}"),
            None => path,
        };
        if let Ok(uri) = path.parse::<Uri>() {
            parts.uri = uri;
        }
    }

    async fn answer(
        &self,
        parts: Parts,
        body: Body,
        fault: Option<&Armed>,
        found: Option<&Found<V::Tenant>>,
        number: u64,
    ) -> Answer {
        let action = fault.map(|armed| &armed.fault.action);
        match action {
            Some(Action::Refuse(refusal)) => {
                return Answer::of(self.vendor.refused(*refusal, parts.uri.path())).await;
            }
            Some(Action::Answer { status, body }) => return Answer::made_up(*status, body),
            Some(Action::ResetBefore) => return Answer::reset(),
            Some(Action::Delay { milliseconds }) => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await
            }
            Some(Action::ExpireToken) => self.end(found, End::Expired),
            Some(Action::RevokeToken) => self.end(found, End::Revoked),
            Some(Action::RefuseAfter(_) | Action::ResetAfter | Action::Truncate { .. }) | None => {}
        }
        let path = match action {
            Some(Action::RefuseAfter(_)) => parts.uri.path().to_owned(),
            _ => String::new(),
        };
        let answer = self
            .vendor_answer(Request::from_parts(parts, body), number)
            .await;
        match action {
            Some(Action::RefuseAfter(refusal)) => {
                Answer::of(self.vendor.refused(*refusal, &path)).await
            }
            Some(Action::ResetAfter) => answer.lost(),
            Some(Action::Truncate { bytes }) => answer.truncated(*bytes),
            _ => answer,
        }
    }

    fn end(&self, found: Option<&Found<V::Tenant>>, end: End) {
        if let Some(Found::Token(token)) = found {
            self.vendor.directory().end(token, end);
        }
    }

    async fn vendor_answer(&self, request: Request<Body>, number: u64) -> Answer {
        let answered = AssertUnwindSafe(self.router.clone().oneshot(request))
            .catch_unwind()
            .await;
        match answered {
            Ok(Ok::<_, Infallible>(response)) => Answer::of(response).await,
            Err(payload) => {
                self.server.panicked(number, payload.as_ref());
                Answer::of(self.vendor.refused(Refusal::ServerError, "")).await
            }
        }
    }

    fn keep(
        &self,
        found: Option<Found<V::Tenant>>,
        answer: &Answer,
        exchange: impl FnOnce(
            Option<Arc<str>>,
            Option<Arc<str>>,
            Option<Arc<str>>,
            crate::clock::Timestamp,
        ) -> Exchange,
    ) {
        let attribution = answer.attribution::<V::Tenant>();
        match (attribution, found) {
            (
                Some(Attribution {
                    tenant,
                    token,
                    user,
                }),
                _,
            ) => {
                let tenant = tenant.tenant();
                let exchange = exchange(Some(tenant.id.clone()), token, user, tenant.clock.now());
                tenant.journal.lock().add(exchange);
            }
            (None, Some(Found::Token(token))) => {
                let (tenant, grant) = (token.tenant.tenant(), &token.grant);
                let (org, user) = (tenant.id.clone(), grant.user.clone());
                let exchange = exchange(
                    Some(org),
                    Some(grant.id.clone()),
                    Some(user),
                    tenant.clock.now(),
                );
                tenant.journal.lock().add(exchange);
            }
            (None, Some(Found::Finished(late))) => {
                let exchange = exchange(
                    Some(late.tenant),
                    Some(late.token),
                    None,
                    self.server.clock.now(),
                );
                self.server.strays.lock().add(exchange);
            }
            (None, None) => {
                self.server
                    .strays
                    .lock()
                    .add(exchange(None, None, None, self.server.clock.now()));
            }
        }
    }
}

/// A path and query that keeps nothing of the connection's buffer.
fn copied(uri: &Uri) -> Uri {
    let text = match uri.path_and_query() {
        Some(path_and_query) if uri.authority().is_none() => path_and_query.as_str().to_owned(),
        _ => uri.to_string(),
    };
    // It was read from such a text before.
    Uri::try_from(text).unwrap_or_default()
}
