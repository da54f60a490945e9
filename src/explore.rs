//! Beyond the features: every cell of the decision table, and random histories, judged by the same rules.
//!
//! Both are written as features in the suite's own words, and run as features are: whatever is found here can be printed,
//! run again by itself, and kept.

mod cell;
mod finding;
mod histories;
mod history;
mod phrase;
mod report;
mod running;
mod table;
#[cfg(test)]
mod tests;

pub use cell::{Cell, Colleagues};
pub use finding::{Example, Finding, Findings};
pub use histories::{HistoriesReport, Shrunk, Wanted, explore_histories};
pub use report::{ExploreReport, write};
pub use running::{Case, Trouble};
pub use table::{CellCounts, TableReport, explore_table, sample};
