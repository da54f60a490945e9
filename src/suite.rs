//! Feature parsing and linting, the runner, the World and its fixtures, step definitions by noun.
//!
//! A feature goes through [`feature`] and [`lint`] to [`run`], which hands each scenario to a fresh [`world::World`].

pub mod diagnostic;
pub mod feature;
pub mod lint;
pub mod vocabulary;

pub mod run;

mod harness;
mod panics;
pub mod parameter;
pub mod people;
mod steps;
pub mod world;
