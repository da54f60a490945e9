//! A list that grows in blocks.

/// A list that grows and shrinks at its end, in blocks of [`Segments::BLOCK`] items.
///
/// Growing a `Vec` of a million items copies them all while everybody waits for the lock; here no push ever copies more
/// than one block, and a list of a few items takes no more room than a `Vec` does.
#[derive(Clone, Debug)]
pub struct Segments<T> {
    blocks: Vec<Vec<T>>,
    length: usize,
}

impl<T> Default for Segments<T> {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            length: 0,
        }
    }
}

impl<T> Segments<T> {
    /// Items of a block.
    pub const BLOCK: usize = 4096;

    /// Appends; the item's index is the length before.
    pub fn push(&mut self, item: T) {
        if self.length.is_multiple_of(Self::BLOCK) {
            // The first block starts small: most lists are those of a scenario's org.
            let capacity = if self.blocks.is_empty() {
                0
            } else {
                Self::BLOCK
            };
            self.blocks.push(Vec::with_capacity(capacity));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(item);
            self.length += 1;
        }
    }

    /// Takes the last item away again.
    pub fn pop(&mut self) -> Option<T> {
        let block = self.blocks.last_mut()?;
        let item = block.pop()?;
        if block.is_empty() {
            self.blocks.pop();
        }
        self.length -= 1;
        Some(item)
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The item at `index`.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.blocks
            .get(index / Self::BLOCK)?
            .get(index % Self::BLOCK)
    }

    /// The item at `index`, to change.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.blocks
            .get_mut(index / Self::BLOCK)?
            .get_mut(index % Self::BLOCK)
    }

    /// All items in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.blocks.iter().flatten()
    }

    /// The index of the first item that is not `before` what is looked for: those that are come first.
    pub fn partition_point(&self, before: impl Fn(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle).is_some_and(&before) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// The items from `start` on.
    pub fn iter_from(&self, start: usize) -> impl Iterator<Item = &T> {
        let (block, offset) = (start / Self::BLOCK, start % Self::BLOCK);
        self.blocks
            .get(block)
            .into_iter()
            .flat_map(move |items| items.iter().skip(offset))
            .chain(self.blocks.iter().skip(block + 1).flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_item_that_is_not_before_is_found() {
        let mut list = Segments::default();
        (0..10_000).for_each(|number| list.push(number * 2));

        for (wanted, place) in [
            (0, 0),
            (1, 1),
            (8_192, 4_096),
            (19_998, 9_999),
            (20_000, 10_000),
        ] {
            assert_eq!(list.partition_point(|item| *item < wanted), place);
        }
        assert_eq!(Segments::<u8>::default().partition_point(|_| true), 0);
    }

    #[test]
    fn items_are_found_by_index_across_blocks() {
        let mut list = Segments::default();
        (0..10_000).for_each(|number| list.push(number));

        assert_eq!(list.len(), 10_000);
        assert_eq!(
            (list.get(4_095), list.get(4_096), list.get(10_000)),
            (Some(&4_095), Some(&4_096), None)
        );
        assert_eq!(
            list.iter_from(4_094).take(4).copied().collect::<Vec<_>>(),
            [4_094, 4_095, 4_096, 4_097]
        );
        assert_eq!(list.iter().next_back(), Some(&9_999));
        assert_eq!(list.iter_from(20_000).next(), None);
    }

    #[test]
    fn what_is_pushed_after_a_pop_is_found_where_it_belongs() {
        let mut list = Segments::default();
        (0..4_098).for_each(|number| list.push(number));

        let popped: Vec<_> = (0..3).filter_map(|_| list.pop()).collect();
        (0..3).for_each(|number| list.push(number * 10));

        assert_eq!(popped, [4_097, 4_096, 4_095]);
        assert_eq!(
            list.iter_from(4_094).copied().collect::<Vec<_>>(),
            [4_094, 0, 10, 20]
        );
        assert_eq!((list.get(4_097), list.len()), (Some(&20), 4_098));
        assert_eq!(Segments::<u8>::default().pop(), None);
    }
}
