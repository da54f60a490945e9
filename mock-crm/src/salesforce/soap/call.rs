//! A call of somebody who has logged in: who, and what the headers ask for.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use http::request::Parts;

use super::envelope::{Element, Envelope};
use super::fault::Fault;
use super::{Dialect, enveloped, xml};
use crate::ids::SalesforceId;
use crate::salesforce::Salesforce;
use crate::salesforce::assignment::AutoAssign;
use crate::salesforce::error::ApiError;
use crate::salesforce::rest::{Caller, Version};
use crate::salesforce::session::attribution;
use crate::serve::RequestNumber;
use crate::tenant::Hosted;

/// Who calls and how.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) caller: Caller,
    pub(super) dialect: Dialect,
    /// Records on a page, of the `QueryOptions`.
    pub(super) batch_size: Option<usize>,
    /// One record that can't be written takes all others back.
    pub(super) all_or_none: bool,
    /// Calls of the org today, this one counted.
    used: u64,
}

impl Call {
    /// Lets in who may come in, and counts the call.
    pub(super) fn enter(
        salesforce: &Salesforce,
        envelope: &Envelope,
        parts: &Parts,
    ) -> Result<Self, Fault> {
        let session = envelope
            .session()
            .and_then(|text| salesforce.directory.token(text))
            .ok_or(Fault::InvalidSession)?;
        let who = salesforce.authenticate(&session);
        let (principals, principal) = who.map_err(|error| match error {
            ApiError::InvalidSession => Fault::InvalidSession,
            other => other.into(),
        })?;
        let org = session.tenant.clone();
        let used = org.usage.count(org.tenant().clock.now());
        if used > org.usage.limit {
            return Err(ApiError::RequestLimitExceeded.into());
        }
        let mut segments = parts.uri.path().split('/').skip(4);
        let version = segments.next().unwrap_or_default();
        let version = Version::read(&format!("v{version}"));
        refuse_headers(&envelope.headers)?;
        let options = envelope.headers.child("QueryOptions");
        let batch_size = options.and_then(|options| options.parameter("batchSize"));
        let number = parts.extensions.get::<RequestNumber>();
        Ok(Self {
            caller: Caller {
                session,
                principal,
                principals,
                version: version.ok_or(Fault::Api(ApiError::NotFound.into()))?,
                request: number.map_or(0, |number| number.0),
                most_recently_used: said(&envelope.headers, "MruHeader", "updateMru"),
                auto_assign: auto_assign(&envelope.headers)?,
                door: None,
            },
            dialect: Dialect::of_path(parts.uri.path()),
            all_or_none: said(&envelope.headers, "AllOrNoneHeader", "allOrNone"),
            batch_size: batch_size.and_then(|size| size.trim().parse().ok()),
            used,
        })
    }

    /// The answer, with the header that tells how many calls there were.
    pub(super) fn answer(&self, operation: &str, results: &str) -> Response<Body> {
        let limit = self.caller.org().usage.limit;
        let header = format!(
            "<soapenv:Header><LimitInfoHeader><limitInfo><current>{}</current><limit>{limit}</limit>\
             <type>API REQUESTS</type></limitInfo></LimitInfoHeader></soapenv:Header>",
            self.used
        );
        let body = format!("<{operation}Response>{results}</{operation}Response>");
        let mut response = xml(StatusCode::OK, enveloped(self.dialect, &header, &body));
        response
            .extensions_mut()
            .insert(attribution(&self.caller.session));
        response
    }
}

/// Which assignment rule runs: none, unless a header asks for one. SOAP API guide, "AssignmentRuleHeader".
fn auto_assign(headers: &Element) -> Result<AutoAssign, Fault> {
    let Some(header) = headers.child("AssignmentRuleHeader") else {
        return Ok(AutoAssign::Off);
    };
    let id = header.parameter("assignmentRuleId").map(str::trim);
    if let Some(id) = id.filter(|id| !id.is_empty()) {
        let malformed = || ApiError::MalformedId { id: id.to_owned() };
        let id = SalesforceId::parse(id).ok_or_else(malformed)?;
        return Ok(AutoAssign::Rule(id.as_str().into()));
    }
    Ok(match header.says("useDefaultRule") {
        true => AutoAssign::Active,
        false => AutoAssign::Off,
    })
}

/// Headers that would change what happens, in ways that are not simulated. All others change nothing that a mock does:
/// it sends no mail, has no feeds, and knows no duplicate rules.
fn refuse_headers(headers: &Element) -> Result<(), Fault> {
    let options = headers.child("OwnerChangeOptions");
    let transfers =
        options.is_some_and(|options| options.all("options").any(|option| option.says("execute")));
    let asked = [
        (transfers, "OwnerChangeOptions"),
        (
            said(
                headers,
                "AllowFieldTruncationHeader",
                "allowFieldTruncation",
            ),
            "AllowFieldTruncationHeader",
        ),
    ];
    match asked.into_iter().find(|(asked, _)| *asked) {
        Some((_, name)) => Err(Fault::NotSimulated(format!("the SOAP header {name}"))),
        None => Ok(()),
    }
}

fn said(headers: &Element, header: &str, name: &str) -> bool {
    let header = headers.child(header);
    header.is_some_and(|header| header.says(name))
}
