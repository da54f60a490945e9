//! The mock HubSpot, asked over HTTP without sockets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod any_request;
mod association_batches;
mod association_types;
mod associations;
mod batch;
mod batch_errors;
mod company_by_domain;
mod consent;
mod credentials;
mod door_table;
mod edges;
mod engagements;
mod errors;
mod faults;
mod harness;
mod instants;
mod isolation;
mod leads;
mod lifecycle;
mod limits;
mod merge;
mod oauth;
mod opening;
mod ownership;
mod people;
mod pipelines;
mod properties;
mod property_lists;
mod receiver;
mod records;
mod schemas;
mod scopes;
mod search;
mod search_naive;
mod together;
mod users;
mod values;
mod vectors;
mod webhook_attempts;
mod webhook_settings;
mod webhooks;
