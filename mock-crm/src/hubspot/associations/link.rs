//! Making and undoing connections in the store.
//!
//! Invariant: records that are connected in any way are connected by the way without a label, too, and every connection
//! is there from both ends.

use crate::hubspot::catalog::{AssociationType, AssociationTypes, TypeId};
use crate::store::{Link, Serial, Store};

/// A connection that a record is to get.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewLink {
    other: Serial,
    way: Way,
    unlabeled: Way,
    /// What the first record that is connected becomes without being asked: the primary one.
    automatic: Option<Way>,
}

/// An association type with its inverse, as the store knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    out: u32,
    back: u32,
    single_out: bool,
    single_back: bool,
}

impl Way {
    pub(super) fn of(types: &AssociationTypes, way: &AssociationType) -> Option<Self> {
        let inverse = types.get(way.inverse)?;
        Some(Self {
            out: way.id.stored(),
            back: inverse.id.stored(),
            single_out: way.single,
            single_back: inverse.single,
        })
    }

    /// The two directions of a connection.
    fn links(self, from: Serial, to: Serial) -> [Link; 2] {
        let link = |from, type_id, to| Link { from, type_id, to };
        [link(from, self.out, to), link(to, self.back, from)]
    }

    /// Whether one of the two has a place for one such connection only, and it is taken.
    fn taken(self, store: &Store, from: Serial, to: Serial) -> bool {
        let has = |record, type_id| living_links(store, record, type_id).next().is_some();
        (self.single_out && has(from, self.out)) || (self.single_back && has(to, self.back))
    }

    /// Connects; a record that has one such connection at most loses the one that it had.
    fn make(self, store: &mut Store, from: Serial, to: Serial) {
        if self.single_out {
            self.unmake_all(store, from);
        }
        if self.single_back {
            self.inverse().unmake_all(store, to);
        }
        for link in self.links(from, to) {
            store.link(link);
        }
    }

    pub(super) fn unmake(self, store: &mut Store, from: Serial, to: Serial) {
        for link in self.links(from, to) {
            store.unlink(link);
        }
    }

    fn unmake_all(self, store: &mut Store, from: Serial) {
        let links: Vec<Link> = store.links_of(from, self.out, Serial(0)).collect();
        for link in links {
            self.unmake(store, from, link.to);
        }
    }

    fn inverse(self) -> Self {
        Self {
            out: self.back,
            back: self.out,
            single_out: self.single_back,
            single_back: self.single_out,
        }
    }
}

impl NewLink {
    /// `None` only where the types are not of one portal.
    pub(super) fn new(
        types: &AssociationTypes,
        way: &AssociationType,
        other: Serial,
    ) -> Option<Self> {
        let automatic = types
            .between(way.from, way.to)
            .find(|found| found.automatic);
        Some(Self {
            other,
            way: Way::of(types, way)?,
            unlabeled: Way::of(types, types.unlabeled(way.from, way.to)?)?,
            automatic: automatic.and_then(|found| Way::of(types, found)),
        })
    }
}

/// Makes connections of a record, from both ends.
///
/// The first company of a contact or deal is its primary one, as in HubSpot, and naming another as primary moves that.
pub(crate) fn connect(store: &mut Store, from: Serial, links: &[NewLink]) {
    for new in links {
        new.unlabeled.make(store, from, new.other);
        if new.way != new.unlabeled {
            new.way.make(store, from, new.other);
        }
        let automatic = new.automatic.filter(|way| *way != new.way);
        if let Some(primary) = automatic.filter(|way| !way.taken(store, from, new.other)) {
            primary.make(store, from, new.other);
        }
    }
}

/// Connects two records in these ways. Where labels of the portal are among them,
/// they take the place of those that the connection had: so HubSpot's guide says.
pub(super) fn set(
    store: &mut Store,
    types: &AssociationTypes,
    (from, to): (Serial, Serial),
    ways: &[&AssociationType],
) {
    let own =
        |way: &AssociationType| way.label.is_some() && matches!(way.id, TypeId::UserDefined(_));
    if let Some(first) = ways.iter().find(|way| own(way)) {
        for before in ways_of(store, types, first, (from, to)) {
            if own(before) && !ways.iter().any(|way| way.id == before.id) {
                disconnect(store, types, before, (from, to));
            }
        }
    }
    let links: Vec<NewLink> = ways
        .iter()
        .filter_map(|way| NewLink::new(types, way, to))
        .collect();
    connect(store, from, &links);
}

/// Undoes connections of two records: of the way that is given, or all where it is the one without a label.
pub(super) fn disconnect(
    store: &mut Store,
    types: &AssociationTypes,
    way: &AssociationType,
    (from, to): (Serial, Serial),
) {
    let all = types.between(way.from, way.to);
    let undone = all.filter(|found| way.label.is_none() || found.id == way.id);
    for way in undone.filter_map(|found| Way::of(types, found)) {
        way.unmake(store, from, to);
    }
}

/// The ways in which two records are connected, seen from the first.
pub(super) fn ways_of<'t>(
    store: &Store,
    types: &'t AssociationTypes,
    way: &AssociationType,
    (from, to): (Serial, Serial),
) -> Vec<&'t AssociationType> {
    let linked = |found: &&AssociationType| {
        let type_id = found.id.stored();
        store.linked(Link { from, type_id, to })
    };
    types.between(way.from, way.to).filter(linked).collect()
}

/// The records at the other ends, but for archived ones, from `first` on.
pub(super) fn connected<'s>(
    store: &'s Store,
    from: Serial,
    way: &AssociationType,
    first: Serial,
) -> impl Iterator<Item = Serial> + use<'s> {
    let links = store.links_of(from, way.id.stored(), first);
    links.map(|link| link.to).filter(|to| living(store, *to))
}

fn living_links(store: &Store, from: Serial, type_id: u32) -> impl Iterator<Item = Link> {
    let links = store.links_of(from, type_id, Serial(0));
    links.filter(|link| living(store, link.to))
}

fn living(store: &Store, serial: Serial) -> bool {
    store.get(serial).is_some_and(|record| !record.deleted)
}
