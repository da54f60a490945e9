//! The mock Salesforce, over its HTTP surface but without sockets.

mod create;
mod harness;
