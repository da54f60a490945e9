//! The suite tested: whether it catches wrong clients by the rule they break, and lets right ones pass.
//!
//! [`run`] runs the features against the reference client, every faulty client, the permitted behaviours and the hopeless clients,
//! and keeps of each run what turned red. Everything that is told of it is worked out from these recordings: the kill matrix,
//! and whether a [`weaken`]ed feature would be noticed. A [`canary`] says first whether the self-test itself can be trusted.

pub mod canary;
mod client;
mod diagnosis;
pub mod hopeless;
pub mod json;
mod kill;
mod model;
mod recording;
mod run;
pub mod terminal;
#[cfg(test)]
mod tests;
pub mod weaken;

pub use client::{Client, Kind};
pub use diagnosis::{Diagnosis, Share};
pub use kill::{Kill, kills};
pub use model::{Numbers, Outcome, SelfTest, Tested, ThinRow};
pub use recording::{Mark, Recording, Scene};
pub use run::{Options, Scope, SelfTestError, run};
