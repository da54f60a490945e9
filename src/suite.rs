//! Feature parsing and linting, the runner, the World and its fixtures, step definitions by noun.

pub mod diagnostic;
pub mod feature;
