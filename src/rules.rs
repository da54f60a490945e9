//! The documents as data: sentences, the decision table with its allowed sets and grounds per edition, readings.
//!
//! Nothing here knows a client, a mock or a feature. Ask [`expectations`] what a situation demands,
//! [`allowed_credentials`] who may write in it, [`row`], [`sentence`] and [`question`] what an id means.

mod condition;
mod edition;
mod expectation;
mod lookup;
mod reading;
mod row;
mod row_id;
mod sentence;
mod situation;
mod source;
mod table;
#[cfg(test)]
mod tests;

pub use condition::Condition;
pub use edition::{Edition, SentenceId};
pub use expectation::{Allowed, Expectation, Grounds, Outcome, Role, Status};
pub use lookup::{allowed_credentials, allowed_updaters, expectations, permitted_principals};
pub use reading::{Question, Reading, ReadingId, question, questions};
pub use row::{Body, Cell, Expected, Joint, Relation, Row, row, rows};
pub use row_id::RowId;
pub use sentence::{Sentence, sentence, sentences};
pub use situation::{Crm, Event, Kind, Mode, Others, Personal, Situation, Team};
pub use source::Source;

/// A word that names nothing in the rules: an unknown row, sentence, source, CRM and so on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{word}' is no {wanted}; known: {known}")]
pub struct UnknownWord {
    /// What was written.
    pub word: String,
    /// What it should have named.
    pub wanted: &'static str,
    /// What could have been written.
    pub known: &'static str,
}
