//! One result model; one file per output format.
//!
//! A [`RunReport`] holds what happened, scenario by scenario. Rows, readings, counts and the exit code are worked out from it,
//! never stored beside it, so that no format can disagree with another.

mod again;
mod counts;
mod digest;
mod exit;
pub mod failure;
pub mod github;
pub mod json;
pub mod junit;
mod known;
pub mod markdown;
mod merge;
mod model;
mod rows;
mod shard;
mod stopped;
mod symptom;
pub mod terminal;
#[cfg(test)]
mod tests;
mod troubles;
mod unjudged;

pub use again::again;
pub use exit::Exit;
pub use known::{KnownFailure, KnownFailures, KnownStanding, KnownVerdict, Stale};
pub use merge::{MergeProblem, Part, merge};
pub use model::{
    Counts, Ended, NotRun, RunReport, ScenarioReport, Selection, Signal, Stopped, SystemOutput,
    SystemUnderTest,
};
pub use rows::{Conformance, FollowedReading, RowLine, RowSummary};
pub use shard::{NoShard, Shard};
pub use unjudged::Unjudged;
