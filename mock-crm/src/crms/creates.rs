//! Who created what, owned by whom, and why.

use serde::{Deserialize, Serialize};

use super::filter::{Conditions, Filter, symbol};
use super::{Crms, DEFAULT_LIMIT, Order};
use crate::ledger::{CreateEntry, CreateRow};
use crate::store::{Store, Symbol};
use crate::tenant::{Crm, Tenant};

/// Which creates to look for: each condition that is set has to hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CreateQuery {
    /// Of this vendor.
    pub crm: Option<Crm>,
    /// In this org or portal.
    pub org: Option<String>,
    /// Of this object (`Contact`) or object type (`contacts`).
    pub object: Option<String>,
    /// Of the record with this id.
    pub record: Option<String>,
    /// Owned by this owner id at creation; `""`: by nobody.
    pub owner: Option<String>,
    /// Created by the user with this id.
    pub created_by: Option<String>,
    /// With the token of this id.
    pub token: Option<String>,
    /// With a higher sequence.
    pub after: u64,
    /// At most that many.
    pub limit: usize,
    /// Which come first.
    pub order: Order,
}

impl Default for CreateQuery {
    fn default() -> Self {
        Self {
            crm: None,
            org: None,
            object: None,
            record: None,
            owner: None,
            created_by: None,
            token: None,
            after: 0,
            limit: DEFAULT_LIMIT,
            order: Order::Oldest,
        }
    }
}

/// What `GET /creates` answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Creates {
    /// The rows.
    pub creates: Vec<CreateEntry>,
    /// In order `oldest`, there is no other row up to this number: the `after` of the next query.
    pub last_sequence: u64,
}

impl Crms {
    /// The creates that a query asks for. An org or portal that is closed has none.
    pub fn creates(&self, query: &CreateQuery) -> Creates {
        // Read first: whoever has a number holds its store's lock until the row is there.
        let until = self.server.sequences.last();
        let mut creates: Vec<CreateEntry> = Vec::new();
        for hosted in self.hosted(query.crm, query.org.as_deref()) {
            creates.extend(of_tenant(hosted.tenant(), query, until));
        }
        match query.order {
            Order::Oldest => creates.sort_unstable_by_key(|entry| entry.sequence),
            Order::Newest => {
                creates.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.sequence))
            }
        }
        creates.truncate(query.limit);
        let cut = query.order == Order::Oldest && creates.len() == query.limit;
        let last_of_page = creates.last().filter(|_| cut).map(|entry| entry.sequence);
        Creates {
            last_sequence: last_of_page.unwrap_or(until.max(query.after)),
            creates,
        }
    }
}

fn of_tenant(tenant: &Tenant, query: &CreateQuery, until: u64) -> Vec<CreateEntry> {
    let store = tenant.read();
    let conditions = Conditions {
        object: query.object.as_deref(),
        record: query.record.as_deref(),
        owner: query.owner.as_deref(),
        token: query.token.as_deref(),
    };
    let Some(mut filter) = Filter::new(tenant, &store, &conditions) else {
        return Vec::new();
    };
    let created_by = match &query.created_by {
        None => None,
        Some(user) => match symbol(tenant, &store, user) {
            Some(user) => Some(user),
            None => return Vec::new(),
        },
    };
    rows(&store, query, (filter.owner, created_by))
        .filter(|row| row.sequence <= until && filter.keeps(*row))
        .take(query.limit)
        .map(|row| tenant.create_entry(&store, row))
        .collect()
}

/// The rows after `after`, by the index of pairs where that is shorter than all of them.
fn rows<'a>(
    store: &'a Store,
    query: &CreateQuery,
    (owner, created_by): (Option<Option<Symbol>>, Option<Symbol>),
) -> Box<dyn Iterator<Item = &'a CreateRow> + 'a> {
    let (ledger, after) = (&store.ledger, query.after);
    let pair = move |of: Option<Symbol>, by: Symbol| {
        owner.is_none_or(|owner| owner == of) && created_by.is_none_or(|user| user == by)
    };
    match query.order {
        Order::Newest => Box::new(
            ledger
                .newest_of_pairs(pair)
                .take_while(move |row| row.sequence > after),
        ),
        Order::Oldest if owner.is_some() || created_by.is_some() => {
            Box::new(ledger.oldest_of_pairs(after, pair))
        }
        Order::Oldest => Box::new(ledger.creates_after(after)),
    }
}
