//! A page of what a record is connected with, in the words of each generation.

use serde_json::{Value, json};

use super::{Types, id, link, ways};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::AssociationType;
use crate::hubspot::route::Version;
use crate::store::{Serial, Store};

/// Records at the other ends, and where the next page starts.
#[derive(Debug)]
pub(super) struct Page {
    from: Serial,
    others: Vec<Serial>,
    next: Option<Serial>,
    limit: usize,
}

impl Page {
    /// At most `limit` records, from `first` on.
    pub(super) fn of(
        store: &Store,
        unlabeled: &AssociationType,
        from: Serial,
        (first, limit): (Serial, usize),
    ) -> Self {
        let connected = link::connected(store, from, unlabeled, first);
        let mut others: Vec<Serial> = connected.take(limit + 1).collect();
        let next = (others.len() > limit).then(|| others.pop()).flatten();
        Self {
            from,
            others,
            next,
            limit,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.others.is_empty()
    }

    /// The items: one for each record in v4 and later, one for each connection in v3.
    pub(super) fn items(
        &self,
        call: &Call<'_>,
        version: Version,
        (store, unlabeled): (&Store, &AssociationType),
    ) -> Vec<Value> {
        let seen = self.others.iter().map(|to| {
            let found = link::ways_of(store, ways(call), unlabeled, (self.from, *to));
            (*to, found)
        });
        match version {
            Version::One | Version::Three => seen
                .flat_map(|(to, found)| {
                    let item = move |way: &AssociationType| {
                        json!({ "id": id(call, to), "type": way.name })
                    };
                    found.into_iter().map(item).collect::<Vec<_>>()
                })
                .collect(),
            Version::Four | Version::Dated => seen
                .map(|(to, found)| {
                    let types: Vec<Value> = found.into_iter().map(described).collect();
                    json!({ "toObjectId": wire_id(call, to), "associationTypes": types })
                })
                .collect(),
        }
    }

    /// `paging`, where there is a next page.
    pub(super) fn paging(
        &self,
        call: &Call<'_>,
        version: Version,
        (from, to): Types<'_>,
    ) -> Option<Value> {
        let next = id(call, self.next?);
        let root = match version {
            Version::One | Version::Three => "crm/v3/objects",
            Version::Four => "crm/v4/objects",
            Version::Dated => "crm/objects/2026-03",
        };
        let link = format!(
            "https://api.hubapi.com/{root}/{}/{}/associations/{}?limit={}&after={next}",
            from.type_id,
            id(call, self.from),
            to.type_id,
            self.limit,
        );
        Some(json!({ "next": { "after": next, "link": link } }))
    }
}

/// As v4 lists an association type.
pub(super) fn described(way: &AssociationType) -> Value {
    json!({ "category": way.id.category(), "typeId": way.id.number(), "label": way.label })
}

/// A record's id: a number in v4, a text in the generations after it.
pub(super) fn wire_id(call: &Call<'_>, serial: Serial) -> Value {
    match call.version {
        Version::Dated => json!(id(call, serial)),
        Version::One | Version::Three | Version::Four => json!(call.portal.record_ids.id(serial)),
    }
}
