//! The connections of a record that becomes part of another one.

use crate::hubspot::objects::erase;
use crate::store::{Link, Serial, Store};

/// Kinds of which a record has one connection at most, seen from it and from the other end: the primary company of a contact
/// and of a deal, the primary contact of a lead.
const SINGLE: [(u32, u32); 3] = [(1, 2), (5, 6), (578, 579)];

/// Connects `target` with whatever `from` was connected with. A primary connection that `target` has stays.
pub(super) fn transfer(store: &mut Store, from: Serial, target: Serial) {
    let out: Vec<Link> = store.links_from(from).collect();
    let back: Vec<Link> = out
        .iter()
        .flat_map(|link| store.links_from(link.to).filter(|back| back.to == from))
        .collect();
    erase::disconnect(store, from);
    let has = |type_id| store.links_from(target).any(|link| link.type_id == type_id);
    let mut left_out: Vec<u32> = Vec::new();
    for (out, back) in SINGLE.into_iter().filter(|(out, _)| has(*out)) {
        left_out.extend([out, back]);
    }
    let out = out.into_iter().filter(|link| link.to != target);
    let out = out.map(|link| Link {
        from: target,
        ..link
    });
    let back = back.into_iter().filter(|link| link.from != target);
    let back = back.map(|link| Link { to: target, ..link });
    let moved: Vec<Link> = out.chain(back).collect();
    for link in moved {
        if !left_out.contains(&link.type_id) {
            store.link(link);
        }
    }
}
