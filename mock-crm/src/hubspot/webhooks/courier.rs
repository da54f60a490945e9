//! The task that carries a portal's events to its apps, and comes again where it was not let in.

use std::sync::{Arc, Weak};
use std::time::Duration;

use futures::future::join_all;
use serde_json::{Value, json};

use super::call::Call;
use super::deliveries::{Attempt, DeliveryState};
use super::event::events;
use super::feed::Feed;
use crate::hubspot::app::AppKind;
use crate::hubspot::portal::Portal;
use crate::serve::Server;
use crate::tenant::Hosted;

/// Events of one call.
const LARGEST_BATCH: usize = 100;
/// Calls of one delivery, the first and those that repeat it.
const MOST_ATTEMPTS: u32 = 10;

/// One batch on its way.
struct Parcel {
    number: u64,
    url: String,
    client_secret: String,
    events: Vec<Value>,
}

/// Runs until the portal is closed or gone.
pub(super) async fn run(portal: Weak<Portal>, server: Arc<Server>) {
    let Some(feed) = portal.upgrade().map(|portal| portal.feed().clone()) else {
        return;
    };
    tokio::select! {
        () = feed.closed() => {}
        () = carry(&portal, &feed, &server) => {}
    }
}

async fn carry(portal: &Weak<Portal>, feed: &Arc<Feed>, server: &Server) {
    loop {
        feed.added.notified().await;
        let Some(portal) = portal.upgrade() else {
            return;
        };
        let occurrences = {
            // Whoever writes has the store until all is written: a batch goes out as one.
            let _written = portal.tenant().read();
            feed.take()
        };
        // Nobody hears of what the disk does not have yet.
        if server.written().await.is_err() {
            return;
        }
        let of_apps = events(&portal, feed, &occurrences);
        let carried = of_apps
            .into_iter()
            .map(|(app, events)| carry_to(&portal, feed, app, events));
        join_all(carried).await;
    }
}

/// Brings events to one app in their order. What it does not take is brought again, while the others go on.
async fn carry_to(portal: &Arc<Portal>, feed: &Arc<Feed>, app_id: String, events: Vec<Value>) {
    for batch in events.chunks(LARGEST_BATCH) {
        let Some(parcel) = parcel(portal, feed, &app_id, batch) else {
            return;
        };
        if !attempt(portal, feed, &parcel, 0).await {
            let (portal, feed) = (Arc::downgrade(portal), feed.clone());
            tokio::spawn(async move {
                tokio::select! {
                    () = feed.closed() => {}
                    () = again(&portal, &feed, &parcel) => {}
                }
            });
        }
    }
}

fn parcel(portal: &Portal, feed: &Feed, app_id: &str, events: &[Value]) -> Option<Parcel> {
    let setup = portal.setup();
    let url = setup.webhooks.get(app_id)?.settings.as_ref()?;
    let AppKind::Public { client_secret, .. } = &portal.app(app_id)?.kind else {
        return None;
    };
    let url = url.target_url.clone();
    let number = feed.deliveries.lock().add(app_id, &url, events.to_vec());
    Some(Parcel {
        number,
        url,
        client_secret: client_secret.clone(),
        events: events.to_vec(),
    })
}

async fn again(portal: &Weak<Portal>, feed: &Feed, parcel: &Parcel) {
    for number in 1..MOST_ATTEMPTS {
        let Some(pause) = portal.upgrade().map(|portal| pause(&portal, number)) else {
            return;
        };
        tokio::time::sleep(pause).await;
        let Some(portal) = portal.upgrade() else {
            return;
        };
        if attempt(&portal, feed, parcel, number).await {
            return;
        }
    }
}

/// HubSpot spreads its attempts over a day. Here each pause is twice the one before, from the switch on.
fn pause(portal: &Portal, number: u32) -> Duration {
    let first = Duration::from_millis(portal.switches.webhook_retry_milliseconds);
    first.saturating_mul(1 << (number - 1))
}

/// Makes one call; whether it was taken.
async fn attempt(portal: &Arc<Portal>, feed: &Feed, parcel: &Parcel, number: u32) -> bool {
    let mut events = parcel.events.clone();
    for event in &mut events {
        event["attemptNumber"] = json!(number);
    }
    let at = portal.now();
    let body = Value::Array(events).to_string();
    let call = Call {
        url: &parcel.url,
        client_secret: &parcel.client_secret,
        body: &body,
        at,
    };
    let timeout = Duration::from_millis(portal.switches.webhook_timeout_milliseconds);
    let answered = call.send(timeout).await;
    let taken = matches!(answered, Ok((200..300, _)));
    let state = match taken {
        true => DeliveryState::Delivered,
        false if number + 1 == MOST_ATTEMPTS => DeliveryState::Failed,
        false => DeliveryState::Pending,
    };
    let (status, answer) = match answered {
        Ok((status, answer)) => (Some(status), answer),
        Err(why) => (None, why),
    };
    let attempt = Attempt {
        at: at.iso().to_string(),
        status,
        answer,
    };
    feed.deliveries
        .lock()
        .attempted(parcel.number, attempt, state);
    taken
}
