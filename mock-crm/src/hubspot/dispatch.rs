//! From a request to the endpoint that answers it.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use http::request::Parts;
use http::{Request, Response};

use super::call::Call;
use super::form::Form;
use super::portal::Portal;
use super::refusal::ApiError;
use super::route::{Endpoint, ObjectEndpoint, Routed, Segments, route};
use super::{
    Hubspot, account, admission, associations, limits, oauth, objects, owners, pipelines,
    properties, schemas, users, webhooks,
};
use crate::identity::Found;
use crate::serve::{Identified, RequestNumber};

/// Answers any request.
pub(super) async fn answer(
    State(hubspot): State<Arc<Hubspot>>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    // The body is whole already when it comes here.
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let found = parts.extensions.get::<Identified<Portal>>();
    let answered = answer_endpoint(&hubspot, &parts, &body, found.map(|found| &found.0));
    answered.unwrap_or_else(|error| {
        let correlation_id = match found {
            Some(Identified(Found::Token(token))) => token.tenant.uuid(),
            _ => hubspot.entropy.uuid(),
        };
        error.into_response(&correlation_id)
    })
}

fn answer_endpoint(
    hubspot: &Hubspot,
    parts: &Parts,
    body: &Bytes,
    found: Option<&Found<Portal>>,
) -> Result<Response<Body>, ApiError> {
    let segments = Segments::of(parts.uri.path());
    let named = || format!("{} {}", parts.method, parts.uri.path());
    let (version, endpoint) = match route(&parts.method, &segments) {
        Routed::To(version, endpoint) => (version, endpoint),
        Routed::MethodNotAllowed => return Err(ApiError::MethodNotAllowed),
        Routed::NotSimulated => return Err(ApiError::NotSimulated(named())),
        Routed::Unknown => return Err(ApiError::UnknownRoute(parts.uri.path().to_owned())),
    };
    let query = Form::parse(parts.uri.query().unwrap_or_default());
    if let Endpoint::OAuth(endpoint) = endpoint
        && let Some(answered) = oauth::answer(hubspot, (version, endpoint), &query, body)
    {
        return Ok(answered);
    }
    if let Endpoint::Webhooks(app_id, endpoint) = endpoint {
        return webhooks::answer(hubspot, found, (app_id, endpoint), (&query, body));
    }
    let session = admission::session(found)?;
    let setup = session.tenant.setup();
    let call = Call {
        portal: &session.tenant,
        setup: &setup,
        session,
        version,
        query,
        body,
        request: parts
            .extensions
            .get::<RequestNumber>()
            .map_or(0, |number| number.0),
    };
    let search = matches!(endpoint, Endpoint::Objects(_, ObjectEndpoint::Search));
    Ok(limits::limited(&call, search, || {
        answer_call(&call, endpoint)
    }))
}

fn answer_call(call: &Call<'_>, endpoint: Endpoint<'_>) -> Result<Response<Body>, ApiError> {
    match endpoint {
        Endpoint::Objects(name, endpoint) => {
            // Which scopes a call needs depends on the type, so an unknown type comes before a missing scope.
            let object_type = call.object_type(name)?;
            admission::objects(call, object_type, endpoint)?;
            objects::answer(call, object_type, endpoint)
        }
        Endpoint::Associations(pair, endpoint) => {
            let types = (call.object_type(pair.from)?, call.object_type(pair.to)?);
            admission::associations(call, types, endpoint.writes())?;
            associations::answer(call, types, endpoint)
        }
        Endpoint::Properties(name, endpoint) => {
            properties::answer(call, call.object_type(name)?, endpoint)
        }
        Endpoint::Pipelines(name, endpoint) => {
            pipelines::answer(call, call.object_type(name)?, endpoint)
        }
        Endpoint::Schemas(endpoint) => schemas::answer(call, endpoint),
        Endpoint::Engagements(endpoint) => {
            admission::engagements(call, endpoint.writes())?;
            objects::engagements::answer(call, endpoint)
        }
        Endpoint::Owners(endpoint) => owners::answer(call, endpoint),
        Endpoint::Users(endpoint) => users::answer(call, endpoint),
        Endpoint::AccountDetails => account::details(call),
        Endpoint::OAuth(endpoint) => oauth::answer_with_token(call, endpoint),
        // These were answered before anybody asked for a session.
        Endpoint::Webhooks(..) => Err(ApiError::MethodNotAllowed),
    }
}
