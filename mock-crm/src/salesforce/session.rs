//! Who a session belongs to, and where the client finds the org.

use std::sync::Arc;

use http::header;
use http::request::Parts;

use super::Salesforce;
use super::error::ApiError;
use super::org::{Issued, Org};
use super::principals::{Principal, Principals};
use crate::identity::{Grant, Session, TokenKind};
use crate::serve::{Attribution, Scheme};
use crate::tenant::Hosted;

/// What tokens may do; a mock that has no per-scope resources does not look at it.
pub(super) const SCOPES: [&str; 4] = ["refresh_token", "api", "web", "id"];

/// How long a session of SOAP login works: the default time-out of an org, two hours.
pub(super) const SESSION_SECONDS: u64 = 7200;

impl Salesforce {
    /// The user of a session that works: an access token or a session of an active user.
    pub(super) fn authenticate(
        &self,
        session: &Session<Org>,
    ) -> Result<(Arc<Principals>, Arc<Principal>), ApiError> {
        let usable = matches!(session.grant.kind, TokenKind::Access | TokenKind::Session);
        if !usable || session.check().is_err() {
            return Err(ApiError::InvalidSession);
        }
        let principals = session.tenant.principals();
        let principal = principals
            .user(&session.grant.user)
            .filter(|user| user.active);
        let principal = principal.cloned().ok_or(ApiError::InvalidSession)?;
        match principal.has("PermissionsApiEnabled") {
            true => Ok((principals, principal)),
            false => Err(ApiError::ApiDisabled),
        }
    }

    /// Issues one token.
    pub(super) fn grant(
        &self,
        org: &Arc<Org>,
        user: &Arc<str>,
        kind: TokenKind,
        app: Option<&str>,
        refresh: Option<Arc<str>>,
    ) -> Session<Org> {
        let entropy = &org.tenant().entropy;
        let app_spec = app.and_then(|id| org.spec.apps.iter().find(|app| app.client_id == id));
        let seconds = match kind {
            TokenKind::Refresh => None,
            _ => Some(app_spec.map_or(SESSION_SECONDS, |app| app.access_token_seconds)),
        };
        let text = match kind {
            TokenKind::Refresh => format!("5Aep861{}", entropy.alphanumeric(80)),
            _ => format!("{}!AQE{}", &org.id()[..15], entropy.alphanumeric(93)),
        };
        let grant = Grant {
            id: self.directory.next_token_id(),
            text: text.into(),
            kind,
            user: user.clone(),
            app: app.map(Into::into),
            scopes: SCOPES.map(str::to_owned).to_vec().into(),
            expires_at: seconds
                .map(|seconds| org.tenant().clock.now() + std::time::Duration::from_secs(seconds)),
            refresh,
        };
        self.directory.issue(org.clone(), grant)
    }

    /// Issues the pair of tokens that an authorization gives.
    pub(super) fn grant_pair(&self, org: &Arc<Org>, user: &Arc<str>, app: Option<&str>) -> Issued {
        let refresh = self.grant(org, user, TokenKind::Refresh, app, None);
        let access = self.grant(
            org,
            user,
            TokenKind::Access,
            app,
            Some(refresh.grant.id.clone()),
        );
        Issued { access, refresh }
    }

    /// The user with this name and password, in whichever org: user names are unique over all of them.
    pub(super) fn log_in(
        &self,
        username: &str,
        password: &str,
    ) -> Option<(Arc<Org>, Arc<Principal>)> {
        let of_org = |org: Arc<Org>| {
            let principal = org.principals().by_username(username)?.clone();
            let login = org.login(&principal.id)?;
            let expected = format!("{}{}", login.password, login.security_token);
            (password == expected).then_some((org, principal))
        };
        self.directory.all().into_iter().find_map(of_org)
    }
}

/// The start of the addresses of an org: what its specification says, else where the request came to.
pub(super) fn base_url(parts: &Parts, org: &Org) -> String {
    match &org.spec.instance_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => origin(parts),
    }
}

/// Where the request came to: `http://127.0.0.1:8080`.
fn origin(parts: &Parts) -> String {
    let scheme = parts
        .extensions
        .get::<Scheme>()
        .copied()
        .unwrap_or_default();
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let authority = parts.uri.authority().map(|authority| authority.as_str());
    let host = host.or(authority).unwrap_or("localhost");
    format!("{}://{host}", scheme.as_str())
}

/// Whose request it was, where no token said so beforehand.
pub(super) fn attribution(session: &Session<Org>) -> Attribution<Org> {
    Attribution {
        tenant: session.tenant.clone(),
        token: Some(session.grant.id.clone()),
        user: Some(session.grant.user.clone()),
    }
}
