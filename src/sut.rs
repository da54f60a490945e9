//! The boundary to the system under test: driver protocol version 1, and the reference client behind it.
//!
//! JSON-RPC 2.0, one message a line. `message` holds the params and results of every method, `driver` is the caller's side, `transport`
//! carries lines, `schema` says what a message must look like, and `reference` is the same dispatch for the reference client that a driver of any other system writes for itself.

pub mod capability;
mod driver;
mod heard;
mod http;
pub mod manual;
mod message;
mod pool;
mod process;
mod reference;
mod rpc;
pub mod schema;
mod transport;

pub use driver::{Driver, DriverError};
pub use heard::Heard;
pub use http::{Address, AddressError};
pub use message::{
    ActivityLog, ActivityResult, ActivityResults, AddUser, Connect, Created, CredentialLink,
    CredentialUnlink, Disconnect, ErrorEntries, ErrorLog, Hello, HelloAnswer, Method, Nothing,
    PushRecords, PushResult, PushResults, RecordRead, RecordUpdate, Reset,
};
pub use pool::Pool;
pub use process::{Launch, kill_all};
pub use reference::Reference;
pub use rpc::{PROTOCOL, code};
pub use transport::{InProcess, Transport, TransportError};

/// The words of the protocol, which are Apollo's.
pub use crate::apollo::{
    ActivityId, ActivityKind, Crm, Details, Fields, Grant, Kind, LogEntry, Mode, NewRecord,
    PushSettings, PushedAs, RecordId, Role, Source, UserId,
};
pub use crate::sync::{HubspotApp, Outcome, SalesforceApp};

#[cfg(test)]
mod tests;
