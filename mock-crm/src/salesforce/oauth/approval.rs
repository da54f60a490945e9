//! The page on which a user who has logged in lets an app in, or does not.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use http::request::Parts;
use parking_lot::Mutex;

use super::authorize::{Wanted, encoded};
use super::client::Parameters;
use super::code::{Code, Codes};
use super::error::OAuthError;
use super::pages;
use crate::clock::Timestamp;
use crate::salesforce::Salesforce;
use crate::salesforce::login;
use crate::salesforce::session::Authorization;
use crate::tenant::Hosted;

/// Questions that were put to users who have logged in, by the secret in the page's address.
#[derive(Debug, Default)]
pub(in crate::salesforce) struct Approvals(Mutex<HashMap<String, Question>>);

#[derive(Clone, Debug)]
struct Question {
    authorization: Authorization,
    wanted: Wanted,
    expires_at: Timestamp,
}

impl Question {
    fn open(&self) -> bool {
        self.authorization.org.tenant().clock.now() < self.expires_at
    }
}

impl Approvals {
    /// Sends the user on to the page.
    pub(super) fn ask(
        &self,
        parts: &Parts,
        authorization: Authorization,
        wanted: Wanted,
    ) -> Response<Body> {
        let tenant = authorization.org.tenant();
        let source = tenant.entropy.alphanumeric(60);
        let question = Question {
            expires_at: Codes::end_of(tenant.clock.now()),
            authorization,
            wanted,
        };
        let mut questions = self.0.lock();
        questions.retain(|_, question| question.open());
        questions.insert(source.clone(), question);
        pages::redirect(&format!(
            "{}/setup/secur/RemoteAccessAuthorizationPage.apexp?source={source}",
            login::origin(parts)
        ))
    }

    fn find(&self, source: &str) -> Option<Question> {
        let question = self.0.lock().get(source).cloned();
        question.filter(Question::open)
    }

    /// Forgets the questions of an org that is closed.
    pub(in crate::salesforce) fn forget(&self, org: &str) {
        self.0
            .lock()
            .retain(|_, question| question.authorization.org.id() != org);
    }
}

/// `GET /setup/secur/RemoteAccessAuthorizationPage.apexp?source=`
pub(super) async fn page(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (_, parameters) = Parameters::read(request).await;
    let source = parameters.get("source").unwrap_or_default();
    let Some(question) = salesforce.approvals.find(source) else {
        return pages::nothing_here();
    };
    let app = question.authorization.org.app(&question.wanted.client_id);
    let name = app.map_or("", |app| app.name.as_str());
    pages::approval(source, name, &question.authorization.scopes)
}

/// `POST` of the same: the user has decided.
pub(super) async fn decide(
    State(salesforce): State<Arc<Salesforce>>,
    request: Request,
) -> Response<Body> {
    let (_, parameters) = Parameters::read(request).await;
    let source = parameters.get("source").unwrap_or_default();
    let Some(question) = salesforce.approvals.find(source) else {
        return pages::nothing_here();
    };
    salesforce.approvals.0.lock().remove(source);
    let wanted = question.wanted;
    if parameters.get("save").is_none() {
        return wanted.back(&OAuthError::Denied.in_form());
    }
    let now = question.authorization.org.tenant().clock.now();
    let code = salesforce.codes.add(Code {
        authorization: question.authorization,
        redirect_uri: wanted.redirect_uri.clone(),
        challenge: wanted.code_challenge.clone(),
        nonce: wanted.nonce.clone(),
        expires_at: Codes::end_of(now),
    });
    wanted.back(&format!("code={}", encoded(&code)))
}
