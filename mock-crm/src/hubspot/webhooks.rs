//! Webhooks: what apps subscribe to, and the calls that tell them.
//!
//! Events come from the store itself ([`feed`]), so no way of writing can forget them, and what is taken back is never
//! told. A task of the portal ([`courier`]) makes calls of them; who writes waits for nothing.

mod call;
mod config;
mod courier;
mod deliveries;
mod event;
mod feed;
mod routes;
mod signature;

pub(crate) use call::target;
pub(crate) use config::{AppWebhooks, Settings, subscription};
pub use deliveries::{Attempt, Delivery, DeliveryState};
pub(crate) use feed::Feed;
pub(crate) use routes::answer;

pub(super) use feed::Webhooks;
