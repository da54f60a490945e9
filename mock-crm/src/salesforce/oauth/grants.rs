//! The grants that need no signature: code, refresh token, password, client credentials.

use std::sync::Arc;

use http::request::Parts;

use super::client::Parameters;
use super::error::OAuthError;
use super::token::Granted;
use crate::identity::{Denied, End, TokenKind};
use crate::salesforce::login::{self, only};
use crate::salesforce::org::{Issued, Org};
use crate::salesforce::session::Authorization;
use crate::salesforce::spec::AppSpec;
use crate::salesforce::{Salesforce, principals};

/// The scopes with which a refresh token comes.
const LASTING: [&str; 2] = ["refresh_token", "offline_access"];

impl Salesforce {
    pub(super) fn by_code(&self, parameters: &Parameters) -> Result<Granted, OAuthError> {
        let code = self.codes.take(parameters.required("code")?)?;
        let app = parameters.app(&code.authorization.org)?;
        if code.authorization.client_id.as_deref() != Some(&app.client_id) {
            return Err(OAuthError::InvalidCode);
        }
        if parameters.get("redirect_uri") != Some(&code.redirect_uri) {
            return Err(OAuthError::RedirectMismatch);
        }
        code.check_verifier(app, parameters.get("code_verifier"))?;
        active(&code.authorization.org, &code.authorization.user)?;
        let (access, refresh) = match code.authorization.has(&LASTING) {
            true => {
                let Issued { access, refresh } = self.approve(&code.authorization);
                (access, Some(refresh))
            }
            false => (
                self.grant(&code.authorization, TokenKind::Access, None),
                None,
            ),
        };
        Ok(Granted {
            access,
            refresh,
            secret: app.client_secret.clone(),
            openid: true,
            nonce: code.nonce,
        })
    }

    pub(super) fn by_refresh(&self, parameters: &Parameters) -> Result<Granted, OAuthError> {
        let token = self.directory.token(parameters.required("refresh_token")?);
        let old = token
            .filter(|token| token.grant.kind == TokenKind::Refresh)
            .ok_or(OAuthError::ExpiredToken)?;
        let app = parameters.app(&old.tenant)?;
        if old.grant.app.as_deref() != Some(&app.client_id) {
            return Err(OAuthError::ExpiredToken);
        }
        // Of two that come with the same token at once, one is second.
        let _one_at_a_time = self.grants.lock();
        if let Err(denied) = old.check() {
            // With rotation, a token that comes back after it was replaced has been stolen or lost: all of it ends.
            if app.rotate_refresh_tokens && denied == Denied::Revoked {
                self.revoke_family(&self.first_of(&old));
            }
            return Err(OAuthError::ExpiredToken);
        }
        active(&old.tenant, &old.grant.user)?;
        let authorization = Authorization {
            org: old.tenant.clone(),
            user: old.grant.user.clone(),
            client_id: old.grant.app.clone(),
            scopes: old.grant.scopes.clone(),
        };
        let refresh = app.rotate_refresh_tokens.then(|| {
            self.directory.end(&old, End::Revoked);
            let family = Some(old.grant.id.clone());
            self.grant(&authorization, TokenKind::Refresh, family)
        });
        let family = refresh.as_ref().unwrap_or(&old).grant.id.clone();
        Ok(Granted {
            access: self.grant(&authorization, TokenKind::Access, Some(family)),
            refresh,
            secret: app.client_secret.clone(),
            openid: true,
            nonce: None,
        })
    }

    pub(super) fn by_password(
        &self,
        parts: &Parts,
        parameters: &Parameters,
    ) -> Result<Granted, OAuthError> {
        let username = parameters.required("username")?;
        let password = parameters.required("password")?;
        let orgs = self.orgs_of_app(parts, parameters)?;
        let (org, user) = login::log_in(orgs, username, password)
            .filter(|(_, user)| user.active)
            .ok_or(OAuthError::AuthenticationFailure)?;
        let app = parameters.app(&org)?;
        Ok(self.without_refresh(&org, &user, app))
    }

    /// The app acts as the user that its administrator chose.
    pub(super) fn by_client_credentials(
        &self,
        parts: &Parts,
        parameters: &Parameters,
    ) -> Result<Granted, OAuthError> {
        // A host of all orgs does not say which one is meant.
        if login::shared_host(parts) {
            return Err(OAuthError::WrongDomain);
        }
        let orgs = self.orgs_of_app(parts, parameters)?;
        let org = only(orgs.into_iter()).ok_or(OAuthError::WrongDomain)?;
        let app = parameters.app(&org)?;
        if parameters.get("client_secret").is_none() {
            return Err(OAuthError::InvalidSecret);
        }
        let name = app.run_as.as_deref().ok_or(OAuthError::NoRunAsUser)?;
        let user = org.named(name).map_err(|_| OAuthError::NoRunAsUser)?;
        let user = active(&org, &user)?;
        Ok(self.without_refresh(&org, &user, app))
    }

    /// An access token that can't be refreshed: whoever got it can get another by the same means.
    pub(super) fn without_refresh(
        &self,
        org: &Arc<Org>,
        user: &principals::Principal,
        app: &AppSpec,
    ) -> Granted {
        let mut scopes = app.scopes.clone();
        scopes.retain(|scope| !LASTING.contains(&scope.as_str()));
        let authorization = Authorization {
            org: org.clone(),
            user: user.id.clone(),
            client_id: Some(app.client_id.as_str().into()),
            scopes: scopes.into(),
        };
        Granted {
            access: self.grant(&authorization, TokenKind::Access, None),
            refresh: None,
            secret: app.client_secret.clone(),
            openid: false,
            nonce: None,
        }
    }
}

/// The user, if active.
pub(super) fn active(org: &Org, user: &str) -> Result<Arc<principals::Principal>, OAuthError> {
    let user = org.principals().user(user).cloned();
    user.filter(|user| user.active)
        .ok_or(OAuthError::InactiveUser)
}
