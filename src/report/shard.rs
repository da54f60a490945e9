//! A run cut into parts that can run on machines of their own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Selection;

/// One of so many parts of a run.
///
/// Invariant: `1 <= number <= of <= 1000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Shard {
    number: u16,
    of: u16,
}

/// A shard as JSON has it.
#[derive(Serialize, Deserialize)]
struct Written {
    number: u16,
    of: u16,
}

/// Text that names no shard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoShard {
    /// Not two numbers.
    #[error("expected a part and how many there are, such as 1/3")]
    Written,
    /// Counted from 0, as a Kubernetes Indexed Job does.
    #[error(
        "shards are counted from 1: 1/{of} is the first\nhint: in a Kubernetes Indexed Job it is $((JOB_COMPLETION_INDEX + 1))/{of}"
    )]
    Zero {
        /// How many there are.
        of: u16,
    },
    /// A part that there is not.
    #[error("of {of} shards there is no number {number}: expected 1/{of} to {of}/{of}")]
    Beyond {
        /// The part.
        number: u16,
        /// How many there are.
        of: u16,
    },
    /// None, or too many.
    #[error("expected 1 to 1000 shards, not {of}")]
    Count {
        /// How many were asked for.
        of: u16,
    },
}

/// More parts than that would each cost more than they hold.
const MOST: u16 = 1000;

/// Changed when scenarios fall otherwise, so that parts of two versions never pass for parts of one run.
const SHAPE: &str = "crm-conformance shard, 1";

impl Shard {
    /// The part with this number, from 1, of so many.
    ///
    /// # Errors
    /// Where there is no such part.
    pub fn new(number: u16, of: u16) -> Result<Self, NoShard> {
        match (number, of) {
            (_, of) if of == 0 || of > MOST => Err(NoShard::Count { of }),
            (0, of) => Err(NoShard::Zero { of }),
            (number, of) if number > of => Err(NoShard::Beyond { number, of }),
            (number, of) => Ok(Self { number, of }),
        }
    }

    /// Its number, from 1.
    pub fn number(self) -> u16 {
        self.number
    }

    /// How many there are.
    pub fn of(self) -> u16 {
        self.of
    }

    /// Whether a scenario belongs to it. Feature and title, with the values of the example, decide, and nothing else: neither the
    /// place in the file nor what stands beside it. So each scenario is in one shard exactly, and stays there.
    pub fn holds(self, feature: &str, scenario: &str) -> bool {
        let mut hash = Sha256::new();
        for part in [SHAPE, feature, scenario] {
            hash.update(part);
            hash.update([0]);
        }
        let number = hash
            .finalize()
            .iter()
            .take(8)
            .fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.of) == u64::from(self.number - 1)
    }
}

impl Selection {
    /// Whether nothing of these features was left out.
    pub fn whole(&self) -> bool {
        !self.filtered && self.shard.is_none()
    }
}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Self, NoShard> {
        let (number, of) = text.split_once('/').ok_or(NoShard::Written)?;
        let parse = |text: &str| text.trim().parse().map_err(|_| NoShard::Written);
        Self::new(parse(number)?, parse(of)?)
    }
}

impl TryFrom<Written> for Shard {
    type Error = NoShard;

    fn try_from(written: Written) -> Result<Self, NoShard> {
        Self::new(written.number, written.of)
    }
}

impl From<Shard> for Written {
    fn from(shard: Shard) -> Self {
        Self {
            number: shard.number,
            of: shard.of,
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}
