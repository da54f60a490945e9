use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::UnknownWord;

/// The id of a row of the decision table: `O1`, `R01`, `T2`, `H3`, `U4`, `N6`. Never renumbered, never reused.
///
/// Sorted as the table reads: Apollo owner, records, activities, HubSpot, updates, invariants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RowId {
    block: Block,
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Block {
    O,
    R,
    T,
    H,
    U,
    N,
}

impl RowId {
    pub(super) const fn o(number: u8) -> Self {
        Self {
            block: Block::O,
            number,
        }
    }
    pub(super) const fn r(number: u8) -> Self {
        Self {
            block: Block::R,
            number,
        }
    }
    pub(super) const fn t(number: u8) -> Self {
        Self {
            block: Block::T,
            number,
        }
    }
    pub(super) const fn h(number: u8) -> Self {
        Self {
            block: Block::H,
            number,
        }
    }
    pub(super) const fn u(number: u8) -> Self {
        Self {
            block: Block::U,
            number,
        }
    }
    /// Invariant `N{number}`: what no reading allows. The judge names these itself.
    pub(crate) const fn n(number: u8) -> Self {
        Self {
            block: Block::N,
            number,
        }
    }

    /// Whether the row is an invariant, which fails whatever the status of its neighbours.
    pub fn invariant(self) -> bool {
        self.block == Block::N
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = match self.block {
            Block::R => format!("R{:02}", self.number),
            block => format!("{block:?}{}", self.number),
        };
        f.pad(&id)
    }
}

impl FromStr for RowId {
    type Err = UnknownWord;

    /// Reads an id exactly as it is printed: `R1` is no row, `R01` is.
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        super::rows()
            .iter()
            .map(|row| row.id)
            .find(|id| id.to_string() == word)
            .ok_or_else(|| UnknownWord {
                word: word.to_owned(),
                wanted: "row of the decision table",
                known: "O1-O4, R01-R26, T1-T8, H1-H11, U1-U10, N1-N8",
            })
    }
}

impl TryFrom<String> for RowId {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, UnknownWord> {
        word.parse()
    }
}

impl From<RowId> for String {
    fn from(id: RowId) -> Self {
        id.to_string()
    }
}
