//! What a SOAP call is refused with: HTTP 500 and a fault.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;

use super::{Dialect, enveloped, escaped, xml};
use crate::salesforce::error::{ApiError, Refused};

/// One refusal of a whole call. What is wrong with single records stands in the results instead.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("Invalid username, password, security token; or user locked out.")]
    InvalidLogin,
    #[error("Invalid Session ID found in SessionHeader: Illegal Session")]
    InvalidSession,
    /// Unverified text.
    #[error("The request is not a well-formed SOAP envelope: {0}")]
    Malformed(&'static str),
    #[error("mock-crm does not simulate {0}")]
    NotSimulated(String),
    /// What REST refuses in the same way.
    #[error("{0}")]
    Api(Refused),
}

impl From<ApiError> for Fault {
    fn from(error: ApiError) -> Self {
        Self::Api(error.into())
    }
}

impl Fault {
    fn code(&self) -> &'static str {
        match self {
            Self::InvalidLogin => "INVALID_LOGIN",
            Self::InvalidSession => "INVALID_SESSION_ID",
            Self::Malformed(_) => "soapenv:Client",
            Self::NotSimulated(_) => "NOT_SIMULATED",
            Self::Api(refused) => refused
                .errors()
                .next()
                .map_or("UNKNOWN_EXCEPTION", |error| error.status_and_code().1),
        }
    }

    /// The element of the detail. SOAP API guide, "API Fault Element".
    fn element(&self) -> &'static str {
        match self.code() {
            "INVALID_LOGIN" => "LoginFault",
            "MALFORMED_QUERY" => "MalformedQueryFault",
            "INVALID_FIELD" => "InvalidFieldFault",
            "INVALID_TYPE" => "InvalidSObjectFault",
            "INVALID_QUERY_LOCATOR" => "InvalidQueryLocatorFault",
            "MALFORMED_ID" => "InvalidIdFault",
            _ => "UnexpectedErrorFault",
        }
    }

    /// Clients of several languages read the prefixed tags of the detail, and one the prefix of the code.
    pub(super) fn answer(&self, dialect: Dialect) -> Response<Body> {
        let (code, text) = (self.code(), self.to_string());
        let text = escaped(text.as_str());
        let content = match self {
            Self::Malformed(_) => {
                format!("<faultcode>{code}</faultcode><faultstring>{text}</faultstring>")
            }
            _ => {
                let fault = self.element();
                let prefix = match self {
                    Self::InvalidLogin => "",
                    _ => "sf:",
                };
                format!(
                    "<faultcode>{prefix}{code}</faultcode><faultstring>{code}: {text}</faultstring><detail>\
                     <sf:{fault} xsi:type=\"sf:{fault}\"><sf:exceptionCode>{code}</sf:exceptionCode>\
                     <sf:exceptionMessage>{text}</sf:exceptionMessage></sf:{fault}></detail>"
                )
            }
        };
        let name = dialect.name();
        let envelope = enveloped(
            dialect,
            "",
            &format!("<soapenv:Fault>{content}</soapenv:Fault>"),
        )
        .replace(
            &format!("urn:sobject.{name}.soap.sforce.com"),
            &format!("urn:fault.{name}.soap.sforce.com"),
        );
        xml(StatusCode::INTERNAL_SERVER_ERROR, envelope)
    }
}
