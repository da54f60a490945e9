//! SOAP: the partner API (`u`) and the enterprise API (`c`).
//!
//! A record that comes in by this door is written by the same rules as any other; what differs is that assignment rules
//! run only where a header asks for them. Operations that are not simulated are refused by name.

mod call;
mod envelope;
mod fault;
mod login;
mod read;
mod render;
mod sobject;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::post;
use http::{HeaderValue, StatusCode, header};
use quick_xml::escape::escape;

use super::{Salesforce, rest};
use call::Call;
use envelope::Envelope;
use fault::Fault;

/// The routes, with and without the org's id at the end.
pub(super) fn routes() -> Router<Arc<Salesforce>> {
    let mut routes = Router::new();
    for path in [
        "/services/Soap/u/{version}",
        "/services/Soap/u/{version}/{org}",
        "/services/Soap/c/{version}",
        "/services/Soap/c/{version}/{org}",
    ] {
        routes = routes.route(path, post(call));
    }
    routes
}

/// Which of the two APIs: they differ in the namespaces of answers, and in how records say their type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    Partner,
    Enterprise,
}

impl Dialect {
    fn of_path(path: &str) -> Self {
        match path.starts_with("/services/Soap/c/") {
            true => Self::Enterprise,
            false => Self::Partner,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Enterprise => "enterprise",
        }
    }
}

/// An answer in its envelope; `header` and `body` are XML.
fn enveloped(dialect: Dialect, header: &str, body: &str) -> String {
    let name = dialect.name();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:{name}.soap.sforce.com\" \
         xmlns:sf=\"urn:sobject.{name}.soap.sforce.com\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{header}<soapenv:Body>{body}</soapenv:Body>\
         </soapenv:Envelope>"
    )
}

/// Text for an element. What XML can't have at all is left out: REST takes such characters, and keeps them.
fn escaped(text: &str) -> String {
    let allowed = |character: &char| {
        matches!(character, '\t' | '\n' | '\r')
            || !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    escape(text.chars().filter(allowed).collect::<String>()).into_owned()
}

fn xml(status: StatusCode, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static("text/xml;charset=UTF-8");
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    response
}

/// `POST /services/Soap/u/{version}`
async fn call(State(salesforce): State<Arc<Salesforce>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let dialect = Dialect::of_path(parts.uri.path());
    let body = axum::body::to_bytes(body, usize::MAX).await;
    // Java clients pack their calls unless they are told not to.
    let body = rest::plain(&parts.headers, body.unwrap_or_default()).unwrap_or_default();
    let answered = match Envelope::read(&body) {
        Ok(envelope) if envelope.operation.name == "login" => {
            salesforce.soap_login(&envelope, &parts)
        }
        Ok(envelope) => answer(&salesforce, &envelope, &parts).await,
        Err(fault) => Err(fault),
    };
    answered.unwrap_or_else(|fault| fault.answer(dialect))
}

async fn answer(
    salesforce: &Salesforce,
    envelope: &Envelope,
    parts: &http::request::Parts,
) -> Result<Response<Body>, Fault> {
    let operation = &envelope.operation;
    // What is not simulated is told before anybody has to log in for it.
    if !OPERATIONS.contains(&operation.name.as_str()) {
        return Err(Fault::NotSimulated(format!(
            "the SOAP operation {}",
            operation.name
        )));
    }
    let call = Call::enter(salesforce, envelope, parts)?;
    let body = match operation.name.as_str() {
        "logout" => call.log_out(salesforce),
        "getUserInfo" => call.user_info()?,
        "getServerTimestamp" => call.timestamp(),
        "create" => call.create(operation)?,
        "update" => call.update(operation)?,
        "upsert" => call.upsert(operation)?,
        "delete" => call.delete(operation)?,
        "query" => call.query(operation, false).await?,
        "queryAll" => call.query(operation, true).await?,
        "queryMore" => call.query_more(operation).await?,
        _ => call.retrieve(operation)?,
    };
    Ok(call.answer(&operation.name, &body))
}

/// What is simulated, beside login.
const OPERATIONS: [&str; 11] = [
    "logout",
    "getUserInfo",
    "getServerTimestamp",
    "create",
    "update",
    "upsert",
    "delete",
    "query",
    "queryAll",
    "queryMore",
    "retrieve",
];
