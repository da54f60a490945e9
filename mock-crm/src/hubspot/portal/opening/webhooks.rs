//! The webhooks of a new portal's apps.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::hubspot::app::App;
use crate::hubspot::catalog::Catalog;
use crate::hubspot::spec::{PortalSpec, SpecError, WebhooksSpec};
use crate::hubspot::webhooks::{AppWebhooks, Settings, subscription, target};

/// What is subscribed to from the start, by app id.
pub(super) fn subscribed(
    spec: &PortalSpec,
    apps: &[App],
    (catalog, at): (&Catalog, Timestamp),
) -> Result<BTreeMap<String, AppWebhooks>, SpecError> {
    let mut subscribed = BTreeMap::new();
    for (index, (app, spec)) in apps.iter().zip(&spec.apps).enumerate() {
        if let Some(webhooks) = &spec.webhooks {
            let path = format!("apps[{index}].webhooks");
            let webhooks = of_app(webhooks, &path, (catalog, at))?;
            subscribed.insert(app.app_id.to_string(), webhooks);
        }
    }
    Ok(subscribed)
}

fn of_app(
    spec: &WebhooksSpec,
    path: &str,
    (catalog, at): (&Catalog, Timestamp),
) -> Result<AppWebhooks, SpecError> {
    if target(&spec.target_url).is_none() {
        let problem = format!("{:?} is no http URL", spec.target_url);
        let hint = "give the address of a receiver: http://127.0.0.1:9000/hook";
        return Err(SpecError::new(format!("{path}.target_url"), problem, hint));
    }
    let mut webhooks = AppWebhooks {
        settings: Some(Settings {
            target_url: spec.target_url.clone(),
            max_concurrent_requests: spec.max_concurrent_requests,
            created_at: at,
            updated_at: at,
        }),
        ..AppWebhooks::default()
    };
    for (index, one) in spec.subscriptions.iter().enumerate() {
        let property = one.property_name.as_deref();
        let object = one.object_type_id.as_deref();
        let topic = subscription(catalog, &one.event_type, property, object).map_err(|error| {
            let hint = "contact, company, deal or object, then .creation, .deletion, .merge or .propertyChange";
            let path = format!("{path}.subscriptions[{index}].event_type");
            SpecError::new(path, error.to_string(), hint)
        })?;
        webhooks.subscribe(topic, one.active, at);
    }
    Ok(webhooks)
}
