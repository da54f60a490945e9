//! Where an app's webhooks go, and what it subscribes to.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::hubspot::catalog::{Catalog, Lookup};

/// All about the webhooks of one app, in the form in which the durable log keeps it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct AppWebhooks {
    pub(crate) settings: Option<Settings>,
    pub(crate) subscriptions: Vec<Subscription>,
    /// The id of the newest subscription ever.
    pub(crate) last_id: u64,
}

/// Where they go.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Settings {
    pub(crate) target_url: String,
    pub(crate) max_concurrent_requests: u32,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// One thing that is told.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Subscription {
    pub(crate) id: u64,
    pub(crate) topic: Topic,
    pub(crate) active: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// What happens to records of which type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Topic {
    /// As it was asked for: `contact.creation`.
    pub(crate) event_type: String,
    /// `0-1`, where `event_type` is one of all types.
    pub(crate) object_type_id: Option<String>,
    pub(crate) happening: Happening,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Happening {
    Creation,
    Deletion,
    Merge,
    /// Of the property with this name.
    PropertyChange(String),
}

/// Why there can be no such subscription.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TopicError {
    #[error("{0} is not a valid event type")]
    EventType(String),
    #[error("propertyName is required for {0}")]
    NoProperty(String),
    #[error("objectTypeId is required for {0}, and has to be an object type")]
    NoObjectType(String),
    #[error("webhooks of {0}")]
    NotSimulated(String),
}

impl AppWebhooks {
    /// Whether anything would be told now.
    pub(crate) fn active(&self) -> bool {
        self.settings.is_some() && self.subscriptions.iter().any(|one| one.active)
    }

    /// Adds a subscription; its place.
    pub(crate) fn subscribe(&mut self, topic: Topic, active: bool, at: Timestamp) -> u64 {
        self.last_id += 1;
        self.subscriptions.push(Subscription {
            id: self.last_id,
            topic,
            active,
            created_at: at,
            updated_at: at,
        });
        self.last_id
    }

    pub(crate) fn subscription_mut(&mut self, id: u64) -> Option<&mut Subscription> {
        self.subscriptions.iter_mut().find(|one| one.id == id)
    }
}

/// The singular names that event types begin with. HubSpot has them for these types only; all others go by `object`.
const NAMED: [&str; 3] = ["contact", "company", "deal"];
/// What HubSpot tells of and the mock has not.
const ELSEWHERE: [&str; 5] = ["conversation", "ticket", "product", "line_item", "event"];

/// What a subscription of this event type is about.
pub(crate) fn subscription(
    catalog: &Catalog,
    event_type: &str,
    property_name: Option<&str>,
    object_type_id: Option<&str>,
) -> Result<Topic, TopicError> {
    let text = || event_type.to_owned();
    let Some((object, happening)) = event_type.split_once('.') else {
        return Err(TopicError::EventType(text()));
    };
    if ELSEWHERE.contains(&object) {
        return Err(TopicError::NotSimulated(text()));
    }
    let object_type_id = match object {
        "object" => {
            let named = object_type_id.map(|id| catalog.lookup(id));
            let Some(Lookup::Known(object_type)) = named else {
                return Err(TopicError::NoObjectType(text()));
            };
            Some(object_type.type_id.to_string())
        }
        object if NAMED.contains(&object) => None,
        _ => return Err(TopicError::EventType(text())),
    };
    let happening = match happening {
        "creation" => Happening::Creation,
        "deletion" => Happening::Deletion,
        "merge" => Happening::Merge,
        "propertyChange" => {
            let name = property_name.filter(|name| !name.is_empty());
            let name = name.ok_or_else(|| TopicError::NoProperty(text()))?;
            Happening::PropertyChange(name.to_owned())
        }
        "associationChange" | "restore" | "privacyDeletion" => {
            return Err(TopicError::NotSimulated(text()));
        }
        _ => return Err(TopicError::EventType(text())),
    };
    Ok(Topic {
        event_type: text(),
        object_type_id,
        happening,
    })
}
