//! What was sent, and what came back: for whoever looks from outside.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many are remembered of a portal: the newest.
const KEPT: usize = 1_000;

/// One batch of events on its way to an app.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Delivery {
    /// The how-manieth of the portal.
    pub number: u64,
    /// The app.
    pub app: String,
    /// Where it goes.
    pub url: String,
    /// The events, as the first attempt has them.
    pub events: Vec<Value>,
    /// How it stands.
    pub state: DeliveryState,
    /// Every call that was made for it.
    pub attempts: Vec<Attempt>,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// There will be another attempt.
    Pending,
    /// It was answered with a success.
    Delivered,
    /// The last attempt failed, too.
    Failed,
}

/// One call.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Attempt {
    /// When it was made, by the portal's clock: ISO 8601.
    pub at: String,
    /// The status of the answer; `null`: there was none.
    pub status: Option<u16>,
    /// The beginning of the answer, or why there was none.
    pub answer: String,
}

/// The deliveries of a portal.
#[derive(Debug, Default)]
pub(super) struct Deliveries {
    last: u64,
    kept: VecDeque<Delivery>,
}

impl Deliveries {
    /// Adds one that is about to be made; its number.
    pub(super) fn add(&mut self, app: &str, url: &str, events: Vec<Value>) -> u64 {
        self.last += 1;
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(Delivery {
            number: self.last,
            app: app.to_owned(),
            url: url.to_owned(),
            events,
            state: DeliveryState::Pending,
            attempts: Vec::new(),
        });
        self.last
    }

    /// Puts down what came of an attempt, unless the delivery is forgotten already.
    pub(super) fn attempted(&mut self, number: u64, attempt: Attempt, state: DeliveryState) {
        let delivery = self.kept.iter_mut().rev();
        if let Some(delivery) = delivery.into_iter().find(|one| one.number == number) {
            delivery.attempts.push(attempt);
            delivery.state = state;
        }
    }

    pub(super) fn all(&self) -> Vec<Delivery> {
        self.kept.iter().cloned().collect()
    }
}
