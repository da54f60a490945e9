//! The mock Salesforce, over its HTTP surface but without sockets.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the finding")]

mod access;
mod account_owner;
mod assignment;
mod audit;
mod batch;
mod client_credentials;
mod collections;
mod composite;
mod composite_refused;
mod create;
mod describe;
mod doors;
mod graph;
mod harness;
mod identity;
mod introspect;
mod isolation;
mod jwt;
mod login_pages;
mod oauth;
mod objects;
mod oidc;
mod ownership;
mod ownership_rules;
mod query;
mod query_refused;
mod records;
mod refresh_tokens;
mod resources;
mod seed;
mod soap;
mod soap_records;
mod soql_aggregates;
mod soql_clients;
mod soql_dates;
mod soql_org;
mod soql_semantics;
mod transactions;
mod transport;
mod tree;
mod upsert;
