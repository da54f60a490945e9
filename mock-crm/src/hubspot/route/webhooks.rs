//! Paths of webhooks: an app's own, not a portal's.

use http::Method;

use super::{Endpoint, Found, post};

/// What is asked for under `webhooks/{appId}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WebhookEndpoint<'p> {
    Settings,
    PutSettings,
    DeleteSettings,
    Subscriptions,
    Subscribe,
    BatchUpdate,
    Subscription(&'p str),
    UpdateSubscription(&'p str),
    Unsubscribe(&'p str),
}

pub(super) fn route<'p>(method: &Method, app_id: &'p str, rest: &[&'p str]) -> Found<'p> {
    use WebhookEndpoint as W;
    let to = |endpoint| Endpoint::Webhooks(app_id, endpoint);
    let found = match (method.as_str(), rest) {
        ("GET", ["settings"]) => W::Settings,
        ("PUT", ["settings"]) => W::PutSettings,
        ("DELETE", ["settings"]) => W::DeleteSettings,
        ("GET", ["subscriptions"]) => W::Subscriptions,
        ("POST", ["subscriptions"]) => W::Subscribe,
        (_, ["subscriptions", "batch", "update"]) => return post(method, to(W::BatchUpdate)),
        ("GET", ["subscriptions", id]) => W::Subscription(id),
        ("PATCH", ["subscriptions", id]) => W::UpdateSubscription(id),
        ("DELETE", ["subscriptions", id]) => W::Unsubscribe(id),
        (_, ["settings" | "subscriptions"] | ["subscriptions", _]) => return Found::OtherMethod,
        _ => return Found::Nothing,
    };
    Found::Endpoint(to(found))
}
