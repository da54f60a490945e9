//! Who a session belongs to, and the tokens that are issued for it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use super::Salesforce;
use super::error::ApiError;
use super::org::{Issued, Org};
use super::principals::{Principal, Principals};
use crate::identity::{End, Grant, Session, TokenKind};
use crate::serve::Attribution;
use crate::tenant::Hosted;

/// How long a session of SOAP login works: the default time-out of an org, two hours.
pub(super) const SESSION_SECONDS: u64 = 7200;

/// Refresh tokens that one user holds of one app; the next one takes the place of the oldest. Help page "Manage OAuth
/// Access Policies for a Connected App": five approvals.
const REFRESH_TOKENS: usize = 5;

/// What a token must be good for, one of these, to be taken by the REST and SOAP APIs.
const API_SCOPES: [&str; 3] = ["api", "web", "full"];

/// Who lets which app do what.
#[derive(Clone, Debug)]
pub(super) struct Authorization {
    pub(super) org: Arc<Org>,
    pub(super) user: Arc<str>,
    /// The consumer key; none for a session of the org's own.
    pub(super) client_id: Option<Arc<str>>,
    pub(super) scopes: Arc<[String]>,
}

impl Authorization {
    pub(super) fn has(&self, scopes: &[&str]) -> bool {
        has_one_of(&self.scopes, scopes)
    }
}

pub(super) fn has_one_of(granted: &[String], scopes: &[&str]) -> bool {
    granted.iter().any(|scope| scopes.contains(&scope.as_str()))
}

impl Salesforce {
    /// The user of a session that works: an access token or a session of an active user.
    pub(super) fn authenticate(
        &self,
        session: &Session<Org>,
    ) -> Result<(Arc<Principals>, Arc<Principal>), ApiError> {
        let (principals, principal) = self.identify(session)?;
        if !has_one_of(&session.grant.scopes, &API_SCOPES) {
            return Err(ApiError::NotForRest);
        }
        match principal.has("PermissionsApiEnabled") {
            true => Ok((principals, principal)),
            false => Err(ApiError::ApiDisabled),
        }
    }

    /// The same, whatever the session is good for.
    pub(super) fn identify(
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
        Ok((principals, principal))
    }

    /// Issues one token; `refresh`: the id of the refresh token that it hangs on.
    pub(super) fn grant(
        &self,
        authorization: &Authorization,
        kind: TokenKind,
        refresh: Option<Arc<str>>,
    ) -> Session<Org> {
        let org = &authorization.org;
        let entropy = &org.tenant().entropy;
        let app = authorization
            .client_id
            .as_deref()
            .and_then(|id| org.app(id));
        let seconds = match kind {
            TokenKind::Refresh => None,
            _ => Some(app.map_or(SESSION_SECONDS, |app| app.access_token_seconds)),
        };
        let text = match kind {
            TokenKind::Refresh => format!("5Aep861{}", entropy.alphanumeric(80)),
            _ => format!("{}!AQE{}", &org.id()[..15], entropy.alphanumeric(93)),
        };
        let now = org.tenant().clock.now();
        let grant = Grant {
            id: self.directory.next_token_id(),
            text: text.into(),
            kind,
            user: authorization.user.clone(),
            app: authorization.client_id.clone(),
            scopes: authorization.scopes.clone(),
            issued_at: now,
            expires_at: seconds.map(|seconds| now + Duration::from_secs(seconds)),
            refresh,
        };
        self.directory.issue(org.clone(), grant)
    }

    /// Issues the pair of tokens that an approval gives, and takes away what is more than a user may hold.
    pub(super) fn approve(&self, authorization: &Authorization) -> Issued {
        let _one_at_a_time = self.grants.lock();
        let held = self.refresh_tokens(authorization);
        let superfluous = (held.len() + 1).saturating_sub(REFRESH_TOKENS);
        for oldest in &held[..superfluous] {
            self.revoke_family(oldest);
        }
        self.grant_pair(authorization)
    }

    /// Issues a pair of tokens to somebody who holds none.
    pub(super) fn grant_pair(&self, authorization: &Authorization) -> Issued {
        let refresh = self.grant(authorization, TokenKind::Refresh, None);
        let family = Some(refresh.grant.id.clone());
        let access = self.grant(authorization, TokenKind::Access, family);
        Issued { access, refresh }
    }

    /// The refresh tokens that the user holds of the app, oldest first.
    pub(super) fn refresh_tokens(&self, authorization: &Authorization) -> Vec<Session<Org>> {
        let mut tokens = self.directory.tokens_of(authorization.org.id());
        tokens.retain(|token| {
            token.grant.kind == TokenKind::Refresh
                && token.grant.user == authorization.user
                && token.grant.app == authorization.client_id
                && token.check().is_ok()
        });
        tokens
    }

    /// The token that this one takes the place of, at the end of all rotations: the first of its grant.
    pub(super) fn first_of(&self, token: &Session<Org>) -> Session<Org> {
        let tokens = self.directory.tokens_of(token.tenant.id());
        let mut first = token.clone();
        // Tokens stand in the order in which they were issued, so one pass back finds all earlier generations.
        for earlier in tokens.into_iter().rev() {
            if first.grant.refresh.as_ref() == Some(&earlier.grant.id) {
                first = earlier;
            }
        }
        first
    }

    /// Ends a token and all that were issued with it or in its place.
    pub(super) fn revoke_family(&self, first: &Session<Org>) {
        let mut family: HashSet<Arc<str>> = HashSet::from([first.grant.id.clone()]);
        self.directory.end(first, End::Revoked);
        // Tokens stand in the order in which they were issued, so one pass finds those of later generations, too.
        for token in self.directory.tokens_of(first.tenant.id()) {
            let related = token
                .grant
                .refresh
                .as_ref()
                .is_some_and(|id| family.contains(id));
            if related && token.check().is_ok() {
                self.directory.end(&token, End::Revoked);
            }
            if related {
                family.insert(token.grant.id.clone());
            }
        }
    }
}

/// Whose request it was, where no token said so beforehand.
pub(super) fn attribution(session: &Session<Org>) -> Attribution<Org> {
    Attribution {
        tenant: session.tenant.clone(),
        token: Some(session.grant.id.clone()),
        user: Some(session.grant.user.clone()),
    }
}
