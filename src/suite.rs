//! Feature parsing and linting, the runner, the World and its fixtures, step definitions by noun.
//!
//! A feature goes through [`feature`] and [`lint`] to [`run`], which hands each scenario to a fresh [`world::World`].

pub mod diagnostic;
pub mod feature;
pub mod lint;
pub mod vocabulary;

pub mod run;

pub mod by_hand;

mod harness;
pub mod known_failures;
pub mod org_seed;
mod panics;
pub mod parameter;
pub mod people;
mod steps;
pub mod world;

use std::path::PathBuf;

use diagnostic::Diagnostic;
use feature::Scenario;

/// The scenarios of these files and folders, or, of none, those that the binary carries.
///
/// # Errors
/// With everything that is wrong with them.
pub fn scenarios(paths: &[PathBuf]) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    if paths.is_empty() {
        lint::check(&feature::built_in())
    } else {
        lint::check_read(&feature::read(paths))
    }
}
