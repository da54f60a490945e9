//! Mock Salesforce and HubSpot servers that record, for every create, whose token, which owner, which creator, and why.
//!
//! The crate knows CRMs only: nothing here knows of a client, a test or a rule about who ought to own what.
//!
//! Modules stand in reading order: a request comes in through [`serve`], is resolved to a [`identity::Session`], is
//! answered by a vendor ([`salesforce`], [`hubspot`]), and what it creates goes through [`store`] into the [`ledger`].

pub mod mock;

pub mod control;
pub mod crms;

pub mod proxy;
pub mod serve;
pub mod tls;

pub mod seed;

pub mod hubspot;
pub mod salesforce;

pub mod identity;
pub mod tenant;

pub mod query;
pub mod store;

pub mod durable;
pub mod journal;
pub mod ledger;

pub mod faults;

pub mod clock;
pub mod ids;
pub mod segments;

pub use crms::Crms;
pub use mock::{MockCrm, Options};
