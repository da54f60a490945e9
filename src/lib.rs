//! Executable ownership rules: who becomes Owner and Created By of a record that Apollo pushes to Salesforce or HubSpot.
//!
//! Modules stand in reading order. `rules` and `sync` never see each other, and neither knows the mock: a test holds that.

pub mod rules;

pub mod apollo;
pub mod sync;

pub mod faulty;
pub mod sut;

pub mod live;

pub mod observe;
pub mod report;
pub mod suite;

pub mod check;
pub mod explore;
pub mod selftest;
