//! `/webhooks/{version}/{appId}/…`: an app's settings and subscriptions, for the developer who has it.

mod settings;
mod subscriptions;

use axum::body::Body;
use http::Response;

use super::config::AppWebhooks;
use crate::hubspot::admission;
use crate::hubspot::form::Form;
use crate::hubspot::objects::no_content;
use crate::hubspot::portal::{Portal, SharedPortal};
use crate::hubspot::refusal::ApiError;
use crate::hubspot::route::WebhookEndpoint;
use crate::hubspot::setup::SetupChange;
use crate::hubspot::{App, Hubspot};
use crate::identity::Found;
use crate::serve::Attribution;

/// One call: of which app, by whom, with what.
struct WebhookCall<'a> {
    portal: &'a SharedPortal,
    app_id: &'a str,
    body: &'a [u8],
}

/// Answers a call. It needs a developer API key (`hapikey`) or a token of the app itself, so it comes before sessions.
pub(crate) fn answer(
    hubspot: &Hubspot,
    found: Option<&Found<Portal>>,
    (app_id, endpoint): (&str, WebhookEndpoint<'_>),
    (query, body): (&Form<'_>, &[u8]),
) -> Result<Response<Body>, ApiError> {
    let (portal, token) = developer(hubspot, found, query)?;
    let call = WebhookCall {
        portal: &portal,
        app_id,
        body,
    };
    // Another developer's app is none, and neither are apps that are no OAuth apps.
    let app = portal.app(app_id).filter(|app| app.client_id().is_some());
    let own = token.as_ref().is_none_or(|(own, _)| **own == *app_id);
    let answered = match app.filter(|_| own).map(App::client_id) {
        Some(_) => answer_endpoint(&call, endpoint),
        None => Err(ApiError::NotFound),
    };
    let mut response = answered.unwrap_or_else(|error| error.into_response(&portal.uuid()));
    response.extensions_mut().insert(Attribution {
        tenant: portal.clone(),
        token: token.map(|(_, id)| id),
        user: None,
    });
    Ok(response)
}

type AppAndToken = (std::sync::Arc<str>, std::sync::Arc<str>);

/// The portal whose developer calls, and the app and id of the token where it was one.
fn developer(
    hubspot: &Hubspot,
    found: Option<&Found<Portal>>,
    query: &Form<'_>,
) -> Result<(SharedPortal, Option<AppAndToken>), ApiError> {
    if let Some(key) = query.get("hapikey") {
        let mut portals = hubspot.directory.all().into_iter();
        let portal = portals.find(|portal| portal.developer_api_key.as_deref() == Some(key));
        return Ok((portal.ok_or(ApiError::NotAuthenticated)?, None));
    }
    let session = admission::app_session(found)?;
    let app = session.grant.app.clone();
    let app = app.ok_or(ApiError::NotAuthenticated)?;
    let token = Some((app, session.grant.id.clone()));
    Ok((session.tenant.clone(), token))
}

fn answer_endpoint(
    call: &WebhookCall<'_>,
    endpoint: WebhookEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    use WebhookEndpoint as E;
    match endpoint {
        E::Settings => settings::read(call),
        E::PutSettings => settings::put(call),
        E::DeleteSettings => settings::delete(call),
        E::Subscriptions => subscriptions::list(call),
        E::Subscribe => subscriptions::create(call),
        E::BatchUpdate => subscriptions::batch_update(call),
        E::Subscription(id) => subscriptions::read(call, id),
        E::UpdateSubscription(id) => subscriptions::update(call, id),
        E::Unsubscribe(id) => subscriptions::delete(call, id),
    }
}

impl WebhookCall<'_> {
    /// The app's webhooks as they are.
    fn webhooks(&self) -> AppWebhooks {
        let setup = self.portal.setup();
        setup.webhooks.get(self.app_id).cloned().unwrap_or_default()
    }

    /// Changes them; what `change` says is the answer's.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut AppWebhooks) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut changed = None;
        self.portal.change_setup(|setup| {
            let mut webhooks = setup.webhooks.get(self.app_id).cloned().unwrap_or_default();
            changed = Some(change(&mut webhooks)?);
            Ok::<_, ApiError>(SetupChange::Webhooks {
                app: self.app_id.to_owned(),
                webhooks,
            })
        })?;
        changed.ok_or(ApiError::ServerError)
    }
}

/// 204 once the change is made.
fn deleted(_: ()) -> Response<Body> {
    no_content()
}
