//! Step definitions, by noun. Few, and made to be combined; `crm-conformance steps` lists them with their help.
//!
//! `Given` arranges, `When` does one thing, `Then` only notes a claim: all claims are judged once the scenario has ended.
//! Top-level functions and plain string literals, one parameter type a thing: editors understand nothing else.

mod activities;
mod apollo;
mod crm_records;
mod crm_users;
mod error_log;
mod faults;
mod invariants;
mod logins;
mod ownership;
mod pushes;
mod records;
mod reports;
mod team_sync;
mod updates;
