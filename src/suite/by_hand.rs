//! What a run by hand needs beforehand: how much there is to do, what the product can't do anyway, and where to log in.

mod each_row;
mod rehearsal;
#[cfg(test)]
mod tests;

pub use each_row::one_for_each_row;
pub use rehearsal::{Rehearsal, rehearse};

/// The password of every user of the mocks, for the page on which a person logs in.
pub fn password() -> String {
    mock_crm::salesforce::UserSpec::default().password
}
