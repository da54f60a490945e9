//! SOAP: login, logout and getUserInfo of the partner and enterprise APIs. Everything else has a REST form and is
//! refused by name.

mod envelope;

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use quick_xml::escape::escape;

use super::Salesforce;
use super::org::{Org, UserIdentity};
use super::session::{SESSION_SECONDS, attribution, base_url};
use crate::identity::{End, Session, TokenKind};
use crate::tenant::Hosted;
use envelope::Envelope;

/// What a SOAP call is refused with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Fault {
    #[error("Invalid username, password, security token; or user locked out.")]
    InvalidLogin,
    #[error("Invalid Session ID found in SessionHeader: Illegal Session")]
    InvalidSession,
    #[error("The request is not a SOAP envelope with an operation")]
    UnknownOperation,
    #[error("mock-crm does not simulate the SOAP operation {0}")]
    NotSimulated(String),
}

impl Fault {
    fn code(&self) -> &'static str {
        match self {
            Self::InvalidLogin => "INVALID_LOGIN",
            Self::InvalidSession => "INVALID_SESSION_ID",
            Self::UnknownOperation => "UNKNOWN_EXCEPTION",
            Self::NotSimulated(_) => "NOT_SIMULATED",
        }
    }

    /// Clients of several languages read the prefixed tags of the detail, and one the prefix of the code.
    fn answer(&self) -> Response<Body> {
        let (code, text) = (self.code(), self.to_string());
        let text = escape(text.as_str());
        let (fault, prefix) = match self {
            Self::InvalidLogin => ("LoginFault", ""),
            _ => ("UnexpectedErrorFault", "sf:"),
        };
        let body = format!(
            "<soapenv:Fault><faultcode>{prefix}{code}</faultcode><faultstring>{code}: {text}</faultstring><detail>\
             <sf:{fault} xsi:type=\"sf:{fault}\"><sf:exceptionCode>{code}</sf:exceptionCode>\
             <sf:exceptionMessage>{text}</sf:exceptionMessage></sf:{fault}></detail></soapenv:Fault>"
        );
        xml(StatusCode::INTERNAL_SERVER_ERROR, &body)
    }
}

fn xml(status: StatusCode, body: &str) -> Response<Body> {
    let envelope = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:partner.soap.sforce.com\" \
         xmlns:sf=\"urn:fault.partner.soap.sforce.com\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    );
    let mut response = Response::new(Body::from(envelope));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static("text/xml;charset=UTF-8");
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    response
}

/// `POST /services/Soap/u/{version}`
pub(super) async fn call(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let answered = match Envelope::read(&body) {
        Some(envelope) => match envelope.operation.as_str() {
            "login" => salesforce.soap_login(&envelope, &parts),
            "logout" => salesforce.soap_logout(&envelope),
            "getUserInfo" => salesforce.soap_user_info(&envelope),
            other => Err(Fault::NotSimulated(other.to_owned())),
        },
        None => Err(Fault::UnknownOperation),
    };
    answered.unwrap_or_else(|fault| fault.answer())
}

impl Salesforce {
    fn soap_login(&self, envelope: &Envelope, parts: &Parts) -> Result<Response<Body>, Fault> {
        let (username, password) = (
            envelope.parameter("username"),
            envelope.parameter("password"),
        );
        let login = self.log_in(username.unwrap_or_default(), password.unwrap_or_default());
        let (org, principal) = login
            .filter(|(_, user)| user.active)
            .ok_or(Fault::InvalidLogin)?;
        let user = org.user_by_id(&principal.id).ok_or(Fault::InvalidLogin)?;
        let session = self.grant(&org, &principal.id, TokenKind::Session, None, None);
        let base = base_url(parts, &org);
        // The answer's address ends in the org, whether or not that of the call did.
        let path = parts
            .uri
            .path()
            .split('/')
            .take(5)
            .collect::<Vec<_>>()
            .join("/");
        let server_url = format!("{base}{path}/{}", &org.id()[..15]);
        let metadata_url = server_url
            .replace("/Soap/u/", "/Soap/m/")
            .replace("/Soap/c/", "/Soap/m/");
        let body = format!(
            "<loginResponse><result><metadataServerUrl>{}</metadataServerUrl><passwordExpired>false</passwordExpired>\
             <sandbox>false</sandbox><serverUrl>{}</serverUrl><sessionId>{}</sessionId><userId>{}</userId>{}</result>\
             </loginResponse>",
            escape(metadata_url.as_str()),
            escape(server_url.as_str()),
            session.grant.text,
            user.id,
            user_info("userInfo", &org, &user)
        );
        let mut response = xml(StatusCode::OK, &body);
        response.extensions_mut().insert(attribution(&session));
        Ok(response)
    }

    fn soap_session(&self, envelope: &Envelope) -> Result<Session<Org>, Fault> {
        let session = envelope
            .session
            .as_deref()
            .and_then(|text| self.directory.token(text));
        session
            .filter(|session| self.authenticate(session).is_ok())
            .ok_or(Fault::InvalidSession)
    }

    fn soap_logout(&self, envelope: &Envelope) -> Result<Response<Body>, Fault> {
        let session = self.soap_session(envelope)?;
        self.directory.end(&session, End::Revoked);
        let mut response = xml(StatusCode::OK, "<logoutResponse/>");
        response.extensions_mut().insert(attribution(&session));
        Ok(response)
    }

    fn soap_user_info(&self, envelope: &Envelope) -> Result<Response<Body>, Fault> {
        let session = self.soap_session(envelope)?;
        let user = session
            .tenant
            .user_by_id(&session.grant.user)
            .ok_or(Fault::InvalidSession)?;
        let info = user_info("result", &session.tenant, &user);
        let mut response = xml(
            StatusCode::OK,
            &format!("<getUserInfoResponse>{info}</getUserInfoResponse>"),
        );
        response.extensions_mut().insert(attribution(&session));
        Ok(response)
    }
}

fn user_info(tag: &str, org: &Org, user: &UserIdentity) -> String {
    let elements = [
        ("organizationId", org.tenant().id.to_string()),
        ("organizationName", org.spec.name.clone()),
        ("orgHasPersonAccounts", "false".to_owned()),
        ("sessionSecondsValid", SESSION_SECONDS.to_string()),
        ("userEmail", user.email.clone()),
        ("userFullName", user.name.clone()),
        ("userId", user.id.to_string()),
        ("userLanguage", "en_US".to_owned()),
        ("userLocale", "en_US".to_owned()),
        ("userName", user.username.clone()),
        ("userTimeZone", "America/Los_Angeles".to_owned()),
        ("userType", "Standard".to_owned()),
    ];
    let elements =
        elements.map(|(name, value)| format!("<{name}>{}</{name}>", escape(value.as_str())));
    format!("<{tag}>{}</{tag}>", elements.concat())
}
