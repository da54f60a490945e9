//! The mock HubSpot, asked over HTTP without sockets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod associations;
mod batch;
mod consent;
mod credentials;
mod door_table;
mod errors;
mod faults;
mod harness;
mod limits;
mod oauth;
mod opening;
mod ownership;
mod people;
mod properties;
mod property_lists;
mod records;
mod search;
mod search_naive;
