//! Finding a name in any case without allocating: every key of every request body is looked up this way.

/// A hash table of places in a list of names, which the owner of the list keeps.
#[derive(Clone, Debug)]
pub(super) struct NameTable {
    /// A place plus one; 0 is empty. The length is a power of two, at least twice the number of names.
    slots: Box<[u16]>,
}

impl NameTable {
    pub(super) fn new<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let mut slots = vec![0; (names.len() * 2).next_power_of_two().max(2)].into_boxed_slice();
        for (place, name) in (1..).zip(names) {
            let mut slot = first_slot(name, slots.len());
            while slots[slot] != 0 {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = place;
        }
        Self { slots }
    }

    /// The place of `name`, where `at` gives the name at a place.
    pub(super) fn find<'a>(&self, name: &str, at: impl Fn(usize) -> &'a str) -> Option<usize> {
        let mut slot = first_slot(name, self.slots.len());
        loop {
            let place = usize::from(*self.slots.get(slot)?).checked_sub(1)?;
            if at(place).eq_ignore_ascii_case(name) {
                return Some(place);
            }
            slot = (slot + 1) % self.slots.len();
        }
    }
}

/// FNV-1a of the lower-case name, cut to the table.
fn first_slot(name: &str, slots: usize) -> usize {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    });
    (hash ^ hash >> 15) as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_others_are_not() {
        let names = ["Id", "LastName", "FirstName", "OwnerId"];
        let table = NameTable::new(names.into_iter());
        let find = |name| table.find(name, |place| names[place]);

        assert_eq!((find("lastname"), find("OWNERID")), (Some(1), Some(3)));
        assert_eq!((find("Owner"), find("")), (None, None));
        assert_eq!(NameTable::new([].into_iter()).find("x", |_| ""), None);
    }
}
