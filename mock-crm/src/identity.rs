//! Who a bearer token is. Identity decides: `CreatedById` comes from here and from nothing else.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::store::Writer;
use crate::tenant::Hosted;
use crate::tenant::log::Event;

/// What a token is: it says whom the vendor lets act, and how the token can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// An OAuth access token.
    Access,
    /// An OAuth refresh token: good for the token endpoint only.
    Refresh,
    /// A Salesforce session, from SOAP login.
    Session,
    /// A HubSpot private app's token.
    PrivateApp,
    /// A HubSpot service key.
    ServiceKey,
    /// A token of a HubSpot app itself, of no portal and no user: good for the app's own settings only.
    ClientCredentials,
}

/// Everything that is known when a token is issued.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Grant {
    /// The id by which ledger and control API name it (`t17`); the text itself is a secret.
    pub id: Arc<str>,
    /// The text that a client sends.
    pub text: Arc<str>,
    /// What it is.
    pub kind: TokenKind,
    /// The vendor's id of the user it acts as.
    pub user: Arc<str>,
    /// The vendor's id of the app it was issued to; `None` for a session of the vendor's own.
    pub app: Option<Arc<str>>,
    /// What it may do.
    pub scopes: Arc<[String]>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it stops working by itself.
    pub expires_at: Option<Timestamp>,
    /// The id of the refresh token that it was issued with.
    pub refresh: Option<Arc<str>>,
}

/// Why a token does not work (any more).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// No token was sent.
    Missing,
    /// Nobody ever issued it, or it belongs to the other vendor.
    Unknown,
    /// Its time is over: since when.
    Expired(Timestamp),
    /// It was revoked.
    Revoked,
    /// Its org or portal is closed: a write that comes after a scenario ended.
    Finished,
}

/// How a token ends before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum End {
    /// As if its time were over.
    Expired = 1,
    /// Taken away.
    Revoked = 2,
}

/// An issued token of an org or portal `T`.
#[derive(Debug)]
pub struct Token<T> {
    /// What was issued.
    pub grant: Grant,
    /// Where it works.
    pub tenant: Arc<T>,
    ended: AtomicU8,
}

impl<T: Hosted> Token<T> {
    /// Whether it works now.
    pub fn check(&self) -> Result<(), Denied> {
        let now = self.tenant.tenant().clock.now();
        let ended = self.ended.load(Ordering::Acquire);
        match self.grant.expires_at {
            _ if ended == End::Revoked as u8 => Err(Denied::Revoked),
            _ if ended == End::Expired as u8 => Err(Denied::Expired(now)),
            Some(at) if at <= now => Err(Denied::Expired(at)),
            _ => Ok(()),
        }
    }

    /// Ends what the log says was ended: the way in at start. Everybody else asks [`Directory::end`].
    pub fn end(&self, end: End) {
        self.ended.fetch_max(end as u8, Ordering::AcqRel);
    }

    /// The part of a ledger row that says who writes.
    pub fn writer(&self, api: &'static str, request: u64) -> Writer {
        Writer {
            token: self.grant.id.clone(),
            app: self.grant.app.clone(),
            user: self.grant.user.clone(),
            api: api.into(),
            request,
        }
    }
}

/// Who sends a request: a token that was found, whether or not it still works.
pub type Session<T> = Arc<Token<T>>;

/// What a token's text leads to.
#[derive(Debug)]
pub enum Found<T> {
    /// A token of an open org or portal.
    Token(Session<T>),
    /// A token of one that is closed: whoever sends it is late.
    Finished(Finished),
}

// Derived, it would ask that an org can be cloned.
impl<T> Clone for Found<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Token(token) => Self::Token(token.clone()),
            Self::Finished(finished) => Self::Finished(finished.clone()),
        }
    }
}

/// What stays of a token when its org or portal is closed.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The token's id.
    pub token: Arc<str>,
    /// The id of the closed org or portal.
    pub tenant: Arc<str>,
}

/// The orgs or portals of one vendor, and the tokens that lead to them. A token leads to exactly one.
#[derive(Debug)]
pub struct Directory<T> {
    tenants: RwLock<HashMap<Arc<str>, Entry<T>>>,
    tokens: RwLock<HashMap<Arc<str>, Found<T>>>,
    issued: Arc<AtomicU64>,
    dropped: AtomicU64,
}

#[derive(Debug)]
struct Entry<T> {
    tenant: Arc<T>,
    tokens: Vec<Arc<str>>,
}

impl<T: Hosted> Directory<T> {
    /// An empty directory; `issued` numbers the tokens of all directories of a server.
    pub fn new(issued: Arc<AtomicU64>) -> Self {
        Self {
            tenants: RwLock::default(),
            tokens: RwLock::default(),
            issued,
            dropped: AtomicU64::new(0),
        }
    }

    /// How many HTTP exchanges went with the orgs or portals that were closed.
    pub fn dropped_exchanges(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Adds an org or portal.
    pub fn open(&self, tenant: Arc<T>) {
        let id = tenant.tenant().id.clone();
        self.tenants.write().insert(
            id,
            Entry {
                tenant,
                tokens: Vec::new(),
            },
        );
    }

    /// Takes an org or portal away. Its tokens stay known as finished, so that a late request is seen and named.
    pub fn close(&self, id: &str) -> Option<Arc<T>> {
        let tenant = self.retire(id)?;
        if let Some(log) = &tenant.tenant().log {
            log.append(&Event::Closed);
        }
        Some(tenant)
    }

    /// Closes what the log says was closed: the way in at start.
    pub fn retire(&self, id: &str) -> Option<Arc<T>> {
        let entry = self.tenants.write().remove(id)?;
        let mut tokens = self.tokens.write();
        for text in entry.tokens {
            if let Some(Found::Token(token)) = tokens.get(&text) {
                let tenant = entry.tenant.tenant().id.clone();
                let finished = Finished {
                    token: token.grant.id.clone(),
                    tenant,
                };
                tokens.insert(text, Found::Finished(finished));
            }
        }
        let dropped = {
            let journal = entry.tenant.tenant().journal.lock();
            journal.dropped() + journal.exchanges().count() as u64
        };
        self.dropped.fetch_add(dropped, Ordering::Relaxed);
        Some(entry.tenant)
    }

    /// The org or portal with this id.
    pub fn tenant(&self, id: &str) -> Option<Arc<T>> {
        self.tenants
            .read()
            .get(id)
            .map(|entry| entry.tenant.clone())
    }

    /// All of them, in the order of their numbers.
    pub fn all(&self) -> Vec<Arc<T>> {
        let mut all: Vec<_> = self
            .tenants
            .read()
            .values()
            .map(|entry| entry.tenant.clone())
            .collect();
        all.sort_by_key(|tenant| tenant.tenant().number);
        all
    }

    /// The next token id.
    pub fn next_token_id(&self) -> Arc<str> {
        format!("t{}", self.issued.fetch_add(1, Ordering::Relaxed) + 1).into()
    }

    /// Makes a token known.
    pub fn issue(&self, tenant: Arc<T>, grant: Grant) -> Session<T> {
        if let Some(log) = &tenant.tenant().log {
            log.append(&Event::Issued(grant.clone()));
        }
        self.reissue(tenant, grant)
    }

    /// Makes a token known that the log has: the way in at start.
    pub fn reissue(&self, tenant: Arc<T>, grant: Grant) -> Session<T> {
        let number = grant.id.trim_start_matches('t').parse().unwrap_or(0);
        self.issued.fetch_max(number, Ordering::Relaxed);
        if let Some(entry) = self.tenants.write().get_mut(&tenant.tenant().id) {
            entry.tokens.push(grant.text.clone());
        }
        let token = Arc::new(Token {
            grant,
            tenant,
            ended: AtomicU8::new(0),
        });
        self.tokens
            .write()
            .insert(token.grant.text.clone(), Found::Token(token.clone()));
        token
    }

    /// Ends a token before its time. What was revoked does not come back as expired.
    pub fn end(&self, token: &Token<T>, end: End) {
        token.end(end);
        if let Some(log) = &token.tenant.tenant().log {
            log.append(&Event::Ended {
                token: token.grant.id.clone(),
                end,
            });
        }
    }

    /// What this text leads to, whatever its state.
    pub fn find(&self, text: &str) -> Option<Found<T>> {
        self.tokens.read().get(text).cloned()
    }

    /// The token of an open org or portal with this text, whatever its state.
    pub fn token(&self, text: &str) -> Option<Session<T>> {
        match self.find(text)? {
            Found::Token(token) => Some(token),
            Found::Finished(_) => None,
        }
    }

    /// The tokens of an org or portal, in the order in which they were issued.
    pub fn tokens_of(&self, tenant: &str) -> Vec<Session<T>> {
        let texts = self
            .tenants
            .read()
            .get(tenant)
            .map(|entry| entry.tokens.clone())
            .unwrap_or_default();
        texts.iter().filter_map(|text| self.token(text)).collect()
    }
}
