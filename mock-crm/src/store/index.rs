//! The indexes of a store: none of them ever grows by copying itself whole.

use std::collections::HashMap;

use super::{ObjectKey, Serial};
use crate::segments::Segments;

/// The key under which a unique value of a field is looked up: case-insensitive, as both vendors compare.
///
/// FNV-1a, since the log keeps the keys and a later build has to find them again.
pub fn unique_key(object: ObjectKey, field: &str, value: &str) -> u64 {
    let field = field.bytes().map(|byte| byte.to_ascii_lowercase());
    let value = value
        .chars()
        .flat_map(char::to_lowercase)
        .flat_map(|character| {
            let mut buffer = [0; 4];
            let length = character.encode_utf8(&mut buffer).len();
            buffer.into_iter().take(length)
        });
    let bytes = object
        .0
        .to_le_bytes()
        .into_iter()
        .chain(field)
        .chain([0])
        .chain(value);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Serials under a key, usually in rising order.
#[derive(Debug, Default)]
pub(super) struct Postings {
    serials: Segments<Serial>,
    last: Option<Serial>,
    out_of_order: bool,
}

/// What postings were like before a push.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    last: Option<Serial>,
    out_of_order: bool,
}

impl Postings {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            last: self.last,
            out_of_order: self.out_of_order,
        }
    }

    /// Takes the last push back.
    pub(super) fn pop(&mut self, before: Mark) {
        self.serials.pop();
        self.last = before.last;
        self.out_of_order = before.out_of_order;
    }

    pub(super) fn push(&mut self, serial: Serial) {
        self.out_of_order |= self.last.is_some_and(|last| last >= serial);
        self.last = Some(serial);
        self.serials.push(serial);
    }

    /// In rising order, each once.
    pub(super) fn sorted(&self) -> Box<dyn Iterator<Item = Serial> + '_> {
        if !self.out_of_order {
            return Box::new(self.serials.iter().copied());
        }
        let mut serials: Vec<Serial> = self.serials.iter().copied().collect();
        serials.sort_unstable();
        serials.dedup();
        Box::new(serials.into_iter())
    }
}

const SHARDS: usize = 256;

/// Unique key to serials. A rehash moves a 256th of the entries, so that no create waits for all of them.
#[derive(Debug, Default)]
pub(super) struct UniqueIndex {
    shards: Vec<HashMap<u64, Found>>,
}

/// The records under one key: nearly always one, and then in the room of a pointer.
#[derive(Debug)]
enum Found {
    One(Serial),
    // Boxed once more, so that an entry of the common kind stays small.
    #[allow(clippy::box_collection, reason = "a quarter less memory a record")]
    Many(Box<Vec<Serial>>),
}

impl Found {
    fn serials(&self) -> &[Serial] {
        match self {
            Self::One(serial) => std::slice::from_ref(serial),
            Self::Many(serials) => serials,
        }
    }

    fn add(&mut self, serial: Serial) {
        match self {
            Self::One(first) => *self = Self::Many(Box::new(vec![*first, serial])),
            Self::Many(serials) => serials.push(serial),
        }
    }

    /// `None` where no record is left.
    fn without(self, serial: Serial) -> Option<Self> {
        match self {
            Self::One(only) => (only != serial).then_some(Self::One(only)),
            Self::Many(mut serials) => {
                serials.retain(|other| *other != serial);
                (!serials.is_empty()).then_some(Self::Many(serials))
            }
        }
    }
}

impl UniqueIndex {
    pub(super) fn get(&self, key: u64) -> &[Serial] {
        self.shards
            .get(shard(key))
            .and_then(|shard| shard.get(&key))
            .map_or(&[], Found::serials)
    }

    pub(super) fn add(&mut self, key: u64, serial: Serial) {
        if self.shards.is_empty() {
            self.shards.resize_with(SHARDS, HashMap::new);
        }
        if let Some(shard) = self.shards.get_mut(shard(key)) {
            shard
                .entry(key)
                .and_modify(|found| found.add(serial))
                .or_insert(Found::One(serial));
        }
    }

    /// Makes a key lead to these records, in this order, and to no others.
    pub(super) fn set(&mut self, key: u64, serials: Vec<Serial>) {
        if let Some(shard) = self.shards.get_mut(shard(key)) {
            shard.remove(&key);
        }
        serials.into_iter().for_each(|serial| self.add(key, serial));
    }

    pub(super) fn remove(&mut self, key: u64, serial: Serial) {
        let Some(shard) = self.shards.get_mut(shard(key)) else {
            return;
        };
        if let Some(left) = shard.remove(&key).and_then(|found| found.without(serial)) {
            shard.insert(key, left);
        }
    }
}

fn shard(key: u64) -> usize {
    (key >> 56) as usize % SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_to_all_its_records_until_each_is_taken_away() {
        let mut index = UniqueIndex::default();
        for serial in 1..=3 {
            index.add(7, Serial(serial));
        }

        index.remove(7, Serial(2));
        assert_eq!(index.get(7), [Serial(1), Serial(3)]);
        index.remove(7, Serial(9));
        index.remove(7, Serial(1));
        assert_eq!(index.get(7), [Serial(3)]);
        index.remove(7, Serial(3));
        assert_eq!(index.get(7), []);
        index.remove(7, Serial(3));
    }
}
