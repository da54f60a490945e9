//! Waiting, from one place, so that a test need not wait.

use futures::future::BoxFuture;
use std::fmt::Debug;
use std::time::Duration;

/// Waits before a request is repeated.
pub trait Sleeper: Debug + Send + Sync {
    /// Ready after `duration`, by whatever clock the implementor keeps.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// Really waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleeper;

impl Sleeper for TokioSleeper {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Doesn't wait: for CRMs whose clocks stand, where waiting would change nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSleeper;

impl Sleeper for NoSleeper {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::task::yield_now())
    }
}
