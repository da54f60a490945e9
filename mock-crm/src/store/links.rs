//! What connects records.

use super::transaction::Undo;
use super::{Event, Link, Serial, Store};

impl Store {
    /// Connects two records; `false` if they were connected that way already.
    pub fn link(&mut self, link: Link) -> bool {
        let new = self.links.insert(link);
        if new {
            self.tell(|| Event::Linked(link));
            self.remember(Undo::Linked(link));
        }
        new
    }

    /// Takes a connection away; `false` if there was none.
    pub fn unlink(&mut self, link: Link) -> bool {
        let found = self.links.remove(&link);
        if found {
            self.tell(|| Event::Unlinked(link));
            self.remember(Undo::Unlinked(link));
        }
        found
    }

    /// The connections that start at a record, by type and target.
    pub fn links_from(&self, from: Serial) -> impl Iterator<Item = Link> {
        let first = Link {
            from,
            type_id: 0,
            to: Serial(0),
        };
        self.links
            .range(first..)
            .take_while(move |link| link.from == from)
            .copied()
    }

    /// The connections of one type that start at a record and lead to `first` or a later record, by target.
    pub fn links_of(
        &self,
        from: Serial,
        type_id: u32,
        first: Serial,
    ) -> impl Iterator<Item = Link> {
        let link = |to| Link { from, type_id, to };
        self.links
            .range(link(first)..=link(Serial(u32::MAX)))
            .copied()
    }

    /// Whether two records are connected that way.
    pub fn linked(&self, link: Link) -> bool {
        self.links.contains(&link)
    }
}
