//! One result model; one file per output format.
//!
//! A [`RunReport`] holds what happened, scenario by scenario. Rows, readings, counts and the exit code are worked out from it,
//! never stored beside it, so that no format can disagree with another.

mod digest;
mod exit;
pub mod json;
pub mod junit;
mod model;
mod rows;
mod symptom;
pub mod terminal;
#[cfg(test)]
mod tests;

pub use exit::Exit;
pub use model::{
    Counts, Ended, NotRun, RunReport, ScenarioReport, Selection, Signal, Stopped, SystemOutput,
    SystemUnderTest,
};
pub use rows::{Conformance, FollowedReading, RowLine, RowSummary};
