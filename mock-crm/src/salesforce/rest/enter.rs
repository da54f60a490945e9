//! The way in: who calls, and how many calls there were.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Request};
use tower::{Layer, Service};

use super::{Caller, Version, Within, pretty};
use crate::identity::{Found, Session};
use crate::salesforce::assignment::AutoAssign;
use crate::salesforce::error::ApiError;
use crate::salesforce::org::Org;
use crate::salesforce::principals::{Principal, Principals};
use crate::salesforce::{Salesforce, answer};
use crate::serve::{Identified, RequestNumber};
use crate::tenant::Hosted;

static LIMIT_INFO: HeaderName = HeaderName::from_static("sforce-limit-info");
static PRETTY_PRINT: HeaderName = HeaderName::from_static("x-prettyprint");
static MRU: HeaderName = HeaderName::from_static("sforce-mru");
static AUTO_ASSIGN: HeaderName = HeaderName::from_static("sforce-auto-assign");

/// Lets in who may come in, counts the call, and says in the answer how many there were.
///
/// A layer written out, since every create passes here and axum's `from_fn` allocates three times for each call.
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Enter(pub(in crate::salesforce) Arc<Salesforce>);

/// A route behind [`Enter`].
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Entered<S> {
    salesforce: Arc<Salesforce>,
    route: S,
}

impl<S> Layer<S> for Enter {
    type Service = Entered<S>;

    fn layer(&self, route: S) -> Entered<S> {
        Entered {
            salesforce: self.0.clone(),
            route,
        }
    }
}

impl<S> Service<Request<Body>> for Entered<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Future: Unpin,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Entering<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.route.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let who = match who(&self.salesforce, &request) {
            Ok(who) => who,
            Err(error) => return Entering::Refused(Some(error.into_response())),
        };
        // A call inside another one was counted with that one.
        if request.extensions().get::<Within>().is_some() {
            return match caller(who, &request) {
                Ok(caller) => {
                    request.extensions_mut().insert(caller);
                    Entering::Answering(self.route.call(request), None, false)
                }
                Err(error) => Entering::Refused(Some(error.into_response())),
            };
        }
        // From here on it is known whose call it is, so it counts, and its answer says so.
        let org = &who.0.tenant;
        let (used, limit) = (org.usage.count(org.tenant().clock.now()), org.usage.limit);
        let usage = usage_header(used.min(limit), limit);
        let caller = match used > limit {
            true => Err(ApiError::RequestLimitExceeded),
            false => caller(who, &request),
        };
        match caller {
            Ok(caller) => {
                request.extensions_mut().insert(caller);
                let pretty = request.headers().get(&PRETTY_PRINT);
                let pretty = pretty.is_some_and(|value| value == "1");
                Entering::Answering(self.route.call(request), Some(usage), pretty)
            }
            Err(error) => {
                let mut answer = error.into_response();
                answer.headers_mut().insert(LIMIT_INFO.clone(), usage);
                Entering::Refused(Some(answer))
            }
        }
    }
}

/// An answer that is refused already, or on its way.
#[allow(
    missing_debug_implementations,
    reason = "a future that is boxed has none"
)]
pub(in crate::salesforce) enum Entering<F> {
    Refused(Option<Response<Body>>),
    /// With the count of calls, which the answer tells, and whether the answer is to be laid out.
    Answering(F, Option<HeaderValue>, bool),
    LayingOut(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

impl<F, E> Future for Entering<F>
where
    F: Future<Output = Result<Response<Body>, E>> + Unpin,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.get_mut();
        match this {
            Self::Refused(answer) => match answer.take() {
                Some(answer) => Poll::Ready(Ok(answer)),
                // A future that has given its answer is not asked again.
                None => Poll::Pending,
            },
            Self::LayingOut(answer) => answer.as_mut().poll(context).map(Ok),
            Self::Answering(route, usage, pretty) => {
                let mut answer = ready!(Pin::new(route).poll(context))?;
                if let Some(usage) = usage.take() {
                    answer.headers_mut().insert(LIMIT_INFO.clone(), usage);
                }
                if !*pretty {
                    return Poll::Ready(Ok(answer));
                }
                *this = Self::LayingOut(Box::pin(pretty::answer(answer)));
                Pin::new(this).poll(context)
            }
        }
    }
}

/// `api-usage=18/15000`
fn usage_header(used: u64, limit: u64) -> HeaderValue {
    let mut text = Vec::with_capacity(40);
    text.extend_from_slice(b"api-usage=");
    answer::push_count(&mut text, used);
    text.push(b'/');
    answer::push_count(&mut text, limit);
    // Letters and digits can stand in a header.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

type Who = (Session<Org>, Arc<Principals>, Arc<Principal>);

fn who(salesforce: &Salesforce, request: &Request<Body>) -> Result<Who, ApiError> {
    let extensions = request.extensions();
    let session = match (
        extensions.get::<Within>(),
        extensions.get::<Identified<Org>>(),
    ) {
        (Some(within), _) => &within.session,
        (None, Some(Identified(Found::Token(session)))) => session,
        _ => return Err(not_let_in(request.headers())),
    };
    let (principals, principal) = salesforce.authenticate(session)?;
    Ok((session.clone(), principals, principal))
}

fn caller(
    (session, principals, principal): Who,
    request: &Request<Body>,
) -> Result<Caller, ApiError> {
    check_length(request)?;
    let extensions = request.extensions();
    let within = extensions.get::<Within>();
    let mut segments = request.uri().path().split('/').skip(3);
    let version = segments
        .next()
        .and_then(Version::read)
        .ok_or(ApiError::NotFound)?;
    Ok(Caller {
        session,
        principal,
        principals,
        version,
        request: match (within, extensions.get::<RequestNumber>()) {
            (Some(within), _) => within.request,
            (None, Some(number)) => number.0,
            (None, None) => 0,
        },
        most_recently_used: request
            .headers()
            .get(&MRU)
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"updateMru=true")),
        auto_assign: auto_assign(request.headers(), within)?,
        door: within.map(|within| within.door),
    })
}

/// Lets in to Bulk API 1.0, whose version has no `v` in front and whose answers do not say how many calls there were.
pub(in crate::salesforce) fn bulk_caller(
    salesforce: &Salesforce,
    extensions: &Extensions,
    version: &str,
) -> Result<Caller, ApiError> {
    let Some(Identified(Found::Token(session))) = extensions.get::<Identified<Org>>() else {
        return Err(ApiError::InvalidSession);
    };
    let (principals, principal) = salesforce.authenticate(session)?;
    let version = Version::read(&format!("v{version}")).ok_or(ApiError::NotFound)?;
    let org = &session.tenant;
    if org.usage.count(org.tenant().clock.now()) > org.usage.limit {
        return Err(ApiError::RequestLimitExceeded);
    }
    Ok(Caller {
        session: session.clone(),
        principal,
        principals,
        version,
        request: extensions
            .get::<RequestNumber>()
            .map_or(0, |number| number.0),
        auto_assign: AutoAssign::Off,
        door: None,
        most_recently_used: false,
    })
}

/// A header of another scheme is told apart from a token that does not work.
fn not_let_in(headers: &HeaderMap) -> ApiError {
    let scheme = headers.get(http::header::AUTHORIZATION);
    let scheme = scheme.and_then(|value| value.to_str().ok()?.split(' ').next());
    let known = |scheme: &str| ["bearer", "oauth"].contains(&&*scheme.to_ascii_lowercase());
    match scheme {
        Some(scheme) if !known(scheme) => ApiError::InvalidAuthHeader,
        _ => ApiError::InvalidSession,
    }
}

/// Bytes of address and headers together. REST guide, "REST API limits".
const LONGEST: usize = 16_384;

fn check_length(request: &Request<Body>) -> Result<(), ApiError> {
    let uri = request.uri();
    let length = uri.path().len() + uri.query().map_or(0, str::len);
    if length > LONGEST {
        return Err(ApiError::UriTooLong { limit: LONGEST });
    }
    // Only a long address is worth adding up the headers: they are short elsewhere.
    if length > LONGEST / 2 {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| name.as_str().len() + value.len() + 4);
        if length + headers.sum::<usize>() > LONGEST {
            return Err(ApiError::HeadersTooLong { limit: LONGEST });
        }
    }
    Ok(())
}

/// What the header says, else what the header of the call around this one says.
fn auto_assign(headers: &HeaderMap, within: Option<&Within>) -> Result<AutoAssign, ApiError> {
    let Some(value) = headers.get(&AUTO_ASSIGN) else {
        return Ok(within.map_or(AutoAssign::Active, |within| within.auto_assign.clone()));
    };
    let text = value.to_str().unwrap_or_default();
    AutoAssign::read(text).ok_or_else(|| ApiError::MalformedId {
        id: text.to_owned(),
    })
}
