//! Sessions: login, logout, whose they are.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use http::request::Parts;

use super::call::Call;
use super::envelope::Envelope;
use super::fault::Fault;
use super::{Dialect, enveloped, escaped, xml};
use crate::identity::{End, TokenKind};
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::org::Org;
use crate::salesforce::records::row::Row;
use crate::salesforce::session::{Authorization, SESSION_SECONDS, attribution};
use crate::salesforce::{Salesforce, login};
use crate::tenant::Hosted;

impl Salesforce {
    pub(super) fn soap_login(
        &self,
        envelope: &Envelope,
        parts: &Parts,
    ) -> Result<Response<Body>, Fault> {
        let parameter = |name| envelope.operation.parameter(name).unwrap_or_default();
        let mut orgs = self.orgs_at(parts);
        // An address may end in the org's id.
        let path: Vec<&str> = parts.uri.path().split('/').collect();
        if let Some(id) = path.get(5).and_then(|id| SalesforceId::parse(id)) {
            orgs.retain(|org| org.id() == id.as_str());
        }
        let found = login::log_in(orgs, parameter("username"), parameter("password"));
        let (org, user) = found
            .filter(|(_, user)| user.active)
            .ok_or(Fault::InvalidLogin)?;
        let session = self.grant(
            &Authorization {
                org: org.clone(),
                user: user.id.clone(),
                client_id: None,
                scopes: ["full".to_owned()].into(),
            },
            TokenKind::Session,
            None,
        );
        // The answer's address ends in the org, whether or not that of the call did.
        let server_url = format!(
            "{}{}/{}",
            org.base_url(parts),
            path.get(..5).unwrap_or_default().join("/"),
            &org.id()[..15]
        );
        let metadata_url = server_url
            .replace("/Soap/u/", "/Soap/m/")
            .replace("/Soap/c/", "/Soap/m/");
        let body = format!(
            "<loginResponse><result><metadataServerUrl>{}</metadataServerUrl><passwordExpired>false</passwordExpired>\
             <sandbox>{}</sandbox><serverUrl>{}</serverUrl><sessionId>{}</sessionId><userId>{}</userId>{}</result>\
             </loginResponse>",
            escaped(metadata_url.as_str()),
            org.sandbox(),
            escaped(server_url.as_str()),
            session.grant.text,
            user.id,
            user_info("userInfo", &org, &user.id).ok_or(Fault::InvalidLogin)?
        );
        let dialect = Dialect::of_path(parts.uri.path());
        let mut response = xml(StatusCode::OK, enveloped(dialect, "", &body));
        response.extensions_mut().insert(attribution(&session));
        Ok(response)
    }
}

impl Call {
    pub(super) fn log_out(&self, salesforce: &Salesforce) -> String {
        salesforce.directory.end(&self.caller.session, End::Revoked);
        String::new()
    }

    pub(super) fn user_info(&self) -> Result<String, Fault> {
        let user = &self.caller.principal.id;
        user_info("result", self.caller.org(), user).ok_or(Fault::InvalidSession)
    }

    pub(super) fn timestamp(&self) -> String {
        let now = self.caller.org().tenant().clock.now();
        format!("<result><timestamp>{}</timestamp></result>", now.iso())
    }
}

/// `GetUserInfoResult`. SOAP API guide, "getUserInfo()".
fn user_info(tag: &str, org: &Org, user: &str) -> Option<String> {
    let store = org.tenant().read();
    let object = org.schema().object("User")?;
    let serial = org.serial(&store, object.key, SalesforceId::parse(user)?)?;
    let row = Row::new(org, &store, object, serial, store.get(serial)?);
    let field = |name: &str| match row.named(name) {
        Value::Text(text) => text.into_owned(),
        _ => String::new(),
    };
    let fixed = |text: &str| text.to_owned();
    let elements = [
        ("accessibilityMode", fixed("false")),
        ("currencySymbol", fixed("$")),
        ("orgDefaultCurrencyIsoCode", fixed("USD")),
        ("orgDisallowHtmlAttachments", fixed("false")),
        ("orgHasPersonAccounts", fixed("false")),
        ("organizationId", org.id().to_owned()),
        ("organizationMultiCurrency", fixed("false")),
        ("organizationName", org.spec.name.clone()),
        ("profileId", field("ProfileId")),
        ("roleId", field("UserRoleId")),
        ("sessionSecondsValid", SESSION_SECONDS.to_string()),
        ("userDefaultCurrencyIsoCode", String::new()),
        ("userEmail", field("Email")),
        ("userFullName", field("Name")),
        ("userId", user.to_owned()),
        ("userLanguage", field("LanguageLocaleKey")),
        ("userLocale", field("LocaleSidKey")),
        ("userName", field("Username")),
        ("userTimeZone", field("TimeZoneSidKey")),
        ("userType", field("UserType")),
        ("userUiSkin", fixed("Theme3")),
    ];
    let elements = elements.map(|(name, value)| match value.as_str() {
        "" => format!("<{name} xsi:nil=\"true\"/>"),
        value => format!("<{name}>{}</{name}>", escaped(value)),
    });
    Some(format!("<{tag}>{}</{tag}>", elements.concat()))
}
