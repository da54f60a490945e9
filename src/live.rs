//! A live CRM as the observed side: who is who in a sandbox or a test portal, and what its public API shows.
//!
//! Everything that a run makes there bears the run's [`Prefix`], and nothing else is ever deleted. A production org is refused
//! unless the target file names it. Knows nothing of mocks, clients, features or verdicts, apart from what features call people.

mod client;
mod hubspot;
mod look;
mod open;
mod people;
mod prefix;
mod production;
mod record;
mod salesforce;
mod sweep;
mod target;

pub use client::{Client, LiveError};
pub use look::Watch;
pub use open::{Live, Site};
pub use people::{LiveUser, Tokens};
pub use prefix::{NotARunName, Prefix, RunName, Whose};
pub use record::{Found, Stranger};
pub use sweep::{Leftover, Sweep, Swept, sweep};
pub use target::{Target, TargetError};
