//! The HTTP exchanges that are kept.

use serde::{Deserialize, Serialize};

use super::filter::canonical;
use super::{Crms, DEFAULT_LIMIT};
use crate::journal::{Exchange, ExchangeEntry, Journal};
use crate::serve::Vendor;
use crate::tenant::Crm;

/// Which exchanges to look for: each condition that is set has to hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RequestQuery {
    /// Sent to this vendor.
    pub crm: Option<Crm>,
    /// That reached this org or portal. Not set: also those that reached none.
    pub org: Option<String>,
    /// Sent with the token of this id.
    pub token: Option<String>,
    /// With a higher number. A request that is still being answered is not there yet.
    pub after: u64,
    /// At most that many.
    pub limit: usize,
}

impl Default for RequestQuery {
    fn default() -> Self {
        Self {
            crm: None,
            org: None,
            token: None,
            after: 0,
            limit: DEFAULT_LIMIT,
        }
    }
}

/// What `GET /requests` answers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Requests {
    /// The exchanges, in the order in which they arrived.
    pub requests: Vec<ExchangeEntry>,
    /// How many were dropped to make room or went with a closed org or portal: a check that needs all exchanges has to
    /// fail when this is not 0.
    pub dropped: u64,
    /// The number of the newest request of the server.
    pub last_request: u64,
}

/// What a look-up by number found.
#[derive(Clone, Debug)]
pub enum RequestLookup {
    /// The exchange.
    Kept(Box<ExchangeEntry>),
    /// There was such a request, and it is not kept (any more), or not answered yet.
    Gone,
    /// No request has had that number.
    Unknown,
}

impl Crms {
    /// The exchanges that a query asks for.
    pub fn requests(&self, query: &RequestQuery) -> Requests {
        let last_request = self.server.last_request();
        let mut found: Vec<(u64, ExchangeEntry)> = Vec::new();
        let mut dropped = 0;
        self.each_journal(query.org.as_deref(), |journal| {
            dropped += journal.dropped();
            let wanted = journal.exchanges().filter(|kept| keeps(query, kept));
            found.extend(wanted.map(|kept| (kept.number, ExchangeEntry::new(kept))));
        });
        if query.org.is_none() {
            dropped += self.salesforce.directory().dropped_exchanges();
            dropped += self.hubspot.directory().dropped_exchanges();
        }
        found.sort_unstable_by_key(|(number, _)| *number);
        found.truncate(query.limit);
        Requests {
            requests: found.into_iter().map(|(_, entry)| entry).collect(),
            dropped,
            last_request,
        }
    }

    /// The exchange with this number.
    pub fn request(&self, number: u64) -> RequestLookup {
        let mut found = None;
        self.each_journal(None, |journal| {
            if found.is_none()
                && let Some(kept) = journal.exchanges().find(|kept| kept.number == number)
            {
                found = Some(Box::new(ExchangeEntry::new(kept)));
            }
        });
        match found {
            Some(entry) => RequestLookup::Kept(entry),
            None if (1..=self.server.last_request()).contains(&number) => RequestLookup::Gone,
            None => RequestLookup::Unknown,
        }
    }

    fn each_journal(&self, org: Option<&str>, mut look: impl FnMut(&Journal)) {
        for hosted in self.hosted(None::<Crm>, org) {
            look(&hosted.tenant().journal.lock());
        }
        look(&self.server.strays.lock());
    }
}

fn keeps(query: &RequestQuery, kept: &Exchange) -> bool {
    let org = query.org.as_deref().map(|org| canonical(kept.crm, org));
    kept.number > query.after
        && query.crm.is_none_or(|crm| crm == kept.crm)
        && org.is_none_or(|org| kept.org.as_deref() == Some(&*org))
        && query
            .token
            .as_deref()
            .is_none_or(|token| kept.token.as_deref() == Some(token))
}
