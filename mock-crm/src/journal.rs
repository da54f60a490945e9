//! The HTTP journal: whole exchanges, bounded, and honest about what it has dropped.

mod headers;
mod redact;

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, StatusCode, Uri, header};
use serde::{Deserialize, Serialize};

pub use headers::Headers;

use crate::clock::Timestamp;
use crate::tenant::Crm;

/// The name of a request in the ledger and in the control API.
pub fn request_id(number: u64) -> String {
    format!("q{number}")
}

/// One request and its answer, as they were on the wire.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Rising over the whole server.
    pub number: u64,
    /// When the request had arrived.
    pub at: Timestamp,
    /// Which vendor it was sent to.
    pub crm: Crm,
    /// The org or portal that it reached, where that is known.
    pub org: Option<Arc<str>>,
    /// The id of the token it was sent with, where that is known.
    pub token: Option<Arc<str>>,
    /// Its user, where that is known.
    pub user: Option<Arc<str>>,
    /// Method.
    pub method: Method,
    /// Path and query, as sent.
    pub uri: Uri,
    /// Headers of the request.
    pub request_headers: Headers,
    /// Body of the request, or how it starts.
    pub request_body: Bytes,
    /// Bytes of the request's body that are not kept, since it was too large to be held.
    pub request_body_dropped: u64,
    /// Status of the answer; `None` where the connection was reset instead.
    pub status: Option<StatusCode>,
    /// Headers of the answer.
    pub response_headers: Headers,
    /// Body of the answer, or how it starts.
    pub response_body: Bytes,
    /// Bytes of the answer's body that are not kept.
    pub response_body_dropped: u64,
    /// The id of the fault that was played, if one was.
    pub fault: Option<Arc<str>>,
}

/// The newest exchanges of an org or portal, or those that reached none.
#[derive(Debug)]
pub struct Journal {
    exchanges: VecDeque<Exchange>,
    bytes: usize,
    limits: Limits,
    dropped: u64,
}

/// How much a journal keeps.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Exchanges.
    pub exchanges: usize,
    /// Bytes of bodies.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            exchanges: 1_000,
            bytes: 8 << 20,
        }
    }
}

/// What a look-up by number found.
#[derive(Debug)]
pub enum Lookup<'a> {
    /// It is here.
    Found(&'a Exchange),
    /// It may have been here and is dropped.
    Dropped,
    /// It never was.
    Unknown,
}

impl Default for Journal {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Journal {
    /// An empty journal.
    pub fn new(limits: Limits) -> Self {
        Self {
            exchanges: VecDeque::new(),
            bytes: 0,
            limits,
            dropped: 0,
        }
    }

    /// Keeps more from now on, or less.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
        self.drop_what_is_too_much();
    }

    /// Keeps an exchange, and drops the oldest ones that are too much.
    pub fn add(&mut self, exchange: Exchange) {
        self.bytes += size(&exchange);
        self.exchanges.push_back(exchange);
        self.drop_what_is_too_much();
    }

    fn drop_what_is_too_much(&mut self) {
        while self.exchanges.len() > self.limits.exchanges
            || self.bytes > self.limits.bytes && self.exchanges.len() > 1
        {
            let Some(oldest) = self.exchanges.pop_front() else {
                break;
            };
            self.bytes -= size(&oldest);
            self.dropped += 1;
        }
    }

    /// The exchanges that are kept, oldest first. Answers finish in another order than requests arrive.
    pub fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter()
    }

    /// How many were dropped: a check that needs them all has to fail when this is not 0.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The exchange with this number.
    pub fn find(&self, number: u64) -> Lookup<'_> {
        match self
            .exchanges
            .iter()
            .find(|exchange| exchange.number == number)
        {
            Some(exchange) => Lookup::Found(exchange),
            None if self.dropped > 0 && self.exchanges.iter().all(|kept| kept.number > number) => {
                Lookup::Dropped
            }
            None => Lookup::Unknown,
        }
    }
}

fn size(exchange: &Exchange) -> usize {
    exchange.request_body.len() + exchange.response_body.len()
}

/// An exchange as `GET /requests/{id}` answers it: secrets are blanked out.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ExchangeEntry {
    /// `q88`.
    pub id: String,
    /// The instant, ISO 8601 with milliseconds.
    pub at: String,
    /// Which vendor it was sent to.
    pub crm: Crm,
    /// The org or portal that it reached.
    pub org: Option<String>,
    /// The id of the token it was sent with.
    pub token: Option<String>,
    /// The user of that token.
    pub user: Option<String>,
    /// Method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Headers of the request, in order.
    pub request_headers: Vec<(String, String)>,
    /// Body of the request, or how it starts.
    pub request_body: String,
    /// Bytes of the request's body that are not kept: not 0 for uploads of bulk jobs only.
    #[serde(default)]
    pub request_body_dropped: u64,
    /// Status; absent where the connection was reset.
    pub status: Option<u16>,
    /// Headers of the answer, in order.
    pub response_headers: Vec<(String, String)>,
    /// Body of the answer, or how it starts.
    pub response_body: String,
    /// Bytes of the answer's body that are not kept: not 0 for results of bulk jobs only.
    #[serde(default)]
    pub response_body_dropped: u64,
    /// The fault that was played.
    pub fault: Option<String>,
}

impl ExchangeEntry {
    /// The exchange as text.
    pub fn new(exchange: &Exchange) -> Self {
        Self {
            id: request_id(exchange.number),
            at: exchange.at.iso().to_string(),
            crm: exchange.crm,
            org: exchange.org.as_deref().map(str::to_owned),
            token: exchange.token.as_deref().map(str::to_owned),
            user: exchange.user.as_deref().map(str::to_owned),
            method: exchange.method.to_string(),
            path: redact::address(&exchange.uri.to_string()),
            request_headers: headers(&exchange.request_headers),
            request_body: redact::body(&String::from_utf8_lossy(&exchange.request_body)),
            request_body_dropped: exchange.request_body_dropped,
            status: exchange.status.map(|status| status.as_u16()),
            response_headers: headers(&exchange.response_headers),
            response_body: redact::body(&String::from_utf8_lossy(&exchange.response_body)),
            response_body_dropped: exchange.response_body_dropped,
            fault: exchange.fault.as_deref().map(str::to_owned),
        }
    }
}

fn headers(kept: &Headers) -> Vec<(String, String)> {
    let secret = |name: &str| {
        [
            header::AUTHORIZATION,
            header::COOKIE,
            header::PROXY_AUTHORIZATION,
            header::SET_COOKIE,
        ]
        .iter()
        .any(|secret| secret == name)
            || name == "x-sfdc-session"
    };
    let address = |name: &str| {
        [header::LOCATION, header::REFERER]
            .iter()
            .any(|known| known == name)
    };
    kept.iter()
        .map(|(name, value)| match () {
            () if secret(&name) => (name, redact::BLANK.to_owned()),
            () if address(&name) => (name, redact::address(&value)),
            () => (name, value),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(number: u64, body: &'static str) -> Exchange {
        Exchange {
            number,
            at: Timestamp(0),
            crm: Crm::Hubspot,
            org: None,
            token: None,
            user: None,
            method: Method::GET,
            uri: Uri::from_static("/"),
            request_headers: Headers::default(),
            request_body: Bytes::from_static(body.as_bytes()),
            request_body_dropped: 0,
            status: Some(StatusCode::OK),
            response_headers: Headers::default(),
            response_body: Bytes::new(),
            response_body_dropped: 0,
            fault: None,
        }
    }

    #[test]
    fn a_full_journal_says_what_it_dropped() {
        let mut journal = Journal::new(Limits {
            exchanges: 2,
            bytes: 10,
        });
        (1..=3).for_each(|number| journal.add(exchange(number, "abc")));

        assert_eq!(journal.dropped(), 1);
        assert!(matches!(journal.find(1), Lookup::Dropped));
        assert!(matches!(journal.find(3), Lookup::Found(_)));
        assert!(matches!(journal.find(4), Lookup::Unknown));
    }

    #[test]
    fn a_limit_can_be_moved_while_it_fills() {
        let mut journal = Journal::new(Limits {
            exchanges: 1,
            bytes: 10,
        });
        journal.limit(Limits {
            exchanges: 3,
            bytes: 10,
        });
        (1..=3).for_each(|number| journal.add(exchange(number, "abc")));
        assert_eq!(journal.dropped(), 0);

        journal.limit(Limits {
            exchanges: 2,
            bytes: 10,
        });

        assert_eq!(journal.dropped(), 1);
        assert!(matches!(journal.find(1), Lookup::Dropped));
    }

    #[test]
    fn bodies_count_too() {
        let mut journal = Journal::new(Limits {
            exchanges: 100,
            bytes: 5,
        });
        journal.add(exchange(1, "abc"));
        journal.add(exchange(2, "abc"));

        assert_eq!(
            journal
                .exchanges()
                .map(|kept| kept.number)
                .collect::<Vec<_>>(),
            [2]
        );
    }
}
