//! `associations/{from}/{to}/batch/…`: what is wrong with one input is an item of `errors`, with 207, and the others are
//! done.

mod answer;
mod change;
mod read;

pub(super) use answer::{Answer, default_results};
pub(super) use change::{
    archive, archive_labels, archive_named, create, create_default, create_named,
};
pub(super) use read::read;

/// Inputs of one change at most. HubSpot documents it for creating in v4; other changes and v3 are not documented.
const LARGEST_CHANGE: usize = 2000;

/// Inputs of one read at most.
const LARGEST_READ: usize = 1000;
