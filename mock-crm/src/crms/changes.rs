//! Whose ownership changed, and who changed it.

use serde::{Deserialize, Serialize};

use super::filter::{Conditions, Filter};
use super::{Crms, DEFAULT_LIMIT};
use crate::ledger::ChangeEntry;
use crate::tenant::{Crm, Tenant};

/// Which changes of ownership to look for: each condition that is set has to hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeQuery {
    /// Of this vendor.
    pub crm: Option<Crm>,
    /// In this org or portal.
    pub org: Option<String>,
    /// Of this object or object type.
    pub object: Option<String>,
    /// Of the record with this id.
    pub record: Option<String>,
    /// To this owner id; `""`: to nobody.
    pub owner: Option<String>,
    /// With the token of this id.
    pub token: Option<String>,
    /// With a higher sequence.
    pub after: u64,
    /// At most that many.
    pub limit: usize,
}

impl Default for ChangeQuery {
    fn default() -> Self {
        Self {
            crm: None,
            org: None,
            object: None,
            record: None,
            owner: None,
            token: None,
            after: 0,
            limit: DEFAULT_LIMIT,
        }
    }
}

/// What `GET /changes` answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Changes {
    /// The rows, in the order in which they were written.
    pub changes: Vec<ChangeEntry>,
    /// There is no other row up to this number: the `after` of the next query.
    pub last_sequence: u64,
}

impl Crms {
    /// The changes of ownership that a query asks for.
    pub fn changes(&self, query: &ChangeQuery) -> Changes {
        let until = self.server.sequences.last();
        let mut changes: Vec<ChangeEntry> = Vec::new();
        for hosted in self.hosted(query.crm, query.org.as_deref()) {
            changes.extend(of_tenant(hosted.tenant(), query, until));
        }
        changes.sort_unstable_by_key(|entry| entry.sequence);
        changes.truncate(query.limit);
        let cut = changes.len() == query.limit;
        let last_of_page = changes.last().filter(|_| cut).map(|entry| entry.sequence);
        Changes {
            last_sequence: last_of_page.unwrap_or(until.max(query.after)),
            changes,
        }
    }
}

fn of_tenant(tenant: &Tenant, query: &ChangeQuery, until: u64) -> Vec<ChangeEntry> {
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
    let rows = store.ledger.changes_after(query.after);
    rows.filter(|row| row.sequence <= until && filter.keeps(*row))
        .take(query.limit)
        .map(|row| tenant.change_entry(&store, row))
        .collect()
}
